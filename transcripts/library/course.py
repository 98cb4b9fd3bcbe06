"""The course of a recorded debate: what happened in it as events, in the order in which it is best read."""

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from pydantic import ValidationError

from agents.debate.event import Event, SpeechGiven, StrategyWritten, TurnAsked, TurnTaken
from agents.debate.plan import DebatePlan
from agents.debate.turn import MODERATOR, REPLIES, WHOLE_DEBATE, OpeningReply, RebuttalReply
from agents.errors import TranscriptError
from transcripts.library.record import ruled, seconds
from transcripts.log.blobs import content
from transcripts.log.plan import read_plan
from transcripts.log.record import (
    Answered,
    Blob,
    Closed,
    Failed,
    Header,
    RulingRecord,
    SpeechRecord,
    StrategyRecord,
    Time,
)
from transcripts.log.skim import Passed, skim


class Course(NamedTuple):
    """A debate as a course of events: recommendation by recommendation in the plan's order, round by round.

    While it was held, recommendations ran side by side; what each speaker was shown does not depend on that.
    """

    id: str
    path: Path
    plan: DebatePlan
    finished: bool
    seconds: float
    events: tuple[Event, ...]


def read_course(path: Path) -> Course:
    """Read a transcript, its chain checked, as far as it is needed to show what happened.

    Raises TranscriptError when the file is damaged, of an unknown version or no transcript.
    """
    kept = _Kept()
    for record in skim(path, kept.wants):
        kept.add(record, path.name)
    if kept.header is None:
        raise TranscriptError(f"Transcript {path.name} was cut before its first record was written.")
    plan = read_plan(kept.header.plan, kept.blobs, path.name)
    return Course(
        kept.header.run,
        path,
        plan,
        kept.finished,
        seconds(kept.times),
        tuple(_events(plan, kept, path.name)),
    )


class _Kept:
    """What is kept of the records, by what it is looked up by."""

    def __init__(self) -> None:
        self.header: Header | None = None
        self.needed: set[str] = set()
        self.blobs: dict[str, bytes] = {}
        self.asked: dict[str, None] = {}
        self.outcomes: dict[str, Answered | Failed] = {}
        self.speeches: dict[str, SpeechRecord] = {}
        self.rulings: dict[str, RulingRecord] = {}
        self.strategy: StrategyRecord | None = None
        self.finished = False
        self.times: list[Time] = []

    def wants(self, kind: str, id_: str) -> bool:
        """Prompts and requests are not needed."""
        return kind != "asked" and (kind != "blob" or id_ in self.needed)

    def add(self, record: object, name: str) -> None:
        """Keep a record."""
        match record:
            case Header(plan=plan):
                self.header = record
                self.needed = {f"blob/{key}" for key in (plan.article, plan.body, *plan.charters)}
            case Passed(kind="asked", id=id_):
                self.asked[id_.removeprefix("asked/")] = None
            case Blob():
                self.blobs[record.id.removeprefix("blob/")] = content(record, name)
            case Answered() | Failed():
                self.outcomes[record.address] = record
            case SpeechRecord():
                self.speeches[record.speech.address] = record
            case RulingRecord():
                self.rulings[record.ruling.recommendation] = record
            case StrategyRecord():
                self.strategy = record
            case Closed():
                self.finished = True
        if isinstance(time := getattr(record, "time", None), Time):
            self.times.append(time)


def _events(plan: DebatePlan, kept: _Kept, name: str) -> Iterator[Event]:
    order = {recommendation.id: number for number, recommendation in enumerate(plan.recommendations)}
    order[WHOLE_DEBATE] = len(order)
    roles = {charter.name: number for number, charter in enumerate(plan.charters)} | {MODERATOR: -1}
    unknown = [about for about in (*map(_about, kept.speeches), *kept.rulings) if about not in order]
    if unknown:
        raise TranscriptError(f"Transcript {name} speaks of {unknown[0][:40]}, which its plan does not hold.")
    turns: dict[tuple[int, int], list[str]] = {}
    for address in sorted(kept.asked, key=lambda address: _place(address, order, roles)):
        turns.setdefault(_place(address, order, roles)[:2], []).append(address)
    spoken: dict[int, list[SpeechRecord]] = {}
    for (about, _), addresses in turns.items():
        for address in addresses:
            yield from _turn(address, kept, name)
        for address in addresses:
            if address in kept.speeches:
                spoken.setdefault(about, []).append(kept.speeches[address])
                yield SpeechGiven(speech=kept.speeches[address].speech)
        ruling = kept.rulings.get(_about(addresses[0]))
        if ruling is not None and addresses[0].split("/")[1] == "ruling":
            yield ruled(ruling, [record.speech for record in spoken.get(about, [])])
    if kept.strategy is not None:
        yield StrategyWritten(strategy=kept.strategy.strategy)


def _turn(address: str, kept: _Kept, name: str) -> Iterator[Event]:
    yield TurnAsked(address=address)
    outcome = kept.outcomes.get(address)
    if outcome is None:
        return
    speech = kept.speeches.get(address)
    said = speech.speech if speech and not speech.speech.failed else _reply(outcome, name)
    yield TurnTaken(
        address=address,
        usage=outcome.usage,
        failure=outcome.failure if isinstance(outcome, Failed) else None,
        stance=said.stance if said else None,
        text=said.text if said else "",
    )


def _reply(outcome: Answered | Failed, name: str) -> OpeningReply | RebuttalReply | None:
    """What a role answered in a round that was not over when the transcript ends."""
    phase = REPLIES.get(outcome.address.split("/")[1])
    if isinstance(outcome, Failed) or phase not in {OpeningReply, RebuttalReply}:
        return None
    try:
        reply = phase.model_validate(outcome.reply)
    except ValidationError as error:
        raise TranscriptError(f"Transcript {name}: {outcome.id[:80]} is no reply of its phase.") from error
    return reply if isinstance(reply, OpeningReply | RebuttalReply) else None


def _place(address: str, order: dict[str, int], roles: dict[str, int]) -> tuple[int, int, int, int, int]:
    """Where a turn stands in the reading: recommendation, round, ordinal, role, repeat."""
    about, _, round_, role, *more = address.split("/")
    ordinal, repeat = ([int(number) for number in more] + [1, 0][len(more) :])[:2]
    return order.get(about, len(order)), int(round_), ordinal, roles.get(role, len(roles)), repeat


def _about(address: str) -> str:
    return address.split("/", maxsplit=1)[0]
