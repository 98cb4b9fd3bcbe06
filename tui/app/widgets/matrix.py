"""The matrix: recommendations by phases and roles, with a cursor on the one whose debate is shown."""

from functools import partial

from rich.console import Group, RenderableType
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.events import Resize
from textual.widgets import Static

from tui.app.widgets.reel import GUTTER, Reel
from tui.present.board import Board, board, heading, legend, row
from tui.present.piece import Piece
from tui.present.words import on_one_line, styled
from tui.state import DebateState


class Matrix(Vertical):
    """Two lines of heading, then a row for each recommendation; its reel posts `Moved`."""

    def __init__(self) -> None:
        super().__init__(id="matrix")
        self.roomy = False
        """Whether each row also has the first words of its recommendation and what signs mean below."""
        self._state: DebateState | None = None
        self._drawn: object = None

    def compose(self) -> ComposeResult:
        """Heading, rows, legend."""
        yield Static(id="matrix-heading", markup=False)
        yield Reel("rows")
        yield Static(id="matrix-legend", markup=False)

    def on_resize(self, event: Resize) -> None:
        """Another width has other columns."""
        if self._state is not None:
            self.show(self._state)

    def show(self, state: DebateState) -> None:
        """Show how far it is."""
        self._state = state
        made = board(state, self.query_one("#rows", Reel).scrollable_content_region.width - GUTTER)
        drawn = (made, state.rounds, self.roomy)
        if drawn != self._drawn:
            self._drawn = drawn
            phases, roles = heading(state, made)
            blank = styled(" " * GUTTER)
            self.query_one("#matrix-heading", Static).update(
                Group(styled(blank, phases), styled(blank, roles))
            )
            self.query_one("#matrix-legend", Static).update(styled(blank, legend(state)))
            self.set_class(not made.spelled, "-signs")
        pieces = [
            Piece(name, (state.touched.get(name, 0), drawn), 1, partial(self._row, name, state, made))
            for name in state.recommendations
        ]
        self.query_one("#rows", Reel).show(None, pieces)

    def choose(self, recommendation: str) -> None:
        """Put the cursor on a recommendation."""
        self.query_one("#rows", Reel).move_to(recommendation)

    def _row(self, name: str, state: DebateState, made: Board) -> RenderableType:
        line = row(name, state, made)
        line.no_wrap = True
        if not self.roomy:
            return line
        begins = " ".join(state.recommendations[name].split())
        return Group(line, on_one_line(styled(" " * made.ids, (begins, "dim"))))
