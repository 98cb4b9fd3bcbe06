"""How what was said moves a role: a new stance with the argument that caused it."""

from collections.abc import Sequence
from typing import NamedTuple

from agents.argument.model import Argument, Speech, Stance
from agents.backends.offline.docket import Candidate, Case, Docket
from agents.backends.offline.heard import point_named
from agents.backends.offline.picks import Plan
from agents.backends.offline.positions import stance_of
from agents.knowledge.load import condition_named

_LISTENS = 0.12
"""What a role makes at least of an indicator that its charter does not name."""
_FELT = 0.3
_PERSUASION = 1.0
"""What another role's argument is worth beside one's own, before its strength counts."""
_EASED = 1.0
"""The part of an objection that an offered condition takes away."""
_REBUTTED = 0.35
"""The part of a reason that an answer takes away."""
_LADDER = (Stance.OPPOSE, Stance.CONDITIONS, Stance.SUPPORT)
_ATTACKS = frozenset({"rebut", "undercut", "undermine"})


class Influence(NamedTuple):
    """What one argument changes in a role's scales: `up` towards support, else towards opposition.

    `felt` says that it touches something the role's charter names, so that it can be named as a cause.
    """

    weight: float
    argument: Argument
    felt: bool = True

    @property
    def up(self) -> bool:
        """Whether it speaks for the recommendation."""
        return self.weight > 0


class Mind(NamedTuple):
    """Where a role stands now, and the argument that moved it from where it stood."""

    stance: Stance
    cause: Argument | None
    gains: float
    harms: float


def reconsider(
    docket: Docket, case: Case, plan: Plan, *, role: str, held: Stance, speeches: Sequence[Speech]
) -> Mind:
    """The stance of `role` once it has heard `speeches`; one step at most from the one it `held`."""
    gains, harms = plan.position.gains, plan.position.harms
    influences = _influences(docket, case, role, plan, speeches)
    gains += sum(i.weight for i in influences if i.up)
    harms += sum(-i.weight for i in influences if not i.up)
    if held is Stance.NONE:
        # Who could not examine a proposal is not made to vote on it by others.
        return Mind(held, None, gains, harms)
    wanted = stance_of(gains, max(harms, 0.0))
    if plan.position.crossed is not None and wanted is not Stance.OPPOSE:
        eased = [i for i in influences if i.up and i.argument.condition]
        wanted = Stance.CONDITIONS if eased else Stance.OPPOSE
    if wanted is Stance.NONE or wanted is held:
        return Mind(held, None, gains, harms)
    rising = _LADDER.index(wanted) > _LADDER.index(held)
    causes = [i for i in influences if i.up == rising and i.felt]
    if not causes:
        return Mind(held, None, gains, harms)
    step = _LADDER[_LADDER.index(held) + (1 if rising else -1)]
    cause = max(causes, key=lambda i: (round(abs(i.weight), 6), i.argument.point or "", i.argument.role))
    return Mind(step, cause.argument, gains, harms)


def _influences(
    docket: Docket, case: Case, role: str, plan: Plan, speeches: Sequence[Speech]
) -> list[Influence]:
    charter = docket.charters[role]
    known = {item.key: item for item in case.candidates[role]}
    mine = {
        argument.id: known[argument.point]
        for speech in speeches
        if speech.role == role
        for argument in speech.arguments
        if argument.point in known
    }
    salience = {topic.concept.name: topic.salience for topic in case.frame.topics}
    found: list[Influence] = []
    for speech in speeches:
        if speech.role == role or speech.failed is not None:
            continue
        for argument in speech.arguments:
            if argument.condition:
                found += _easing(docket, charter.indicators, case.side(role, "against"), argument)
            for target in argument.targets:
                item = mine.get(target.argument)
                if item is not None and target.relation in _ATTACKS:
                    weight = _REBUTTED * item.value * argument.base
                    found.append(Influence(weight if item.side == "against" else -weight, argument))
            point = point_named(argument.point)
            if point is None or argument.side is None or argument.point in known:
                continue
            own = charter.indicators.get(point.indicator, 0.0)
            care = max(own, _LISTENS)
            topic = salience.get((argument.point or "").partition(".")[0], 0.0)
            weight = _PERSUASION * point.weight * care * topic * argument.base
            found.append(Influence(weight if argument.side == "for" else -weight, argument, own >= _FELT))
    return [influence for influence in found if influence.weight]


def _easing(
    docket: Docket, cares: dict[str, float], objections: Sequence[Candidate], argument: Argument
) -> list[Influence]:
    """What a condition that another role asks for takes away from one's own objections."""
    reference = docket.reference(argument.condition or "")
    if reference is None:
        return []
    condition = condition_named(reference)
    eased = sum(item.value for item in objections[:2] if item.point.indicator in condition.helps)
    cost = max((cares.get(name, 0.0) for name in condition.hurts), default=0.0)
    weight = _EASED * eased * (1 - 0.5 * cost)
    return [Influence(weight, argument)] if weight > 0 else []
