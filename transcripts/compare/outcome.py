"""What came of a debate, as far as two debates are compared by it."""

from typing import NamedTuple

from agents.argument.model import Stances
from agents.model import Frozen
from transcripts.library.record import DebateRecord

DIGITS = 4


class Quote(NamedTuple):
    """A quoted ground: of what, how it stands there, and its words."""

    source: str
    status: str
    text: str


class Claim(Frozen):
    """An argument by what it says; `strength` to four digits, None while its recommendation is not ruled on."""

    id: str
    recommendation: str
    role: str
    strength: float | None = None
    claim: str
    quotes: tuple[Quote, ...] = ()


class ConditionOutcome(Frozen):
    """A condition and what became of it."""

    id: str
    status: str
    text: str


class RulingOutcome(Frozen):
    """What was decided on a recommendation."""

    decision: str
    consensus: str
    strength: float
    stances: dict[str, Stances] = {}
    conditions: tuple[ConditionOutcome, ...] = ()


class Outcome(Frozen):
    """Recommendations (id and text), rulings and arguments in the plan's order, and how the ballots ranked them.

    `effort` is what it took: told when two outcomes are compared, and no difference.
    """

    id: str
    recommendations: dict[str, str]
    priorities: tuple[str, ...] = ()
    rulings: dict[str, RulingOutcome] = {}
    arguments: tuple[Claim, ...] = ()
    effort: dict[str, int | float | str | None] = {}


def outcome_of(record: DebateRecord) -> Outcome:
    """What came of a recorded debate, finished or not."""
    return Outcome(
        id=record.id,
        recommendations={item.id: item.text for item in record.plan.recommendations},
        priorities=record.strategy.priorities if record.strategy else (),
        rulings={
            ruling.recommendation: RulingOutcome(
                decision=ruling.decision,
                consensus=ruling.consensus,
                strength=round(ruling.strength, DIGITS),
                stances=ruling.stances,
                conditions=tuple(
                    ConditionOutcome(id=one.id, status=one.status, text=one.text) for one in ruling.conditions
                ),
            )
            for ruling in record.rulings
        },
        arguments=tuple(
            Claim(
                id=argument.id,
                recommendation=argument.recommendation,
                role=argument.role,
                strength=None if argument.strength is None else round(argument.strength, DIGITS),
                claim=argument.claim,
                quotes=tuple(
                    Quote(ground.id, ground.status, ground.quote)
                    for ground in argument.grounds
                    if ground.kind != "argument"
                ),
            )
            for argument in record.arguments
        ),
        effort=record.usage.model_dump() | {"seconds": record.seconds, "model": record.plan.model},
    )
