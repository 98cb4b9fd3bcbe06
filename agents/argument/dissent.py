"""What was objected and never answered to its author's consent, in its author's words."""

from functools import cache
from typing import Literal, NamedTuple

from agents.argument.case import Case
from agents.argument.graph import AllStrengths, attackers_in_force
from agents.argument.model import Argument, Dissent, Scheme, Stance
from agents.argument.tally import State, Tally, is_answered
from agents.argument.typography import fold
from agents.argument.words import stems

Kind = Literal["fact", "value", "cost", "risk", "law", "feasibility"]

_KINDS_BY_SCHEME: dict[Scheme, Kind] = {Scheme.RULE: "law", Scheme.VALUES: "value"}
_KINDS_BY_ABSENCE: dict[str, Kind] = {
    "cost": "cost",
    "financing": "cost",
    "law": "law",
    "owner": "feasibility",
    "deadline": "feasibility",
    "evaluation": "feasibility",
}
_ORDER: tuple[Kind, ...] = ("law", "cost", "feasibility", "value", "fact")


class Objection(NamedTuple):
    """An argument of a role that is held against the recommendation as it stands."""

    role: str
    number: int


def standing_objections(case: Case, tally: Tally) -> list[Objection]:
    """Objections neither withdrawn nor answered to their author's consent, in the order of speaking.

    An argument against the recommendation is one. So is, for a role that does not consent, an argument
    whose condition was not adopted; and, for a role that opposes without either, the attacks that it made,
    else what it said against: what answered it did not win its author over.
    """
    state = tally.state
    found: list[Objection] = []
    for role, stance in state.finals.items():
        own = [n for n, argument in enumerate(case.arguments) if argument.role == role and n not in state.out]
        held = [n for n in own if case.arguments[n].side == "against" and not is_answered(case, state, n)]
        if role not in tally.consenting:
            held += [
                n for n in own if n in case.asked_by and n not in held and not is_answered(case, state, n)
            ]
        if not held and stance is Stance.OPPOSE:
            held = [n for n in own if _attacks_anybody(case, n)]
            held = held or [n for n in own if case.arguments[n].side == "against"]
        found += [Objection(role, number) for number in sorted(held)]
    return sorted(found, key=lambda objection: objection.number)


def unreasoned(case: Case, tally: Tally) -> list[str]:
    """Roles that oppose in the end without an objection on the record: their turn's words are all there is.

    A role whose arguments were left out of the count is none of them: its words speak of what was left out.
    """
    reasoned = {objection.role for objection in standing_objections(case, tally)}
    given_up = {number for steps in case.steps.values() for step in steps for number in step.withdrawn}
    left_out = {case.arguments[number].role for number in tally.state.out - given_up}
    return [
        role
        for role, stance in tally.state.finals.items()
        if stance is Stance.OPPOSE and role not in reasoned | left_out
    ]


def dissents(case: Case, tally: Tally, strengths: AllStrengths) -> tuple[Dissent, ...]:
    """One entry for each standing objection, and one for each opposition without any, in its turn's words."""
    entries = [
        _entry(case, tally.state, objection, strengths) for objection in standing_objections(case, tally)
    ]
    entries += [
        Dissent(
            role=role,
            recommendation=case.recommendation,
            argument="",
            objection=case.last_words.get(role, ""),
            type="value",
            scheme=Scheme.VALUES,
            strength=0.0,
            dfquad=0.0,
        )
        for role in unreasoned(case, tally)
    ]
    return tuple(entries)


def kind_of(argument: Argument) -> Kind:
    """What an objection is about, from its scheme, the absence that it rests on, else its words."""
    if argument.scheme in _KINDS_BY_SCHEME:
        return _KINDS_BY_SCHEME[argument.scheme]
    for ground in argument.grounds:
        if ground.absence in _KINDS_BY_ABSENCE and ground.status != "unverified":
            return _KINDS_BY_ABSENCE[ground.absence]
    words = f" {fold(argument.claim).text} "
    for kind, beginnings in _stems().items():
        if any(f" {stem}" in words or f"'{stem}" in words for stem in beginnings):
            return kind
    return "risk"


def _entry(case: Case, state: State, objection: Objection, strengths: AllStrengths) -> Dissent:
    number = objection.number
    argument = case.arguments[number]
    reply = _strongest_attack(case, state, number, strengths)
    counter = None if reply is None else _strongest_attack(case, state, reply, strengths, by=objection.role)
    return Dissent(
        role=objection.role,
        recommendation=case.recommendation,
        argument=argument.id,
        objection=argument.claim,
        type=kind_of(argument),
        scheme=argument.scheme,
        strength=round(strengths.quadratic.arguments[number], 6),
        dfquad=round(strengths.dfquad.arguments[number], 6),
        evidence=tuple(
            dict.fromkeys(ground.id for ground in argument.grounds if ground.status != "unverified")
        ),
        majority_reply=None if reply is None else case.arguments[reply].claim,
        why_insufficient=None if counter is None else case.arguments[counter].claim,
        acceptance_condition=_acceptance_condition(case, state, argument),
    )


def _strongest_attack(
    case: Case, state: State, number: int, strengths: AllStrengths, by: str | None = None
) -> int | None:
    """The strongest argument in force against this one, by the role `by` or else by any but its author."""
    author = case.arguments[number].role
    candidates = [
        source
        for source in attackers_in_force(case, number, state.out)
        if (role := case.arguments[source].role) == by or (by is None and role != author)
    ]
    return max(candidates, key=lambda source: strengths.quadratic.arguments[source], default=None)


def _acceptance_condition(case: Case, state: State, argument: Argument) -> str | None:
    """What its author asks for with the objection, else what it asks for elsewhere and was not given."""
    if argument.condition:
        return argument.condition
    for number, condition in case.asked_by.items():
        other = case.arguments[number]
        verdict = state.verdicts.get(condition)
        is_open = verdict is not None and verdict.status != "accepted"
        if is_open and other.role == argument.role and number not in state.out:
            return other.condition
    return None


def _attacks_anybody(case: Case, number: int) -> bool:
    return any(number in attackers for attackers in case.attackers)


@cache
def _stems() -> dict[Kind, tuple[str, ...]]:
    groups = stems("objections")
    return {kind: tuple(fold(stem).text for stem in groups[kind]) for kind in _ORDER}
