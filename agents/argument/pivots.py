"""What a decision hangs on: the arguments and roles without which it would be another."""

from collections.abc import Mapping
from itertools import combinations
from typing import NamedTuple

from agents.argument.case import NOTHING, Case, LeftOut, easing, leave_out
from agents.argument.graph import root_strength
from agents.argument.model import Influence
from agents.argument.rules import Decision, Rule
from agents.argument.tally import Tally, blocking, count, decide


def pivotal_sets(
    case: Case, weights: Mapping[str, float], rule: Rule, decision: Decision, left_out: LeftOut = NOTHING
) -> tuple[tuple[str, ...], ...]:
    """Every smallest set of one or two arguments whose removal changes the decision.

    The search is exhaustive. A pair is listed only if neither of its arguments does it alone.
    """
    views: dict[frozenset[int], _View] = {}

    def changes(arguments: tuple[int, ...]) -> bool:
        less = leave_out(case, left_out.arguments.union(arguments), left_out.roles)
        told = less.arguments & case.counted
        view = views.get(told)
        if view is None:
            view = views[told] = _view(case, weights, rule, LeftOut(told, less.roles))
        return _decision(case, view, rule, less) != decision

    numbers = [number for number in range(len(case.arguments)) if number not in left_out.arguments]
    alone = [number for number in numbers if changes((number,))]
    others = [number for number in numbers if number not in alone]
    pairs = [pair for pair in combinations(others, 2) if changes(pair)]
    names = [argument.id for argument in case.arguments]
    return (*((names[number],) for number in alone), *((names[a], names[b]) for a, b in pairs))


def influences(
    case: Case, weights: Mapping[str, float], rule: Rule, decision: Decision, left_out: LeftOut = NOTHING
) -> tuple[Influence, ...]:
    """For each voting role, the decision had it not taken part."""
    found: list[Influence] = []
    for role in weights:
        if role not in left_out.roles:
            less = leave_out(case, left_out.arguments, left_out.roles | {role})
            other = _decision(case, _view(case, weights, rule, less), rule, less)
            found.append(Influence(role=role, decision=other, changes=other != decision))
    return tuple(found)


class _View(NamedTuple):
    """What is the same for all variants that leave out the same arguments among those that bear on votes."""

    tally: Tally
    red_lines: int
    eased: dict[int, float]
    settled: Decision | None


def _view(case: Case, weights: Mapping[str, float], rule: Rule, left_out: LeftOut) -> _View:
    tally = count(case, weights, rule, left_out)
    red_lines = len(blocking(case, tally, rule))
    weakest, strongest = (decide(tally, rule, red_lines, strength) for strength in (0.0, 1.0))
    settled = weakest if weakest == strongest else None
    return _View(tally, red_lines, {} if settled else easing(case, left_out), settled)


def _decision(case: Case, view: _View, rule: Rule, left_out: LeftOut) -> Decision:
    if view.settled is not None:
        return view.settled
    strength = root_strength(case, left_out.arguments | view.tally.state.out, view.eased)
    return decide(view.tally, rule, view.red_lines, strength)
