"""Home, by its keys."""

from pathlib import Path

import pytest
from textual.widgets import OptionList

from agents.backends.open import open_backend
from agents.debate.plan import DebatePlan
from transcripts.log.session import start
from tui.app.chamber import Chamber
from tui.app.home import Home
from tui.app.main import Jemaa
from tui.settings import Settings, load

SMALL = (80, 24)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return load(transcripts=str(tmp_path / "saved"))


@pytest.fixture
async def saved(plan: DebatePlan, settings: Settings) -> str:
    """A finished debate in the folder; gives its id."""
    session = start(plan, open_backend, settings.transcripts)
    async for _ in session.events():
        pass
    return session.id


async def test_opens_a_transcript(settings: Settings, saved: str) -> None:
    """Enter on a transcript shows it; Escape leads back to the list."""
    app = Jemaa(Home(settings))
    async with app.run_test(size=SMALL) as pilot:
        await pilot.press("j", "enter")
        await app.workers.wait_for_complete()
        assert isinstance(app.screen, Chamber)
        assert app.screen.state.finished
        await pilot.press("escape")
        await pilot.pause()
        assert isinstance(app.screen, Home)


async def test_first_debate(settings: Settings) -> None:
    """One key debates the bundled brief, and afterwards the list has it."""
    app = Jemaa(Home(settings))
    async with app.run_test(size=SMALL) as pilot:
        await pilot.press("b")
        await app.workers.wait_for_complete()
        chamber = app.screen
        assert isinstance(chamber, Chamber)
        await app.workers.wait_for_complete()
        assert chamber.state.finished
        await pilot.press("escape")
        await pilot.pause()
        assert 2 == app.screen.query_one(OptionList).option_count


async def test_unreadable_file(settings: Settings) -> None:
    """A file that is no transcript is listed with what is wrong and cannot be opened."""
    settings.transcripts.mkdir()
    (settings.transcripts / "odd.jsonl").write_text("[bold]no[/] transcript\n")
    app = Jemaa(Home(settings))
    async with app.run_test(size=SMALL) as pilot:
        await pilot.pause()
        assert app.screen.query_one(OptionList).get_option_at_index(1).disabled
        await pilot.press("down", "enter")
        await app.workers.wait_for_complete()


async def test_debate_that_cannot_be_held(tmp_path: Path) -> None:
    """What is wrong with the settings is told on the screen, which stays."""
    app = Jemaa(Home(load(transcripts=str(tmp_path / "saved"), rule="dice")))
    async with app.run_test(size=SMALL, notifications=True) as pilot:
        await pilot.press("b")
        await app.workers.wait_for_complete()
        await pilot.pause()
        assert isinstance(app.screen, Home)
        assert any("dice" in notice.message for notice in app._notifications)
