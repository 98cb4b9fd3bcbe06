"""How strong an argument is before anybody answers it. `docs/argument-strength.md` gives the reasons."""

import math
from collections.abc import Iterable, Sequence

from agents.argument.case import MAX_BASE, MIN_BASE
from agents.argument.model import Ground, Scheme

CEILING = 0.9
"""What evidence without end approaches."""

FLAGGED = 0.1
"""What a claim loses for any figure that stands in none of its grounds."""

_BARE = {
    Scheme.PRACTICAL: 0.3,
    Scheme.CONSEQUENCES: 0.3,
    Scheme.CAUSE: 0.3,
    Scheme.RULE: 0.3,
    Scheme.VALUES: 0.35,
    Scheme.EXPERT: 0.25,
    Scheme.ANALOGY: 0.2,
    Scheme.CRITICAL_QUESTION: 0.2,
}
"""Without any verified ground. A value needs the least evidence, an analogy or a mere question the most."""

_SPAN, _FACT, _ABSENCE, _ARGUMENT = 0.5, 0.5, 0.3, 0.2


def base_score(scheme: Scheme, grounds: Iterable[Ground], unsupported: Sequence[str] = ()) -> float:
    """Base score from scheme and verified grounds, between MIN_BASE and MAX_BASE.

    Each distinct verified source closes a part of the distance from the scheme's bare score to the ceiling:
    half for a quoted span or a fact, less for an absence or another argument. Unverified grounds count for
    nothing.
    """
    sources: dict[tuple[str, str, str | None], float] = {}
    for ground in grounds:
        if ground.status != "unverified":
            sources[ground.kind, ground.id, ground.absence] = _part(ground)
    distance = math.prod(1 - part for part in sources.values())
    score = CEILING - (CEILING - _BARE[scheme]) * distance - (FLAGGED if unsupported else 0.0)
    return round(min(max(score, MIN_BASE), MAX_BASE), 6)


def _part(ground: Ground) -> float:
    if ground.absence is not None:
        return _ABSENCE
    return {"span": _SPAN, "fact": _FACT, "argument": _ARGUMENT}[ground.kind]
