"""The keys of a screen on one card, made from its bindings: what is told there holds."""

from collections.abc import Iterator

from rich.text import Text
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import VerticalScroll
from textual.screen import Screen
from textual.widgets import Static

from tui.app.interface import say
from tui.app.page import Card, own_bindings
from tui.present.words import grid, styled


class Help(Card[None]):
    """Closed by any of the keys that open or close things."""

    BINDINGS = [Binding("question_mark,q,enter", "dismiss", "Close", show=False)]

    def __init__(self, screen: Screen[object]) -> None:
        super().__init__()
        self._about = say(getattr(screen, "ABOUT", ""))
        self._keys = list(_keys(screen))

    def compose(self) -> ComposeResult:
        """What the screen is for, then its keys."""
        with VerticalScroll(id="card"):
            if self._about:
                yield Static(styled(self._about), id="about", markup=False)
            yield Static(grid(self._keys, 12), markup=False)


def _keys(screen: Screen[object]) -> Iterator[tuple[str, Text]]:
    """Keys that do the same stand together; what the footer shows comes first."""
    by_action: dict[str, tuple[str, list[str]]] = {}
    for active in own_bindings(screen):
        told = active.tooltip or active.binding.description
        _, keys = by_action.setdefault(active.binding.action, (told, []))
        keys.append(screen.app.get_key_display(active.binding))
    for told, keys in by_action.values():
        yield " ".join(dict.fromkeys(keys)), styled(told)
