"""The first picture: on the screen before anything else is loaded, as the person's settings want it to look."""

import os
import tomllib
from asyncio import to_thread
from collections.abc import Mapping
from pathlib import Path
from typing import Any, ClassVar, NamedTuple

from textual import work
from textual.app import ComposeResult
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Static

from agents.errors import JemaaError
from tui.app.page import Page


class Look(NamedTuple):
    """The settings that the first picture needs, read without checking them: that comes with the others."""

    theme: str = "dark"
    interface: str | None = None
    reduced_motion: bool = False
    terminal_bidi: bool = False


THEMES = ("dark", "light", "contrast")
LANGUAGES = ("en", "fr", "ar")


def look() -> Look:
    """As the settings files and the environment say; what cannot be read there is left for the check to tell."""
    from platformdirs import user_config_path

    told: dict[str, Any] = {}
    for path in (user_config_path("jemaa") / "jemaa.toml", Path("jemaa.toml")):
        told |= _read(path)
    told |= {
        name: os.environ[f"JEMAA_{name.upper()}"]
        for name in Look._fields
        if f"JEMAA_{name.upper()}" in os.environ
    }
    return Look(
        theme=told["theme"] if told.get("theme") in THEMES else "dark",
        interface=told["interface"] if told.get("interface") in LANGUAGES else None,
        reduced_motion=str(told.get("reduced_motion", "")).lower() in {"true", "1", "yes", "on"},
        terminal_bidi=str(told.get("terminal_bidi", "")).lower() in {"true", "1", "yes", "on"},
    )


def _read(path: Path) -> Mapping[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError):
        return {}


class Opening(Page[None]):
    """Makes way for home as soon as that is loaded."""

    ABOUT: ClassVar[str] = ""

    def compose(self) -> ComposeResult:
        """The name of the program."""
        yield Static(Content.styled("Jemaa", "bold"), id="title")

    def on_mount(self) -> None:
        """Load the rest once this is on the screen."""
        self.call_after_refresh(self.load)

    @work
    async def load(self) -> None:
        """Import what home needs, the screen staying alive, and show it; a setting that does not hold ends the app."""
        try:
            home = await to_thread(self._home)
        except JemaaError as error:
            self.jemaa.failure = error
            self.app.exit()
            return
        # Later: the screen that goes takes its workers with it, and this is one.
        self.app.call_later(self.app.switch_screen, home)

    def _home(self) -> Screen[None]:
        from tui.app.home import Home
        from tui.settings import load

        settings = load()
        self.app.call_from_thread(self.jemaa.apply_settings, settings)
        return Home(settings)
