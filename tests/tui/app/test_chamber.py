"""The chamber in a headless terminal, by its keys."""

import asyncio
from collections.abc import AsyncGenerator

import pytest
from textual.pilot import Pilot
from textual.widgets import Static

from agents.debate.event import Event
from agents.debate.plan import DebatePlan
from agents.errors import ProviderError
from tui.app.chamber import VIEWS, Chamber
from tui.app.help import Help
from tui.app.main import Jemaa
from tui.app.widgets.panel import Panel
from tui.state import DebateState

NARROW, WIDE = (80, 24), (200, 60)


def visible(chamber: Chamber) -> list[str]:
    return [name for name in VIEWS if chamber.query_one(f"#{name}", Panel).display]


def on_screen(pilot: Pilot[None]) -> str:
    lines = pilot.app.screen._compositor.render_strips()
    return "\n".join("".join(segment.text for segment in strip) for strip in lines)


class TestSaved:
    async def test_views(self, state: DebateState) -> None:
        """1 to 4 show debate, stances, ruling and strategy, one at a time in a small terminal."""
        chamber = Chamber(state)
        async with Jemaa(chamber).run_test(size=NARROW) as pilot:
            seen = []
            for key in "1234":
                await pilot.press(key)
                await pilot.pause()
                seen += visible(chamber)

        assert list(VIEWS) == seen

    async def test_wide(self, state: DebateState) -> None:
        """A wide terminal shows the ruling beside the debate."""
        chamber = Chamber(state)
        async with Jemaa(chamber).run_test(size=WIDE):
            assert ["speeches", "ruling"] == visible(chamber)

    @pytest.mark.parametrize("keys", [["n"], ["down"], ["j"], ["p"]])
    async def test_choosing(self, state: DebateState, keys: list[str]) -> None:
        """Another recommendation is chosen from the list or from anywhere, round and round."""
        chamber = Chamber(state)
        async with Jemaa(chamber).run_test(size=NARROW) as pilot:
            await pilot.press(*keys)
            await pilot.pause()
            assert "R2" == chamber.chosen
            assert "Former les agents publics." in on_screen(pilot)

    async def test_scrolling(self, state: DebateState) -> None:
        """Tab gives the text the focus; then the arrows scroll it."""
        chamber = Chamber(state)
        async with Jemaa(chamber).run_test(size=NARROW) as pilot:
            await pilot.press("4", "tab", "down", "down")
            await pilot.pause()
            assert chamber.query_one("#strategy", Panel).scroll_offset.y > 0

    @pytest.mark.parametrize("size", [NARROW, WIDE])
    async def test_hostile_text(self, state: DebateState, size: tuple[int, int]) -> None:
        """Text from articles and models is shown as it is written, without its escapes."""
        async with Jemaa(Chamber(state)).run_test(size=size) as pilot:
            await pilot.press("n")
            await pilot.pause()
            shown = on_screen(pilot)

        assert "[bold red]no" in shown
        assert not {"\x1b", "\x07", "\u202e"} & set(shown)

    async def test_help(self, state: DebateState) -> None:
        """? shows the keys and is closed by Escape."""
        app = Jemaa(Chamber(state))
        async with app.run_test(size=NARROW) as pilot:
            await pilot.press("question_mark")
            assert isinstance(app.screen, Help)
            assert "Quit" in on_screen(pilot)
            await pilot.press("escape")
            assert isinstance(app.screen, Chamber)

    async def test_light(self, state: DebateState) -> None:
        """The key d changes between dark and light and back."""
        app = Jemaa(Chamber(state))
        async with app.run_test(size=NARROW) as pilot:
            seen = [app.current_theme.dark]
            for _ in range(2):
                await pilot.press("d")
                seen.append(app.current_theme.dark)

        assert [True, False, True] == seen


class TestLive:
    async def test_follows(self, plan: DebatePlan, events: list[Event]) -> None:
        """What happens is shown as it happens, up to the strategy."""

        async def happening() -> AsyncGenerator[Event, None]:
            for event in events:
                yield event

        chamber = Chamber(DebateState.of(plan), happening)
        app = Jemaa(chamber)
        async with app.run_test(size=NARROW) as pilot:
            await app.workers.wait_for_complete()
            chamber.draw()
            await pilot.pause()
            assert "Adoptée sous conditions" in on_screen(pilot)
            assert "terminé" in str(chamber.query_one("#title", Static).render()) + on_screen(pilot)

        assert chamber.state.finished

    @pytest.mark.parametrize("key", ["q", "ctrl+q"])
    async def test_leaving_in_the_middle(self, plan: DebatePlan, events: list[Event], key: str) -> None:
        """Leaving closes the debate's own iterator, so that the transcript is whole, and gives code 0."""
        closed = asyncio.Event()

        async def endless() -> AsyncGenerator[Event, None]:
            try:
                yield events[0]
                await asyncio.Event().wait()
            finally:
                closed.set()

        app = Jemaa(Chamber(DebateState.of(plan), endless))
        async with app.run_test(size=NARROW) as pilot:
            await pilot.pause()
            await pilot.press(key)
        await asyncio.wait_for(closed.wait(), 5)

        assert not app.return_code

    async def test_failure(self, plan: DebatePlan) -> None:
        """A debate that cannot go on says why, stays on the screen and is told to the command."""

        async def failing() -> AsyncGenerator[Event, None]:
            raise ProviderError("the [red]server[/] is gone")
            yield

        chamber = Chamber(DebateState.of(plan), failing)
        app = Jemaa(chamber)
        async with app.run_test(size=NARROW) as pilot:
            await app.workers.wait_for_complete()
            await pilot.pause()
            assert "the [red]server[/] is gone" in on_screen(pilot)

        assert isinstance(chamber.state.stopped, ProviderError)
