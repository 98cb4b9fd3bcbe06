"""Home: the saved transcripts, and a new debate at one key."""

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.widgets import Footer, OptionList, Static
from textual.widgets.option_list import Option

from agents.errors import JemaaError
from transcripts.library.summary import Summary, summaries
from tui.app.page import Page
from tui.app.routes import DebateBrief, OpenTranscript
from tui.app.widgets.choices import Choices
from tui.present.listing import entry
from tui.present.words import styled
from tui.settings import Settings

BRIEF = "brief"


class Home(Page[None]):
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
            self.jemaa.say_error(error)
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
            self.post_message(OpenTranscript(self._listed[int(event.option_id)].path))

    def action_brief(self) -> None:
        """Start a debate on the bundled brief."""
        self.post_message(DebateBrief())
