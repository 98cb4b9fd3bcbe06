"""A long list of texts of any height, of which only what is seen is ever laid out."""

from bisect import bisect_right
from collections.abc import Sequence
from itertools import accumulate
from typing import ClassVar

from rich.segment import Segment
from textual.binding import Binding, BindingType
from textual.events import Click, Resize
from textual.geometry import Region, Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip

from tui.present.piece import Piece

GUTTER = 2
CURSOR = "▌ "


class Reel(ScrollView, can_focus=True):
    """Posts `Moved` when another item comes under the cursor and `Opened` when it is chosen."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"reel--cursor", "reel--mark"}
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down,j", "cursor(1)", "Down", show=False),
        Binding("up,k", "cursor(-1)", "Up", show=False),
        Binding("pagedown", "page(1)", "A page down", show=False),
        Binding("pageup", "page(-1)", "A page up", show=False),
        Binding("home", "end(-1)", "To the beginning", show=False),
        Binding("end", "end(1)", "To the end", show=False),
        Binding("enter", "open", "Open", show=False),
    ]

    class Moved(Message):
        """The cursor is on another item."""

        def __init__(self, reel: "Reel", item: str) -> None:
            super().__init__()
            self.reel = reel
            self.item = item

        @property
        def control(self) -> "Reel":
            """Which reel; for handlers that are chosen by selector."""
            return self.reel

    class Opened(Moved):
        """An item was chosen by Enter or by a second click."""

    def __init__(self, id_: str) -> None:
        super().__init__(id=id_)
        self.items: Sequence[Piece] = ()
        self.cursor = 0
        self._subject: object = None
        self._laid_out: dict[str, tuple[object, list[Strip]]] = {}
        self._tops: list[int] = [0]
        self._begins_at_end = False

    def show(self, subject: object, items: Sequence[Piece], *, follow: bool = False) -> None:
        """Show these items; of the same subject, the place stays, or its end if that is what was seen.

        A new subject is shown from its beginning, or with `follow` from its end.
        """
        new = subject != self._subject
        at_end = follow if new else self.scroll_offset.y >= self.max_scroll_y
        if not new and [item[:2] for item in items] == [item[:2] for item in self.items]:
            return
        self._subject, self.items = subject, items
        if new:
            self.cursor, self._laid_out = 0, {}
        self.cursor = max(0, min(self.cursor, len(items) - 1))
        if not self.size.width and not self._as_high_as_its_text:
            self._tops, self._begins_at_end = [0], at_end  # it is not on the screen: laid out once it is
            return
        self._guess()
        if at_end:
            self.scroll_to(y=self.max_scroll_y, animate=False, force=True)
        elif new:
            self.scroll_to(y=0, animate=False, force=True)
        self._lay_out_what_is_seen()
        if at_end:
            self.scroll_to(y=self.max_scroll_y, animate=False, force=True)
        self.refresh()

    @property
    def current(self) -> str | None:
        """The id of the item under the cursor."""
        return self.items[self.cursor].id if self.items else None

    @property
    def text(self) -> str:
        """The text of the item under the cursor, as it is shown."""
        lines = self._lines(self.cursor) if self.items else []
        return "\n".join(line.text.rstrip() for line in lines).strip("\n")

    def move_to(self, id_: str) -> None:
        """Put the cursor on an item, if there is such a one."""
        for place, item in enumerate(self.items):
            if item.id == id_:
                self._move(place)
                return

    def action_cursor(self, by: int) -> None:
        """Move the cursor by so many items."""
        if self.items:
            self._move(max(0, min(self.cursor + by, len(self.items) - 1)))

    def action_page(self, by: int) -> None:
        """Scroll by so many pages; the cursor comes along."""
        self.scroll_to(y=self.scroll_offset.y + by * max(1, self.size.height - 1), animate=False, force=True)
        self._lay_out_what_is_seen()
        if self.items:
            self._take(self._at(self.scroll_offset.y + (0 if by < 0 else self.size.height - 1)))

    def action_end(self, way: int) -> None:
        """Go to the first item or to the last."""
        if self.items:
            self._move(0 if way < 0 else len(self.items) - 1)

    def action_open(self) -> None:
        """Choose the item under the cursor."""
        if self.current is not None:
            self.post_message(self.Opened(self, self.current))

    def on_click(self, event: Click) -> None:
        """Put the cursor where it was clicked; open what it was on already."""
        place = self._at(event.y + self.scroll_offset.y)
        if not self.items or event.y + self.scroll_offset.y >= self._tops[-1]:
            return
        if place == self.cursor:
            self.action_open()
        else:
            self._take(place)

    def on_resize(self, event: Resize) -> None:
        """Other widths break lines elsewhere."""
        first = self._at(self.scroll_offset.y)
        self._laid_out.clear()
        self._guess()
        if self._begins_at_end:
            self.scroll_to(y=self.max_scroll_y, animate=False, force=True)
        elif self.items:
            self.scroll_to(y=self._tops[first], animate=False, force=True)
        self._begins_at_end = False
        self._lay_out_what_is_seen()
        self.refresh()

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        """What comes into sight is laid out before it is drawn."""
        super().watch_scroll_y(old_value, new_value)
        if round(old_value) != round(new_value):
            self._lay_out_what_is_seen()

    def render_line(self, y: int) -> Strip:
        """One line of the screen."""
        at = y + self.scroll_offset.y
        width = self.size.width
        if not self.items or at >= self._tops[-1]:
            return Strip.blank(width, self.rich_style)
        place = self._at(at)
        lines = self._lines(place)
        inner = at - self._tops[place]
        strip = lines[inner] if inner < len(lines) else Strip.blank(0)
        here = place == self.cursor
        style = self.get_component_rich_style("reel--cursor") if here and self.has_focus else self.rich_style
        mark = self.get_component_rich_style("reel--mark", partial=True)
        gutter = Segment(CURSOR, mark) if here else Segment(" " * GUTTER)
        return (
            Strip([gutter, *strip], GUTTER + strip.cell_length).adjust_cell_length(width).apply_style(style)
        )

    def _move(self, place: int) -> None:
        self._take(place)
        self._correct(place, place + 1)
        top, height = self._tops[place], self._tops[place + 1] - self._tops[place]
        seen = self.size.height
        if place == len(self.items) - 1 and height <= seen:
            self.scroll_to(y=self.max_scroll_y, animate=False, force=True)
        else:
            self.scroll_to_region(
                Region(0, top, self.size.width, min(height, seen)), animate=False, force=True
            )

    def _take(self, place: int) -> None:
        if place != self.cursor:
            self.cursor = place
            self.post_message(self.Moved(self, self.items[place].id))
            self.refresh()

    def _at(self, y: int) -> int:
        """The item that a line belongs to."""
        return max(0, min(bisect_right(self._tops, y) - 1, len(self.items) - 1))

    @property
    def _as_high_as_its_text(self) -> bool:
        height = self.styles.height
        return height is None or height.is_auto

    @property
    def _width(self) -> int:
        return max(8, self.scrollable_content_region.width - GUTTER)

    def _guess(self) -> None:
        """Where each item begins: as it was laid out last, or else by its length."""
        width = self._width
        heights = [0]
        for item in self.items:
            known = self._laid_out.get(item.id)
            heights.append(len(known[1]) if known else 1 + item.length // width)
        self._tops = list(accumulate(heights))
        self._resize_to(Size(self._width, self._tops[-1]))

    def _resize_to(self, size: Size) -> None:
        """Scroll over so much; the screen is arranged again only if that changes anything around it."""
        if size == self.virtual_size:
            return
        overflows = size.height > self.size.height
        if self._as_high_as_its_text or overflows != self.show_vertical_scrollbar:
            self.virtual_size = size
            return
        # What the reactive would do, without its layout of the whole screen for every word that is written.
        self.set_reactive(Reel.virtual_size, size)
        self._scroll_update(size)

    def _lay_out_what_is_seen(self) -> None:
        """Lay out every item in sight; what is seen stays where it is when a guess was wrong."""
        if not self.items or not self.size.height:
            return
        first = self._at(self.scroll_offset.y)
        within = self.scroll_offset.y - self._tops[first]
        last, seen = first, -within
        while last < len(self.items) and seen < self.size.height:
            seen += len(self._lines(last))
            last += 1
        self._correct(first, last)
        kept = min(self._tops[first] + within, self.max_scroll_y)
        if kept != self.scroll_offset.y:
            self.scroll_to(y=kept, animate=False, force=True)

    def _correct(self, first: int, last: int) -> None:
        """Guess again if the heights of some items, laid out by now, were not guessed right."""
        tops = self._tops
        if any(len(self._lines(place)) != tops[place + 1] - tops[place] for place in range(first, last)):
            self._guess()

    def _lines(self, place: int) -> list[Strip]:
        item = self.items[place]
        known = self._laid_out.get(item.id)
        if known is None or known[0] != item.version:
            console = self.app.console
            options = console.options.update(width=self._width, highlight=False, height=None)
            lines = console.render_lines(item.draw(), options, pad=False)
            known = self._laid_out[item.id] = (item.version, [Strip(line) for line in lines])
        return known[1]
