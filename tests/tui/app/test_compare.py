"""Two debates side by side, by their keys."""

from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest

from tests.tui.app.conftest import on_screen, settle
from tui.app.chamber import Chamber
from tui.app.compare import ComparePage, pair
from tui.app.comparing import Pair
from tui.app.main import Jemaa
from tui.app.widgets.reel import Reel
from tui.settings import Settings

SMALL = (80, 24)


@pytest.fixture
async def two(hold: Callable[..., Awaitable[Path]]) -> Pair:
    return pair(await hold(), await hold(rounds=1, rule="majority"))


async def test_side_by_side(two: Pair, settings: Settings) -> None:
    """Both debates stand under A and B, each recommendation with its decisions; what differs is marked."""
    page = ComparePage(two)
    async with Jemaa(page, settings).run_test(size=(120, 60)) as pilot:
        await settle(pilot)
        shown = on_screen(pilot)
        assert two.first.record.id[-5:] in shown
        assert two.second.record.id[-5:] in shown
        assert "≠ Rule" in shown
        assert "consent" in shown
        assert "majority" in shown
        assert ["head", "R1", "R2"] == [item.id for item in page.query_one(Reel).items][:3]


async def test_same(two: Pair, settings: Settings) -> None:
    """A debate compared with itself is the same; with differences only, nothing but that is left."""
    page = ComparePage(pair(two.first.record.path, two.first.record.path))
    async with Jemaa(page, settings).run_test(size=SMALL) as pilot:
        await settle(pilot)
        assert "Everything that was said and decided is the same." in on_screen(pilot)
        await pilot.press("f")
        await settle(pilot)
        assert ["head"] == [item.id for item in page.query_one(Reel).items]


async def test_opens_either(two: Pair, settings: Settings) -> None:
    """A and b open the debates."""
    app = Jemaa(ComparePage(two), settings)
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot)
        await pilot.press("b")
        await settle(pilot)
        assert isinstance(app.screen, Chamber)
        assert 1 == app.screen.state.rounds
