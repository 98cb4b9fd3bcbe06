"""What a decision hangs on: the arguments and roles without which it would be another."""

from collections.abc import Collection, Mapping
from itertools import combinations

from agents.argument.case import NOBODY, Case, easing, without
from agents.argument.graph import root_strength
from agents.argument.rules import Decision, Rule
from agents.argument.tally import Tally, blocking, count, decide


def decision_without(
    case: Case,
    weights: Mapping[str, float],
    rule: Rule,
    arguments: Collection[int] = (),
    roles: Collection[str] = NOBODY,
) -> Decision:
    """The decision had these arguments, and everything these roles said, never been on the record."""
    gone = without(case, arguments, roles)
    return _decision(case, count(case, weights, rule, gone, roles), rule, gone, roles)


def pivotal_sets(
    case: Case, weights: Mapping[str, float], rule: Rule, decision: Decision
) -> tuple[tuple[str, ...], ...]:
    """Every smallest set of one or two arguments whose removal changes the decision.

    The search is exhaustive. A pair is listed only if neither of its arguments does it alone.
    """
    numbers = range(len(case.arguments))
    tallies: dict[frozenset[int], Tally] = {}

    def changes(arguments: tuple[int, ...]) -> bool:
        gone = without(case, arguments)
        told = frozenset(gone & case.counted)
        tally = tallies.get(told)
        if tally is None:
            tally = tallies[told] = count(case, weights, rule, told)
        return _decision(case, tally, rule, gone, NOBODY) != decision

    alone = [number for number in numbers if changes((number,))]
    others = [number for number in numbers if number not in alone]
    pairs = [pair for pair in combinations(others, 2) if changes(pair)]
    names = [argument.id for argument in case.arguments]
    return (*((names[number],) for number in alone), *((names[a], names[b]) for a, b in pairs))


def _decision(case: Case, tally: Tally, rule: Rule, gone: frozenset[int], roles: Collection[str]) -> Decision:
    red_lines = len(blocking(case, tally, rule))
    strength = root_strength(case, gone | tally.state.out, easing(case, gone, roles))
    return decide(tally, rule, red_lines, strength)
