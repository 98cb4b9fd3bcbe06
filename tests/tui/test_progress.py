from rich.console import Console

from agents.backends.watch import Waiting, Writing
from agents.debate.event import Event
from agents.debate.plan import DebatePlan
from tui.progress import Lines, board
from tui.state import DebateState


def wide() -> Console:
    return Console(width=80, color_system=None, markup=False)


def text_of(state: DebateState) -> str:
    console = wide()
    with console.capture() as capture:
        console.print(board(state))
    return capture.get()


class TestLines:
    def test_each_step_once(self, plan: DebatePlan, events: list[Event]) -> None:
        """Every step that is over is told once, the ruling with its decision."""
        console, state = wide(), DebateState.of(plan)
        lines = Lines(state, console)
        with console.capture() as capture:
            for event in events:
                state.apply(event)
                lines.tell()
        told = capture.get().splitlines()

        assert ["R1 Ouverture: 2/2", "R1 Réplique: 2/2", "R1 Décision: Adoptée sous conditions"] == told[:3]
        assert len(set(told)) == len(told) == 6


class TestBoard:
    def test_how_far(self, plan: DebatePlan, events: list[Event]) -> None:
        """The matrix shows what is done, what runs, what waits and what was lost."""
        state = DebateState.of(plan)
        assert "· " in text_of(state)
        state.apply_all(events[:1])
        assert "◌ 0/2" in text_of(state)
        state.apply_all(events[1:])
        assert "✗ 2/2" in text_of(state)
        assert "● Adoptée sous conditions" in text_of(state)

    def test_under_way(self, plan: DebatePlan) -> None:
        """The last words of those who write and the seconds until the next try stand below."""
        state = DebateState.of(plan)
        state.notice(Writing("R1/opening/1/energy", " ".join(f"word{n}" for n in range(30))))
        state.notice(Waiting("R2/opening/1/finance", 10.2, "429 Too Many Requests", 2))
        shown = text_of(state)

        assert "R1 Énergie  … word18" in shown
        assert "R2 Finances : 429 Too Many Requests ; nouvel essai dans 10 s" in shown
