"""The terminal app: a chamber, or home where a transcript is chosen."""

from textual.app import App
from textual.binding import Binding
from textual.screen import Screen

from agents.errors import JemaaError
from tui.app.chamber import Chamber, Events
from tui.app.help import Help
from tui.app.home import Home
from tui.settings import load
from tui.state import DebateState


class Jemaa(App[None]):
    """Opens on the screen that it is given."""

    CSS_PATH = "jemaa.tcss"
    TITLE = "Jemaa"
    BINDINGS = [
        Binding("question_mark", "help", "Help", key_display="?"),
        Binding("d", "dark", "Dark/light", show=False),
        Binding("q", "quit", "Quit"),
    ]

    def __init__(self, first: Screen[None]) -> None:
        super().__init__()
        self.first = first

    async def on_mount(self) -> None:
        """Show the first screen."""
        await self.push_screen(self.first)

    async def action_help(self) -> None:
        """Show the keys."""
        await self.push_screen(Help())

    def action_dark(self) -> None:
        """Change between dark and light."""
        self.theme = "textual-light" if self.current_theme.dark else "textual-dark"


def open_home() -> None:
    """Let the person choose among the saved transcripts until they leave."""
    Jemaa(Home(load())).run()


def watch(state: DebateState, events: Events | None = None) -> JemaaError | None:
    """Show a debate until the person leaves; returns what ended a live one early, if anything did."""
    Jemaa(Chamber(state, events)).run()
    return state.stopped
