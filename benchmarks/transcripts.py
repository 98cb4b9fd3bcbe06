"""How quickly transcripts are written, listed, searched, opened and verified.

Run with `python benchmarks/transcripts.py`. Bounds: twenty-four replies that arrive together are on disk within
3 × a bare write and fsync of the same bytes; 10,000 transcripts are listed and searched within 200 ms of
processor time once indexed; a transcript of 100,000 records opens (header, where each line begins, last page)
within 300 ms of processor time and 200 MB, and is verified in the memory that a short one takes; the debate
of a language model on an article of 400 kB takes under 3 MB. Exit code 1 when a bound is missed.
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
from pathlib import Path

# This script bears the name of the package that it measures, and Python looks beside a script first.
# ruff: noqa: E402
sys.path[:] = [str(Path(__file__).parents[1]), *sys.path[1:]]

from agents.article.read import understand
from agents.backends.chat.backend import ChatBackend
from agents.backends.offline.backend import OfflineBackend
from agents.debate.plan import DebatePlan
from agents.debate.turn import Answer, Prompt, TurnRequest, Usage
from agents.roles.load import load_charters
from transcripts.library.search import search
from transcripts.library.select import Wanted, select
from transcripts.library.summary import summaries
from transcripts.log.chain import GENESIS, seal
from transcripts.log.clock import Clock
from transcripts.log.file import create
from transcripts.log.record import Answered, to_json
from transcripts.log.session import start

TOGETHER = 24
REPEATS = 30
LIBRARY = 10_000
LONG = 100_000
ARTICLE = 400_000
PROPOSALS = """\
1. The government should create a public fund of 200 million dirhams for data centres run on solar power.
2. The ministry of education should train five thousand teachers in programming before 2028.
3. Parliament should adopt a law on the protection of personal data held by foreign clouds.
4. The energy agency should reserve a tenth of new wind capacity for industrial zones.
5. Customs should abolish duties on machine tools for small workshops.
6. The universities should open a national laboratory for Arabic language technology.
"""
OLD = Path(__file__).parents[1] / "tests" / "transcripts" / "old" / "schema-1.jsonl"


def main() -> int:
    """Measure everything; 1 when a bound is missed."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        held = [
            bound("replies on disk, × a bare write and fsync", write_ratio(folder), 3.0),
            *library(folder),
            *long_transcript(folder),
            model_debate(folder),
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
    """Seconds of processor time that an action on `path` takes, and the peak memory of its process in MB.

    From Linux's own record: what getrusage tells begins with the peak of the process that started this one.
    """
    code = (
        f"import sys, time\nfrom pathlib import Path\n{imports}\npath = Path(sys.argv[1])\n"
        f"began = time.process_time()\n{action}\n"
        "taken, status = time.process_time() - began, Path('/proc/self/status').read_text()\n"
        "print(taken, int(status.partition('VmHWM:')[2].split()[0]) / 1024)"
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


def model_debate(folder: Path) -> bool:
    """The size of a debate by a language model on a long article.

    What is asked is what a model would be sent; the embedded debaters answer it, at the length of a model.
    """
    source = long_article().encode()
    article = understand(source, "long.md")
    plan = DebatePlan(
        article=article,
        recommendations=article.recommendations,
        charters=tuple(load_charters(None).values()),
        language="en",
        model="openai:any",
    )
    session = start(plan, SpokenFor, folder, source=source)

    async def hold() -> int:
        return sum([event.kind == "turn_taken" async for event in session.events()])

    turns = asyncio.run(hold())
    what = f"transcript of {turns} turns of a model on an article of {len(source) / 1e3:.0f} kB, MB"
    return bound(what, session.path.stat().st_size / 1e6, 3.0)


class SpokenFor:
    """Renders requests for a language model and has the embedded debaters answer them."""

    def __init__(self, plan: DebatePlan) -> None:
        self._model = ChatBackend(plan)
        self._offline = OfflineBackend(plan)

    def render(self, request: TurnRequest) -> Prompt:
        """What the model would be sent."""
        return self._model.render(request)

    async def answer(self, request: TurnRequest, prompt: Prompt) -> Answer:
        """What the embedded debaters say."""
        return await self._offline.answer(request, self._offline.render(request))


def long_article() -> str:
    """Four hundred kilobytes of sentences, a third of them with a figure, and six proposals."""
    places = ("the port", "the grid", "the school", "the hospital", "the mill", "the road", "the market")
    verbs = ("serves", "supplies", "needs", "replaces", "connects", "feeds", "teaches", "employs")
    parts, size, number = ["# Computing for all"], 0, 0
    while size < ARTICLE:
        if number % 400 == 0:
            parts.append(f"## Part {number // 400}")
        sentences = []
        for n in range(number, number + 8):
            subject, verb, other = places[n % 7], verbs[n // 7 % 8], places[n // 3 % 7]
            figure = f"{3 * n + 7} megawatts of power" if n % 3 == 0 else f"{other} of district {n}"
            sentences.append(f"In district {n} {subject} {verb} {figure}, as its operator says every year.")
        number += 8
        parts.append(" ".join(sentences))
        size += len(parts[-1])
    return "\n\n".join([*parts, "## Recommendations", PROPOSALS])


if __name__ == "__main__":
    sys.exit(main())
