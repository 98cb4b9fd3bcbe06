"""What if: the levers that a person turns, and what would have been decided."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from agents.argument.model import Argument
from agents.argument.rules import RULES
from agents.argument.whatif import Outcome, Prepared, Said, prepare, recompute
from agents.debate.plan import DebatePlan
from agents.errors import InputError
from tui.state import DebateState

STEP = 0.1
HEAVIEST = 3.0


@dataclass
class Trial:
    """Weights by role, the rule, and what is switched off; `outcome` follows every change at once.

    `problem` says why the last change could not be made: it was undone then.
    """

    plan: DebatePlan
    said: Said
    weights: dict[str, float]
    rule: str
    without_roles: set[str] = field(default_factory=set)
    without_arguments: set[str] = field(default_factory=set)
    problem: InputError | None = None

    def __post_init__(self) -> None:
        self._prepared: Prepared = prepare(self.said)
        self.before: Outcome = self._computed()
        self.outcome: Outcome = self.before

    @classmethod
    def of(cls, state: DebateState) -> "Trial":
        """What was said on the recommendations that are decided."""
        plan = state.plan
        names = tuple(name for name in state.recommendations if name in state.ruled)
        speeches = tuple(speech for name in names for speech in state.speeches.get(name, []))
        weights = {charter.name: charter.weight for charter in plan.charters}
        rulings = tuple(state.ruled[name].ruling for name in names)
        return cls(plan, Said(names, speeches, plan.charters, plan.rule, rulings), weights, plan.rule)

    @property
    def changed(self) -> bool:
        """Whether any lever is elsewhere than it was."""
        recorded = {charter.name: charter.weight for charter in self.plan.charters}
        return bool(
            self.without_roles
            or self.without_arguments
            or self.rule != self.plan.rule
            or self.weights != recorded
        )

    def arguments(self, recommendation: str) -> list[Argument]:
        """What was argued on a recommendation."""
        return [
            argument
            for speech in self.said.speeches
            if speech.recommendation == recommendation
            for argument in speech.arguments
        ]

    def weigh(self, role: str, weight: float) -> None:
        """Give a role another weight, in steps of a tenth."""
        kept = self.weights[role]
        self.weights[role] = round(max(0.0, min(HEAVIEST, weight)) / STEP) * STEP
        self.weights[role] = round(self.weights[role], 1)
        if not self._recomputed():
            self.weights[role] = kept

    def switch_role(self, role: str) -> None:
        """Leave a role out, or take it in again."""
        self.without_roles ^= {role}
        if not self._recomputed():
            self.without_roles ^= {role}

    def switch_argument(self, argument: str) -> None:
        """As if an argument had never been made, or as it was."""
        self.without_arguments ^= {argument}
        if not self._recomputed():
            self.without_arguments ^= {argument}

    def turn_rule(self, by: int = 1) -> None:
        """Go on to another rule."""
        names = list(RULES)
        self.rule = names[(names.index(self.rule) + by) % len(names)]
        self._recomputed()

    def reset(self) -> None:
        """Everything as it was."""
        self.weights = {charter.name: charter.weight for charter in self.plan.charters}
        self.rule = self.plan.rule
        self.without_roles, self.without_arguments = set(), set()
        self._recomputed()

    def forked(self) -> DebatePlan:
        """The plan of a debate under these weights and this rule, by these roles.

        What arguments are switched off cannot be part of it: whoever speaks may make them again.
        """
        charters = [
            charter.model_copy(update={"weight": self.weights[charter.name]})
            for charter in self.plan.charters
            if charter.name not in self.without_roles
        ]
        return self.plan.model_copy(update={"charters": tuple(charters), "rule": self.rule})

    def _recomputed(self) -> bool:
        try:
            self.outcome = self._computed()
        except InputError as error:
            self.problem = error
            return False
        self.problem = None
        return True

    def _computed(self) -> Outcome:
        return recompute(
            self.said,
            weights=self.weights,
            without_arguments=_in_order(self.without_arguments),
            without_roles=_in_order(self.without_roles),
            rule=self.rule,
            pivots=False,
            prepared=self._prepared,
        )


def _in_order(names: set[str]) -> Sequence[str]:
    return sorted(names)
