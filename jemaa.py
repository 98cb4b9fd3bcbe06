"""The `jemaa` command: puts our own packages in place before anything else can claim their names.

Their names (agents, prompts, transcripts, tui) are generic, and Python looks in the working directory and in
PYTHONPATH first. Loading the four by location makes every later import find them, whoever else has the name.
"""

import sys
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path

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


def main() -> None:
    """Run the command line and leave with its exit code."""
    try:
        pin_floors(Path(__file__).resolve().parent)
        from tui.main import run

        code = run(sys.argv[1:])
    except KeyboardInterrupt:
        code = 130
    sys.exit(code)


if __name__ == "__main__":
    main()
