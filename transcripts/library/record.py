"""A whole transcript, read back as what was said and decided."""

from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path
from typing import Literal

from agents.argument.model import Argument, Move, Ruling, Speech
from agents.debate.document import Grounding, Strategy
from agents.debate.event import Ruled
from agents.debate.grounded import grounding
from agents.debate.plan import DebatePlan
from agents.debate.presiding import Given
from agents.debate.turn import Usage, ordinal_of
from agents.errors import TranscriptError
from agents.model import Frozen
from transcripts.log.contents import Contents, load
from transcripts.log.plan import read_plan
from transcripts.log.record import Failed, Parent, RulingRecord, SpeechRecord, StrategyRecord, Time


class Totals(Frozen):
    """What all turns cost together. `cost` is in US dollars, None when the price of any call is unknown.

    `turns` are those that were taken, failed ones included; `failed` how many of them failed; `cached_tokens`
    the part of the input that a provider had in its cache; `repairs` the replies that were sent back. What a fork
    copied from its parent is a turn and cost nothing here.
    """

    turns: int = 0
    calls: int = 0
    retries: int = 0
    failed: int = 0
    input_tokens: int = 0
    output_tokens: int = 0
    cached_tokens: int = 0
    repairs: int = 0
    cost: float | None = None


class DebateRecord(Frozen):
    """A debate as its transcript has it, finished or not.

    `chair` is what the person who presided did, in the order in which it took effect.

    `heard` holds the rulings so far with the speeches that led to them, strengths filled in, in the plan's
    order; `open_speeches` those on recommendations that are not ruled on yet. `seconds` is the time from the
    first event to the last sync, summed over the runs that wrote the transcript. `unanswered` are turns that
    were asked and not answered.
    """

    id: str
    path: Path
    status: Literal["finished", "unfinished"]
    began: str
    plan: DebatePlan
    source: bytes | None
    parent: Parent | None
    heard: tuple[Ruled, ...]
    open_speeches: tuple[Speech, ...]
    strategy: Strategy | None
    usage: Totals
    seconds: float
    unanswered: tuple[str, ...]
    chair: tuple[Given, ...] = ()

    @property
    def strategy_path(self) -> Path:
        """Where the strategy lies once the debate is finished."""
        return self.path.with_suffix(".md")

    @property
    def speeches(self) -> tuple[Speech, ...]:
        """All speeches, by recommendation in the plan's order and as they were given."""
        order = [recommendation.id for recommendation in self.plan.recommendations]
        said = [speech for ruled in self.heard for speech in ruled.speeches]
        return tuple(
            sorted([*said, *self.open_speeches], key=lambda speech: order.index(speech.recommendation))
        )

    @property
    def arguments(self) -> tuple[Argument, ...]:
        """All arguments, in the order of the speeches."""
        return tuple(argument for speech in self.speeches for argument in speech.arguments)

    @property
    def rulings(self) -> tuple[Ruling, ...]:
        """The rulings so far, in the plan's order."""
        return tuple(ruled.ruling for ruled in self.heard)

    @property
    def moves(self) -> tuple[Move, ...]:
        """Every change of stance, with the argument that its author names as the cause."""
        return tuple(
            Move(
                role=after.role,
                recommendation=after.recommendation,
                from_=before.stance,
                to=after.stance,
                because=after.because,
            )
            for recommendation in self.plan.recommendations
            for charter in self.plan.charters
            for before, after in pairwise(
                speech
                for speech in self.speeches
                if (speech.role, speech.recommendation) == (charter.name, recommendation.id)
                and speech.is_turn
            )
            if before.stance != after.stance
        )

    @property
    def grounding(self) -> Grounding:
        """How the grounds of all arguments fared; grounds that are other arguments are not counted."""
        return grounding(self.speeches)


def read_record(path: Path) -> DebateRecord:
    """Read a transcript, its chain checked; a torn last line is left out.

    Raises TranscriptError when the file is damaged, of an unknown version or no transcript.
    """
    held = load(path)
    plan = read_plan(held.header.plan, held.blobs, path.name)
    order = {recommendation.id: place for place, recommendation in enumerate(plan.recommendations)}
    records = held.derived.values()
    rulings = [record for record in records if isinstance(record, RulingRecord)]
    said = _in_order(plan, [record.speech for record in records if isinstance(record, SpeechRecord)])
    spoken_of = [speech.recommendation for speech in said] + [item.ruling.recommendation for item in rulings]
    unknown = [name for name in spoken_of if name not in order]
    if unknown:
        raise TranscriptError(
            f"Transcript {path.name} speaks of {unknown[0][:40]}, which its plan does not hold."
        )
    heard = [
        ruled(record, said)
        for record in sorted(rulings, key=lambda record: order[record.ruling.recommendation])
    ]
    ruled_on = {decided.ruling.recommendation for decided in heard}
    source = held.header.plan.source
    return DebateRecord(
        id=held.header.run,
        path=path,
        status="finished" if held.finished else "unfinished",
        began=held.header.time.at,
        plan=plan,
        source=None if source is None else held.blobs.get(source),
        parent=held.header.parent,
        heard=tuple(heard),
        open_speeches=tuple(speech for speech in said if speech.recommendation not in ruled_on),
        strategy=next((record.strategy for record in records if isinstance(record, StrategyRecord)), None),
        usage=_totals(held),
        seconds=seconds(held.times),
        unanswered=tuple(address for address, turn in held.turns.items() if turn.outcome is None),
        chair=tuple(record.given for record in held.chair.values()),
    )


def seconds(times: Sequence[Time]) -> float:
    """How long the runs that wrote these records took together; each run counts its own time from zero."""
    ends = [before.elapsed for before, after in pairwise(times) if after.elapsed < before.elapsed]
    return round(sum(ends) + (times[-1].elapsed if times else 0.0), 3)


def _in_order(plan: DebatePlan, speeches: Sequence[Speech]) -> list[Speech]:
    """Round by round, roles in the plan's order: the order of completion plays no part.

    What the chair put before a round, and what it was answered, comes before it, in the order of the inputs.
    """
    place = {charter.name: number for number, charter in enumerate(plan.charters)}

    def order(speech: Speech) -> tuple[int, bool, int, int]:
        ordinal = 1 if speech.is_turn else ordinal_of(speech.address)
        return speech.round, speech.is_turn, ordinal, place.get(speech.role, len(place))

    return sorted(speeches, key=order)


def ruled(record: RulingRecord, said: Sequence[Speech]) -> Ruled:
    """A ruling with the speeches on its recommendation, strengths filled in."""
    speeches = tuple(
        speech.model_copy(
            update={
                "arguments": tuple(
                    argument.model_copy(update={"strength": record.strengths.get(argument.id)})
                    for argument in speech.arguments
                )
            }
        )
        for speech in said
        if speech.recommendation == record.ruling.recommendation
    )
    return Ruled(
        ruling=record.ruling,
        reasons=record.reasons,
        measure=record.measure,
        cut=record.cut,
        chair=record.chair,
        speeches=speeches,
    )


def _totals(held: Contents) -> Totals:
    outcomes = [turn.outcome for turn in held.turns.values() if turn.outcome is not None]
    return totals(
        [outcome.usage for outcome in outcomes if not outcome.copied],
        turns=len(outcomes),
        failed=sum(isinstance(outcome, Failed) for outcome in outcomes),
    )


def totals(usages: Sequence[Usage], *, turns: int, failed: int) -> Totals:
    """What these answers cost together, of `turns` of which `failed` failed."""
    paid = [usage.cost for usage in usages if usage.calls]
    known = [cost for cost in paid if cost is not None]
    return Totals(
        turns=turns,
        calls=sum(usage.calls for usage in usages),
        retries=sum(usage.retries for usage in usages),
        failed=failed,
        input_tokens=sum(usage.input_tokens for usage in usages),
        output_tokens=sum(usage.output_tokens for usage in usages),
        cached_tokens=sum(usage.cached_tokens for usage in usages),
        repairs=sum(len(usage.repairs) for usage in usages),
        cost=round(sum(known), 6) if len(known) == len(paid) else None,
    )
