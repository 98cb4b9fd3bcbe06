"""Home: the saved transcripts, found by what one types, and the way to a new debate."""

from asyncio import to_thread

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text
from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal, VerticalScroll
from textual.widgets import Footer, Input, Static

from agents.errors import JemaaError
from transcripts.library.summary import Summary, summaries
from tui.app.interface import say
from tui.app.page import Page
from tui.app.routes import DebateBrief, NewSession, OpenComparison, OpenStrategy, OpenTranscript
from tui.app.shelf import ORDERS, Shelf
from tui.app.widgets.library import TOLD, Library, glance
from tui.present.words import DECISION_SIGN, DECISION_STYLE, grid, styled
from tui.settings import Settings


class Home(Page[None]):
    """Posts what the person wants to see next."""

    ABOUT = "The saved debates. Type to find one, mark two to compare them, or begin a new one."
    BINDINGS = [
        Binding("n", "new", "New"),
        Binding("b", "brief", "Brief", tooltip="Debate the bundled brief"),
        Binding("slash", "find", "Find", key_display="/"),
        Binding("s", "sort", "Sort", show=False),
        Binding("space", "mark", "Mark"),
        Binding("c", "compare", "Compare"),
        Binding("t", "strategy", "Strategy", show=False),
        Binding("escape", "clear", "Show all again", show=False),
    ]
    AUTO_FOCUS = "Library"
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (140, "-wide")]

    def __init__(self, settings: Settings) -> None:
        super().__init__()
        self.settings = settings
        self.shelf = Shelf()

    def compose(self) -> ComposeResult:
        """Title, filter, list; a detail beside it where there is room; a welcome while there is nothing."""
        yield Static(id="title", markup=False)
        yield Input(placeholder=say("Find by title, model, date, decision …"), compact=True, id="filter")
        with Horizontal(id="shelf"):
            yield Library("library")
            with VerticalScroll(id="detail", can_focus=False):
                yield Static(markup=False)
        with VerticalScroll(id="welcome", can_focus=False):
            yield Static(markup=False)
        yield Footer()

    def on_mount(self) -> None:
        """Begin in the list, where the keys are."""
        self.query_one(Library).focus()

    def on_screen_resume(self) -> None:
        """Look again what there is: a debate may have been added."""
        self.query_one(Input).placeholder = say("Find by title, model, date, decision …")
        self.look()

    @work(exclusive=True)
    async def look(self) -> None:
        """Read the folder, the screen staying alive."""
        try:
            found = await to_thread(summaries, self.settings.transcripts)
        except JemaaError as error:
            self.jemaa.say_error(error)
            found = []
        self.shelf.fill(found)
        self.set_class(not found, "-first")
        if not found:
            self.query_one("#welcome Static", Static).update(welcome())
            self.set_focus(None)
        elif self.focused is None:
            self.query_one(Library).focus()
        self.refresh_bindings()
        self._show()

    @on(Input.Changed)
    def _filter(self, event: Input.Changed) -> None:
        self.shelf.filter(event.value)
        self._show()

    @on(Input.Submitted)
    def _to_the_list(self) -> None:
        self.query_one(Library).focus()

    @on(Library.Opened)
    def _open(self, message: Library.Opened) -> None:
        self.post_message(OpenTranscript(message.item.path))

    @on(Library.Moved)
    def _detail(self) -> None:
        current = self.query_one(Library).current
        self.query_one("#detail Static", Static).update(detail(current) if current else "")

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """What is done with saved transcripts is not offered while there is none."""
        return not self.has_class("-first") or action not in {"find", "sort", "mark", "compare", "strategy"}

    def action_new(self) -> None:
        """Prepare a debate."""
        self.post_message(NewSession())

    def action_brief(self) -> None:
        """Debate the bundled brief."""
        self.post_message(DebateBrief())

    def action_find(self) -> None:
        """Go where one types."""
        self.query_one(Input).focus()

    def action_clear(self) -> None:
        """Forget what was typed."""
        self.query_one(Input).value = ""
        self.query_one(Library).focus()

    def action_sort(self) -> None:
        """Sort in the next way."""
        self.shelf.next_order()
        self._show()

    def action_mark(self) -> None:
        """Mark the transcript under the cursor, or take its mark away."""
        library = self.query_one(Library)
        if library.current is not None:
            self.shelf.mark(library.current)
            self._show()

    def action_compare(self) -> None:
        """Compare the two marked ones, or the marked one with the one under the cursor."""
        pair = self.shelf.pair(self.query_one(Library).current)
        if pair is None:
            self.notify(say("Mark one with Space, go to another, then press c."), markup=False)
        else:
            self.post_message(OpenComparison(pair[0].path, pair[1].path))

    def action_strategy(self) -> None:
        """Show the strategy of the transcript under the cursor."""
        current = self.query_one(Library).current
        if current is not None and current.status == "finished":
            self.post_message(OpenStrategy(current.path))
        elif current is not None:
            self.notify(say("This debate is not finished: it has no strategy yet."), markup=False)

    def _show(self) -> None:
        shelf = self.shelf
        self.query_one(Library).show(shelf.shown, shelf.marked)
        many = f"{len(shelf.shown)} / {shelf.count}" if shelf.filtered else str(shelf.count)
        told = f" · {many} · {say(ORDERS[shelf.order])}" if shelf.count else ""
        self.query_one("#title", Static).update(
            styled(("Jemaa", "bold"), (f"{told} · {self.settings.transcripts}", "dim"))
        )


def detail(item: Summary) -> RenderableType:
    """All that the list knows of a transcript."""
    rows = [
        (say("Title"), styled((" ".join(item.title.split()), "bold"))),
        (say("Began"), styled(item.began[:16].replace("T", " "))),
        (say("Roles"), styled(", ".join(item.roles))),
        (say("Model"), styled(item.model)),
        (say("Decisions"), glance(item)),
    ]
    rows += [
        (
            name,
            styled(
                (f"{DECISION_SIGN.get(what, '·')} {say(TOLD.get(what, what))}", DECISION_STYLE.get(what, ""))
            ),
        )
        for name, what in item.decisions.items()
    ]
    rows += [(say("Fork of"), styled(item.parent))] if item.parent else []
    rows.append((say("File"), styled((str(item.path), "dim"))))
    return grid(rows, 10)


def welcome() -> RenderableType:
    """What one who comes for the first time needs to know."""
    keys = [
        ("b", say("watch a debate on the bundled brief; no key and no network are needed")),
        ("n", say("debate an article of your own")),
        ("?", say("all keys of a screen; Ctrl+P finds everything by its name")),
        (",", say("settings: language, look, speed")),
    ]
    table = Table.grid(padding=(0, 2))
    for key, what in keys:
        table.add_row(styled((f"  {key}", "bold yellow")), styled(what))
    told = Text("\n").join(
        [
            styled((say("Welcome to the assembly."), "bold"), "\n"),
            styled(
                say(
                    "Roles argue over each recommendation of an article. What they agree on is computed, "
                    "what they could not agree on stays on the record."
                ),
                "\n",
            ),
        ]
    )
    return Group(told, "", table)
