"""Home, by its keys."""

from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest
from textual.widgets import Input

from tests.tui.app.conftest import on_screen, settle, write
from tui.app.chamber import Chamber
from tui.app.compare import ComparePage
from tui.app.home import Home
from tui.app.main import Jemaa
from tui.app.prepare.screen import Prepare
from tui.app.strategy import StrategyPage
from tui.app.widgets.library import Library
from tui.settings import Settings, load

SMALL = (80, 24)

Hold = Callable[..., Awaitable[Path]]


async def test_opens_a_transcript(settings: Settings, saved: Path) -> None:
    """Enter on a transcript shows its debate; Escape leads back to the list."""
    app = Jemaa(Home(settings), settings)
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot)
        await pilot.press("enter")
        await settle(pilot)
        assert isinstance(app.screen, Chamber)
        await pilot.press("escape")
        await settle(pilot)
        assert isinstance(app.screen, Home)


async def test_click(settings: Settings, saved: Path) -> None:
    """A click on the transcript under the cursor opens it too."""
    app = Jemaa(Home(settings), settings)
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot)
        await pilot.click(Library, offset=(5, 0))
        await settle(pilot)
        assert isinstance(app.screen, Chamber)


async def test_first_debate(settings: Settings) -> None:
    """The very first start offers the bundled brief at one key; afterwards the list has the debate."""
    app = Jemaa(Home(settings), settings)
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot)
        assert "bundled brief" in on_screen(pilot)
        await pilot.press("b")
        await pilot.pause()
        while not isinstance(app.screen, Chamber):
            await pilot.pause()
        await pilot.press("escape")
        await pilot.pause()
        while not isinstance(app.screen, Home):
            await pilot.press("enter")
            await pilot.pause()
        await settle(pilot)
        assert 1 == app.screen.shelf.count
        assert app.screen.query_one(Library).has_focus


async def test_finds_as_one_types(settings: Settings, hold: Hold) -> None:
    """What is typed leaves the transcripts that have it; Escape shows all again."""
    await hold(model="offline")
    await hold(rounds=1)
    app = Jemaa(Home(settings), settings)
    async with app.run_test(size=SMALL) as pilot:
        home = app.screen
        assert isinstance(home, Home)
        await settle(pilot)
        await pilot.press("slash")
        await write(pilot, "nothing")
        await pilot.pause()
        assert [] == home.shelf.shown
        assert "0 / 2" in on_screen(pilot)
        await pilot.press("escape")
        await pilot.pause()
        assert 2 == len(home.shelf.shown)
        await pilot.press("slash")
        await write(pilot, "un plan")
        await pilot.press("enter")
        assert home.query_one(Library).has_focus
        assert "un plan" == home.query_one(Input).value


async def test_compares_two_marked(settings: Settings, hold: Hold) -> None:
    """Two marked transcripts are compared; with fewer, what to do is said."""
    await hold()
    await hold(rounds=1)
    app = Jemaa(Home(settings), settings)
    async with app.run_test(size=SMALL, notifications=True) as pilot:
        await settle(pilot)
        await pilot.press("c")
        await settle(pilot)
        assert "Space" in next(iter(app._notifications)).message
        await pilot.press("space", "j", "space", "c")
        await settle(pilot)
        assert isinstance(app.screen, ComparePage)


async def test_strategy_and_new(settings: Settings, saved: Path) -> None:
    """T opens the strategy, n a new debate; both lead back."""
    app = Jemaa(Home(settings), settings)
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot)
        await pilot.press("t")
        await settle(pilot)
        assert isinstance(app.screen, StrategyPage)
        await pilot.press("escape")
        await settle(pilot)
        await pilot.press("n")
        await settle(pilot)
        assert isinstance(app.screen, Prepare)
        await pilot.press("escape")
        await settle(pilot)
        assert isinstance(app.screen, Home)


async def test_unreadable_file(settings: Settings) -> None:
    """A file that is no transcript is listed with what is wrong and cannot be opened."""
    settings.transcripts.mkdir()
    (settings.transcripts / "odd.jsonl").write_text("[bold]no[/] transcript\n")
    app = Jemaa(Home(settings), settings)
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot)
        assert "cannot be read" in on_screen(pilot)
        await pilot.press("enter")
        await settle(pilot)
        assert isinstance(app.screen, Home)


async def test_debate_that_cannot_be_held(tmp_path: Path) -> None:
    """What is wrong with the settings is told on the screen, which stays."""
    settings = load(transcripts=str(tmp_path / "saved"), rule="dice")
    app = Jemaa(Home(settings), settings)
    async with app.run_test(size=SMALL, notifications=True) as pilot:
        await settle(pilot)
        await pilot.press("b")
        await settle(pilot)
        assert isinstance(app.screen, Home)
        assert any("dice" in notice.message for notice in app._notifications)


@pytest.mark.parametrize("key", ["q", "ctrl+q"])
async def test_leaves(settings: Settings, key: str) -> None:
    """Q and Ctrl-Q leave with code 0."""
    app = Jemaa(Home(settings), settings)
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot)
        await pilot.press(key)
    assert not app.return_code
