"""A new debate, by its keys."""

from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.widgets import Input, TextArea

from tests.tui.app.conftest import on_screen, settle, write
from tui.app.chamber import Chamber
from tui.app.home import Home
from tui.app.main import Jemaa
from tui.app.prepare.screen import Prepare
from tui.app.prepare.understood import Understood
from tui.settings import Settings

SMALL = (80, 24)
TEXT = """# A plan for the port [/foo] \x1b]52;c;aGk=\x07

The port is slow: 12 % of the ships wait.

## Recommendations

- Build a second quay before 2030. [link=file:///etc]x[/link]
- Train two hundred crane drivers.
"""


@pytest.fixture
def article(settings: Settings) -> Path:
    path = Path("port.md")
    path.write_text(TEXT, encoding="utf-8")
    return path


async def begin(app: Jemaa, pilot: Pilot[None]) -> Prepare:
    await settle(pilot)
    await pilot.press("n")
    await settle(pilot)
    screen = app.screen
    assert isinstance(screen, Prepare)
    return screen


async def test_from_file_to_chamber(settings: Settings, article: Path) -> None:
    """A file is typed, a recommendation unticked, one edited, one added, a role silenced; then it is debated."""
    app = Jemaa(Home(settings), settings)
    async with app.run_test(size=SMALL) as pilot:
        screen = await begin(app, pilot)
        await write(pilot, "port.md")
        await pilot.press("enter")
        await settle(pilot)
        shown = on_screen(pilot)
        assert "understood" == screen.step
        assert "2 of 2 recommendations" in shown
        assert "[link=file:///etc]x[/link]" in " ".join(shown.split())
        assert "\x1b" not in shown

        await pilot.press("space", "j", "e")
        await pilot.pause()
        await write(pilot, " now")
        await pilot.press("enter", "a")
        await pilot.pause()
        await write(pilot, "tell")
        await pilot.press("enter")
        await settle(pilot)
        assert "2 of 3 recommendations" in on_screen(pilot)
        await pilot.press("ctrl+n")
        await settle(pilot)
        assert "no cost" in on_screen(pilot)
        await pilot.press("right")
        await settle(pilot)
        await pilot.press("ctrl+n")
        while not isinstance(app.screen, Chamber):
            await pilot.pause()
        plan = app.screen.state.plan
        assert [("R2", ()), ("R3", ())] == [(one.id, one.spans) for one in plan.recommendations]
        assert "tell" == plan.recommendations[1].text
        assert plan.recommendations[0].text.endswith("now")
        assert 3 == len(plan.charters)


async def test_pasted(settings: Settings) -> None:
    """A pasted text is read as an article is."""
    app = Jemaa(Home(settings), settings)
    async with app.run_test(size=SMALL) as pilot:
        screen = await begin(app, pilot)
        await pilot.press("ctrl+t")
        await settle(pilot)
        screen.query_one("#pasted", TextArea).load_text(TEXT)
        await pilot.press("ctrl+n")
        await settle(pilot)
        assert "understood" == screen.step, on_screen(pilot)
        assert "A plan for the port" in on_screen(pilot)


@pytest.mark.parametrize(
    "place, said",
    [
        ("nowhere.md", "There is no file nowhere.md."),
        (".", "is a directory"),
        ("http://127.0.0.1/x", "not a public address"),
    ],
)
async def test_bad_input(settings: Settings, place: str, said: str) -> None:
    """What cannot be read is told as the command tells it; what was typed stays, also after leaving."""
    app = Jemaa(Home(settings), settings)
    async with app.run_test(size=SMALL) as pilot:
        screen = await begin(app, pilot)
        screen.query_one("#path", Input).value = place
        await pilot.press("enter")
        await settle(pilot)
        assert "source" == screen.step
        assert said in " ".join(on_screen(pilot).split())
        assert place == screen.query_one("#path", Input).value
        await pilot.press("escape")
        await settle(pilot)
        again = await begin(app, pilot)
        assert place == again.query_one("#path", Input).value


@pytest.fixture
def news(settings: Settings) -> None:
    Path("news.txt").write_text("The sun rose over the harbour. People went to work.\n")


@pytest.mark.usefixtures("news")
async def test_no_recommendation(settings: Settings) -> None:
    """A text without recommendations says so; one can be added, and nothing can begin without."""
    app = Jemaa(Home(settings), settings)
    async with app.run_test(size=SMALL) as pilot:
        screen = await begin(app, pilot)
        await write(pilot, "news.txt")
        await pilot.press("enter")
        await settle(pilot)
        assert "No recommendation was found" in on_screen(pilot)
        await pilot.press("ctrl+n")
        await settle(pilot)
        assert "understood" == screen.step
        assert "Nothing is left to debate." in on_screen(pilot)
        await pilot.press("a")
        await write(pilot, "tell")
        await pilot.press("enter", "ctrl+n")
        await settle(pilot)
        assert "assembly" == screen.step


async def test_outline(settings: Settings, article: Path) -> None:
    """O shows outline, figures and what was left out."""
    app = Jemaa(Home(settings), settings)
    async with app.run_test(size=SMALL) as pilot:
        screen = await begin(app, pilot)
        await write(pilot, "port.md")
        await pilot.press("enter")
        await settle(pilot)
        await pilot.press("o")
        await settle(pilot)
        assert "12 %" in on_screen(pilot)
        await pilot.press("escape")
        await settle(pilot)
        assert screen.query_one(Understood).display


async def test_missing_key(settings: Settings, article: Path) -> None:
    """A model that cannot be used says what to set; the debate does not begin."""
    settings = settings.model_copy(update={"model": "anthropic:any"})
    app = Jemaa(Home(settings), settings)
    async with app.run_test(size=SMALL) as pilot:
        screen = await begin(app, pilot)
        await write(pilot, "port.md")
        await pilot.press("enter")
        await settle(pilot)
        await pilot.press("ctrl+n")
        await settle(pilot)
        assert "assembly" == screen.step
        shown = " ".join(on_screen(pilot).split())
        assert "cannot be used here" in shown
        await pilot.press("ctrl+n")
        await settle(pilot)
        assert app.screen is screen
        assert not list(settings.transcripts.glob("*"))
