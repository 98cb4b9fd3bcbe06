"""The order of priorities: Schulze's method over the ballots that the roles' scores give.

Source: Schulze, *A new monotonic, clone-independent, reversal symmetric, and Condorcet-consistent
single-winner election method*, Social Choice and Welfare 36, 2011; defeats are measured by winning votes.
"""

import math
import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from agents.argument.rules import TOLERANCE
from agents.errors import InputError

Ballot = Mapping[str, float]
"""A voter's scores: the higher, the more preferred; equal scores express no preference."""

Pairs = dict[tuple[str, str], float]
"""The weight of the voters who prefer the first to the second, or of the best path between them."""


class Priorities(NamedTuple):
    """Recommendations from first to last, with a note for each tie that had to be broken."""

    order: tuple[str, ...]
    notes: tuple[str, ...]


def priorities(
    recommendations: Sequence[str],
    scores: Mapping[str, Ballot],
    weights: Mapping[str, float],
    strengths: Mapping[str, float],
) -> Priorities:
    """The order of the recommendations by the roles' scores (0 to 100) of them.

    A role that never scored a recommendation has no preference about it. Ties are broken by the best worst
    rank on any ballot, then by the higher strength, then by the identifier; each note says which
    (`tie:worst_rank:R1,R2`). Raises InputError for a score of something else or a role without a weight.
    """
    for role, ballot in scores.items():
        _known(role, ballot, recommendations)
        if role not in weights:
            raise InputError(
                f"The role {role!r} has scores but no weight.", "Give every voting role a weight."
            )
    ballots = [(scores[role], weights[role]) for role in weights if role in scores]
    return _ordered(recommendations, ballots, strengths)


def schulze(
    candidates: Sequence[str], ballots: Sequence[Ballot], weights: Sequence[float] | None = None
) -> tuple[tuple[str, ...], ...]:
    """The candidates in groups from best to worst; within a group nobody beats anybody.

    Every ballot must score every candidate. Raises InputError for a ballot with unknown or missing entries.
    """
    for place, ballot in enumerate(ballots, start=1):
        _known(f"ballot {place}", ballot, candidates)
        missing = [name for name in candidates if name not in ballot]
        if missing:
            raise InputError(
                f"Ballot {place} does not rank {', '.join(missing)}.",
                "Rank every candidate; give those that share a place the same score.",
            )
    weighted = list(zip(ballots, weights or [1.0] * len(ballots), strict=True))
    paths = best_paths(candidates, preferences(candidates, weighted))
    groups: list[tuple[str, ...]] = []
    left = list(candidates)
    while left:
        group = _unbeaten(left, paths)
        groups.append(tuple(group))
        left = [name for name in left if name not in group]
    return tuple(groups)


def preferences(candidates: Sequence[str], ballots: Sequence[tuple[Ballot, float]]) -> Pairs:
    """For each pair, the weight of the ballots that score both and the first higher."""
    return {
        (one, other): math.fsum(
            weight
            for ballot, weight in ballots
            if one in ballot and other in ballot and ballot[one] > ballot[other]
        )
        for one in candidates
        for other in candidates
        if one != other
    }


def best_paths(candidates: Sequence[str], preferred: Pairs) -> Pairs:
    """The strongest chain of defeats between each pair; a defeat weighs its winning votes."""
    path = {
        (one, other): weight if weight > preferred[other, one] + TOLERANCE else 0.0
        for (one, other), weight in preferred.items()
    }
    for middle in candidates:
        for one in candidates:
            if one == middle:
                continue
            first = path[one, middle]
            if not first:
                continue
            for other in candidates:
                if other not in (one, middle):
                    through = min(first, path[middle, other])
                    path[one, other] = max(path[one, other], through)
    return path


def natural(name: str) -> tuple[tuple[int, str], ...]:
    """A sorting key that puts R2 before R10."""
    return tuple((int(number or -1), text) for number, text in re.findall(r"(\d+)|(\D+)", name))


def _ordered(
    candidates: Sequence[str], ballots: Sequence[tuple[Ballot, float]], strengths: Mapping[str, float]
) -> Priorities:
    paths = best_paths(candidates, preferences(candidates, ballots))
    worst = {name: _worst_rank(name, candidates, ballots) for name in candidates}
    order: list[str] = []
    notes: list[str] = []
    left = sorted(candidates, key=natural)
    while left:
        tied = _unbeaten(left, paths)
        if len(tied) > 1:
            first, how = _break_tie(tied, worst, strengths)
            notes.append(f"tie:{how}:{','.join([first, *(name for name in tied if name != first)])}")
        else:
            first = tied[0]
        order.append(first)
        left.remove(first)
    return Priorities(tuple(order), tuple(notes))


def _break_tie(
    tied: Sequence[str], worst: Mapping[str, int], strengths: Mapping[str, float]
) -> tuple[str, str]:
    best = min(worst[name] for name in tied)
    left = [name for name in tied if worst[name] == best]
    if len(left) == 1:
        return left[0], "worst_rank"
    highest = max(strengths.get(name, 0.0) for name in left)
    left = [name for name in left if strengths.get(name, 0.0) >= highest - TOLERANCE]
    if len(left) == 1:
        return left[0], "strength"
    return min(left, key=natural), "identifier"


def _worst_rank(name: str, candidates: Sequence[str], ballots: Sequence[tuple[Ballot, float]]) -> int:
    """The lowest place that anybody with a voice gives, 1 being the first."""
    return max(
        (
            1 + sum(ballot[other] > ballot[name] for other in candidates if other in ballot)
            for ballot, weight in ballots
            if weight > 0 and name in ballot
        ),
        default=1,
    )


def _unbeaten(candidates: Sequence[str], paths: Pairs) -> list[str]:
    return [
        one
        for one in candidates
        if not any(paths[other, one] > paths[one, other] + TOLERANCE for other in candidates if other != one)
    ]


def _known(voter: str, ballot: Ballot, candidates: Sequence[str]) -> None:
    unknown = [name for name in ballot if name not in candidates]
    if unknown:
        raise InputError(
            f"{voter} ranks {', '.join(map(str, unknown))}, which is not up for election.",
            f"The candidates are {', '.join(candidates)}.",
        )
    broken = [name for name, score in ballot.items() if not math.isfinite(score)]
    if broken:
        raise InputError(
            f"{voter} gives {', '.join(broken)} a score that is not a finite number.",
            "Scores run from 0 to 100.",
        )
