"""Two transcripts side by side."""

from pathlib import Path

from textual.app import ComposeResult
from textual.binding import Binding
from textual.widgets import Footer, Static

from transcripts.compare.compare import compare, matched_recommendations
from transcripts.compare.outcome import outcome_of
from transcripts.library.record import read_record
from tui.app.comparing import Pair, Side, pieces
from tui.app.interface import say
from tui.app.page import Page
from tui.app.routes import OpenTranscript
from tui.app.widgets.reel import Reel
from tui.present.words import styled
from tui.safe import safe_text
from tui.state import DebateState


def pair(first: Path, second: Path) -> Pair:
    """Two transcripts with what differs between them. Raises TranscriptError when one cannot be read."""
    one, two = read_record(first), read_record(second)
    matched = matched_recommendations(outcome_of(one), outcome_of(two))
    return Pair(
        Side(one, DebateState.of_record(one)),
        Side(two, DebateState.of_record(two)),
        compare(first, second),
        matched,
    )


class ComparePage(Page[None]):
    """What `jemaa compare` finds, by recommendation."""

    ABOUT = "Two debates side by side. What differs is marked with ≠; f hides recommendations on which nothing differs."
    BINDINGS = [
        Binding("f", "differences", "Differences"),
        Binding("a", "open(0)", "Open A"),
        Binding("b", "open(1)", "Open B"),
        Binding("y", "copy", "Copy"),
    ]

    def __init__(self, shown: Pair) -> None:
        super().__init__()
        self.shown = shown
        self.all_of_it = True

    def compose(self) -> ComposeResult:
        """The title, the recommendations."""
        yield Static(id="title", markup=False)
        yield Reel("comparison")
        yield Footer()

    def on_mount(self) -> None:
        """Show everything."""
        reel = self.query_one(Reel)
        reel.focus()
        told = say("the same") if self.shown.found.same else say("they differ")
        self.query_one("#title", Static).update(
            styled(
                (say("Compare"), "bold"),
                (f" · {told} · ", "dim"),
                " ".join(self.shown.first.state.title.split()),
            )
        )
        self._show()

    def action_differences(self) -> None:
        """Show only what differs, or everything."""
        self.all_of_it = not self.all_of_it
        self._show()

    def action_open(self, which: int) -> None:
        """Open one of the two debates."""
        side = self.shown.second if which else self.shown.first
        self.post_message(OpenTranscript(side.record.path))

    def action_copy(self) -> None:
        """Copy what is under the cursor."""
        self.app.copy_to_clipboard(safe_text(self.query_one(Reel).text))
        self.notify(say("Copied."), markup=False)

    def _show(self) -> None:
        self.query_one(Reel).show(self.all_of_it, pieces(self.shown, all_of_it=self.all_of_it))
