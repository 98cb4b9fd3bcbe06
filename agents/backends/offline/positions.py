"""What a role makes of a recommendation: its stance, how sure, and how much it matters to it."""

from collections.abc import Iterable
from typing import NamedTuple

from agents.argument.model import Stance
from agents.backends.offline.docket import Candidate, Case

_NOTHING = 0.1
"""Below this weight of reasons a role has no position."""
_RESERVED = 0.5
"""From this share of the reasons for, the reasons against make a role ask for conditions."""
_OPPOSED = 1.2
"""From this multiple of the reasons for, the reasons against make a role oppose."""
_SERIOUS = 0.3
"""Reasons against that weigh less than this do not make a role oppose, however little speaks for."""
_SHARES = (1.0, 0.5, 0.25, 0.125)
"""A second reason adds half of its value, a third a quarter: many weak reasons do not make a strong one."""


class Position(NamedTuple):
    """`gains` and `harms` are the weighed reasons for and against (0 to about 2)."""

    stance: Stance
    gains: float
    harms: float
    crossed: Candidate | None = None

    @property
    def priority(self) -> int:
        """How much the role wants the recommendation early, from 0 to 100."""
        if self.stance is Stance.NONE:
            return 50
        return round(50 + 50 * (self.gains - self.harms) / (self.gains + self.harms + 0.6))


def weigh(items: Iterable[Candidate]) -> float:
    """The weight of several reasons together; one for each indicator and concept counts in full."""
    values = sorted((item.value for item in items), reverse=True)
    return sum(share * value for share, value in zip(_SHARES, values, strict=False))


def stance_of(gains: float, harms: float) -> Stance:
    """The stance that reasons of these weights give.

    A role that knows of no reason for a proposal does not oppose it on that account alone: the gap may be
    in what is known.
    """
    if gains < _NOTHING and harms < _NOTHING:
        return Stance.NONE
    if gains >= _NOTHING and harms > max(_OPPOSED * gains, _SERIOUS):
        return Stance.OPPOSE
    return Stance.CONDITIONS if harms >= _RESERVED * gains else Stance.SUPPORT


def is_plain(item: Candidate) -> bool:
    """Whether the text states the point outright: not in the conditional, as a title, or of somewhere else."""
    return any(not (e.hedge or e.heading or e.foreign or e.stake) for e in item.evidence[:1])


def position(case: Case, role: str, red_lines: frozenset[str] = frozenset()) -> Position:
    """Where a role stands before it has heard the others.

    A crossed red line (a point named in the role's charter, shown by the text and not met by the
    recommendation) makes it oppose whatever speaks for the recommendation.
    """
    gains = weigh(case.side(role, "for"))
    against = case.side(role, "against")
    harms = weigh(against)
    crossed = next(
        (item for item in against if item.key in red_lines and item.met is None and is_plain(item)),
        None,
    )
    stance = Stance.OPPOSE if crossed else stance_of(gains, harms)
    return Position(stance, gains, harms, crossed)
