"""The keys, on one card."""

from textual.app import ComposeResult
from textual.binding import Binding
from textual.screen import ModalScreen
from textual.widgets import Static

from tui.present.words import grid, styled

KEYS = (
    ("↑ ↓, j k", "choose a recommendation; scroll, when a text has the focus"),
    ("n, p", "next and previous recommendation, from anywhere"),
    ("1 2 3 4", "debate, stances, ruling, strategy"),
    ("Tab", "between the list and the text"),
    ("PgUp PgDn", "scroll by pages; Home and End go to the ends"),
    ("Esc", "back to the list of transcripts"),
    ("d", "dark or light"),
    ("Ctrl+P", "all commands, by name"),
    ("q, Ctrl+Q", "leave; a running debate can be resumed later"),
)


class Help(ModalScreen[None]):
    """Closed by any of the keys that open it."""

    BINDINGS = [Binding("escape,question_mark,q,enter", "dismiss", "Close")]

    def compose(self) -> ComposeResult:
        """The card."""
        yield Static(grid(((keys, styled(meaning)) for keys, meaning in KEYS), 10), id="help", markup=False)
