"""The argumentation graph of one recommendation.

The recommendation is the root, at a neutral base score. Arguments for it support it, arguments against it
attack it; a rebuttal, undercut or undermining attacks its target, a support or a concession supports it, and
who concedes a point no longer attacks it. A condition that the roles accept attacks the arguments that ask
for it: what it eases weighs less against the amended wording.
"""

from collections.abc import Collection, Mapping
from typing import NamedTuple

from agents.argument.case import NOTHING, Case, LeftOut, easing, not_in_force
from agents.argument.strength import Semantics, at_energy, dfquad, euler

NEUTRAL = 0.5
"""Base score of a recommendation: before anybody has spoken it is neither strong nor weak."""


class Strengths(NamedTuple):
    """Strengths by one semantics: the recommendation's, and each argument's by number."""

    recommendation: float
    arguments: list[float]


class AllStrengths(NamedTuple):
    """Strengths by the three semantics."""

    quadratic: Strengths
    dfquad: Strengths
    euler: Strengths


def all_strengths(case: Case, left_out: LeftOut = NOTHING) -> AllStrengths:
    """The strengths of everything that was said, without what is left out; 0 for what is not in force."""
    out = not_in_force(case, left_out)
    eased = easing(case, left_out)
    arguments = quadratic_strengths(case, out, eased)
    root = at_energy(NEUTRAL, _root_energy(case, arguments))
    return AllStrengths(
        Strengths(root, arguments),
        _strengths(case, out, eased, dfquad),
        _strengths(case, out, eased, euler),
    )


def root_strength(case: Case, out: Collection[int], eased: Mapping[int, float]) -> float:
    """Quadratic Energy strength of the recommendation when the arguments `out` are not in force."""
    return at_energy(NEUTRAL, _root_energy(case, quadratic_strengths(case, out, eased)))


def quadratic_strengths(case: Case, out: Collection[int], eased: Mapping[int, float]) -> list[float]:
    """Quadratic Energy strength of each argument, by number; 0 for those not in force.

    The formula stands here once more, unrolled, because what-if evaluates it hundreds of times for a key
    that is held down.
    """
    supporters, cancelled = case.supporters, case.cancelled_by
    strength = [0.0] * len(case.base)
    for number in range(len(strength) - 1, -1, -1):
        if number in out:
            continue
        energy = -eased[number] if number in eased else 0.0
        for source in supporters[number]:
            energy += strength[source]
        for source in case.attackers[number]:
            if not cancelled or _attacks(case, source, number, out):
                energy -= strength[source]
        base = case.base[number]
        square = energy * energy
        pull = square / (1.0 + square)
        strength[number] = base + (1.0 - base) * pull if energy > 0 else base - base * pull
    return strength


def attackers_in_force(case: Case, number: int, out: Collection[int]) -> list[int]:
    """The arguments in force that attack this one."""
    return [
        source
        for source in case.attackers[number]
        if source not in out and _attacks(case, source, number, out)
    ]


def _root_energy(case: Case, strength: list[float]) -> float:
    return sum([strength[i] for i in case.favouring]) - sum([strength[i] for i in case.opposing])


def _attacks(case: Case, source: int, target: int, out: Collection[int]) -> bool:
    conceding = case.cancelled_by.get((source, target))
    return conceding is None or all(concession in out for concession in conceding)


def _strengths(
    case: Case, out: Collection[int], eased: Mapping[int, float], semantics: Semantics
) -> Strengths:
    strength = [0.0] * len(case.base)
    for number in range(len(strength) - 1, -1, -1):
        if number in out:
            continue
        attacking = [strength[source] for source in attackers_in_force(case, number, out)]
        if number in eased:
            attacking.append(eased[number])
        supporting = [strength[source] for source in case.supporters[number] if source not in out]
        strength[number] = semantics(case.base[number], attacking, supporting)
    root = semantics(
        NEUTRAL,
        [strength[i] for i in case.opposing if i not in out],
        [strength[i] for i in case.favouring if i not in out],
    )
    return Strengths(root, strength)
