"""How quick the terminal app is: `python benchmarks/app.py`.

Bounds: its first paint comes within 1.6 × the time of an empty Textual app in the same run; while 200 events a
second come in, a key press is answered (the screen is drawn again) within 50 ms in the median and 150 ms for
95 %; a transcript of 20,000 events opens within 1 s of processor time, and no page of it takes more than 50 ms of
it to scroll to; what-if answers a key within 16 ms. Exit code 1 when a bound is missed.
"""

import asyncio
import fcntl
import os
import pty
import select
import statistics
import struct
import subprocess
import sys
import tempfile
import termios
import time
from collections.abc import AsyncGenerator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

# ruff: noqa: E402
from textual import events

from agents.argument.model import Argument, Ground, Ruling, Scheme, Speech, Stance, Stances
from agents.article.model import Article, Recommendation, Span
from agents.article.read import bundled_brief, read_article
from agents.backends.open import open_backend
from agents.debate.event import Event, Ruled, SpeechGiven, TurnAsked, TurnTaken
from agents.debate.plan import DebatePlan, debate_language
from agents.debate.turn import Usage
from agents.roles.load import load_charters
from transcripts.library.course import read_course
from transcripts.log.chain import GENESIS, seal
from transcripts.log.clock import Clock
from transcripts.log.plan import beginning
from transcripts.log.record import Answered, Asked, RulingRecord, SpeechRecord, to_json
from transcripts.log.session import start
from tui.app.chamber import Chamber
from tui.app.main import Jemaa
from tui.app.whatif import WhatIf
from tui.app.widgets.reel import Reel
from tui.playback import Playback
from tui.settings import Settings
from tui.sitting import Sitting, saved
from tui.state import DebateState

SEED = ROOT.parent / "shared" / "articles" / "seed" / "article.txt"
RUNS = 7
EVENTS = 20_000
A_SECOND = 200
SECONDS = 6
SIZE = (80, 24)
WORDS = (
    "The grid stands still for a third of the year and nobody has named who would pay for what is to be built "
    "beside it, so that the proposal stands or falls with a condition that the article leaves open. "
)
EMPTY = """
from textual.app import App, ComposeResult
from textual.widgets import Static


class Empty(App[None]):
    def compose(self) -> ComposeResult:
        yield Static("Jemaa")


Empty().run()
"""


def main() -> int:
    """Measure everything; 1 when a bound is missed."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        held = [first_paint(folder), *asyncio.run(busy()), *asyncio.run(long_transcript(folder))]
        held += asyncio.run(what_if(folder))
    return int(not all(held))


def bound(what: str, measured: float, limit: float) -> bool:
    """Print a figure beside its bound; whether it holds."""
    print(f"{what}: {measured:.2f} (bound {limit:g})", flush=True)
    return measured <= limit


def first_paint(folder: Path) -> bool:
    """The median time to the first words on the screen, over that of an empty app, the two in turn."""
    empty = folder / "empty.py"
    empty.write_text(EMPTY, encoding="utf-8")
    commands = {
        "empty": [sys.executable, str(empty)],
        "jemaa": [sys.executable, str(ROOT / "jemaa.py")],
    }
    taken: dict[str, list[float]] = {name: [] for name in commands}
    for run in range(RUNS + 1):
        for name, command in commands.items():
            seconds = until_painted(command, folder)
            if run:  # the first one may have to read from the disk and compile
                taken[name].append(seconds)
    medians = {name: statistics.median(times) for name, times in taken.items()}
    print(f"first paint: empty {medians['empty'] * 1000:.0f} ms, jemaa {medians['jemaa'] * 1000:.0f} ms")
    return bound("first paint, × an empty app", medians["jemaa"] / medians["empty"], 1.6)


def until_painted(command: list[str], folder: Path) -> float:
    """Seconds from the start of a program in a terminal until the word Jemaa is on its screen."""
    primary, secondary = pty.openpty()
    fcntl.ioctl(secondary, termios.TIOCSWINSZ, struct.pack("HHHH", SIZE[1], SIZE[0], 0, 0))
    began = time.perf_counter()
    process = subprocess.Popen(
        command,
        cwd=folder,
        env=os.environ | {"TERM": "xterm-256color", "HOME": str(folder)},
        stdin=secondary,
        stdout=secondary,
        stderr=secondary,
        start_new_session=True,
    )
    os.close(secondary)
    written = b""
    try:
        while b"Jemaa" not in written:
            ready, _, _ = select.select([primary], [], [], 30)
            if not ready:
                raise TimeoutError(f"{command} has painted nothing: {written[-500:]!r}")
            written += os.read(primary, 65536)
        return time.perf_counter() - began
    finally:
        process.kill()
        process.wait()
        os.close(primary)


async def busy() -> list[bool]:
    """How long a key press takes to be answered while many events come in."""
    plan, happened = made_up(60)

    async def happening() -> AsyncGenerator[Event, None]:
        began, given = time.perf_counter(), 0
        for given, event in enumerate(happened[: A_SECOND * SECONDS]):
            wait = began + given / A_SECOND - time.perf_counter()
            if wait > 0:
                await asyncio.sleep(wait)
            yield event

    chamber = Chamber(Sitting(Playback(DebateState.of(plan), paced=False), events=happening))
    app = Jemaa(chamber, Settings())
    answered: list[float] = []
    async with app.run_test(size=(200, 60)) as pilot:
        await pilot.pause()
        for number in range(SECONDS * 8):
            began = time.perf_counter()
            await _answered(app, "2" if number % 4 == 3 else "1" if number % 4 == 0 else "n")
            answered.append(time.perf_counter() - began)
            await asyncio.sleep(max(0.0, 0.12 - answered[-1]))
        print(f"{len(chamber.sitting.playback.events)} events in {SECONDS} s, {len(answered)} keys")
    milliseconds = sorted(seconds * 1000 for seconds in answered)
    return [
        bound("a key answered under load, ms, median", statistics.median(milliseconds), 50),
        bound("a key answered under load, ms, 95 %", milliseconds[int(len(milliseconds) * 0.95)], 150),
    ]


async def _answered(app: Jemaa, key: str) -> None:
    """Press a key and wait until the screen has been drawn with what it does."""
    drawn = asyncio.Event()

    def pressed() -> None:
        app.screen.call_after_refresh(drawn.set)

    app.post_message(events.Key(key, key))
    app.screen.post_message(events.Callback(callback=pressed))
    await drawn.wait()


async def long_transcript(folder: Path) -> list[bool]:
    """Processor time to open a long transcript, and to scroll through it."""
    path = folder / "long.jsonl"
    lines = write_long(path)
    print(f"a transcript of {lines} events has {path.stat().st_size / 1e6:.0f} MB")
    app = Jemaa(Chamber(Sitting(Playback(DebateState.of(made_up(1)[0])))), Settings())
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        began = time.process_time()
        chamber = Chamber(saved(path, Settings()))
        await app.push_screen(chamber)
        await pilot.pause()
        opened = time.process_time() - began
        slowest = 0.0
        for name in ("rows", "speeches"):
            chamber.query_one(f"#{name}", Reel).focus()
            for _ in range(40):
                began = time.process_time()
                await _answered(app, "pagedown")
                slowest = max(slowest, time.process_time() - began)
    return [
        bound(f"a transcript of {lines} events opened, s of processor time", opened, 1.0),
        bound("a page of it, ms of processor time, the slowest", slowest * 1000, 50),
    ]


async def what_if(folder: Path) -> list[bool]:
    """Processor time of a lever from the key to the outcome on the screen, which is drawn 60 times a second."""
    article = read_article(str(SEED)) if SEED.is_file() else bundled_brief()
    language, _ = debate_language(article, None)
    plan = DebatePlan(
        article=article,
        recommendations=article.recommendations,
        charters=tuple(load_charters(None).values()),
        language=language,
    )
    session = start(plan, open_backend, folder)
    async for _ in session.events():
        pass
    course = read_course(session.path)
    page = WhatIf(DebateState.of(course.plan).apply_all(course.events), session.path)
    app = Jemaa(page, Settings())
    computed: list[float] = []
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        for number in range(60):
            began = time.process_time()
            await _answered(app, "right" if number % 20 < 10 else "left")
            computed.append(time.process_time() - began)
    milliseconds = sorted(seconds * 1000 for seconds in computed)
    return [
        bound(
            "what-if on the seed, from key to screen, ms of processor time, median",
            statistics.median(milliseconds),
            16,
        )
    ]


def made_up(recommendations: int) -> tuple[DebatePlan, list[Event]]:
    """A debate of the usual shape: every role opens and rebuts with two arguments each, then a ruling."""
    charters = tuple(load_charters(None).values())
    body = WORDS * 10
    article = Article(
        title="A long article",
        language="en",
        sha256="ab" * 32,
        body=body,
        spans=tuple(
            Span(
                id=f"S{n + 1}", text=WORDS.strip(), start=n * len(WORDS), end=n * len(WORDS) + len(WORDS) - 1
            )
            for n in range(10)
        ),
    )
    plan = DebatePlan(
        article=article,
        recommendations=tuple(
            Recommendation(id=f"R{n + 1}", text=f"Build pier {n + 1} beside the mole.", spans=("S1",))
            for n in range(recommendations)
        ),
        charters=charters,
        language="en",
    )
    happened: list[Event] = []
    for number in range(1, recommendations + 1):
        said: list[Speech] = []
        for round_ in (1, 2):
            spoken = [_speech(number, round_, place, charter.name) for place, charter in enumerate(charters)]
            for speech in spoken:
                happened += [
                    TurnAsked(address=speech.address),
                    TurnTaken(
                        address=speech.address, usage=Usage(calls=1), stance=speech.stance, text=speech.text
                    ),
                ]
            happened += [SpeechGiven(speech=speech) for speech in spoken]
            said += spoken
        address = f"R{number}/ruling/3/moderator"
        happened += [TurnAsked(address=address), TurnTaken(address=address), _ruled(number, said)]
    return plan, happened


def _speech(number: int, round_: int, place: int, role: str) -> Speech:
    first = (round_ - 1) * 8 + place * 2 + 1
    phase = "opening" if round_ == 1 else "rebuttal"
    arguments = tuple(
        Argument(
            id=f"A{number}.{first + more}",
            role=role,
            recommendation=f"R{number}",
            phase=phase,
            round=round_,
            stance=Stance.CONDITIONS,
            scheme=Scheme.CONSEQUENCES,
            side="for" if more else "against",
            claim=WORDS,
            grounds=(Ground(id="S1", quote=WORDS[:40], status="exact", start=0, end=40),),
        )
        for more in (0, 1)
    )
    return Speech(
        address=f"R{number}/{phase}/{round_}/{role}",
        recommendation=f"R{number}",
        phase=phase,
        round=round_,
        role=role,
        stance=Stance.CONDITIONS,
        text=WORDS * 3,
        arguments=arguments,
        priority=50,
    )


def _ruled(number: int, said: list[Speech]) -> Ruled:
    held = Stances(opening=Stance.CONDITIONS, final=Stance.CONDITIONS)
    ruling = Ruling(
        recommendation=f"R{number}",
        decision="adopt",
        consensus="consensus",
        rule="consent",
        strength=0.7,
        dfquad=0.7,
        euler=0.7,
        stances={speech.role: held for speech in said},
    )
    return Ruled(ruling=ruling, speeches=tuple(said))


def write_long(path: Path) -> int:
    """A transcript of at least so many records, each chained to the one before; how many it has."""
    plan, happened = made_up(EVENTS // 27 + 1)
    clock = Clock()
    time_ = clock.now()
    records = [to_json(record) for record in beginning(plan, path.stem, time_).records()]
    for event in happened:
        match event:
            case TurnAsked(address=address):
                asked = Asked(
                    id=f"asked/{address}", time=time_, address=address, fingerprint=GENESIS, config=GENESIS,
                    parts=(GENESIS,) * 4, reply_schema=GENESIS,
                )  # fmt: skip
                records.append(to_json(asked))
            case TurnTaken(address=address, usage=usage):
                reply = {"stance": "support", "text": event.text, "arguments": [], "priority": 50}
                answered = Answered(
                    id=f"answered/{address}", time=time_, address=address, fingerprint=GENESIS, reply=reply,
                    usage=usage,
                )  # fmt: skip
                records.append(to_json(answered))
            case SpeechGiven(speech=speech):
                records.append(
                    to_json(SpeechRecord(id=f"speech/{speech.address}", time=time_, speech=speech))
                )
            case Ruled(ruling=ruling):
                ruled = RulingRecord(
                    id=f"ruling/{ruling.recommendation}", time=time_, ruling=ruling, reasons=(), measure=None,
                    strengths={},
                )  # fmt: skip
                records.append(to_json(ruled))
    prev = GENESIS
    with path.open("wb") as file:
        for record in records:
            line, prev = seal(record, prev)
            file.write(line)
    return len(records)


if __name__ == "__main__":
    sys.exit(main())
