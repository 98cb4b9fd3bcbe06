"""The course of a recorded debate, read quickly and in reading order."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from agents.debate.event import Event, Ruled, SpeechGiven, StrategyWritten, TurnAsked, TurnTaken
from agents.debate.plan import DebatePlan
from agents.errors import TranscriptError
from transcripts.library.course import Course, read_course
from transcripts.library.record import read_record
from transcripts.log.session import start

Scripted = Callable[..., Any]


@pytest.fixture
async def path(plan: DebatePlan, scripted: Scripted, folder: Path) -> Path:
    session = start(plan, lambda _: scripted(), folder)
    async for _ in session.events():
        pass
    return session.path


@pytest.fixture
def course(path: Path) -> Course:
    return read_course(path)


def _about(event: Event) -> str:
    match event:
        case SpeechGiven(speech=speech):
            return speech.recommendation
        case Ruled(ruling=ruling):
            return ruling.recommendation
        case TurnAsked(address=address) | TurnTaken(address=address):
            return address.split("/", maxsplit=1)[0]
        case _:
            return "all"


def test_holds_what_the_record_holds(course: Course, path: Path) -> None:
    """Speeches, rulings and strategy are those that a full reading gives, and so is what the turns cost."""
    record = read_record(path)
    spoken = [event.speech for event in course.events if isinstance(event, SpeechGiven)]
    ruled = [event for event in course.events if isinstance(event, Ruled)]
    usages = [event.usage for event in course.events if isinstance(event, TurnTaken)]

    assert record.plan == course.plan
    assert {speech.address for speech in record.speeches} == {speech.address for speech in spoken}
    assert list(record.heard) == ruled
    assert record.strategy == course.events[-1].strategy  # type: ignore[union-attr]
    assert (record.usage.turns, record.usage.calls) == (len(usages), sum(usage.calls for usage in usages))
    assert record.seconds == course.seconds
    assert course.finished


def test_reading_order(course: Course) -> None:
    """One recommendation after the other, each from its opening to its ruling, then the strategy."""
    subjects = [_about(event) for event in course.events]

    assert sorted(subjects, key=["R1", "R2", "all"].index) == subjects
    assert isinstance(course.events[-1], StrategyWritten)


def test_every_turn_is_asked_taken_and_spoken(course: Course) -> None:
    """A role's turn is asked and taken, with its words, before its speech is on the record."""
    for address in [event.speech.address for event in course.events if isinstance(event, SpeechGiven)]:
        own = [
            event
            for event in course.events
            if getattr(event, "address", None) == address
            or (isinstance(event, SpeechGiven) and event.speech.address == address)
        ]
        assert [TurnAsked, TurnTaken, SpeechGiven] == [type(event) for event in own]
        assert own[1].text == own[2].speech.text  # type: ignore[union-attr]


def test_interrupted(path: Path) -> None:
    """A transcript that was cut anywhere gives the course up to there; a torn last line is left out."""
    lines = path.read_bytes().splitlines(keepends=True)
    whole = read_course(path).events
    for kept in range(len(lines) // 2, len(lines)):
        path.write_bytes(b"".join(lines[:kept]) + lines[kept][:20])
        events = read_course(path).events
        assert set(map(str, events)) <= set(map(str, whole))


@pytest.mark.parametrize("kind", ["asked", "blob", "answered", "speech", "ruling", "strategy", "closed"])
def test_damage_is_named(path: Path, kind: str) -> None:
    """A changed byte in any line is found, also in lines that are not read, and named by its number."""
    lines = path.read_bytes().splitlines(keepends=True)
    place = next(at for at, line in enumerate(lines) if line.startswith(b'{"kind":"%b"' % kind.encode()))
    lines[place] = lines[place].replace(b'"at":"2', b'"at":"1')
    path.write_bytes(b"".join(lines))

    with pytest.raises(TranscriptError, match=f"line {place + 1}"):
        read_course(path)


def test_removed_line(path: Path) -> None:
    """A line that is missing is noticed by the one after it."""
    lines = path.read_bytes().splitlines(keepends=True)
    path.write_bytes(b"".join(lines[:20] + lines[21:]))

    with pytest.raises(TranscriptError, match="line 21"):
        read_course(path)
