"""How long `jemaa --help` and `jemaa list` take beside an empty Typer program with two commands.

Processor time of whole processes, the three programs in turn so that a busy machine slows all of them; the
median of the runs. Exit code 1 when a ratio is above the limit.
"""

import os
import resource
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

RUNS = 15
LIMIT = 1.6
EMPTY = """
import typer

app = typer.Typer()


@app.command()
def one() -> None:
    pass


@app.command()
def two() -> None:
    pass


app()
"""


def seconds(command: list[str], folder: Path) -> float:
    """Processor time of one process, its own and the system's for it."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(
        command,
        cwd=folder,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        check=True,
        env=os.environ | {"PYTHONPATH": ""},
    )
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def main() -> int:
    """Print the medians and the ratios."""
    root = Path(__file__).resolve().parents[1]
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        empty = folder / "empty.py"
        empty.write_text(EMPTY, encoding="utf-8")
        jemaa = [sys.executable, str(root / "jemaa.py")]
        commands = {
            "empty --help": [sys.executable, str(empty), "--help"],
            "jemaa --help": [*jemaa, "--help"],
            "empty one": [sys.executable, str(empty), "one"],
            "jemaa list": [*jemaa, "list"],
        }
        seconds([*jemaa, "debate"], folder)  # so that there is something to list
        taken: dict[str, list[float]] = {name: [] for name in commands}
        for run in range(RUNS + 1):
            for name, command in commands.items():
                spent = seconds(command, folder)
                if run:  # the first one may have to read from the disk and compile
                    taken[name].append(spent)
    medians = {name: statistics.median(times) for name, times in taken.items()}
    ratios = {
        "jemaa --help": medians["jemaa --help"] / medians["empty --help"],
        "jemaa list": medians["jemaa list"] / medians["empty one"],
    }
    for name, median in medians.items():
        print(f"{name:14} {median * 1000:6.0f} ms")
    for name, ratio in ratios.items():
        print(f"{name:14} {ratio:6.2f} x the empty program (at most {LIMIT})")
    return int(any(ratio > LIMIT for ratio in ratios.values()))


if __name__ == "__main__":
    sys.exit(main())
