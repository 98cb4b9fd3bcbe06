"""From what was said to what is decided: rulings, moves and strengths, as pure functions.

`docs/decision-rule.md` states the rules; `agents.argument.rules` holds their numbers.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence

from agents.argument import signals
from agents.argument.case import NOTHING, OPENING, Case, LeftOut, build_case
from agents.argument.dissent import dissents
from agents.argument.graph import all_strengths
from agents.argument.model import (
    Dissent,
    Move,
    RuledCondition,
    Ruling,
    Speech,
    Stance,
    Stances,
)
from agents.argument.pivots import influences, pivotal_sets
from agents.argument.rules import HALF, QUALIFIED, Consensus, Rule, reaches, rule_named
from agents.argument.tally import Tally, Verdict, blocking, check_weights, count, decide
from agents.roles.model import Charter

DIGITS = 6
"""Decimals kept of a strength: the last bits of an exponential differ between machines."""


def rule_on(
    recommendation: str, speeches: Sequence[Speech], charters: Sequence[Charter], rule: str
) -> Ruling:
    """The ruling on one recommendation, from its speeches in the declared order.

    `charters` are the roles that vote, in their declared order. Raises InputError for an unknown rule or
    weights of which none is above zero.
    """
    weights = {charter.name: charter.weight for charter in charters}
    return ruling_of(build_case(recommendation, speeches), weights, rule_named(rule))


def ruling_of(
    case: Case,
    weights: Mapping[str, float],
    rule: Rule,
    left_out: LeftOut = NOTHING,
    *,
    pivots: bool = True,
) -> Ruling:
    """The ruling on a case without what is left out.

    Without `pivots` neither pivotal arguments nor influences are looked for. Raises InputError when the roles
    that take part have no weight.
    """
    check_weights({role: weight for role, weight in weights.items() if role not in left_out.roles})
    tally = count(case, weights, rule, left_out)
    strengths = all_strengths(case, left_out)
    strength = strengths.quadratic.recommendation
    red_lines = len(blocking(case, tally, rule))
    decision = decide(tally, rule, red_lines, strength)
    objections = dissents(case, tally, strengths)
    return Ruling(
        recommendation=case.recommendation,
        decision=decision,
        consensus=_ladder(case, tally, objections),
        rule=rule.name,
        strength=round(strength, DIGITS),
        dfquad=round(strengths.dfquad.recommendation, DIGITS),
        euler=round(strengths.euler.recommendation, DIGITS),
        margin=_margins(tally, rule, red_lines, strength),
        stances={
            role: Stances(opening=tally.openings[role], final=final)
            for role, final in tally.state.finals.items()
        },
        conditions=tuple(_ruled(verdict, tally) for verdict in tally.state.verdicts.values()),
        dissents=objections,
        pivotal=pivotal_sets(case, weights, rule, decision, left_out) if pivots else (),
        influence=influences(case, weights, rule, decision, left_out) if pivots else (),
        standing=signals.standing(case, tally),
        failed={role: cause for role, cause in case.failed.items() if role not in left_out.roles},
        disagreements=signals.disagreements(tally, rule, decision, strengths, red_lines),
        warnings=signals.warnings(
            case, tally, rule, weights=weights, strength=strength, objections=objections
        ),
    )


def with_strengths(speeches: Iterable[Speech]) -> tuple[Speech, ...]:
    """The speeches with the Quadratic Energy strength of every argument; 0 for one that was withdrawn."""
    said = tuple(speeches)
    strength: dict[str, float] = {}
    for recommendation in dict.fromkeys(speech.recommendation for speech in said):
        case = build_case(recommendation, said)
        values = all_strengths(case).quadratic.arguments
        strength.update((name, round(values[number], DIGITS)) for name, number in case.place.items())
    return tuple(
        speech.model_copy(
            update={
                "arguments": tuple(
                    argument.model_copy(update={"strength": strength[argument.id]})
                    for argument in speech.arguments
                )
            }
        )
        if speech.arguments
        else speech
        for speech in said
    )


def moves_of(speeches: Iterable[Speech]) -> tuple[Move, ...]:
    """Every change of stance with the cause that its author names, in the order of speaking.

    A role that is heard for the first time after the opening moves from no position.
    """
    held: dict[tuple[str, str], Stance] = {}
    moves: list[Move] = []
    for speech in speeches:
        if speech.failed is not None:
            continue
        key = (speech.recommendation, speech.role)
        before = held.get(key, speech.stance if speech.round == OPENING else Stance.NONE)
        held[key] = speech.stance
        if speech.stance is not before:
            moves.append(
                Move(
                    role=speech.role,
                    recommendation=speech.recommendation,
                    from_=before,
                    to=speech.stance,
                    because=speech.because,
                )
            )
    return tuple(moves)


def _ruled(verdict: Verdict, tally: Tally) -> RuledCondition:
    condition = verdict.tabled.condition
    roles = tally.state.finals
    return RuledCondition(
        id=condition.id,
        text=condition.text,
        role=condition.role,
        argument=condition.argument,
        accepted_by=tuple(role for role in roles if verdict.answers.get(role) is True),
        refused_by=tuple(role for role in roles if verdict.answers.get(role) is False),
        status=verdict.status,
    )


def _ladder(case: Case, tally: Tally, objections: Sequence[Dissent]) -> Consensus:
    """The status ladder. Consensus proper leaves no reservation, open condition or unheard last turn."""
    if reaches(tally.consent, 1.0):
        reserved = (
            objections
            or any(stance is not Stance.SUPPORT for stance in tally.state.finals.values())
            or any(
                v.status != "accepted" or not all(v.answers.values()) for v in tally.state.verdicts.values()
            )
            or case.unheard_at_end & tally.state.finals.keys()
        )
        return "consensus_with_reservations" if reserved else "consensus"
    if reaches(tally.consent, QUALIFIED):
        return "qualified_majority"
    return "majority" if reaches(tally.consent, HALF) else "not_retained"


def _is_reserved(verdict: Verdict, out: Collection[int]) -> bool:
    """Whether a condition leaves a reservation: asked for and not adopted, or adopted against somebody."""
    if verdict.status == "accepted":
        return not all(verdict.answers.values())
    return any(number not in out for number in verdict.tabled.carriers)


def _margins(tally: Tally, rule: Rule, red_lines: int, strength: float) -> dict[str, float]:
    """How far each test was from tipping: shares of weight, strength, a number of red lines (0 or less)."""
    margins = {
        "consent": tally.consent - rule.consent,
        "strength": strength - rule.floor,
        "red_lines": float(-red_lines) if red_lines else 0.0,
        "opposition": tally.opposition - tally.consent,
    }
    for verdict in tally.state.verdicts.values():
        margins[verdict.tabled.condition.id] = verdict.share - rule.condition
    return {name: round(margin, DIGITS) for name, margin in margins.items()}
