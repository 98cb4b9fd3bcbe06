"""Where one is in a debate: a line from its beginning to its end with a mark at each ruling."""

from bisect import bisect_left
from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from textual.events import Click
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

DONE, TO_COME, HERE, RULING = "━", "─", "●", "┃"


class Timeline(Widget):
    """Posts `Sought` where it is clicked."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"timeline--done", "timeline--to-come", "timeline--mark"}

    class Sought(Message):
        """Somebody wants to be at this position."""

        def __init__(self, position: int) -> None:
            super().__init__()
            self.position = position

    def __init__(self) -> None:
        super().__init__(id="timeline")
        self._position = 0
        self._length = 1
        self._marks: dict[str, int] = {}

    def show(self, position: int, length: int, marks: dict[str, int]) -> None:
        """`position` of `length` steps, and where the rulings are."""
        shown = (position, max(1, length), marks)
        if shown != (self._position, self._length, self._marks):
            self._position, self._length, self._marks = shown
            self.refresh()

    def on_click(self, event: Click) -> None:
        """Go there."""
        width = max(1, self.size.width - 1)
        self.post_message(self.Sought(round(event.x / width * self._length)))

    def render_line(self, y: int) -> Strip:
        """The line."""
        width = self.size.width
        here = self._cell(self._position, width)
        done = self.get_component_rich_style("timeline--done")
        to_come = self.get_component_rich_style("timeline--to-come")
        mark = self.get_component_rich_style("timeline--mark")
        signs: list[tuple[str, Style]] = [
            (DONE, done) if cell < here else (TO_COME, to_come) for cell in range(width)
        ]
        # A mark has the name of its recommendation after it where there is room before the next one.
        cells = sorted((self._cell(position, width), name) for name, position in self._marks.items())
        starts = [cell for cell, _ in cells]
        for cell, name in cells:
            after = bisect_left(starts, cell + 1)
            room = (starts[after] if after < len(starts) else width) - cell
            text = name if len(name) < room else RULING
            for place, sign in enumerate(text, min(cell, width - len(text))):
                signs[place] = (sign, mark)
        if width:
            signs[min(here, width - 1)] = (HERE, done)
        return Strip([Segment(sign, style) for sign, style in signs], width)

    def _cell(self, position: int, width: int) -> int:
        return round(position / self._length * max(0, width - 1))
