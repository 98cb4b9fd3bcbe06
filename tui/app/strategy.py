"""The strategy: the document sentence by sentence, the sources of each at one key, the minority beside it."""

from asyncio import to_thread
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal
from textual.widgets import Footer, Static

from agents.errors import InputError, JemaaError
from transcripts.export.markdown import strategy_markdown
from transcripts.library.record import DebateRecord, read_record
from tui.app.export import Export, write
from tui.app.interface import say
from tui.app.page import Page
from tui.app.routes import OpenGrounds
from tui.app.widgets.reel import Reel
from tui.present.passages import MINORITY, Passage, passages
from tui.present.piece import Piece
from tui.present.sources import sources
from tui.present.words import styled
from tui.safe import safe_text
from tui.state import DebateState


class Document(NamedTuple):
    """A finished debate with its strategy cut into passages."""

    record: DebateRecord
    state: DebateState
    passages: list[Passage]


def document(path: Path) -> Document:
    """The strategy in a transcript. Raises TranscriptError, and InputError when there is none yet."""
    record = read_record(path)
    if record.strategy is None:
        raise InputError(
            f"Debate {record.id} is not finished: it has no strategy yet.",
            f"Go on with: jemaa resume {record.id}",
        )
    markdown = strategy_markdown(record.plan, record.strategy, record.heard)
    return Document(record, DebateState.of_record(record), passages(markdown))


class StrategyPage(Page[None]):
    """Posts `OpenGrounds` for what a sentence rests on."""

    ABOUT = (
        "The strategy. Enter opens what the sentence under the cursor rests on: the argument, and the place "
        "of the article, highlighted."
    )
    BINDINGS = [
        Binding("e", "sources", "Sources"),
        Binding("m", "minority", "Minority"),
        Binding("x", "export", "Export"),
        Binding("right_square_bracket,n", "section(1)", "Section", key_display="n"),
        Binding("left_square_bracket,p", "section(-1)", "Section before", key_display="p", show=False),
        Binding("y", "copy", "Copy"),
    ]
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (140, "-wide")]

    def __init__(self, shown: Document) -> None:
        super().__init__()
        self.shown = shown

    def compose(self) -> ComposeResult:
        """The document, the minority report beside it, what the sentence rests on."""
        yield Static(id="title", markup=False)
        with Horizontal(id="texts"):
            yield Reel("document")
            yield Reel("minority")
        yield Static(id="resting", markup=False)
        yield Footer()

    def on_mount(self) -> None:
        """Show everything; begin with the document."""
        self.query_one("#document", Reel).show(None, _pieces(self.shown.passages))
        minority = [passage for passage in self.shown.passages if passage.section == MINORITY]
        self.query_one("#minority", Reel).show(None, _pieces(minority))
        self.query_one("#document", Reel).focus()
        self._point()

    @on(Reel.Moved)
    def _point(self) -> None:
        passage = self._passage()
        strategy = self.shown.record.strategy
        assert strategy is not None
        self.query_one("#title", Static).update(
            styled((say("Strategy"), "bold"), (" · ", "dim"), " ".join(strategy.title.split()))
        )
        resting = (
            styled((f"{say('Rests on')} ", "dim"), (" ".join(passage.sources), "cyan"))
            if passage is not None and passage.sources
            else styled((say("This passage rests on no source: it is of the form of the document."), "dim"))
        )
        self.query_one("#resting", Static).update(resting)

    @on(Reel.Opened)
    def _open(self, message: Reel.Opened) -> None:
        message.stop()
        self.action_sources()

    def action_sources(self) -> None:
        """Open what the sentence under the cursor rests on."""
        passage = self._passage()
        if passage is None:
            return
        found = sources(passage.sources, self.shown.state)
        if found:
            self.post_message(OpenGrounds(self.shown.record.plan.article, found))
        else:
            self.notify(say("This passage rests on no source."), markup=False)

    def action_minority(self) -> None:
        """Go to the minority report, or back to the document."""
        name = "document" if self._reel().id == "minority" else "minority"
        self.set_class(name == "minority", "-minority")
        self.query_one(f"#{name}", Reel).focus()
        self._point()

    def action_section(self, by: int) -> None:
        """Go to the next heading, or to the one before."""
        reel = self._reel()
        shown = self._shown(reel)
        ahead = range(reel.cursor + 1, len(shown)) if by > 0 else range(reel.cursor - 1, -1, -1)
        for place in ahead:
            if shown[place].level:
                reel.move_to(shown[place].id)
                return

    def action_copy(self) -> None:
        """Copy the passage under the cursor."""
        passage = self._passage()
        if passage is not None:
            self.app.copy_to_clipboard(safe_text(passage.text.plain))
            self.notify(say("Copied."), markup=False)

    async def action_export(self) -> None:
        """Choose a format and write it."""

        def chosen(form: str | None) -> None:
            if form is not None:
                self.export(form)

        await self.app.push_screen(Export(), chosen)

    @work(exclusive=True, group="export")
    async def export(self, form: str) -> None:
        """Write the strategy in a format beside the transcript, and say where it lies."""
        self.notify(say("Writing …"), markup=False, timeout=2)
        try:
            path = await to_thread(write, self.shown.record, form)
        except JemaaError as error:
            self.jemaa.say_error(error)
            return
        self.query_one("#resting", Static).update(styled((f"{say('Written:')} ", "green"), str(path)))
        self.notify(str(styled(f"{say('Written:')} {path}")), markup=False, timeout=10)

    def _reel(self) -> Reel:
        minority = self.query_one("#minority", Reel)
        return minority if minority.has_focus else self.query_one("#document", Reel)

    def _shown(self, reel: Reel) -> list[Passage]:
        by_id = {passage.id: passage for passage in self.shown.passages}
        return [by_id[item.id] for item in reel.items]

    def _passage(self) -> Passage | None:
        reel = self._reel()
        return next((passage for passage in self.shown.passages if passage.id == reel.current), None)


def _pieces(shown: Sequence[Passage]) -> list[Piece]:
    return [Piece(passage.id, None, len(passage.text) + passage.indent, passage.drawn) for passage in shown]
