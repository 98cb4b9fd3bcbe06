"""The terminal app: which screen follows which, and what holds on all of them."""

import os
from asyncio import to_thread
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from textual import on, work
from textual.app import App, SystemCommand
from textual.binding import Binding
from textual.events import Resize
from textual.filter import LineFilter, NoColor
from textual.screen import Screen

from agents.errors import JemaaError
from tui.app import routes
from tui.app.gate import Gate
from tui.app.interface import say, speak
from tui.app.look import PALETTES, THEMES
from tui.app.page import Card, own_bindings
from tui.app.small import TooSmall, too_small
from tui.safe import safe_text

if TYPE_CHECKING:
    from tui.app.opening import Look
    from tui.app.prepare.draft import Draft
    from tui.convene import Convened
    from tui.settings import Settings
    from tui.sitting import Sitting

COLOURLESS = ("vt100", "vt102", "vt220", "vt320", "dumb")
"""Values of TERM that promise no colour."""

Read = TypeVar("Read")


class Jemaa(App[None]):
    """Opens on the screen that it is given."""

    CSS_PATH = ["jemaa.tcss", "chamber.tcss"]
    TITLE = "Jemaa"
    BINDINGS = [
        Binding("question_mark", "help", "Help", key_display="?"),
        Binding("comma", "settings", "Settings", key_display=",", show=False),
        Binding("d", "theme", "Dark, light, contrast", show=False),
        Binding(
            "ctrl+p", "command_palette", "Menu", show=False, priority=True, tooltip="All commands by name"
        ),
        Binding("q", "quit", "Quit", show=False),
        Binding("ctrl+q", "quit", "Quit", show=False, priority=True),
    ]

    settings: "Settings"

    def __init__(
        self, first: Screen[None], settings: "Settings | None" = None, *, look: "Look | None" = None
    ) -> None:
        """Without settings, those in force are read; `look` is enough for a first screen that reads them later."""
        if look is None:
            self.settings = settings or _settings()
            look = self.settings  # type: ignore[assignment]  # which have all that a look has
        assert look is not None
        speak(look.interface)
        self.failure: JemaaError | None = None
        self.gate = Gate(reorder=not look.terminal_bidi)
        self.colourless = "NO_COLOR" in os.environ or os.environ.get("TERM", "").startswith(COLOURLESS)
        super().__init__()
        self.first = first
        self.draft: Draft | None = None
        for theme in THEMES:
            self.register_theme(theme)
        self._look_like(look)

    async def on_mount(self) -> None:
        """Show the first screen."""
        self.set_class(self.colourless, "-colourless")
        await self.push_screen(self.first)

    def get_line_filters(self) -> Sequence[LineFilter]:
        """Textual's own, then ours: whatever a widget shows passes the gate."""
        bare = [NoColor()] if self.colourless else []
        return [*super().get_line_filters(), *bare, self.gate]

    def apply_settings(self, settings: "Settings") -> None:
        """Let the app look and speak as the settings say, at once."""
        self.settings = settings
        self._look_like(settings)

    def _look_like(self, look: "Settings | Look") -> None:
        self.gate.reorder = not look.terminal_bidi
        speak(look.interface)
        self.animation_level = "none" if look.reduced_motion else "full"
        self.ansi_theme_dark = self.ansi_theme_light = PALETTES[look.theme]
        self.theme = look.theme

    def copy_to_clipboard(self, text: str) -> None:
        """Copy by the terminal's own means (OSC 52), of text only what is seen."""
        super().copy_to_clipboard(safe_text(text))

    def get_system_commands(self, screen: Screen[object]) -> Iterable[SystemCommand]:
        """Everything that a key does on this screen, by its name."""
        told: set[str] = set()
        for active in own_bindings(screen):
            binding = active.binding
            if binding.action in told or binding.action == "command_palette":
                continue
            told.add(binding.action)
            yield SystemCommand(
                active.tooltip or binding.description,
                say("Key: {key}", key=self.get_key_display(binding)),
                _running(self, binding.action, active.node),
            )

    async def action_help(self) -> None:
        """Show the keys of the screen."""
        from tui.app.help import Help

        if not isinstance(self.screen, Card):
            await self.push_screen(Help(self.screen))

    async def action_settings(self) -> None:
        """Change what lasts."""
        from tui.app.preferences import Preferences

        if not isinstance(self.screen, Card):
            await self.push_screen(Preferences(self.settings))

    def action_theme(self) -> None:
        """Go on to the next look."""
        from tui.app.preferences import keep

        names = [theme.name for theme in THEMES]
        keep(self, "theme", names[(names.index(self.settings.theme) + 1) % len(names)])

    async def on_resize(self, event: Resize) -> None:
        """Say so when there is too little room, and no longer than that."""
        if isinstance(self.screen, TooSmall):
            if not too_small(event.size):
                await self.pop_screen()
        elif too_small(event.size):
            await self.push_screen(TooSmall())

    def say_error(self, error: JemaaError) -> None:
        """Tell what was wrong and what to do, on the screen that stays."""
        from tui.present.words import styled

        self.notify(str(styled(str(error))), severity="error", markup=False, timeout=12)

    @on(routes.OpenTranscript)
    def _open_transcript(self, message: routes.OpenTranscript) -> None:
        self.open_transcript(message.path)

    @work(exclusive=True, group="route")
    async def open_transcript(self, path: Path) -> None:
        """Read a transcript, the screen staying alive, and show its debate."""
        from tui.app.chamber import saved_chamber

        screen = await self._made(saved_chamber, path, self.settings)
        if screen is not None:
            await self.push_screen(screen)

    @on(routes.OpenStrategy)
    def _open_strategy(self, message: routes.OpenStrategy) -> None:
        self.open_strategy(message.path)

    @work(exclusive=True, group="route")
    async def open_strategy(self, path: Path) -> None:
        """Read a transcript and show its strategy with the sources."""
        from tui.app.strategy import StrategyPage, document

        shown = await self._made(document, path)
        if shown is not None:
            await self.push_screen(StrategyPage(shown))

    @on(routes.OpenComparison)
    def _open_comparison(self, message: routes.OpenComparison) -> None:
        self.open_comparison(message.first, message.second)

    @work(exclusive=True, group="route")
    async def open_comparison(self, first: Path, second: Path) -> None:
        """Read two transcripts and show them side by side."""
        from tui.app.compare import ComparePage, pair

        shown = await self._made(pair, first, second)
        if shown is not None:
            await self.push_screen(ComparePage(shown))

    @on(routes.OpenEvidence)
    async def _open_evidence(self, message: routes.OpenEvidence) -> None:
        from tui.app.evidence import Evidence
        from tui.present.grounds import of_spans

        await self.push_screen(Evidence(message.article, tuple(of_spans(message.article, message.spans))))

    @on(routes.OpenGrounds)
    async def _open_grounds(self, message: routes.OpenGrounds) -> None:
        from tui.app.evidence import Evidence

        await self.push_screen(Evidence(message.article, message.citations))

    @on(routes.OpenWhatIf)
    async def _open_what_if(self, message: routes.OpenWhatIf) -> None:
        from tui.app.whatif import WhatIf

        await self.push_screen(WhatIf(message.state, message.path))

    @on(routes.Begin)
    async def _begin(self, message: routes.Begin) -> None:
        from tui.app.chamber import live_chamber

        self.draft = None
        chamber = live_chamber(message.convened, self.settings)
        await (self.switch_screen if getattr(self.screen, "PASSING", False) else self.push_screen)(chamber)

    @on(routes.NewSession)
    async def _new_session(self) -> None:
        from tui.app.prepare.draft import Draft
        from tui.app.prepare.screen import Prepare

        self.draft = self.draft or Draft()
        await self.push_screen(Prepare(self.settings, self.draft))

    @on(routes.DebateBrief)
    def _debate_brief(self, message: routes.DebateBrief) -> None:
        self.debate_brief()

    @work(exclusive=True, group="route")
    async def debate_brief(self) -> None:
        """Convene the assembly on the bundled brief and watch it."""
        convened = await self._made(_convene_brief, self.settings)
        if convened is not None:
            self.post_message(routes.Begin(convened))

    async def _made(self, make: Callable[..., Read], *material: object) -> Read | None:
        """What `make` gives, made in a thread; None, once told, when it cannot be."""
        try:
            return await to_thread(make, *material)
        except JemaaError as error:
            self.say_error(error)
            return None


def _running(app: Jemaa, action: str, node: object) -> Callable[[], object]:
    async def run() -> None:
        await app.run_action(action, node)  # type: ignore[arg-type]

    return run


def _convene_brief(settings: "Settings") -> "Convened":
    from tui.convene import convene

    return convene(settings, None, watched=True)


def _settings() -> "Settings":
    from tui.settings import load

    return load()


def open_home() -> None:
    """Let the person choose among the saved transcripts until they leave. Raises InputError for bad settings."""
    from tui.app.opening import Opening, look

    app = Jemaa(Opening(), look=look())
    app.run()
    if app.failure is not None:
        raise app.failure


def watch(sitting: "Sitting", settings: "Settings | None" = None) -> JemaaError | None:
    """Show a debate until the person leaves; returns what ended a live one early, if anything did."""
    from tui.app.chamber import Chamber

    Jemaa(Chamber(sitting), settings).run()
    return sitting.state.stopped
