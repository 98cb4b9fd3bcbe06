"""A few pictures of the screen; a change in one is a change that people see."""

from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest
from textual.pilot import Pilot

from tests.tui.app.conftest import settle
from tui.app.home import Home
from tui.app.main import Jemaa
from tui.settings import Settings

Compare = Callable[..., bool]
SMALL = (80, 24)
TEXT = "# A plan for the port\n\nIt is slow.\n\n## Recommendations\n\n- Build a second quay before 2030.\n- Train crane drivers.\n"


def pressing(*keys: str) -> Callable[[Pilot[None]], Awaitable[None]]:
    """Presses keys, each when what the one before did is done."""

    async def play(pilot: Pilot[None]) -> None:
        await settle(pilot)
        for key in keys:
            await pilot.press(key)
            await settle(pilot)

    return play


def home(settings: Settings, **changes: object) -> Jemaa:
    changed = settings.model_copy(update={"transcripts": Path("saved"), **changes})
    return Jemaa(Home(changed), changed)


def test_first_start(snap_compare: Compare, settings: Settings) -> None:
    """Home without any transcript offers the bundled brief."""
    assert snap_compare(home(settings), run_before=pressing(), terminal_size=SMALL)


def test_first_start_in_arabic(snap_compare: Compare, settings: Settings) -> None:
    """The same in Arabic, letters joined and in order."""
    assert snap_compare(home(settings, interface="ar"), run_before=pressing(), terminal_size=SMALL)


@pytest.mark.parametrize("steps", [1, 2])
def test_new_debate(snap_compare: Compare, settings: Settings, steps: int) -> None:
    """What was understood of an article, then the assembly."""
    Path("port.md").write_text(TEXT)
    keys = ["n", *"port", "full_stop", *"md", "enter", *["ctrl+n"] * (steps - 1)]
    assert snap_compare(home(settings), run_before=pressing(*keys), terminal_size=SMALL)
