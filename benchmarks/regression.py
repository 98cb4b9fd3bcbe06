"""Many debates: replayed on one core, held over a cluster that is killed, shared among workers, told the same twice.

Run with `python benchmarks/regression.py [kill|replay|share|same]`; without a name, all of them. Bounds:

- kill: 200 debates by rules on two Dask workers, one of which is killed on the way, then scheduler and worker; all
  started again: exactly 200 finished transcripts, and no more turns asked twice than were in flight;
- replay: those 200 debates of 55 turns, and 200 by language models, on one core: at most 80 ms of processor
  time each; the last hundred add less than 20 MB of memory;
- share: two workers hold debates of model calls (200 ms each, on loopback) within 0.6 × the time of one, at
  the same number of calls in flight for each worker; workers are warm before;
- same: a suite of recorded and of offline debates, replayed under two hash seeds, and a sweep in another order of
  completion: byte-identical reports.

Exit code 1 when a bound is missed.
"""

import argparse
import asyncio
import json
import os
import resource
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
# Python looks beside a script first, where files bear the names of packages of ours.
sys.path[:] = [
    str(ROOT),
    *(place for place in sys.path if Path(place or ".").resolve() != ROOT / "benchmarks"),
]

SERVER = ROOT / "tests" / "agents" / "backends" / "chat" / "server.py"
DEBATES = 200
TURNS = 55
PROCESSOR, GROWTH = 0.080, 20.0
SHARED = 0.6
LATENCY, IN_FLIGHT, SHARED_DEBATES = 0.2, 6, 16
AT_ONCE = 4
WAIT = 300

OFFLINE = "jemaa: 1\nname: many\narticles: [bundled]\nreference: false\nrepeats: {repeats}\n"
MODEL = OFFLINE + "model: openai:loopback\nlanguage: en\nseeds: [{seed}]\n"

Figures = dict[str, Any]


def main() -> int:
    """Measure everything that is named; 1 when a bound is missed."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("what", nargs="?", choices=sorted(MEASURES))
    parser.add_argument("--child", nargs="+", help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.child:
        print(json.dumps(replayed([Path(name) for name in given.child])))
        return 0
    with tempfile.TemporaryDirectory() as name:
        results = [measure(Path(name)) for what, measure in MEASURES.items() if given.what in {None, what}]
    return 0 if all(results) else 1


def kill(folder: Path) -> bool:
    """200 debates on two workers, killed and begun again."""
    many = folder / "many"
    suite = written(folder / "many.yaml", OFFLINE.format(repeats=DEBATES))
    began = time.perf_counter()
    with cluster(2) as running:
        first = sweeping(suite, many, "--cluster", running.address, "--at-once", str(AT_ONCE))
        until(lambda: finished(many) >= DEBATES // 4)
        running.workers[0].kill()
        until(lambda: finished(many) >= DEBATES // 2)
        for process in (running.workers[1], running.scheduler):
            process.kill()
        out, _ = first.communicate(timeout=WAIT)
    early = json.loads(out)
    in_flight = sum(unanswered(path) for path in many.glob("*.jsonl"))
    with cluster(2) as running:
        second = sweeping(suite, many, "--cluster", running.address, "--at-once", str(AT_ONCE))
        out, _ = second.communicate(timeout=WAIT)
    late = json.loads(out)
    twice = sum(one["twice"] for one in late["results"])
    again = sum(one["twice"] for one in early["results"])
    complete = sum(answers(path) == TURNS for path in many.glob("*.jsonl"))
    print(
        f"kill   {finished(many)} of {DEBATES} finished, {complete} with {TURNS} answers each, "
        f"{time.perf_counter() - began:.0f} s; exit codes {first.returncode}, {second.returncode}; "
        f"found {late['found']}, resumed {late['resumed']}, held {late['held']}; asked twice: {again} after "
        f"the worker (at most {AT_ONCE * 24} in flight), {twice} after the scheduler ({in_flight} in flight)"
    )
    return (
        (first.returncode, second.returncode) == (3, 0)
        and finished(many) == len(list(many.glob("*.jsonl"))) == complete == DEBATES
        and again <= AT_ONCE * 24
        and twice <= in_flight
        and late["found"] + late["resumed"] + late["held"] == DEBATES
    )


def replay(folder: Path) -> bool:
    """200 recorded debates again, in one process on one core."""
    many = folder / "many"
    if finished(many) < DEBATES:
        suite = written(folder / "many.yaml", OFFLINE.format(repeats=DEBATES))
        sweeping(suite, many).communicate(timeout=WAIT)
    models = folder / "models"
    with served(0.0):
        suite = written(folder / "models.yaml", MODEL.format(repeats=DEBATES // 10, seed=1))
        sweeping(suite, models).communicate(timeout=WAIT)
    recorded = sorted(models.glob("*.jsonl"))
    by_rules = _replayed("rules", sorted(many.glob("*.jsonl")))
    return _replayed("models", recorded * (DEBATES // len(recorded))) and by_rules


def _replayed(who: str, paths: Sequence[Path]) -> bool:
    core = min(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else None
    pinned = [] if core is None or shutil.which("taskset") is None else ["taskset", "-c", str(core)]
    command = [*pinned, sys.executable, "-P", __file__, "--child", *map(str, paths)]
    found: Figures = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
    print(
        f"replay {found['debates']} debates by {who} of {found['turns']} turns: {1000 * found['each']:.0f} ms of "
        f"processor time each (bound {1000 * PROCESSOR:.0f}), the last hundred add {found['growth']:.1f} MB "
        f"(bound {GROWTH:.0f})"
    )
    return bool(found["each"] <= PROCESSOR and found["growth"] < GROWTH and len(paths) == DEBATES)


def replayed(paths: Sequence[Path]) -> Figures:
    """What replaying these takes in this process, imports and the first debate apart."""
    from agents.backends.open import open_backend
    from agents.debate.event import TurnTaken
    from transcripts.log.session import replay as again

    async def hold(path: Path) -> int:
        events = again(path, partial(open_backend, ask=False)).events()
        return sum([isinstance(event, TurnTaken) async for event in events])

    turns = asyncio.run(hold(paths[0]))
    began, half = time.process_time(), 0.0
    for place, path in enumerate(paths):
        if place == len(paths) - 100:
            half = _peak()
        asyncio.run(hold(path))
    used = time.process_time() - began
    return {"debates": len(paths), "turns": turns, "each": used / len(paths), "growth": _peak() - half}


def share(folder: Path) -> bool:
    """The same debates by model calls on one worker and on two."""
    walls = []
    with served(LATENCY):
        for workers in (1, 2):
            with cluster(workers, JEMAA_IN_FLIGHT=str(IN_FLIGHT)) as running:
                options = ("--cluster", running.address, "--at-once", str(AT_ONCE))
                warm = written(folder / "warm.yaml", MODEL.format(repeats=2 * workers, seed=workers))
                sweeping(warm, folder / f"warm-{workers}", *options, in_flight=IN_FLIGHT).communicate(
                    timeout=WAIT
                )
                suite = written(folder / "share.yaml", MODEL.format(repeats=SHARED_DEBATES, seed=9))
                held = sweeping(suite, folder / f"share-{workers}", *options, in_flight=IN_FLIGHT)
                out, _ = held.communicate(timeout=WAIT)
                found = json.loads(out)
                assert found["held"] == SHARED_DEBATES, found
                walls.append(found["seconds"])
    ratio = walls[1] / walls[0]
    print(
        f"share  {SHARED_DEBATES} debates of {TURNS} calls, {IN_FLIGHT} in flight a worker: "
        f"one worker {walls[0]:.1f} s, two {walls[1]:.1f} s, {ratio:.2f} × (bound {SHARED})"
    )
    return bool(ratio <= SHARED)


def same(folder: Path) -> bool:
    """One suite told twice: other hash seeds, another order of completion."""
    suite = written(
        folder / "told.yaml",
        MODEL.format(repeats=2, seed=1) + "matrix: {models: [offline, 'openai:loopback']}\n",
    )
    with served(0.01):
        jemaa("regress", suite, "--mode", "record", "--yes")
    reports = []
    for seed in (1, 2):
        files = {kind: folder / f"told-{seed}.{kind}" for kind in ("html", "md", "xml")}
        found = jemaa(
            "regress", suite, "--json", "--html", files["html"], "--markdown", files["md"], "--junit", files["xml"],
            PYTHONHASHSEED=str(seed),
        )  # fmt: skip
        reports.append([found, *(path.read_text("utf-8") for path in files.values())])
    sweeps = []
    for at_once, seed in ((1, 3), (7, 4)):
        files = {kind: folder / f"swept-{seed}.{kind}" for kind in ("html", "md")}
        written(folder / "swept.yaml", OFFLINE.format(repeats=6) + "matrix: {seeds: [1, 2]}\n")
        jemaa(
            "sweep", folder / "swept.yaml", "--at-once", str(at_once), "--transcripts", folder / f"swept-{seed}",
            "--html", files["html"], "--markdown", files["md"], PYTHONHASHSEED=str(seed),
        )  # fmt: skip
        sweeps.append([path.read_text("utf-8") for path in files.values()])
    timeless = [[without_times(text) for text in report] for report in reports]
    told, swept = timeless[0] == timeless[1], sweeps[0] == sweeps[1]
    words = {True: "identical", False: "different"}
    print(f"same   regress twice: {words[told]}; sweep twice: {words[swept]}")
    return told and swept and all(len(text) > 100 for report in (*reports, *sweeps) for text in report)


def without_times(text: str) -> str:
    """A report without what a clock gave."""
    import re

    return re.sub(r'(\btime="|"seconds": )[0-9.e-]+', r"\1", text)


class Cluster:
    """A scheduler and workers on loopback, as processes."""

    def __init__(self, workers: int, environment: dict[str, str]) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.address = f"tcp://127.0.0.1:{free.getsockname()[1]}"
        self._environment = environment
        port = self.address.rpartition(":")[2]
        self.scheduler = self._dask(
            "scheduler",
            "--host",
            "127.0.0.1",
            "--port",
            port,
            "--no-dashboard",
            "--dashboard-address",
            "127.0.0.1:0",
        )
        until(lambda: _answers(int(port)))
        self.workers = [
            self._dask(
                "worker",
                self.address,
                "--nthreads",
                "1",
                "--no-nanny",
                "--no-dashboard",
                "--memory-limit",
                "0",
            )
            for _ in range(workers)
        ]

    def stop(self) -> None:
        """End all processes."""
        for process in (*self.workers, self.scheduler):
            process.kill()
            process.wait()

    def _dask(self, what: str, *options: str) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-m", "dask", what, *options]
        return subprocess.Popen(
            command,
            cwd=ROOT,
            env=os.environ | self._environment,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )


@contextmanager
def cluster(workers: int, **environment: str) -> Iterator[Cluster]:
    """A cluster for the time of a measurement."""
    running = Cluster(workers, environment)
    try:
        yield running
    finally:
        running.stop()


@contextmanager
def served(latency: float) -> Iterator[None]:
    """A model on loopback that answers every call after so many seconds."""
    command = [sys.executable, str(SERVER), "--latency", str(latency)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    os.environ |= {"OPENAI_BASE_URL": process.stdout.readline().strip(), "OPENAI_API_KEY": "none"}
    try:
        yield
    finally:
        process.terminate()
        process.wait()
        process.stdout.close()


def sweeping(suite: Path, folder: Path, *options: str, in_flight: int = 24) -> "subprocess.Popen[str]":
    """`jemaa sweep --json` under way; transcripts in `folder`."""
    command = [sys.executable, str(ROOT / "jemaa.py"), "sweep", str(suite), "--json", "--yes", *options]
    return subprocess.Popen(
        [*command, "--transcripts", str(folder)],
        env=os.environ | {"JEMAA_IN_FLIGHT": str(in_flight)},
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )


def jemaa(*arguments: str | Path, **environment: str) -> str:
    """What a command prints; any exit code is taken."""
    command = [sys.executable, str(ROOT / "jemaa.py"), *map(str, arguments)]
    return subprocess.run(
        command, env=os.environ | environment, capture_output=True, text=True, timeout=WAIT, check=False
    ).stdout


def written(path: Path, text: str) -> Path:
    """A suite in a file."""
    path.write_text(text, encoding="utf-8")
    return path


def until(done: Callable[[], bool]) -> None:
    """Wait until something is so."""
    end = time.monotonic() + WAIT
    while not done():
        if time.monotonic() > end:
            raise TimeoutError
        time.sleep(0.05)


def finished(folder: Path) -> int:
    """How many transcripts are closed; the strategy is written just before that."""
    return len(list(folder.glob("*.md")))


def unanswered(path: Path) -> int:
    """Turns that were asked and have no outcome on disk."""
    kinds = [line[: line.index(b",")] for line in path.read_bytes().splitlines()]
    outcomes = kinds.count(b'{"kind":"answered"') + kinds.count(b'{"kind":"failed"')
    return kinds.count(b'{"kind":"asked"') - outcomes


def answers(path: Path) -> int:
    """Turns that have an answer."""
    return path.read_bytes().count(b'\n{"kind":"answered"')


def _answers(port: int) -> bool:
    with socket.socket() as there:
        return there.connect_ex(("127.0.0.1", port)) == 0


def _peak() -> float:
    """The most memory that this process has held, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (
        1024 if sys.platform != "darwin" else 1024**2
    )


MEASURES: dict[str, Callable[[Path], bool]] = {"kill": kill, "replay": replay, "share": share, "same": same}

if __name__ == "__main__":
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    sys.exit(main())
