"""The second step: what was understood, and the recommendations as they will be debated."""

from rich.text import Text
from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from tui.app.interface import say
from tui.app.prepare.draft import Draft, Point
from tui.app.prepare.sheet import Sheet, head, sheet
from tui.app.prepare.wording import Wording
from tui.app.widgets.choices import Choices
from tui.present.words import styled


class Understood(Vertical):
    """Changes the draft."""

    BINDINGS = [
        Binding("space", "tick", "Tick"),
        Binding("a", "add", "Add"),
        Binding("e", "edit", "Edit"),
        Binding("o", "outline", "Outline"),
    ]

    def __init__(self, draft: Draft) -> None:
        super().__init__(id="understood")
        self._draft = draft

    def compose(self) -> ComposeResult:
        """What the article is, its recommendations, and the rest beside them where there is room."""
        yield Static(id="read", markup=False)
        with Horizontal():
            yield Choices("points")
            with VerticalScroll(id="rest", can_focus=False):
                yield Static(markup=False)

    def show(self) -> None:
        """Show the draft's article; the cursor stays."""
        article = self._draft.article
        if article is None:
            return
        self.query_one("#read", Static).update(head(article, self._draft.points))
        self.query_one("#rest Static", Static).update(sheet(article))
        points = self.query_one(Choices)
        cursor = points.highlighted or 0
        points.clear_options()
        points.add_options(Option(_told(point)) for point in self._draft.points)
        if self._draft.points:
            points.highlighted = min(cursor, len(self._draft.points) - 1)
        points.focus()

    @on(OptionList.OptionSelected)
    async def _chosen(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        await self.action_edit()

    def action_tick(self) -> None:
        """Take a recommendation out of the debate, or in again."""
        place = self._place()
        if place is not None:
            self._draft.tick(place)
            self.show()

    async def action_add(self) -> None:
        """Add a recommendation of one's own."""

        def added(text: str | None) -> None:
            if text:
                self._draft.add(text)
                self.show()
                self.query_one(Choices).highlighted = len(self._draft.points) - 1

        await self.app.push_screen(Wording(say("A recommendation of your own"), ""), added)

    async def action_edit(self) -> None:
        """Put a recommendation in one's own words."""
        place = self._place()
        if place is None:
            await self.action_add()
            return
        point = self._draft.points[place]

        def written(text: str | None) -> None:
            if text:
                self._draft.write(place, text)
                self.show()

        await self.app.push_screen(Wording(say("{id} in your own words", id=point.id), point.text), written)

    async def action_outline(self) -> None:
        """Show outline, figures and what was left out."""
        if self._draft.article is not None:
            await self.app.push_screen(Sheet(self._draft.article))

    def _place(self) -> int | None:
        points = self.query_one(Choices)
        return points.highlighted if points.option_count else None


def _told(point: Point) -> Text:
    sign = ("✓ ", "green") if point.ticked else ("– ", "dim")
    where = (
        f"  {say('your own words')}"
        if point.own
        else f"  {' '.join(point.found.spans[:4])}"
        if point.found
        else ""
    )
    style = "" if point.ticked else "dim strike"
    return styled(
        sign,
        (f"{point.id}  ", "bold"),
        (" ".join(point.text.split()), style),
        (where, "italic cyan" if point.own else "dim"),
    )
