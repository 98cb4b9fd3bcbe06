"""Settings as lines, each turned with the arrows: what it is, its value, what that means."""

from collections.abc import Sequence
from typing import NamedTuple

from rich.segment import Segment
from rich.text import Text
from textual.binding import Binding
from textual.events import Click
from textual.geometry import Region, Size
from textual.message import Message
from textual.reactive import reactive
from textual.scroll_view import ScrollView
from textual.strip import Strip

from tui.present.words import styled

Value = str | bool | int | None
LABEL = 20
"""Cells for what a line is about."""


class Choice(NamedTuple):
    """One value of a dial, in words, with what it means if that needs saying."""

    value: Value
    told: str
    meaning: str = ""


class Dial(NamedTuple):
    """A line; `name` is what `Turned` calls it."""

    name: str
    label: str
    choices: Sequence[Choice]
    value: Value

    @property
    def place(self) -> int:
        """Which choice holds; the first when none does."""
        return next((at for at, choice in enumerate(self.choices) if choice.value == self.value), 0)

    def turned(self, by: int) -> "Dial":
        """The next choice, or another further on, round and round."""
        return self._replace(value=self.choices[(self.place + by) % len(self.choices)].value)


class Dials(ScrollView, can_focus=True):
    """Posts `Turned` when a line has another value."""

    BINDINGS = [
        Binding("down,j", "move(1)", "Down", show=False),
        Binding("up,k", "move(-1)", "Up", show=False),
        Binding("right,l,space,enter", "turn(1)", "Change", key_display="← →"),
        Binding("left,h", "turn(-1)", "Change back", show=False),
    ]
    COMPONENT_CLASSES = {"dials--cursor"}
    cursor = reactive(0)

    class Turned(Message):
        """A line has another value."""

        def __init__(self, name: str, value: Value) -> None:
            super().__init__()
            self.name = name
            self.value = value

    class Pointed(Message):
        """Another line, or another value of it, is under the cursor; what that means."""

        def __init__(self, meaning: str) -> None:
            super().__init__()
            self.meaning = meaning

    def __init__(self, id_: str, dials: Sequence[Dial] = ()) -> None:
        super().__init__(id=id_)
        self._dials = list(dials)

    def on_mount(self) -> None:
        """Take the height of the lines."""
        self.show(self._dials)

    def show(self, dials: Sequence[Dial]) -> None:
        """Show these lines; the cursor stays."""
        self._dials = list(dials)
        self.virtual_size = Size(0, len(self._dials))
        self.styles.height = len(self._dials)
        self.styles.max_height = "1fr"
        self.cursor = min(self.cursor, max(0, len(self._dials) - 1))
        self._point()

    def watch_cursor(self) -> None:
        """Show where the cursor is."""
        self.scroll_to_region(Region(0, self.cursor, 1, 1), animate=False, force=True)
        self._point()

    def action_move(self, by: int) -> None:
        """Go to another line; past the last one to what follows."""
        place = self.cursor + by
        if 0 <= place < len(self._dials):
            self.cursor = place
        elif by > 0:
            self.screen.focus_next()
        else:
            self.screen.focus_previous()

    def action_turn(self, by: int) -> None:
        """Change the value of the line under the cursor."""
        if not self._dials:
            return
        dial = self._dials[self.cursor].turned(by)
        self._dials[self.cursor] = dial
        self._point()
        self.post_message(self.Turned(dial.name, dial.value))

    def on_click(self, event: Click) -> None:
        """A click goes to a line; one on its value changes it."""
        place = event.y + self.scroll_offset.y
        if place < len(self._dials):
            self.cursor = place
            if event.x >= LABEL:
                self.action_turn(1)

    def _point(self) -> None:
        self.refresh()
        if self._dials:
            dial = self._dials[self.cursor]
            self.post_message(self.Pointed(dial.choices[dial.place].meaning))

    def render_line(self, y: int) -> Strip:
        """One line."""
        place = y + self.scroll_offset.y
        ground = self.rich_style
        if place >= len(self._dials):
            return Strip.blank(self.size.width, ground)
        here = place == self.cursor and self.has_focus
        if here:
            ground += self.get_component_rich_style("dials--cursor", partial=True)
        text = _line(self._dials[place], self.size.width, here=here)
        text.truncate(self.size.width, overflow="ellipsis", pad=True)
        return Strip(Segment.apply_style(text.render(self.app.console), ground)).adjust_cell_length(
            self.size.width, ground
        )


def _line(dial: Dial, width: int, *, here: bool) -> Text:
    """A line; what its value means only where that fits, for it is told below too."""
    choice = dial.choices[dial.place]
    label = styled("▶ " if here else "  ", dial.label)
    label.truncate(LABEL - 1, overflow="ellipsis", pad=True)
    left, right = ("‹ ", " ›") if len(dial.choices) > 1 else ("  ", "  ")
    line = styled(label, " ", (left, "dim"), (choice.told, "bold"), (right, "dim"))
    meaning = styled((f"  {choice.meaning}", "dim"))
    return styled(line, meaning) if line.cell_len + meaning.cell_len <= width else line
