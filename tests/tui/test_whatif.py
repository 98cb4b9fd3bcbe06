"""The levers of a trial."""

import pytest

from agents.argument.whatif import Said, recompute
from tui.state import DebateState
from tui.whatif import HEAVIEST, Trial


@pytest.fixture
def trial(state: DebateState) -> Trial:
    return Trial.of(state)


def test_begins_as_it_was(trial: Trial) -> None:
    """Untouched, it decides what was decided."""
    assert trial.before == trial.outcome
    assert not trial.changed


def test_same_as_the_command(trial: Trial, state: DebateState) -> None:
    """Every lever gives what a recomputation from the speeches gives."""
    said = Said(("R1", "R2"), state.said_by_roles, state.plan.charters, "consent")
    trial.weigh("energy", 2.0)
    trial.switch_argument("A1.3")
    trial.turn_rule()
    expected = recompute(
        said, weights={"energy": 2.0}, without_arguments=["A1.3"], rule=trial.rule, pivots=False
    )

    assert expected == trial.outcome
    assert trial.changed


def test_reset(trial: Trial) -> None:
    """All levers go back at once."""
    trial.weigh("energy", 0.4)
    trial.switch_role("finance")
    trial.reset()

    assert trial.before == trial.outcome
    assert not trial.changed


def test_what_cannot_be(trial: Trial) -> None:
    """Without any role there is nothing to decide: the last switch is undone, and it says why."""
    trial.switch_role("energy")
    trial.switch_role("finance")

    assert {"energy"} == trial.without_roles
    assert trial.problem is not None


def test_weights_have_bounds(trial: Trial) -> None:
    """A weight is a tenth of something between none and the heaviest."""
    seen = []
    for wanted in (-1.0, 0.349, 99.0):
        trial.weigh("energy", wanted)
        seen.append(trial.weights["energy"])

    assert [0.0, 0.3, HEAVIEST] == seen


def test_fork(trial: Trial) -> None:
    """A fork is the same debate by those who are left, under the weights and the rule of the trial."""
    trial.weigh("energy", 2.0)
    trial.switch_role("finance")
    trial.turn_rule()
    plan = trial.forked()

    assert [("energy", 2.0)] == [(charter.name, charter.weight) for charter in plan.charters]
    assert (trial.rule, trial.plan.article) == (plan.rule, plan.article)
