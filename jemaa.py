"""The `jemaa` command: puts our own packages in place before anything else can claim their names.

Their names (agents, prompts, transcripts, tui) are generic, and Python looks in the working directory and in
PYTHONPATH first. Loading the four by location makes every later import find them, whoever else has the name.
"""

import sys
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path

ROOT = Path(__file__).resolve().parent
FLOORS = ("prompts", "agents", "transcripts", "tui")


def pin_floors(root: Path) -> None:
    """Import the four packages from `root`, whatever stands before it on sys.path."""
    for name in FLOORS:
        home = root / name
        spec = spec_from_file_location(name, home / "__init__.py", submodule_search_locations=[str(home)])
        if spec is None or spec.loader is None:
            raise ImportError(f"jemaa is not installed completely: {home} is missing")
        module = module_from_spec(spec)
        sys.modules[name] = module
        spec.loader.exec_module(module)


async def hold_parcel(packed: bytes) -> bytes:
    """Hold debates in a Dask worker, with these floors whatever else it has on its path.

    What `transcripts.sweep.worker.hold_parcel` takes and gives. A function of this module, since its name is
    the one that a worker finds nothing else under.
    """
    ours = str(ROOT / "transcripts" / "__init__.py")
    if getattr(sys.modules.get("transcripts"), "__file__", None) != ours:
        pin_floors(ROOT)
    from asyncio import to_thread
    from importlib import import_module

    # Off the event loop: two seconds in which the worker would not answer its scheduler.
    worker = await to_thread(import_module, "transcripts.sweep.worker")
    result: bytes = await worker.hold_parcel(packed)
    return result


def main() -> None:
    """Run the command line and leave with its exit code."""
    try:
        pin_floors(ROOT)
        from tui.entry import run

        code = run(sys.argv[1:])
    except KeyboardInterrupt:
        code = 130
    sys.exit(code)


if __name__ == "__main__":
    main()
