"""What an offline debate costs: processor time of a fresh process, transcript on disk included, imports not.

Run with `python benchmarks/offline.py [ARTICLE]` (default: the bundled brief). Bound: 250 ms.
"""

import argparse
import asyncio
import json
import statistics
import subprocess
import sys
import tempfile
import time
from contextlib import suppress
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from transcripts.log.session import Session

BOUND = 250.0
RUNS = 9


def hold(article: str | None) -> dict[str, float]:
    """Read and debate once; milliseconds of processor time of all threads, and the number of turns."""
    from tui.convene import convene
    from tui.settings import Settings

    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(transcripts=Path(folder))
        start = time.process_time()
        session = convene(settings, article).session
        convened = time.process_time()
        turns = asyncio.run(listen(session))
        done = time.process_time()
    return {"reading": (convened - start) * 1000, "debate": (done - convened) * 1000, "turns": turns}


async def listen(session: "Session") -> int:
    """Hold the debate; returns how many turns were taken."""
    return sum([event.kind == "turn_taken" async for event in session.events()])


def child(article: str | None, modules: list[str]) -> dict[str, Any]:
    """In a fresh process: import `modules`, then hold the debate; also tells what it had to import."""
    for name in modules:
        with suppress(ImportError):  # some are made by their package and cannot be imported by name
            import_module(name)
    known = set(sys.modules)
    figures = hold(article)
    return figures | {"imported": [name for name in sys.modules if name not in known]}


def fresh(article: str | None, modules: list[str]) -> dict[str, Any]:
    """Run `child` in a process of its own."""
    # -P: transcripts.py beside this file must not be taken for the package.
    command = [sys.executable, "-P", __file__, "--child", *([article] if article else [])]
    done = subprocess.run(command, input=json.dumps(modules), capture_output=True, text=True, check=True)
    told: dict[str, Any] = json.loads(done.stdout)
    return told


def main() -> None:
    """Print the medians."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("article", nargs="?")
    parser.add_argument("--child", action="store_true", help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.child:
        print(json.dumps(child(asked.article, json.load(sys.stdin))))
        return
    modules = fresh(asked.article, [])["imported"]
    runs = [fresh(asked.article, modules) for _ in range(RUNS)]
    reading, debate = (statistics.median(float(run[part]) for run in runs) for part in ("reading", "debate"))
    print(
        f"offline: {debate:.0f} ms of processor time for {runs[0]['turns']} turns (bound {BOUND:.0f} ms); "
        f"reading the article before it: {reading:.0f} ms; {RUNS} fresh processes"
    )


if __name__ == "__main__":
    main()
