"""Pictures of the chamber and what opens from it; a change in one is a change that people see."""

from collections.abc import Callable

import pytest

from agents.backends.watch import Writing
from agents.debate.event import Event
from agents.debate.plan import DebatePlan
from tui.app.chamber import Chamber
from tui.app.main import Jemaa
from tui.app.whatif import WhatIf
from tui.playback import Playback
from tui.settings import Settings
from tui.sitting import Sitting
from tui.state import DebateState

Compare = Callable[..., bool]
SMALL, LARGE = (80, 24), (200, 60)


def still() -> float:
    """A clock that stands."""
    return 0.0


@pytest.fixture
def chamber(plan: DebatePlan, events: list[Event]) -> Chamber:
    playback = Playback(DebateState.of(plan), list(events), playing=False, whole=True)
    playback.seek(len(events))
    return Chamber(Sitting(playback, seconds=83.0), still)


@pytest.mark.parametrize("press", [[], ["2"], ["3", "n"]], ids=["debate", "arguments", "ruling"])
def test_views(snap_compare: Compare, chamber: Chamber, press: list[str]) -> None:
    """The views of a debate that is over, at 80 x 24."""
    assert snap_compare(Jemaa(chamber, Settings()), press=press, terminal_size=SMALL)


def test_under_way(snap_compare: Compare, plan: DebatePlan, events: list[Event]) -> None:
    """In the middle: one recommendation decided, on the other one somebody writes."""
    playback = Playback(DebateState.of(plan), list(events), playing=False)
    playback.seek(16)
    playback.state.notice(Writing("R2/opening/1/energy", "Les agents formés consomment"))
    chamber = Chamber(Sitting(playback, seconds=83.0), still)
    assert snap_compare(Jemaa(chamber, Settings()), terminal_size=SMALL)


def test_large_and_light(snap_compare: Compare, chamber: Chamber) -> None:
    """Matrix and ruling beside the debate at 200 x 60, on a light ground."""
    assert snap_compare(Jemaa(chamber, Settings(theme="light")), terminal_size=LARGE)


def test_what_if(snap_compare: Compare, state: DebateState) -> None:
    """Levers and what they change, marked."""
    page = WhatIf(state, None)
    assert snap_compare(Jemaa(page, Settings()), press=["left"] * 6, terminal_size=SMALL)
