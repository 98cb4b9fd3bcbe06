"""The settings that last: shown, changed with the arrows, and kept in the person's own file."""

from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.widgets import Static

from agents.errors import JemaaError
from tui.app.page import Card
from tui.settings import Settings, save

if TYPE_CHECKING:
    from tui.app.main import Jemaa


def keep(app: "Jemaa", name: str, value: str | bool | int | None) -> None:
    """Change a setting for now and for later."""
    app.apply_settings(app.settings.model_copy(update={name: value}))
    try:
        save(name, value)
    except JemaaError as error:
        app.say_error(error)


class Preferences(Card[None]):
    """One line for each setting."""

    def __init__(self, settings: Settings) -> None:
        super().__init__()
        self.settings = settings

    def compose(self) -> ComposeResult:
        """The settings."""
        yield Static(id="card")
