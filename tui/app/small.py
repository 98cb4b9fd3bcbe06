"""What is shown when the terminal is too small."""

from textual.app import ComposeResult
from textual.geometry import Size
from textual.screen import ModalScreen
from textual.widgets import Static

from tui.app.interface import say

COLUMNS, LINES = 60, 18
"""The least room in which everything can be read."""


def too_small(size: Size) -> bool:
    """Whether a terminal has too little room."""
    return size.width < COLUMNS or size.height < LINES


class TooSmall(ModalScreen[None]):
    """Covers what was shown until there is room for it."""

    def compose(self) -> ComposeResult:
        """Two lines in the middle."""
        size = self.app.size
        yield Static(
            f"{say('This terminal is too small.')}\n"
            + say(
                "{columns} × {lines}; at least {least} are needed.",
                columns=size.width,
                lines=size.height,
                least=f"{COLUMNS} × {LINES}",
            ),
            markup=False,
        )
