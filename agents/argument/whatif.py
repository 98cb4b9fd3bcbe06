"""What if: agreement computed again from what was said, with other weights or with something left out."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from difflib import get_close_matches
from typing import NamedTuple

from agents.argument.case import Case, build_case, leave_out
from agents.argument.decision import ruling_of
from agents.argument.model import Ruling, Speech
from agents.argument.rules import rule_named
from agents.argument.tally import check_weights
from agents.argument.voting import Priorities, priorities
from agents.errors import InputError
from agents.roles.model import Charter


class Said(NamedTuple):
    """A debate as far as computing goes; speeches stand in the declared order.

    `rulings` are those on record: the moderator's words beside an objection are kept where it is still answered
    by the same argument.
    """

    recommendations: tuple[str, ...]
    speeches: tuple[Speech, ...]
    charters: tuple[Charter, ...]
    rule: str
    rulings: tuple[Ruling, ...] = ()


class Outcome(NamedTuple):
    """Rulings and priorities computed again; `changed` names those with another decision or status."""

    rulings: tuple[Ruling, ...]
    priorities: Priorities
    changed: tuple[str, ...]


class Prepared(NamedTuple):
    """What is the same for all that is asked of one debate: its cases, and the rulings as they were."""

    cases: Mapping[str, Case]
    before: Mapping[str, Ruling]


def prepare(said: Said) -> Prepared:
    """Do once what many recomputations share."""
    cases = {name: build_case(name, said.speeches) for name in said.recommendations}
    weights = {charter.name: charter.weight for charter in said.charters}
    rule = rule_named(said.rule)
    rulings = [ruling_of(case, weights, rule, pivots=False) for case in cases.values()]
    return Prepared(cases, {ruling.recommendation: ruling for ruling in rulings})


def recompute(
    said: Said,
    *,
    weights: Mapping[str, float] | None = None,
    without_arguments: Collection[str] = (),
    without_roles: Collection[str] = (),
    rule: str | None = None,
    pivots: bool = True,
    prepared: Prepared | None = None,
) -> Outcome:
    """The rulings and priorities under other weights or another rule, or had something never been said.

    Leaving out an argument or a role undoes what it caused: the moves, withdrawals and concessions attributed
    to it, the conditions that only it asks for, and the arguments aimed only at it. Nobody is asked
    again. Without `pivots` neither pivotal arguments nor influences are looked for. Who asks many times gives
    what is `prepared` from the same debate.

    Raises InputError for an argument, role or rule that does not exist, a weight that is negative or not
    finite, or when nobody with a voice is left.
    """
    cases, before = prepared or prepare(said)
    recorded = {charter.name: charter.weight for charter in said.charters}
    named = rule_named(rule or said.rule)
    _check(recorded, cases.values(), [*(weights or {}), *without_roles], without_arguments)
    asked = recorded | dict(weights or {})
    check_weights({role: weight for role, weight in asked.items() if role not in without_roles})
    rulings: list[Ruling] = []
    changed: list[str] = []
    for name, case in cases.items():
        numbers = [case.place[argument] for argument in without_arguments if argument in case.place]
        ruling = ruling_of(case, asked, named, leave_out(case, numbers, without_roles), pivots=pivots)
        rulings.append(_with_recorded_words(ruling, before[name], said.rulings))
        if (ruling.decision, ruling.consensus) != (before[name].decision, before[name].consensus):
            changed.append(name)
    present = {role: weight for role, weight in asked.items() if role not in without_roles}
    return Outcome(
        tuple(rulings), _priorities(said.recommendations, said.speeches, present, rulings), tuple(changed)
    )


def _with_recorded_words(ruling: Ruling, before: Ruling, recorded: Iterable[Ruling]) -> Ruling:
    """The moderator's replies to objections that stand now as they stood, answered by the same."""
    worded = {
        (dissent.role, dissent.argument): dissent
        for item in recorded
        if item.recommendation == ruling.recommendation
        for dissent in item.dissents
    }
    stood = {(dissent.role, dissent.argument): dissent.majority_reply for dissent in before.dissents}
    dissents = tuple(
        dissent.model_copy(
            update={
                name: getattr(words, name)
                for name in ("majority_reply", "why_insufficient", "review_trigger")
            }
        )
        if (words := worded.get(key)) is not None and stood.get(key) == dissent.majority_reply
        else dissent
        for dissent in ruling.dissents
        for key in [(dissent.role, dissent.argument)]
    )
    return ruling.model_copy(update={"dissents": dissents}) if dissents != ruling.dissents else ruling


def last_scores(speeches: Iterable[Speech]) -> dict[str, dict[str, float]]:
    """The priority that each role last gave each recommendation, by role."""
    scores: dict[str, dict[str, float]] = {}
    for speech in speeches:
        if speech.priority is not None:
            scores.setdefault(speech.role, {})[speech.recommendation] = speech.priority
    return scores


def _priorities(
    recommendations: Sequence[str],
    speeches: Sequence[Speech],
    weights: Mapping[str, float],
    rulings: Sequence[Ruling],
) -> Priorities:
    scores = {role: ballot for role, ballot in last_scores(speeches).items() if role in weights}
    strengths = {ruling.recommendation: ruling.strength for ruling in rulings}
    return priorities(recommendations, scores, weights, strengths)


def _check(
    recorded: Mapping[str, float], cases: Iterable[Case], roles: Sequence[str], arguments: Collection[str]
) -> None:
    for role in roles:
        if role not in recorded:
            raise InputError(
                f"No role {role!r} takes part in this debate.", f"The roles are {', '.join(recorded)}."
            )
    known = [name for case in cases for name in case.place]
    for argument in arguments:
        if argument not in known:
            near = get_close_matches(argument, known, n=3, cutoff=0.5)
            hint = f"Did you mean {', '.join(near)}?" if near else f"They run from {known[0]} to {known[-1]}."
            raise InputError(
                f"No argument {argument!r} was made in this debate.",
                hint if known else "No argument was made at all.",
            )
