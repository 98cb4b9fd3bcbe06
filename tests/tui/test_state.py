from agents.argument.model import Stance
from agents.backends.watch import Waiting, Writing
from agents.debate.event import Event, Ruled, TurnAsked
from agents.debate.plan import DebatePlan
from tui.state import DebateState


class TestProgress:
    def test_nothing_has_begun(self, plan: DebatePlan) -> None:
        """Before anybody has the floor, every step waits."""
        state = DebateState.of(plan)

        assert {"waiting"} == {state.progress(rec, step) for rec in ("R1", "R2") for step in (1, 2, 3)}

    def test_a_turn_is_asked(self, plan: DebatePlan) -> None:
        """A step runs from its first turn on."""
        state = DebateState.of(plan)
        state.apply(TurnAsked(address="R1/opening/1/energy"))

        assert "running" == state.progress("R1", 1)
        assert (0, 2) == state.running("R1", 1)

    def test_finished(self, state: DebateState) -> None:
        """A finished debate has every step done, and the one where a turn was lost says so."""
        assert ["done", "done", "done"] == [state.progress("R1", step) for step in (1, 2, 3)]
        assert ["done", "failed", "done"] == [state.progress("R2", step) for step in (1, 2, 3)]
        assert state.finished

    def test_round_left_out(self, plan: DebatePlan, events: list[Event]) -> None:
        """A round that was not held before the ruling is shown as left out, not as waiting."""
        short = [
            event for event in events if "rebuttal" not in event.model_dump_json() or isinstance(event, Ruled)
        ]
        state = DebateState.of(plan).apply_all(short)

        assert "skipped" == state.progress("R1", 2)


class TestStances:
    def test_by_round(self, state: DebateState) -> None:
        """What a role held is known for each round and for the end."""
        assert Stance.OPPOSE == state.stance("R1", "energy", 1)
        assert Stance.CONDITIONS == state.stance("R1", "energy")

    def test_silence(self, plan: DebatePlan) -> None:
        """A role that has not spoken holds nothing, not even no position."""
        assert DebateState.of(plan).stance("R1", "energy") is None


def test_argument_is_found(state: DebateState) -> None:
    """An argument is known by its id, and an unknown one is None."""
    found = state.argument("A1.3")

    assert found is not None
    assert "finance" == found.role
    assert state.argument("A9.9") is None


class TestUnderWay:
    def test_written_so_far(self, plan: DebatePlan, events: list[Event]) -> None:
        """What a speaker has written is known until the turn is over."""
        state = DebateState.of(plan)
        state.notice(Writing("R1/opening/1/energy", "The grid"))
        assert {"R1/opening/1/energy": "The grid"} == state.writing

        state.apply_all(events[:2])
        assert {} == state.writing

    def test_waiting(self, plan: DebatePlan) -> None:
        """A call that is made again tells when, until something comes."""
        state = DebateState.of(plan)
        state.notice(Waiting("R1/opening/1/energy", 30.0, "429", 1))
        assert 29 <= state.retries["R1/opening/1/energy"].seconds <= 30

        state.notice(Writing("R1/opening/1/energy", "The"))
        assert {} == state.retries
