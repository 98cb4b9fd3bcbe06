"""Counting: who consents, which conditions and red lines hold, and what a rule makes of it."""

import math
from collections.abc import Mapping, Sequence
from typing import Literal, NamedTuple

from agents.argument.case import NOTHING, Case, LeftOut, Tabled, answers, is_undone, not_in_force
from agents.argument.graph import attackers_in_force
from agents.argument.model import Stance
from agents.argument.rules import Decision, Rule, reaches
from agents.errors import InputError

WILLING = frozenset({Stance.SUPPORT, Stance.CONDITIONS})


class Verdict(NamedTuple):
    """What became of one condition: expressed answers, the share of weight that accepts, the outcome."""

    tabled: Tabled
    answers: dict[str, bool]
    share: float
    status: Literal["accepted", "refused", "open"]


class State(NamedTuple):
    """Where things stand at the end: stances, what is not in force (`out`), conditions, who was won over."""

    left_out: LeftOut
    finals: dict[str, Stance]
    out: frozenset[int]
    verdicts: dict[int, Verdict]
    won_over: dict[str, set[int]]


class Tally(NamedTuple):
    """One recommendation, counted. Shares are of the weight of all roles, speaking or silent."""

    state: State
    openings: dict[str, Stance]
    consenting: tuple[str, ...]
    consent: float
    opposition: float
    red_lines: tuple[int, ...]


def check_weights(weights: Mapping[str, float]) -> None:
    """Raises InputError for a weight that is negative or not finite, or when no role has any."""
    for role, weight in weights.items():
        if not (math.isfinite(weight) and weight >= 0):
            raise InputError(
                f"The weight of {role} is {weight}.", "A weight is a finite number, zero or more."
            )
    if not any(weights.values()):
        raise InputError(
            f"No role has any weight ({', '.join(weights) or 'there is no role'}).",
            "Give at least one role a weight above zero.",
        )


def count(case: Case, weights: Mapping[str, float], rule: Rule, left_out: LeftOut = NOTHING) -> Tally:
    """Count a case without what is left out.

    `weights` has every voting role in the declared order; the whole weight of those not left out is the
    denominator of each share, whether they spoke or not.
    """
    voters = {role: weight for role, weight in weights.items() if role not in left_out.roles}
    total = math.fsum(voters.values())
    openings: dict[str, Stance] = {}
    finals: dict[str, Stance] = {}
    won_over: dict[str, set[int]] = {}
    for role in voters:
        held = openings[role] = Stance.NONE
        for step in case.steps.get(role, ()):
            if not step.moves or is_undone(step, left_out):
                continue
            held = step.stance
            if step.opens and openings[role] is Stance.NONE:
                openings[role] = held
            elif held in WILLING:
                won_over.setdefault(role, set()).update(step.causes)
        finals[role] = held
    verdicts: dict[int, Verdict] = {}
    for number, tabled in enumerate(case.conditions):
        if any(carrier not in left_out.arguments for carrier in tabled.carriers):
            given = answers(case, tabled, left_out)
            verdicts[number] = _verdict(tabled, given, voters, total, rule)
    state = State(left_out, finals, not_in_force(case, left_out), verdicts, won_over)
    consenting = tuple(role for role in voters if _consents(case, state, role))
    return Tally(
        state=state,
        openings=openings,
        consenting=consenting,
        consent=_share([voters[role] for role in consenting], total),
        opposition=_share([voters[role] for role in voters if finals[role] is Stance.OPPOSE], total),
        red_lines=tuple(
            number
            for number in case.crossing
            if number not in state.out
            and (role := case.arguments[number].role) in voters
            and role not in consenting
            and not is_answered(case, state, number)
        ),
    )


def is_answered(case: Case, state: State, number: int) -> bool:
    """Whether an objection was given up, or answered to its author's consent.

    Its author withdrew it; or accepts an adopted condition that eases it (its own, or one offered in reply to
    it); or concedes a point that attacks it; or moved to support, finally, because of such a point.
    """
    if number in state.out:
        return True
    author = case.arguments[number].role
    own = case.asked_by.get(number)
    if own is not None and _is_adopted_with(state, own, author):
        return True
    points = attackers_in_force(case, number, state.out)
    for point in points:
        offered = case.asked_by.get(point)
        if offered is not None and _is_adopted_with(state, offered, author):
            return True
    if any(
        target in points and concession not in state.out and case.arguments[concession].role == author
        for concession, target in case.concessions
    ):
        return True
    if state.finals.get(author) not in WILLING:
        return False
    return not state.won_over.get(author, frozenset()).isdisjoint(points)


def decide(tally: Tally, rule: Rule, red_lines: int, strength: float) -> Decision:
    """What the rule decides, given the standing red lines it counts and the recommendation's strength."""
    agreed = reaches(tally.consent, rule.consent, more_than=rule.more_than) and not red_lines
    if agreed and reaches(strength, rule.floor):
        adopted = any(verdict.status == "accepted" for verdict in tally.state.verdicts.values())
        return "adopt_with_conditions" if adopted else "adopt"
    opposed = reaches(tally.opposition, tally.consent, more_than=True)
    return "reject" if opposed and not reaches(strength, rule.ceiling) else "defer"


def blocking(case: Case, tally: Tally, rule: Rule) -> tuple[int, ...]:
    """The standing red lines that the rule counts."""
    if rule.red_lines == "all":
        return tally.red_lines
    if rule.red_lines == "none":
        return ()
    return tuple(number for number in tally.red_lines if number in case.grounded)


def _is_adopted_with(state: State, condition: int, role: str) -> bool:
    verdict = state.verdicts.get(condition)
    return verdict is not None and verdict.status == "accepted" and verdict.answers.get(role, False)


def _consents(case: Case, state: State, role: str) -> bool:
    """Support consents; support with conditions does once none of those it still asks for is unmet."""
    stance = state.finals[role]
    if stance is not Stance.CONDITIONS:
        return stance is Stance.SUPPORT
    return all(
        _is_adopted_with(state, condition, role) or is_answered(case, state, number)
        for number, condition in case.asked_by.items()
        if number not in state.out and case.arguments[number].role == role
    )


def _verdict(
    tabled: Tabled, given: dict[str, bool], voters: Mapping[str, float], total: float, rule: Rule
) -> Verdict:
    accepting = _share([voters[role] for role, accepts in given.items() if accepts and role in voters], total)
    refusing = _share(
        [voters[role] for role, accepts in given.items() if not accepts and role in voters], total
    )
    if (rule.unopposed and refusing > 0) or reaches(refusing, 1 - rule.condition):
        status: Literal["accepted", "refused", "open"] = "refused"
    elif reaches(accepting, rule.condition, more_than=True):
        status = "accepted"
    else:
        status = "open"
    return Verdict(tabled, given, accepting, status)


def _share(weights: Sequence[float], total: float) -> float:
    return math.fsum(weights) / total if total else 0.0
