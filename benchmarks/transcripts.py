"""How quickly transcripts are written, listed, searched, opened and verified.

Run with `python benchmarks/transcripts.py`. Bounds: twenty-four replies that arrive together are on disk within
3 × a bare write and fsync of the same bytes; 10,000 transcripts are listed and searched within 200 ms of
processor time once indexed; a transcript of 100,000 records opens (header, where each line begins, last page)
within 300 ms of processor time and 200 MB, and is verified in the memory that a short one takes; a 400 kB
article's plan takes under 3 MB. Exit code 1 when a bound is missed.
"""

import asyncio
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

# This script bears the name of the package that it measures, and Python looks beside a script first.
# ruff: noqa: E402
sys.path[:] = [str(Path(__file__).parents[1]), *sys.path[1:]]

from agents.article.model import Article, Recommendation, Span
from agents.debate.plan import DebatePlan
from agents.debate.turn import Usage
from agents.roles.model import Charter
from transcripts.library.search import search
from transcripts.library.select import Wanted, select
from transcripts.library.summary import summaries
from transcripts.log.chain import GENESIS, seal
from transcripts.log.clock import Clock
from transcripts.log.file import create
from transcripts.log.plan import beginning
from transcripts.log.record import Answered, to_json

TOGETHER = 24
REPEATS = 30
LIBRARY = 10_000
LONG = 100_000
OLD = Path(__file__).parents[1] / "tests" / "transcripts" / "old" / "schema-1.jsonl"


def main() -> int:
    """Measure everything; 1 when a bound is missed."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        held = [
            bound("replies on disk, × a bare write and fsync", write_ratio(folder), 3.0),
            *library(folder),
            *long_transcript(folder),
            bound("transcript of a 400 kB article's plan, MB", plan_size(), 3.0),
        ]
    return 0 if all(held) else 1


def bound(what: str, measured: float, limit: float) -> bool:
    """Print a figure beside its bound; whether it holds."""
    print(f"{what}: {measured:.2f} (bound {limit:g})")
    return measured <= limit


def write_ratio(folder: Path) -> float:
    """The median time of a batch through the log, over that of a bare write and fsync of the same bytes."""
    clock = Clock()
    answer = {"stance": "support", "text": "word " * 300, "arguments": [], "priority": 50}
    records = [
        to_json(
            Answered(
                id=f"answered/R{number}/opening/1/energy",
                time=clock.now(1.0),
                address=f"R{number}/opening/1/energy",
                fingerprint=GENESIS,
                reply=answer,
                usage=Usage(calls=1),
            )
        )
        for number in range(TOGETHER)
    ]
    sealed = b"".join(seal(record, GENESIS)[0] for record in records)

    async def through_the_log() -> list[float]:
        writer = create(folder / "log.jsonl", [b'{"schema":1}'])
        times = []
        for _ in range(REPEATS):
            began = time.perf_counter()
            await asyncio.gather(*(writer.write([record]) for record in records))
            times.append(time.perf_counter() - began)
        writer.close()
        return times

    bare = []
    with (folder / "bare").open("ab") as file:
        for _ in range(REPEATS):
            began = time.perf_counter()
            os.write(file.fileno(), sealed)
            os.fsync(file.fileno())
            bare.append(time.perf_counter() - began)
    return statistics.median(asyncio.run(through_the_log())) / statistics.median(bare)


def library(folder: Path) -> list[bool]:
    """Processor time of lists and searches over many transcripts, the index made before."""
    many = folder / "many"
    many.mkdir()
    content = OLD.read_bytes()
    for number in range(LIBRARY):
        (many / f"2026-{number:05}.jsonl").write_bytes(content)
    print(f"index of {LIBRARY} transcripts made in {processor(lambda: search('cranes', many)):.0f} ms")
    return [
        bound(
            f"list of {LIBRARY}, chosen and sorted, ms of processor time",
            processor(lambda: select(summaries(many), Wanted(article="cranes", decision="defer"), "title")),
            200,
        ),
        bound(
            f"search in {LIBRARY}, ms of processor time", processor(lambda: search("finance dear", many)), 200
        ),
    ]


def long_transcript(folder: Path) -> list[bool]:
    """Opening and verifying a transcript of many records, each in a process of its own."""
    path, short = folder / "long.jsonl", folder / "short.jsonl"
    write_long(path, LONG)
    write_long(short, LONG // 1000)
    print(f"a transcript of {LONG} records has {path.stat().st_size / 1e6:.0f} MB")
    seconds, megabytes = apart(
        "from transcripts.log.pages import open_pages",
        "pages = open_pages(path); pages.page(pages.count)",
        path,
    )
    verifying = ("from transcripts.library.verify import verify", "assert verify(path).ok")
    _, little = apart(*verifying, short)
    taken, much = apart(*verifying, path)
    print(f"verifying {LONG} records takes {taken:.1f} s of processor time and {much:.0f} MB")
    return [
        bound(f"opening {LONG} records, ms of processor time", seconds * 1000, 300),
        bound(f"opening {LONG} records, MB of memory at the peak", megabytes, 200),
        bound(f"verifying {LONG} records, × the memory of verifying {LONG // 1000}", much / little, 1.2),
    ]


def apart(imports: str, action: str, path: Path) -> tuple[float, float]:
    """Seconds of processor time that an action on `path` takes, and the peak memory of its process in MB."""
    code = (
        f"import sys, time, resource\nfrom pathlib import Path\n{imports}\npath = Path(sys.argv[1])\n"
        f"began = time.process_time()\n{action}\n"
        "print(time.process_time() - began, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)"
    )
    command = [sys.executable, "-c", code, str(path)]
    root = Path(__file__).parents[1]
    printed = subprocess.run(command, capture_output=True, text=True, check=True, cwd=root).stdout
    seconds, megabytes = map(float, printed.split())
    return seconds, megabytes


def write_long(path: Path, length: int) -> None:
    """A transcript of so many records, each turn a reply of a thousand characters."""
    old = [json.loads(line) for line in OLD.read_bytes().splitlines()]
    asked = next(record for record in old if record["kind"] == "asked")
    answered = next(record for record in old if record["kind"] == "answered")
    beginning_ = [record for record in old if record["kind"] in {"header", "blob"}]
    reply = answered["reply"] | {"text": "word " * 200}
    prev = GENESIS
    with path.open("wb") as file:
        for number in range(length):
            if number < len(beginning_):
                record = beginning_[number]
            else:
                turn, second = divmod(number - len(beginning_), 2)
                address = f"R1/opening/{turn}/energy"
                record = (answered | {"reply": reply} if second else asked) | {
                    "id": f"{'answered' if second else 'asked'}/{address}",
                    "address": address,
                }
            content = {key: value for key, value in record.items() if key not in {"prev", "hash"}}
            line, prev = seal(json.dumps(content, ensure_ascii=False).encode(), prev)
            file.write(line)


def processor(action: Callable[[], object]) -> float:
    """Milliseconds of processor time."""
    began = time.process_time()
    action()
    return (time.process_time() - began) * 1000


def plan_size() -> float:
    """Megabytes of the first records of a debate on a 400 kB article, its source included."""
    sentence = "La mesure proposée améliore la fourniture d'électricité des communes rurales. "
    count = 400_000 // len(sentence)
    spans = tuple(
        Span(id=f"S{n + 1}", text=sentence.strip(), start=n * len(sentence), end=(n + 1) * len(sentence) - 1)
        for n in range(count)
    )
    body = sentence * count
    article = Article(
        title="Longue", language="fr", sha256=sha256(body.encode()).hexdigest(), body=body, spans=spans
    )
    text = {"fr": "x", "en": "x"}
    plan = DebatePlan(
        article=article,
        recommendations=(Recommendation(id="R1", text=sentence),),
        charters=(Charter(name="energy", title=text, mission=text),),
        language="fr",
    )
    records = beginning(plan, "run", Clock().now(), body.encode()).records()
    return sum(len(to_json(record)) for record in records) / 1e6


if __name__ == "__main__":
    sys.exit(main())
