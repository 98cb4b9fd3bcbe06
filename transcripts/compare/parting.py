"""The first turn where two debates part."""

from collections.abc import Sequence
from pathlib import Path
from typing import Literal

from agents.model import Frozen
from transcripts.log.contents import Turn, load
from transcripts.log.record import Answered

Difference = Literal[
    "only in the first", "only in the second", "model", "prompt", "schema", "request", "reply", "failure"
]


class Parting(Frozen):
    """A turn and what about it differs: that only one debate has it, its request, its reply, its failure.

    Of a request it is told which part differs where both are known in full.
    """

    address: str
    what: Difference


def first_parting(one: Path, two: Path) -> Parting | None:
    """The first turn that differs, by round and the first debate's declared order; None if all are equal.

    Raises TranscriptError when one of the transcripts cannot be read.
    """
    first, second = load(one), load(two)
    recommendations = [item.id for item in first.header.plan.recommendations]
    roles = first.header.plan.roles
    for address in sorted(
        {*first.turns, *second.turns}, key=lambda text: turn_order(text, recommendations, roles)
    ):
        what = _difference(first.turns.get(address), second.turns.get(address))
        if what is not None:
            return Parting(address=address, what=what)
    return None


def turn_order(
    address: str, recommendations: Sequence[str], roles: Sequence[str]
) -> tuple[int, int, int, str]:
    """Where a turn stands: by round, then in the declared order of recommendations and roles."""
    recommendation, _, number, role = [*address.split("/"), "", "", ""][:4]
    return (
        int(number) if number.isdecimal() else 0,
        recommendations.index(recommendation) if recommendation in recommendations else len(recommendations),
        roles.index(role) if role in roles else len(roles),
        address,
    )


def _difference(one: Turn | None, two: Turn | None) -> Difference | None:
    if one is None or two is None:
        return "only in the first" if two is None else "only in the second"
    if one.asked.config != two.asked.config:
        return "model"
    if one.asked.parts != two.asked.parts:
        return "prompt"
    if one.asked.reply_schema != two.asked.reply_schema:
        return "schema"
    left, right = one.outcome, two.outcome
    if isinstance(left, Answered) and isinstance(right, Answered):
        return "reply" if left.reply != right.reply else None
    return "failure" if type(left) is not type(right) else None
