"""What a turn may cite: the ids that its speaker was shown and that would be accepted in its reply."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from agents.argument.model import CHAIR, Argument, Speech
from agents.debate.plan import DebatePlan
from agents.debate.turn import TurnRequest


class Citable(NamedTuple):
    """Ids by what they may be used for, each in the order in which they were shown.

    `sources` are spans and facts; `others` and `own` arguments by their authors, seen from the speaker;
    `put` are those of the chair that this round answers; `support` is what a sentence of the moderator may rest on.
    """

    sources: tuple[str, ...] = ()
    others: tuple[str, ...] = ()
    own: tuple[str, ...] = ()
    put: tuple[str, ...] = ()
    conditions: tuple[str, ...] = ()
    red_lines: tuple[str, ...] = ()
    objections: tuple[str, ...] = ()
    recommendations: tuple[str, ...] = ()
    support: tuple[str, ...] = ()


def citable(plan: DebatePlan, request: TurnRequest, sources: tuple[str, ...]) -> Citable:
    """The ids that the speaker of `request` may cite when it was shown `sources`, spans and facts."""
    speaker = request.address.role
    arguments = [argument for speech in request.speeches for argument in speech.arguments]
    conditions = tuple(condition.id for condition in request.conditions)
    if request.ruling is not None:
        return Citable(
            conditions=conditions,
            objections=_unique(dissent.argument for dissent in request.ruling.dissents),
            recommendations=(request.address.recommendation,),
            support=_support([request.address.recommendation], arguments, request.speeches),
        )
    if request.rulings:
        recommendations = tuple(ruling.recommendation for ruling in request.rulings)
        return Citable(
            recommendations=recommendations, support=_support(recommendations, arguments, request.speeches)
        )
    return Citable(
        sources=(*sources, *(fact.id for speech in request.speeches for fact in speech.facts)),
        others=tuple(argument.id for argument in arguments if argument.role != speaker),
        own=tuple(argument.id for argument in arguments if argument.role == speaker),
        put=tuple(a.id for a in arguments if a.role == CHAIR and a.round == request.address.round),
        conditions=conditions,
        red_lines=tuple(line.id for line in plan.charter(speaker).red_lines),
    )


def _support(
    recommendations: Sequence[str], arguments: Sequence[Argument], speeches: Sequence[Speech]
) -> tuple[str, ...]:
    """Rulings, arguments on verified ground that were not withdrawn, conditions, and that ground."""
    withdrawn = {name for speech in speeches for name in speech.withdrawn}
    standing = [
        argument for argument in arguments if argument.id not in withdrawn and any(_verified(argument))
    ]
    return _unique(
        (
            *recommendations,
            *(argument.id for argument in standing),
            *(condition.id for speech in speeches for condition in speech.conditions),
            *(name for argument in standing for name in _verified(argument)),
        )
    )


def _verified(argument: Argument) -> list[str]:
    return [
        ground.id
        for ground in argument.grounds
        if ground.kind != "argument" and ground.status != "unverified"
    ]


def _unique(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(names))
