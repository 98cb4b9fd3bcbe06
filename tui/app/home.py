"""Home: the saved transcripts, and a new debate at one key."""

from asyncio import to_thread
from typing import TYPE_CHECKING

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding
from textual.screen import Screen
from textual.widgets import Footer, OptionList, Static
from textual.widgets.option_list import Option

from agents.errors import JemaaError
from transcripts.library.summary import Summary, summaries
from tui.app.chamber import Chamber
from tui.app.widgets.choices import Choices
from tui.present.listing import entry
from tui.present.words import styled
from tui.settings import Settings

if TYPE_CHECKING:
    from tui.convene import Convened

BRIEF = "brief"


class Home(Screen[None]):
    """Opens the chosen transcript, or the bundled brief, in a chamber."""

    BINDINGS = [
        Binding("b", "brief", "Debate the bundled brief"),
    ]

    def __init__(self, settings: Settings) -> None:
        super().__init__()
        self.settings = settings
        self._listed: list[Summary] = []

    def compose(self) -> ComposeResult:
        """The list, under one line."""
        yield Static(styled(("Jemaa", "bold"), f" · {self.settings.transcripts}"), id="title", markup=False)
        yield Choices("library")
        yield Footer()

    def on_screen_resume(self) -> None:
        """Look again what there is: a debate may have been added."""
        library = self.query_one(Choices)
        try:
            self._listed = summaries(self.settings.transcripts)
        except JemaaError as error:
            self._say(error)
        chosen = library.highlighted or 0
        library.clear_options()
        library.add_option(Option(styled(("Debate the bundled brief", "bold"), ("  b", "dim")), id=BRIEF))
        for number, item in enumerate(self._listed):
            library.add_option(Option(entry(item), id=str(number), disabled=item.problem is not None))
        library.highlighted = min(chosen, library.option_count - 1)
        library.focus()

    @on(OptionList.OptionSelected)
    def _open(self, event: OptionList.OptionSelected) -> None:
        if event.option_id == BRIEF:
            self.action_brief()
        elif event.option_id is not None:
            self.open_transcript(self._listed[int(event.option_id)])

    def action_brief(self) -> None:
        """Start a debate on the bundled brief."""
        self.open_brief()

    @work(exclusive=True)
    async def open_transcript(self, item: Summary) -> None:
        """Read a transcript, the screen staying alive, and show it."""
        from transcripts.library.record import read_record
        from tui.state import DebateState

        try:
            state = DebateState.of_record(await to_thread(read_record, item.path))
        except JemaaError as error:
            self._say(error)
            return
        await self.app.push_screen(Chamber(state))

    @work(exclusive=True)
    async def open_brief(self) -> None:
        """Convene the assembly, the screen staying alive while libraries load, and watch it."""
        from tui.state import DebateState

        try:
            convened = await to_thread(_brief, self.settings)
        except JemaaError as error:
            self._say(error)
            return
        state = DebateState.of(convened.session.plan)
        convened.wire.listener = state.notice
        await self.app.push_screen(Chamber(state, convened.session.events))

    def _say(self, error: JemaaError) -> None:
        self.notify(str(styled(str(error))), severity="error", markup=False)


def _brief(settings: Settings) -> "Convened":
    from tui.convene import convene

    return convene(settings, None, watched=True)
