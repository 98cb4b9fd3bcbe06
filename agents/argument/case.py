"""What was said about one recommendation, laid out for computing.

A case is built once; every question asked of it afterwards (who consents, how strong is what, what if this
argument had never been made) names the arguments and roles to leave out, so that hundreds of variants cost
milliseconds. Arguments are numbered in the declared order and target only earlier ones, so the reverse of
that order is topological.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from agents.argument.model import CHAIR, Argument, Condition, Speech, Stance
from agents.argument.typography import fold

ATTACKS = frozenset({"rebut", "undercut", "undermine"})
OPENING = 1
"""The round in which each role speaks without having heard the others."""

MIN_BASE, MAX_BASE = 0.05, 0.95
"""Bounds of a base score: an argument of strength 0 or 1 could never be moved."""


class LeftOut(NamedTuple):
    """What a question leaves aside: arguments by number, with those aimed only at them, and whole roles."""

    arguments: frozenset[int] = frozenset()
    roles: frozenset[str] = frozenset()


NOTHING = LeftOut()


@dataclass(frozen=True, slots=True)
class Step:
    """A turn that was heard: its stance, whether that is a new one and because of what, what it gave up."""

    stance: Stance
    moves: bool
    causes: tuple[int, ...]
    withdrawn: tuple[int, ...]
    opens: bool


@dataclass(frozen=True, slots=True)
class Tabled:
    """A condition with the arguments that ask for it and the last answer of each role that gave one."""

    condition: Condition
    carriers: tuple[int, ...]
    answers: dict[str, bool]
    put_to_vote: bool


@dataclass(slots=True)
class Case:
    """One recommendation's arguments by number, with edges, conditions and the steps of each role."""

    recommendation: str
    arguments: list[Argument] = field(default_factory=list)
    place: dict[str, int] = field(default_factory=dict)
    base: list[float] = field(default_factory=list)
    attackers: list[list[int]] = field(default_factory=list)
    supporters: list[list[int]] = field(default_factory=list)
    aimed_at: list[tuple[int, tuple[int, ...]]] = field(default_factory=list)
    concessions: list[tuple[int, int]] = field(default_factory=list)
    cancelled_by: dict[tuple[int, int], list[int]] = field(default_factory=dict)
    opposing: list[int] = field(default_factory=list)
    crossing: list[int] = field(default_factory=list)
    grounded: set[int] = field(default_factory=set)
    counted: frozenset[int] = frozenset()
    favouring: list[int] = field(default_factory=list)
    conditions: list[Tabled] = field(default_factory=list)
    asked_by: dict[int, int] = field(default_factory=dict)
    steps: dict[str, list[Step]] = field(default_factory=dict)
    last_words: dict[str, str] = field(default_factory=dict)
    failed: dict[str, str] = field(default_factory=dict)
    unheard_at_end: set[str] = field(default_factory=set)
    rounds: int = 0


def build_case(recommendation: str, speeches: Iterable[Speech]) -> Case:
    """Lay out the speeches on one recommendation, given in the declared order (others are left aside)."""
    own = [speech for speech in speeches if speech.recommendation == recommendation]
    case = Case(recommendation)
    for speech in own:
        for argument in speech.arguments:
            _add(case, argument)
    _cancel_conceded(case)
    _table(case, own)
    for speech in own:
        if not speech.is_turn:
            continue
        case.rounds = max(case.rounds, speech.round)
        steps = case.steps.setdefault(speech.role, [])
        if speech.failed is not None:
            case.failed[speech.role] = speech.failed
            case.unheard_at_end.add(speech.role)
            continue
        case.unheard_at_end.discard(speech.role)
        case.last_words[speech.role] = speech.text
        given_up = tuple(case.place[name] for name in speech.withdrawn if name in case.place)
        held = steps[-1].stance if steps else Stance.NONE
        steps.append(
            Step(
                stance=speech.stance,
                moves=speech.stance is not held,
                causes=_causes(case, speech.because),
                withdrawn=given_up,
                opens=speech.round == OPENING,
            )
        )
    case.counted = _counted(case)
    return case


def leave_out(case: Case, arguments: Collection[int], roles: Collection[str] = ()) -> LeftOut:
    """Leave out some arguments and all that some roles said, and with them what is aimed only at those."""
    gone = set(arguments)
    if roles:
        gone.update(i for i, argument in enumerate(case.arguments) if argument.role in roles)
    for number, targets in case.aimed_at:
        if gone.issuperset(targets):
            gone.add(number)
    return LeftOut(frozenset(gone), frozenset(roles))


def is_undone(step: Step, left_out: LeftOut) -> bool:
    """True when a turn names a cause and all that it stands for is left out."""
    return bool(step.causes) and left_out.arguments.issuperset(step.causes)


def not_in_force(case: Case, left_out: LeftOut = NOTHING) -> frozenset[int]:
    """Arguments left out, and those that their authors gave up unless what made them do so is left out."""
    given_up = {
        number
        for role, steps in case.steps.items()
        if role not in left_out.roles
        for step in steps
        if step.withdrawn and not is_undone(step, left_out)
        for number in step.withdrawn
        if case.arguments[number].role == role
    }
    return left_out.arguments | given_up


def answers(case: Case, tabled: Tabled, left_out: LeftOut) -> dict[str, bool]:
    """Who accepts (True) or refuses a condition; who asks for it accepts it unless it says otherwise."""
    gone, roles = left_out
    given: dict[str, bool] = {}
    for number in tabled.carriers:
        role = case.arguments[number].role
        if number not in gone and role not in roles:
            given[role] = True
    given.update(tabled.answers)
    for role in roles:
        given.pop(role, None)
    return given


def easing(case: Case, left_out: LeftOut = NOTHING) -> dict[int, float]:
    """How much conditions that others accept ease the arguments that ask for them, by argument.

    It is the share of the other roles that accept, minus the share that refuses, one role one voice: weights
    are for votes, not for reasons. Nothing is eased that its own author does not accept.
    """
    gone, roles = left_out
    present = [role for role in case.steps if role not in roles]
    eased: dict[int, float] = {}
    for tabled in case.conditions:
        given = answers(case, tabled, left_out)
        for number in tabled.carriers:
            author = case.arguments[number].role
            others = len(present) - (author != CHAIR)
            if number not in gone and given.get(author, False) and others > 0:
                balance = 2 * sum(given.values()) - len(given) - 1
                if balance > 0:
                    eased[number] = min(balance / others, MAX_BASE)
    return eased


def _add(case: Case, argument: Argument) -> None:
    number = len(case.arguments)
    case.arguments.append(argument)
    case.place[argument.id] = number
    case.base.append(min(max(argument.base, MIN_BASE), MAX_BASE))
    case.attackers.append([])
    case.supporters.append([])
    earlier: dict[int, None] = {}
    for target in argument.targets:
        aim = case.place.get(target.argument)
        if aim is None or aim >= number or aim in earlier:
            continue
        earlier[aim] = None
        if target.relation in ATTACKS:
            case.attackers[aim].append(number)
        else:
            case.supporters[aim].append(number)
        if target.relation == "concede":
            case.concessions.append((number, aim))
    if earlier and argument.side is None:
        case.aimed_at.append((number, tuple(earlier)))
    if argument.side == "for":
        case.favouring.append(number)
    elif argument.side == "against":
        case.opposing.append(number)
        if argument.red_line is not None:
            case.crossing.append(number)
    if any(ground.status != "unverified" for ground in argument.grounds):
        case.grounded.add(number)


def _causes(case: Case, because: str | None) -> tuple[int, ...]:
    """The arguments that a named cause stands for: itself, or those that ask for a condition."""
    if because in case.place:
        return (case.place[because],)
    return next((tabled.carriers for tabled in case.conditions if tabled.condition.id == because), ())


def _counted(case: Case) -> frozenset[int]:
    """The arguments whose absence can change a vote, a condition or a red line, beside strengths."""
    causes = {number for steps in case.steps.values() for step in steps for number in step.causes}
    conceded = {number for pair in case.concessions for number in pair}
    held = {*case.asked_by, *case.crossing}
    return frozenset(
        causes | conceded | held | {source for number in held for source in case.attackers[number]}
    )


def _cancel_conceded(case: Case) -> None:
    """Who concedes a point no longer attacks it."""
    for concession, target in case.concessions:
        role = case.arguments[concession].role
        for attacker in case.attackers[target]:
            if case.arguments[attacker].role == role:
                case.cancelled_by.setdefault((attacker, target), []).append(concession)


def _table(case: Case, speeches: Sequence[Speech]) -> None:
    """Join each condition with every argument that asks for the same, and with the last vote of each role."""
    asking: dict[str, list[int]] = {}
    for number, argument in enumerate(case.arguments):
        if argument.condition:
            asking.setdefault(fold(argument.condition).text, []).append(number)
    votes: dict[str, dict[str, bool]] = {}
    for speech in speeches:
        if speech.failed is None:
            for vote in speech.votes:
                votes.setdefault(vote.condition, {})[speech.role] = vote.accepts
    last_heard = max((s.round for s in speeches if s.is_turn and s.failed is None), default=0)
    for speech in speeches:
        for condition in speech.conditions:
            carriers = asking.get(fold(condition.text).text, [])
            if condition.argument in case.place and case.place[condition.argument] not in carriers:
                carriers = sorted({*carriers, case.place[condition.argument]})
            for number in carriers:
                case.asked_by[number] = len(case.conditions)
            case.conditions.append(
                Tabled(
                    condition,
                    tuple(carriers),
                    votes.get(condition.id, {}),
                    # What the chair asks for is on the table before the round that it is put to.
                    put_to_vote=speech.round < last_heard + (speech.role == CHAIR),
                )
            )
