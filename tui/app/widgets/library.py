"""A list of transcripts, two lines each, of which only what can be seen is drawn."""

from collections import Counter
from collections.abc import Sequence

from rich.segment import Segment
from rich.style import Style
from rich.text import Text
from textual.binding import Binding
from textual.events import Click
from textual.geometry import Region, Size
from textual.message import Message
from textual.reactive import reactive
from textual.scroll_view import ScrollView
from textual.strip import Strip

from transcripts.library.summary import Summary
from tui.app.interface import say
from tui.present.words import DECISION_SIGN, DECISION_STYLE, styled

LINES = 2
TOLD = {
    "adopt": "adopted",
    "adopt_with_conditions": "with conditions",
    "defer": "deferred",
    "reject": "rejected",
}


class Library(ScrollView, can_focus=True):
    """Posts `Opened` for the one under the cursor and `Moved` when the cursor is elsewhere."""

    BINDINGS = [
        Binding("enter", "open", "Open"),
        Binding("down,j", "move(1)", "Down", show=False),
        Binding("up,k", "move(-1)", "Up", show=False),
        Binding("pagedown", "page(1)", "A page down", show=False),
        Binding("pageup", "page(-1)", "A page up", show=False),
        Binding("home", "end(0)", "To the first", show=False),
        Binding("end", "end(-1)", "To the last", show=False),
    ]
    COMPONENT_CLASSES = {"library--cursor", "library--dim"}
    cursor = reactive(0)

    class Opened(Message):
        """The person wants to see this one."""

        def __init__(self, item: Summary) -> None:
            super().__init__()
            self.item = item

    class Moved(Message):
        """Another one is under the cursor, or none is left."""

    def __init__(self, id_: str) -> None:
        super().__init__(id=id_)
        self._items: Sequence[Summary] = ()
        self._marked: Sequence[str] = ()

    @property
    def current(self) -> Summary | None:
        """The one under the cursor."""
        return self._items[self.cursor] if self.cursor < len(self._items) else None

    def show(self, items: Sequence[Summary], marked: Sequence[str]) -> None:
        """List these; the cursor stays on the transcript that it was on, if that is still there."""
        was = self.current
        self._items, self._marked = items, marked
        self.virtual_size = Size(0, LINES * len(items))
        places = [place for place, item in enumerate(items) if was is not None and item.id == was.id]
        self.cursor = places[0] if places else 0
        self._look()
        self.refresh()
        self.post_message(self.Moved())

    def watch_cursor(self) -> None:
        """Show where the cursor is."""
        self._look()
        self.refresh()
        self.post_message(self.Moved())

    def action_move(self, by: int) -> None:
        """Go up or down, stopping at the ends."""
        self.cursor = max(0, min(self.cursor + by, len(self._items) - 1))

    def action_page(self, by: int) -> None:
        """Go as many as can be seen."""
        self.action_move(by * max(1, self.size.height // LINES))

    def action_end(self, place: int) -> None:
        """Go to the first or to the last."""
        self.cursor = max(0, range(len(self._items))[place]) if self._items else 0

    def action_open(self) -> None:
        """Open the one under the cursor."""
        if self.current is not None and self.current.problem is None:
            self.post_message(self.Opened(self.current))

    def on_click(self, event: Click) -> None:
        """Go to the one that was clicked; a click on the one under the cursor opens it."""
        place = (event.y + self.scroll_offset.y) // LINES
        if place >= len(self._items):
            return
        if place == self.cursor:
            self.action_open()
        self.cursor = place

    def render_line(self, y: int) -> Strip:
        """One line of what can be seen."""
        place, line = divmod(y + self.scroll_offset.y, LINES)
        width = self.size.width
        ground = self.rich_style
        if place >= len(self._items):
            return Strip.blank(width, ground)
        if place == self.cursor:
            ground += self.get_component_rich_style("library--cursor", partial=True)
        left, right = self._second(place) if line else self._first(place)
        left.truncate(max(1, width - right.cell_len - 2), overflow="ellipsis", pad=True)
        text = Text.assemble(" ", left, right, " ")
        segments = text.render(self.app.console)
        return Strip(Segment.apply_style(segments, ground)).adjust_cell_length(width, ground)

    def _first(self, place: int) -> tuple[Text, Text]:
        item = self._items[place]
        sign = "▶ " if place == self.cursor else "  "
        mark = "✦ " if item.id in self._marked else ""
        title = " ".join((item.title or item.id).split())
        return styled(sign, (mark, "bold yellow"), (title, "bold")), styled(f"  {item.began[:10]}")

    def _second(self, place: int) -> tuple[Text, Text]:
        item = self._items[place]
        dim = Style.parse("dim")
        right = styled(f"  {item.language}  {item.model[:24]}")
        right.stylize(dim)
        return styled("  ", glance(item)), right

    def _look(self) -> None:
        if self.is_mounted:
            region = Region(0, self.cursor * LINES, 1, LINES)
            self.scroll_to_region(region, animate=False, force=True)


def glance(item: Summary) -> Text:
    """What was decided: how many of each, told by sign, word and colour."""
    if item.problem is not None:
        return styled((f"✗ {say('cannot be read')}: {item.problem}", "red"))
    counts = Counter(item.decisions.values())
    parts = [
        styled((f"{DECISION_SIGN[name]} {counts[name]} {say(word)}", DECISION_STYLE[name]))
        for name, word in TOLD.items()
        if counts[name]
    ]
    return Text("  ").join(parts) if parts else styled((f"◌ {say(item.status)}", "magenta"))
