"""What is printed of a debate, as text."""

import pytest
from rich.console import Console, RenderableType

from agents.debate.event import Event
from agents.debate.plan import DebatePlan
from tui.present.hearing import hearing
from tui.present.stances import matrix
from tui.present.summary import summary
from tui.present.words import marked, number, told
from tui.state import DebateState


def text_of(renderable: RenderableType, width: int = 80) -> str:
    console = Console(width=width, color_system=None, markup=False, emoji=False, highlight=False)
    with console.capture() as capture:
        console.print(renderable)
    return "\n".join(line.rstrip() for line in capture.get().splitlines())


class TestSummary:
    def test_what_a_reader_looks_for(self, state: DebateState) -> None:
        """Decision, status, who holds what and why, conditions, dissent, priorities, measures."""
        text = " ".join(text_of(summary(state)).split())

        for part in (
            "R1 Adoptée sous conditions · Consensus avec réserves · force 0,61",
            "− contre → ± pour sous conditions, à cause de A1.3 (Finances) : Le site voisin a du courant.",
            "C1.1 raccorder le site, acceptée par Énergie, Finances",
            "Finances (A2.2) : Personne ne dit qui paie.",
            "pour la lever : un financement est inscrit",
            "1. R1 Bâtir un centre",
            "M1 Centre de calcul",
            "Ministère de la Transition numérique",
            "heures de calcul (h/an) : référence manquante ; cible",
        ):
            assert part.replace(" ;", ";") in text.replace(" ;", ";")

    def test_before_the_end(self, plan: DebatePlan) -> None:
        """Before the last ruling there is no strategy, and that is said."""
        assert "après la dernière décision" in text_of(summary(DebateState.of(plan)))

    @pytest.mark.parametrize("width", [40, 80, 200])
    def test_hostile_text(self, state: DebateState, width: int) -> None:
        """Markup of others is shown as it is written; their escapes and overrides are gone."""
        text = text_of(summary(state), width) + "".join(
            text_of(hearing(name, state), width) for name in ("R1", "R2")
        )

        assert "[bold" in text
        assert not {"\x1b", "\x07", "\u202e"} & set(text)

    def test_narrow(self, state: DebateState) -> None:
        """Nothing is wider than the terminal."""
        assert all(len(line) <= 60 for line in text_of(summary(state), 60).splitlines())


class TestHearing:
    def test_all_that_was_said(self, state: DebateState) -> None:
        """Every speech, lost turn, target, withdrawal and condition is there."""
        text = " ".join((text_of(hearing("R1", state)) + text_of(hearing("R2", state))).split())

        for part in (
            "réfute A1.1",
            "retire A1.1",
            "C1.1 condition : raccorder le site",
            "tour perdu: server gone",
            "A1.3",
        ):
            assert part in text

    def test_not_ruled(self, plan: DebatePlan, events: list[Event]) -> None:
        """An open recommendation says that it is not decided."""
        assert "pas encore décidée" in text_of(hearing("R1", DebateState.of(plan).apply_all(events[:3])))


class TestMatrix:
    def test_moves(self, state: DebateState) -> None:
        """A role that moved shows where from and where to; the signs are spelled below."""
        text = text_of(matrix(state))

        assert "− → ±" in text
        assert "± pour sous conditions" in text

    def test_many_roles(self, state: DebateState) -> None:
        """The recommendations' ids stay when the terminal is too narrow for the roles."""
        state.roles |= {f"role{number}": f"A very long title {number}" for number in range(6)}

        assert [["R1"], ["R2"]] == [line.split()[:1] for line in text_of(matrix(state), 50).splitlines()[1:3]]


class TestWords:
    def test_numbers(self, state: DebateState) -> None:
        """Decimals are written as the debate's language writes them."""
        assert "0,50" == number(0.5, state)
        state.language = "en"
        assert "0.50" == number(0.5, state)

    def test_unknown_code(self, state: DebateState) -> None:
        """A signal that a later program wrote is shown as it is."""
        assert "brand_new:R1" == told("brand_new:R1", state)

    def test_marks(self) -> None:
        """Marked words stand out, the marks are gone."""
        text = marked("a ⟦wind⟧ farm", ("⟦", "⟧"))

        assert "a wind farm" == text.plain
        assert [(2, 6)] == [(span.start, span.end) for span in text.spans]


def test_stance_is_never_silence(plan: DebatePlan) -> None:
    """A role that has not spoken has no sign, not that of no position."""
    assert "·" not in text_of(matrix(DebateState.of(plan))).splitlines()[1]
