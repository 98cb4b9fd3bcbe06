"""The settings that last: shown, turned with the arrows, kept in the person's own file."""

from typing import TYPE_CHECKING

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import Static

from agents.errors import JemaaError
from tui.app.interface import LANGUAGES, say
from tui.app.page import Card
from tui.app.widgets.dials import Choice, Dial, Dials
from tui.present.words import styled
from tui.settings import Settings, save, user_file

if TYPE_CHECKING:
    from tui.app.main import Jemaa

PACES = (150, 250, 400, 700, 1200, 6000)
"""Words a minute: slow, calm, ordinary, quick, hurried, at once."""


def keep(app: "Jemaa", name: str, value: str | bool | int | None) -> None:
    """Change a setting for now and for later."""
    app.apply_settings(app.settings.model_copy(update={name: value}))
    try:
        save(name, value)
    except JemaaError as error:
        app.say_error(error)


class Preferences(Card[None]):
    """One line for each setting; a change holds at once."""

    ABOUT = "What lasts: turn a line with the left and right arrows."

    def __init__(self, settings: Settings) -> None:
        super().__init__()
        self.settings = settings

    def compose(self) -> ComposeResult:
        """The lines, what the one under the cursor means, and where they are kept."""
        with Vertical(id="card"):
            yield Static(id="about", markup=False)
            yield Dials("dials")
            yield Static(id="meaning", markup=False)
            yield Static(styled((str(user_file()), "dim")), markup=False)

    def on_mount(self) -> None:
        """Show how things are."""
        self._show()
        self.query_one(Dials).focus()

    @on(Dials.Turned)
    def _turned(self, message: Dials.Turned) -> None:
        from tui.app.main import Jemaa

        message.stop()
        assert isinstance(self.app, Jemaa)
        keep(self.app, message.name, message.value)
        self.settings = self.app.settings
        self._show()

    @on(Dials.Pointed)
    def _pointed(self, message: Dials.Pointed) -> None:
        message.stop()
        self.query_one("#meaning", Static).update(styled((message.meaning, "dim")))

    def _show(self) -> None:
        self.query_one("#about", Static).update(styled((say("Settings"), "bold")))
        self.query_one(Dials).show(_dials(self.settings))


def _dials(settings: Settings) -> list[Dial]:
    paces = sorted({*PACES, settings.pace})
    return [
        Dial(
            "theme",
            say("Look"),
            (
                Choice("dark", say("dark")),
                Choice("light", say("light")),
                Choice("contrast", say("high contrast"), say("black and white with strong colours")),
            ),
            settings.theme,
        ),
        Dial(
            "interface",
            say("Language"),
            (
                Choice(None, say("the machine's"), say("of menus and keys; debates keep their own language")),
                *(
                    Choice(code, told, say("of menus and keys; debates keep their own language"))
                    for code, told in LANGUAGES.items()
                ),
            ),
            settings.interface,
        ),
        Dial(
            "pace",
            say("Reading speed"),
            tuple(
                Choice(
                    pace,
                    say("{n} words a minute", n=pace),
                    say("how fast a debate without a model, or a replay, plays"),
                )
                for pace in paces
            ),
            settings.pace,
        ),
        Dial(
            "reduced_motion",
            say("Motion"),
            (
                Choice(False, say("as usual")),
                Choice(True, say("reduced"), say("nothing slides or blinks; speeches appear whole")),
            ),
            settings.reduced_motion,
        ),
        Dial(
            "terminal_bidi",
            say("Arabic"),
            (
                Choice(
                    False,
                    say("ordered here"),
                    say("if Arabic letters stand apart or in the wrong order, turn this"),
                ),
                Choice(
                    True,
                    say("by the terminal"),
                    say("if Arabic letters stand apart or in the wrong order, turn this"),
                ),
            ),
            settings.terminal_bidi,
        ),
    ]
