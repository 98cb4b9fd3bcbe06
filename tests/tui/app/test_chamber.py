"""The chamber in a headless terminal, by its keys; time goes by when the test says so."""

import asyncio
from collections.abc import AsyncGenerator

import pytest
from textual.pilot import Pilot

from agents.backends.watch import Waiting, Writing
from agents.debate.event import Event
from agents.debate.plan import DebatePlan
from agents.errors import ProviderError
from tui.app.chamber import VIEWS, Chamber
from tui.app.evidence import Evidence
from tui.app.help import Help
from tui.app.main import Jemaa
from tui.app.widgets.reel import Reel
from tui.playback import Playback
from tui.sitting import Sitting
from tui.state import DebateState

NARROW, WIDE = (80, 24), (200, 60)


class Clock:
    """A clock that is turned by hand."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


def finished(plan: DebatePlan, events: list[Event]) -> Sitting:
    playback = Playback(DebateState.of(plan), list(events), playing=False, whole=True)
    playback.seek(len(events))
    return Sitting(playback)


@pytest.fixture
def chamber(plan: DebatePlan, events: list[Event]) -> Chamber:
    """The chamber of a debate that is over."""
    return Chamber(finished(plan, events), Clock())


def on_screen(pilot: Pilot[None]) -> str:
    lines = pilot.app.screen._compositor.render_strips()
    return "\n".join("".join(segment.text for segment in strip) for strip in lines)


def visible(chamber: Chamber) -> list[str]:
    return [name for name in VIEWS if chamber.query_one(f"#{name}").display]


class TestSaved:
    async def test_views(self, chamber: Chamber) -> None:
        """1 to 4 show debate, arguments, ruling and strategy, one at a time."""
        async with Jemaa(chamber).run_test(size=NARROW) as pilot:
            seen = []
            for key in "1234":
                await pilot.press(key)
                await pilot.pause()
                seen += visible(chamber)

        assert list(VIEWS) == seen

    async def test_wide(self, chamber: Chamber) -> None:
        """A wide terminal shows the ruling beside the debate, and what each recommendation says."""
        async with Jemaa(chamber).run_test(size=WIDE) as pilot:
            await pilot.pause()
            assert chamber.query_one("#beside").display
            assert "Bâtir un centre national de calcul ouvert" in on_screen(pilot)

    async def test_matrix(self, chamber: Chamber) -> None:
        """Every stance of every phase is spelled, lost turns too, and so is every decision."""
        async with Jemaa(chamber).run_test(size=NARROW) as pilot:
            await pilot.pause()
            rows = [line for line in on_screen(pilot).splitlines() if line[3:5] in {"R1", "R2"}][:2]

        assert ["R1", "contre", "pour", "cond.", "pour", "Sous", "cond."] == rows[0].replace("▌", "").split()
        assert ["R2", "pour", "contre", "perdu", "contre", "Différée"] == rows[1].split()

    @pytest.mark.parametrize("keys", [["n"], ["p"]])
    async def test_choosing(self, chamber: Chamber, keys: list[str]) -> None:
        """Another recommendation is chosen from anywhere, round and round."""
        async with Jemaa(chamber).run_test(size=NARROW) as pilot:
            await pilot.press(*keys)
            await pilot.pause()
            assert "R2" == chamber.chosen
            assert "Former les agents publics." in on_screen(pilot)

    async def test_choosing_by_mouse(self, chamber: Chamber) -> None:
        """A click on a row of the matrix chooses its recommendation."""
        async with Jemaa(chamber).run_test(size=NARROW) as pilot:
            await pilot.click("#rows", offset=(10, 1))
            await pilot.pause()
            assert "R2" == chamber.chosen

    async def test_evidence(self, chamber: Chamber) -> None:
        """On an argument, one key opens the article; Escape leads back to the same argument."""
        app = Jemaa(chamber)
        async with app.run_test(size=NARROW) as pilot:
            await pilot.press("down", "down")
            assert "A1.1" == chamber.query_one("#speeches", Reel).current
            await pilot.press("e")
            await pilot.pause()
            assert isinstance(app.screen, Evidence)
            await pilot.press("escape")
            await pilot.pause()
            assert isinstance(app.screen, Chamber)
            assert "A1.1" == chamber.query_one("#speeches", Reel).current

    async def test_arguments(self, chamber: Chamber) -> None:
        """The tree hangs what answers an argument under it, and spells what it does to it."""
        async with Jemaa(chamber).run_test(size=NARROW) as pilot:
            await pilot.press("2", "m")
            await pilot.pause()
            lines = [line.strip() for line in on_screen(pilot).splitlines()]

        above = next(place for place, line in enumerate(lines) if "− A1.1 Énergie" in line)
        below = next(place for place, line in enumerate(lines) if "− A1.3 Finances" in line)
        assert above < below
        assert lines[below].startswith("│ └")
        assert "0,50" in lines[below]
        assert "réfute" in lines[below]
        assert "retiré" in lines[above]

    @pytest.mark.parametrize("size", [NARROW, WIDE])
    async def test_hostile_text(self, chamber: Chamber, size: tuple[int, int]) -> None:
        """Text from articles and models is shown as it is written, without its escapes."""
        async with Jemaa(chamber).run_test(size=size) as pilot:
            await pilot.press("n")
            await pilot.pause()
            shown = on_screen(pilot)

        assert "[bold red]no" in shown
        assert not {"\x1b", "\x07", "\u202e"} & set(shown)

    async def test_help(self, chamber: Chamber) -> None:
        """? shows the keys and is closed by Escape."""
        app = Jemaa(chamber)
        async with app.run_test(size=NARROW) as pilot:
            await pilot.press("question_mark")
            assert isinstance(app.screen, Help)
            assert "what every role holds" in " ".join(on_screen(pilot).replace("│", " ").split())
            await pilot.press("escape")
            assert isinstance(app.screen, Chamber)

    async def test_replay(self, chamber: Chamber, events: list[Event]) -> None:
        """A saved debate opens at its end; it plays from its beginning, turn by turn, to the rulings and back."""
        async with Jemaa(chamber).run_test(size=NARROW) as pilot:
            await pilot.press("less_than_sign")
            assert (0, 0) == (chamber.sitting.playback.position, chamber.state.turns)
            await pilot.press("full_stop", "full_stop", "left")
            assert 1 == chamber.state.turns
            await pilot.press("right_square_bracket")
            assert {"R1"} == set(chamber.state.ruled)
            await pilot.press("right_square_bracket")
            assert ({"R1", "R2"}, "R2") == (set(chamber.state.ruled), chamber.chosen)
            await pilot.press("left_square_bracket")
            assert {"R1"} == set(chamber.state.ruled)
            await pilot.press("greater_than_sign")
            assert len(events) == chamber.sitting.playback.position

    async def test_plays_again(self, chamber: Chamber) -> None:
        """Space at the end plays from the beginning, at the speed that is chosen."""
        clock = chamber._clock
        assert isinstance(clock, Clock)
        async with Jemaa(chamber).run_test(size=NARROW) as pilot:
            await pilot.press("space", "plus")
            chamber.tick()
            assert chamber.state.turns < 8
            clock.now += 1000
            chamber.tick()
            assert chamber.state.finished

    async def test_timeline(self, chamber: Chamber) -> None:
        """A click on the line leads there."""
        async with Jemaa(chamber).run_test(size=NARROW) as pilot:
            await pilot.pause()
            await pilot.click("#timeline", offset=(39, 0))
            half = len(chamber.sitting.playback.events) / 2
            assert half - 2 <= chamber.sitting.playback.position <= half + 2

    async def test_search(self, chamber: Chamber) -> None:
        """What is found leads to where it was said, whatever its accents."""
        async with Jemaa(chamber).run_test(size=NARROW) as pilot:
            await pilot.press("slash", *"RESEAU", "enter")
            await pilot.pause()
            assert "Le réseau est saturé." in on_screen(pilot)
            await pilot.press("enter")
            await pilot.pause()
            assert ("R1", "A1.1") == (chamber.chosen, chamber.query_one("#speeches", Reel).current)


class TestLive:
    async def test_follows(self, plan: DebatePlan, events: list[Event]) -> None:
        """What happens is shown as it happens, up to the strategy."""

        async def happening() -> AsyncGenerator[Event, None]:
            for event in events:
                yield event

        sitting = Sitting(Playback(DebateState.of(plan), paced=False), events=happening)
        chamber = Chamber(sitting, Clock())
        app = Jemaa(chamber)
        async with app.run_test(size=NARROW) as pilot:
            await app.workers.wait_for_complete()
            chamber.tick()
            await pilot.pause()
            assert "Sous cond." in on_screen(pilot)
            assert "finished" in on_screen(pilot)

        assert chamber.state.finished

    async def test_what_is_written_and_waited_for(self, plan: DebatePlan, events: list[Event]) -> None:
        """Words appear as a model writes them; a call that failed says why and counts down."""

        async def happening() -> AsyncGenerator[Event, None]:
            yield events[0]
            await asyncio.Event().wait()

        sitting = Sitting(Playback(DebateState.of(plan), paced=False), events=happening)
        chamber = Chamber(sitting, Clock())
        async with Jemaa(chamber).run_test(size=NARROW) as pilot:
            await pilot.pause()
            sitting.notice(Writing("R1/opening/1/energy", "Le réseau ne tiendra"))
            chamber.tick()
            await pilot.pause()
            assert "Le réseau ne tiendra ▏" in on_screen(pilot)

            sitting.notice(Waiting("R1/opening/1/energy", 30.0, "429 [red]busy[/]", 1))
            chamber.tick()
            await pilot.pause()
            assert "429 [red]busy[/] ; nouvel essai dans 30 s" in on_screen(pilot)

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

        app = Jemaa(Chamber(Sitting(Playback(DebateState.of(plan)), events=endless), Clock()))
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

        chamber = Chamber(Sitting(Playback(DebateState.of(plan)), events=failing), Clock())
        app = Jemaa(chamber)
        async with app.run_test(size=NARROW) as pilot:
            await app.workers.wait_for_complete()
            chamber.tick()
            await pilot.pause()
            assert "the [red]server[/] is gone" in on_screen(pilot)

        assert isinstance(chamber.state.stopped, ProviderError)
