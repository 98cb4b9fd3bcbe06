"""What a reader should be told beside a decision: near misses, silence, and where the methods part.

Signals are codes (`name` or `name:detail,detail`), so that they read the same in every language;
`agents.argument.words` puts them in words.
"""

from collections.abc import Mapping, Sequence

from agents.argument.case import Case
from agents.argument.graph import NEUTRAL, AllStrengths, attackers_in_force
from agents.argument.model import Dissent, Stance
from agents.argument.rules import HALF, Decision, Rule, reaches
from agents.argument.tally import Tally, is_answered

NEAR = 0.05
"""A strength this close to a threshold counts as a near miss."""


def standing(case: Case, tally: Tally) -> tuple[str, ...]:
    """Attacks in force that no other role answered and that nothing eased to their author's consent."""
    attacking = {source for sources in case.attackers for source in sources} | set(case.opposing)
    return tuple(
        case.arguments[number].id
        for number in sorted(attacking - tally.state.out)
        if not is_answered(case, tally.state, number)
        and all(
            case.arguments[source].role == case.arguments[number].role
            for source in attackers_in_force(case, number, tally.state.out)
        )
    )


def disagreements(
    tally: Tally, rule: Rule, decision: Decision, strengths: AllStrengths, red_lines: int
) -> tuple[str, ...]:
    """Codes for each pair of methods that point to different sides."""
    codes: list[str] = []
    strength = strengths.quadratic.recommendation
    agreed = reaches(tally.consent, rule.consent, more_than=rule.more_than)
    if agreed and strength < NEUTRAL:
        codes.append("votes_for_arguments_against")
    if not reaches(tally.consent, HALF) and strength > NEUTRAL:
        codes.append("votes_against_arguments_for")
    if agreed and not red_lines and decision == "defer":
        codes.append("deferred_by_strength")
    if decision == "defer" and reaches(tally.opposition, tally.consent, more_than=True):
        codes.append("spared_by_strength")
    for name, other in (("dfquad", strengths.dfquad), ("euler", strengths.euler)):
        if (strength - NEUTRAL) * (other.recommendation - NEUTRAL) < 0:
            codes.append(f"semantics_part:{name}")
    return tuple(codes)


def warnings(
    case: Case,
    tally: Tally,
    rule: Rule,
    *,
    weights: Mapping[str, float],
    strength: float,
    objections: Sequence[Dissent],
) -> tuple[str, ...]:
    """Codes for what weakens the result or should be looked at."""
    openings = list(tally.openings.values())
    codes: list[str] = []
    if len(openings) > 1 and len(set(openings)) == 1 and openings[0] is not Stance.NONE:
        codes.append("instant_unanimity")
    if not objections:
        codes.append(f"no_dissent:{','.join(map(str, objections_by_round(case, tally)))}")
    codes += [f"unreasoned_opposition:{entry.role}" for entry in objections if not entry.argument]
    codes += [f"failed_turn:{role}" for role in case.failed if role in tally.state.finals]
    codes += [f"silent:{role}" for role, stance in tally.state.finals.items() if stance is Stance.NONE]
    codes += [
        f"ungrounded_red_line:{case.arguments[number].id}"
        for number in tally.red_lines
        if number not in case.grounded
    ]
    codes += [
        f"unvoted_condition:{verdict.tabled.condition.id}"
        for verdict in tally.state.verdicts.values()
        if not verdict.tabled.put_to_vote
    ]
    tipping = _tipping(tally, rule, weights)
    if tipping:
        codes.append(f"one_vote:{','.join(tipping)}")
    if any(abs(strength - threshold) < NEAR for threshold in (rule.floor, rule.ceiling)):
        codes.append("near_strength")
    return tuple(codes)


def _tipping(tally: Tally, rule: Rule, weights: Mapping[str, float]) -> list[str]:
    """The roles whose vote alone decides whether there is consent enough."""
    total = sum(weights[role] for role in tally.state.finals)
    passes = reaches(tally.consent, rule.consent, more_than=rule.more_than)
    tipping: list[str] = []
    for role in tally.state.finals:
        share = weights[role] / total if total else 0.0
        other = tally.consent - share if role in tally.consenting else tally.consent + share
        if reaches(other, rule.consent, more_than=rule.more_than) != passes:
            tipping.append(role)
    return tipping


def objections_by_round(case: Case, tally: Tally) -> list[int]:
    """How many arguments against the recommendation each round brought, withdrawn ones included."""
    gone = tally.state.left_out.arguments
    return [
        sum(case.arguments[number].round == round_ for number in case.opposing if number not in gone)
        for round_ in range(1, case.rounds + 1)
    ]
