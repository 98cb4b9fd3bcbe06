"""What holds on every screen: looks, language, help, commands, room."""

import tomllib

import pytest
from rich.segment import Segment
from rich.style import Style
from textual.color import Color
from textual.command import CommandPalette

from tests.tui.app.conftest import on_screen, settle
from tui.app.gate import Gate
from tui.app.help import Help
from tui.app.home import Home
from tui.app.main import Jemaa
from tui.app.preferences import Preferences
from tui.app.small import TooSmall
from tui.safe import held
from tui.settings import Settings, load, user_file

SMALL = (80, 24)
HARMFUL = "\x1b\x07\x9b\x9d\x00\x08\u202e\u2066\u2029\r\n\t"


class TestHelp:
    async def test_tells_the_screens_own_keys(self, settings: Settings) -> None:
        """? lists what keys do here, made from the bindings; Escape closes it."""
        app = Jemaa(Home(settings), settings)
        async with app.run_test(size=(80, 60)) as pilot:
            await settle(pilot)
            await pilot.press("question_mark")
            await settle(pilot)
            shown = on_screen(pilot)
            assert isinstance(app.screen, Help)
            for told in ("The saved debates.", "Debate the bundled brief", "Settings", "Quit"):
                assert told in shown
            assert "Scroll Left" not in shown
            await pilot.press("escape")
            assert isinstance(app.screen, Home)

    async def test_palette(self, settings: Settings) -> None:
        """Every action of a screen can be found by its name."""
        app = Jemaa(Home(settings), settings)
        async with app.run_test(size=SMALL) as pilot:
            await settle(pilot)
            names = {command.title for command in app.get_system_commands(app.screen)}
            assert {"New", "Debate the bundled brief", "Settings", "Quit"} <= names
            await pilot.press("ctrl+p")
            await pilot.pause()
            assert isinstance(app.screen, CommandPalette)


class TestSettings:
    async def test_last(self, settings: Settings) -> None:
        """A setting that is turned holds at once and at the next start."""
        app = Jemaa(Home(settings), settings)
        async with app.run_test(size=SMALL) as pilot:
            await settle(pilot)
            await pilot.press("comma")
            await settle(pilot)
            assert isinstance(app.screen, Preferences)
            await pilot.press("right", "down", "right", "right")
            await settle(pilot)
            assert "light" == app.theme
            assert "Réglages" in on_screen(pilot)
            await pilot.press("escape")
            await settle(pilot)
            assert "Exemple" in on_screen(pilot)
        assert ("light", "fr") == (load().theme, load().interface)

    async def test_looks(self, settings: Settings) -> None:
        """D goes from dark to light to high contrast and round again."""
        app = Jemaa(Home(settings), settings)
        async with app.run_test(size=SMALL) as pilot:
            await settle(pilot)
            seen = [app.theme]
            for _ in range(3):
                await pilot.press("d")
                seen.append(app.theme)
        assert ["dark", "light", "contrast", "dark"] == seen

    async def test_other_lines_stay(self, settings: Settings) -> None:
        """What else stands in the person's file stays as it was, comments and tables included."""
        user_file().parent.mkdir(parents=True)
        user_file().write_text("# mine\nrounds = 3\ntheme = 'light'\n\n[role_models]\nenergy = 'openai:a'\n")
        app = Jemaa(Home(settings), load())
        async with app.run_test(size=SMALL) as pilot:
            await settle(pilot)
            await pilot.press("d")
        text = user_file().read_text()
        assert "# mine" in text
        assert {"rounds": 3, "theme": "contrast", "role_models": {"energy": "openai:a"}} == tomllib.loads(
            text
        )

    async def test_file_that_cannot_be_written(self, settings: Settings) -> None:
        """A look that cannot be kept holds until the app is left, and the reason is told."""
        user_file().mkdir(parents=True)
        app = Jemaa(Home(settings), settings)
        async with app.run_test(size=SMALL, notifications=True) as pilot:
            await settle(pilot)
            await pilot.press("d")
            await settle(pilot)
            assert "light" == app.theme
            assert any("cannot be" in notice.message for notice in app._notifications)


class TestRoom:
    async def test_too_small(self, settings: Settings) -> None:
        """A terminal that is too small says so, with what is needed, and no longer than that."""
        app = Jemaa(Home(settings), settings)
        async with app.run_test(size=SMALL) as pilot:
            await settle(pilot)
            for size in ((59, 24), (40, 10)):
                await pilot.resize_terminal(*size)
                await settle(pilot)
                assert isinstance(app.screen, TooSmall)
                assert "60 × 18" in on_screen(pilot)
            await pilot.resize_terminal(*SMALL)
            await settle(pilot)
            assert isinstance(app.screen, Home)

    async def test_small_from_the_start(self, settings: Settings) -> None:
        """It says so when it begins like that, too."""
        app = Jemaa(Home(settings), settings)
        async with app.run_test(size=(30, 8)) as pilot:
            await settle(pilot)
            assert isinstance(app.screen, TooSmall)


class TestGate:
    @pytest.mark.parametrize("sign", list(HARMFUL))
    def test_nothing_acts(self, sign: str) -> None:
        """Whatever a widget hands over, no control and no override passes."""
        lines = Gate(reorder=True).apply([Segment(f"a{sign}b")], Color(0, 0, 0))
        assert ["ab"] == [segment.text for segment in lines]

    def test_links(self) -> None:
        """A style that would make a link of text makes none."""
        style = Style(bold=True, link="file:///etc/passwd")
        (segment,) = Gate(reorder=True).apply([Segment("here", style)], Color(0, 0, 0))
        assert segment.style is not None
        assert (None, True) == (segment.style.link, segment.style.bold)

    def test_no_break_spaces(self) -> None:
        """What stands for a no-break space becomes one."""
        lines = Gate(reorder=True).apply([Segment(held("«\u00a0oui\u202f!"))], Color(0, 0, 0))
        assert "«\u00a0oui\u202f!" == lines[0].text


@pytest.mark.parametrize("name, value", [("NO_COLOR", "1"), ("TERM", "vt100")])
async def test_without_colour(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    """Where no colour is wanted none is sent, and the row under the cursor is still told apart."""
    monkeypatch.setenv(name, value)
    app = Jemaa(Home(settings), settings)
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot)
        for strip in app.screen._compositor.render_strips():
            for segment in strip:
                for colour in (
                    segment.style and segment.style.color,
                    segment.style and segment.style.bgcolor,
                ):
                    assert not colour or colour.is_default
