"""The decision rules, each with a name and fixed numbers. `docs/decision-rule.md` explains every one."""

from typing import Literal, NamedTuple

from agents.errors import InputError

Decision = Literal["adopt", "adopt_with_conditions", "defer", "reject"]
Consensus = Literal[
    "consensus", "consensus_with_reservations", "qualified_majority", "majority", "not_retained"
]

QUALIFIED = 0.75
"""Share of consent for a qualified majority: the median threshold of Delphi studies (Diamond 2014)."""
HALF = 0.5
TOLERANCE = 1e-9


class Rule(NamedTuple):
    """The numbers of one rule; shares are of the weight of all roles, speaking or silent.

    `consent`: share of consent needed to adopt; with `more_than`, it must be exceeded. `condition`: share
    that must be exceeded by a condition's acceptances; with `unopposed`, any refusal refuses it. `red_lines`:
    which standing red lines block adoption. `floor`: strength below which the arguments contradict an
    adoption, `ceiling`: strength from which they contradict a rejection; either contradiction defers.
    """

    name: str
    consent: float
    more_than: bool
    condition: float
    unopposed: bool
    red_lines: Literal["none", "grounded", "all"]
    floor: float
    ceiling: float


RULES = {
    rule.name: rule
    for rule in (
        Rule("consent", QUALIFIED, False, HALF, False, "grounded", 0.4, 0.6),
        Rule("strict", 1.0, False, HALF, True, "all", 0.5, 0.5),
        Rule("majority", HALF, True, HALF, False, "none", 0.0, 1.0),
    )
}


def rule_named(name: str) -> Rule:
    """The rule of that name. Raises InputError for a name that no rule has."""
    try:
        return RULES[name]
    except KeyError:
        raise InputError(
            f"There is no decision rule {name!r}.", f"The rules are {', '.join(RULES)}."
        ) from None


def reaches(share: float, needed: float, *, more_than: bool = False) -> bool:
    """Whether a share passes a threshold, rounding errors of sums of weights aside."""
    return share > needed + TOLERANCE if more_than else share >= needed - TOLERANCE
