"""The course of a recorded debate: what happened in it as events, in the order in which it is best read."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from pydantic import ValidationError

from agents.argument.model import CHAIR, QUESTION, Speech
from agents.debate.chair import Hold
from agents.debate.event import (
    ChairActed,
    Event,
    SpeechGiven,
    StrategyWritten,
    TurnAsked,
    TurnTaken,
)
from agents.debate.extraction import BEFORE_THE_DEBATE
from agents.debate.plan import DebatePlan
from agents.debate.turn import (
    REPLIES,
    WHOLE_DEBATE,
    OpeningReply,
    QuestionReply,
    RebuttalReply,
    Reply,
    ordinal_of,
)
from agents.errors import TranscriptError
from transcripts.library.record import ruled, seconds
from transcripts.log.blobs import content
from transcripts.log.plan import read_plan
from transcripts.log.record import (
    Answered,
    Blob,
    ChairRecord,
    Closed,
    Failed,
    Header,
    RulingRecord,
    SpeechRecord,
    StrategyRecord,
    Time,
)
from transcripts.log.skim import Passed, skim

RULING = "ruling"
SPOKEN = ("opening", "rebuttal")


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
        self.acts: list[ChairRecord] = []
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
            case ChairRecord() if not isinstance(record.act, Hold):
                self.acts.append(record)
            case SpeechRecord() | RulingRecord() | StrategyRecord() | Closed():
                self._derived(record)
        if isinstance(time := getattr(record, "time", None), Time):
            self.times.append(time)

    def _derived(self, record: SpeechRecord | RulingRecord | StrategyRecord | Closed) -> None:
        match record:
            case SpeechRecord():
                self.speeches[record.speech.address] = record
            case RulingRecord():
                self.rulings[record.ruling.recommendation] = record
            case StrategyRecord():
                self.strategy = record
            case Closed():
                self.finished = True


def _events(plan: DebatePlan, kept: _Kept, name: str) -> Iterator[Event]:
    roles = {charter.name: number for number, charter in enumerate(plan.charters)} | {CHAIR: -1}
    for about, addresses in _by_subject(plan, kept, name).items():
        said: list[Speech] = []
        acts = [act for act in kept.acts if _about(act.before) == about]
        for act, group in _groups(addresses, acts, roles):
            if act is not None:
                yield ChairActed(act=act.act, before=act.before)
            for address in group:
                if address in kept.asked:
                    yield from _turn(address, kept, name)
            given = [kept.speeches[address].speech for address in group if address in kept.speeches]
            yield from (SpeechGiven(speech=speech) for speech in given)
            said += given
        if about in kept.rulings:
            yield ruled(kept.rulings[about], said)
    if kept.strategy is not None:
        yield StrategyWritten(strategy=kept.strategy.strategy)


def _by_subject(plan: DebatePlan, kept: _Kept, name: str) -> dict[str, list[str]]:
    subjects: dict[str, list[str]] = {BEFORE_THE_DEBATE: []}
    subjects |= {item.id: [] for item in plan.recommendations}
    subjects[WHOLE_DEBATE] = []
    for address in dict.fromkeys([*kept.asked, *kept.speeches]):
        about = _about(address)
        if about not in subjects:
            raise TranscriptError(f"Transcript {name} speaks of {about[:40]}, which its plan does not hold.")
        subjects[about].append(address)
    return subjects


def _groups(
    addresses: Sequence[str], acts: Sequence[ChairRecord], roles: Mapping[str, int]
) -> Iterator[tuple[ChairRecord | None, list[str]]]:
    """The hearing of one recommendation: each round, and before it each act of the chair with what it led to."""
    places = {address: _place(address, roles) for address in addresses}
    last = max((place.round for place in places.values() if place.phase in SPOKEN), default=0)
    grouped: dict[tuple[int, bool, int], list[str]] = {}
    for address in sorted(addresses, key=lambda address: places[address]):
        grouped.setdefault(places[address][:3], []).append(address)
    by_place: dict[tuple[int, bool, int], ChairRecord] = {}
    taken: Counter[int] = Counter()
    for act in acts:
        _, phase, number, *_ = act.before.split("/")
        round_ = last + 1 if phase == RULING else int(number)
        taken[round_] += 1
        by_place[round_, False, taken[round_]] = act
    for key in sorted({*grouped, *by_place}):
        yield by_place.get(key), grouped.get(key, [])


def _turn(address: str, kept: _Kept, name: str) -> Iterator[Event]:
    yield TurnAsked(address=address)
    outcome = kept.outcomes.get(address)
    if outcome is None:
        return
    speech = kept.speeches.get(address)
    if speech is not None and not speech.speech.failed:
        stance = speech.speech.stance if speech.speech.is_turn else None
        text = speech.speech.text
    else:
        reply = _reply(outcome, name)
        stance = reply.stance if isinstance(reply, OpeningReply | RebuttalReply) else None
        text = reply.text if isinstance(reply, OpeningReply | RebuttalReply | QuestionReply) else ""
    yield TurnTaken(
        address=address,
        usage=outcome.usage,
        failure=outcome.failure if isinstance(outcome, Failed) else None,
        stance=stance,
        text=text,
    )


def _reply(outcome: Answered | Failed, name: str) -> Reply | None:
    """What was answered in a round that was not over when the transcript ends."""
    phase = outcome.address.split("/")[1]
    if isinstance(outcome, Failed) or phase not in {*SPOKEN, QUESTION}:
        return None
    try:
        return REPLIES[phase].model_validate(outcome.reply)
    except ValidationError as error:
        raise TranscriptError(f"Transcript {name}: {outcome.id[:80]} is no reply of its phase.") from error


class _Place(NamedTuple):
    """Where a turn stands in its hearing: what the chair puts, and the answers to it, before the round's turns."""

    round: int
    is_turn: bool
    input: int
    role: int
    more: tuple[int, ...]
    phase: str


def _place(address: str, roles: Mapping[str, int]) -> _Place:
    _, phase, round_, role, *more = address.split("/")
    is_turn = phase not in {CHAIR, QUESTION}
    number = 0 if is_turn else ordinal_of(address)
    rest = tuple(int(part) for part in more if part.isdigit())
    return _Place(int(round_), is_turn, number, roles.get(role, len(roles)), rest, phase)


def _about(address: str) -> str:
    return address.split("/", maxsplit=1)[0]
