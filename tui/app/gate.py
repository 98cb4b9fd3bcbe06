"""The last step before the terminal: each finished line is made safe, and Arabic is put in reading order.

Textual wraps, crops and styles first, so what happens here is the same for every widget, however its text
came in. Nothing changes the width of a line.
"""

import re
from collections.abc import Iterator
from itertools import groupby

from rich.segment import Segment
from rich.style import Style
from textual.color import Color
from textual.filter import LineFilter

from tui.arabic import LEFT_TO_RIGHT, RIGHT_TO_LEFT, in_reading_order
from tui.safe import released, safe_line

_APART = re.compile(r"( {2,}|[\u2500-\u259f]+)")
"""What parts one column from the next: each column is put in order by itself."""


class Gate(LineFilter):
    """`reorder`: the terminal shows characters in the order in which they come, so they come in reading order."""

    def __init__(self, *, reorder: bool) -> None:
        super().__init__()
        self.reorder = reorder

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        """The line, safe for the terminal."""
        safe = [
            segment
            if segment.control
            else Segment(released(safe_line(segment.text)), _without_link(segment.style))
            for segment in segments
        ]
        if not any(RIGHT_TO_LEFT.search(segment.text) for segment in safe):
            return safe
        return list(_ordered(safe, reorder=self.reorder))


def _without_link(style: Style | None) -> Style | None:
    return style.update_link(None) if style is not None and style.link else style


def _ordered(segments: list[Segment], *, reorder: bool) -> Iterator[Segment]:
    """The columns of a line, each in reading order or, if the terminal does that, kept from one another."""
    styles = [segment.style for segment in segments for _ in segment.text]
    at = 0
    for column in _APART.split("".join(segment.text for segment in segments)):
        if not RIGHT_TO_LEFT.search(column):
            cells = [(sign, at + place) for place, sign in enumerate(column)]
        elif reorder:
            cells = [(sign, at + place) for sign, place in in_reading_order(column)]
        else:
            cells = [*((sign, at + place) for place, sign in enumerate(column)), (LEFT_TO_RIGHT, at)]
        at += len(column)
        for style, run in groupby(cells, key=lambda cell: styles[cell[1]]):
            yield Segment("".join(sign for sign, _ in run), style)
