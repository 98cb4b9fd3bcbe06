"""A recommendation in a person's own words."""

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.widgets import Static, TextArea

from tui.app.interface import say
from tui.app.page import Card
from tui.present.words import styled
from tui.safe import safe_text


class Wording(Card[str | None]):
    """Gives the text, or None when the person left it as it was."""

    ABOUT = "Your own words are debated as they stand and are recorded as yours; they rest on no place of the article."
    BINDINGS = [
        Binding("enter", "save", "Save", priority=True),
        Binding("escape", "dismiss", "Leave as it was"),
    ]

    def __init__(self, title: str, text: str) -> None:
        super().__init__()
        self._title = title
        self._text = text

    def compose(self) -> ComposeResult:
        """A field of several lines."""
        with Vertical(id="card"):
            yield Static(styled((self._title, "bold")), markup=False)
            yield TextArea(safe_text(self._text), soft_wrap=True, tab_behavior="focus")
            yield Static(styled((say("Enter saves, Escape leaves it as it was."), "dim")), markup=False)

    def on_mount(self) -> None:
        """Write at the end."""
        area = self.query_one(TextArea)
        area.focus()
        area.move_cursor(area.document.end)

    async def action_save(self) -> None:
        """Give the text back."""
        await self.dismiss(self.query_one(TextArea).text.strip() or None)
