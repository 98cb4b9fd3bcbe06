"""The chair's desk: what a person fills in is what is put."""

from datetime import date

import pytest
from textual.pilot import Pilot
from textual.widgets import Input, Select

from agents.debate import chair
from agents.errors import InputError
from tui.app.chamber_cards import Desk
from tui.app.main import Jemaa
from tui.app.page import Page
from tui.state import DebateState

SIZE = (80, 24)


class Room:
    """Takes what is put, unless it is told to refuse."""

    def __init__(self, state: DebateState) -> None:
        self.given: list[chair.Input] = []
        self.stopped = 0
        self.refuses = False
        self.desk = Desk(state, "R1", self.put, self.stop)

    def put(self, given: chair.Input) -> None:
        if self.refuses:
            raise InputError("R1 is decided already.", "Fork the debate.")
        self.given.append(given)

    def stop(self) -> None:
        self.stopped += 1


@pytest.fixture
def room(state: DebateState) -> Room:
    return Room(state)


def on_screen(pilot: Pilot[None]) -> str:
    lines = pilot.app.screen._compositor.render_strips()
    return "\n".join("".join(segment.text for segment in strip) for strip in lines)


async def _opened(pilot: Pilot[None], room: Room) -> None:
    await pilot.app.push_screen(room.desk)
    await pilot.pause()


async def test_question(room: Room) -> None:
    """A question goes to all, or to the role that is chosen; digits belong to its words."""
    async with Jemaa(Page()).run_test(size=SIZE) as pilot:
        await _opened(pilot, room)
        await pilot.press("1", *"2 or 3?")
        room.desk.query_one("#to", Select).value = "energy"
        await pilot.press("enter")
        await pilot.pause()
        assert not isinstance(pilot.app.screen, Desk)

    assert [chair.Question(recommendation="R1", text="2 or 3?", to=("energy",))] == room.given


async def test_argument(room: Room) -> None:
    """An argument has a side, what it answers, and perhaps a condition."""
    async with Jemaa(Page()).run_test(size=SIZE) as pilot:
        await _opened(pilot, room)
        await pilot.press("2", *"Too dear.")
        room.desk.query_one("#target", Select).value = "A1.2"
        room.desk.query_one("#condition", Input).value = "sharing the cost"
        await pilot.press("enter")
        await pilot.pause()

    (given,) = room.given
    assert isinstance(given, chair.Remark)
    assert ("Too dear.", "against", "sharing the cost") == (given.text, given.side, given.condition)
    assert [("A1.2", "rebut")] == [(target.argument, target.relation) for target in given.targets]


async def test_evidence(room: Room) -> None:
    """Evidence has a source and a day; a day that is none is refused, and what was written stays."""
    async with Jemaa(Page()).run_test(size=SIZE) as pilot:
        await _opened(pilot, room)
        await pilot.press("3", *"Cranes cost 40 million.")
        room.desk.query_one("#source", Input).value = "port.example"
        room.desk.query_one("#as_of", Input).value = "yesterday"
        await pilot.press("enter")
        await pilot.pause()
        assert "2025-02-11" in on_screen(pilot)
        assert [] == room.given
        room.desk.query_one("#as_of", Input).value = "2025-03-01"
        await pilot.press("enter")
        await pilot.pause()

    (given,) = room.given
    assert isinstance(given, chair.Remark)
    assert [("port.example", date(2025, 3, 1))] == [(item.source, item.as_of) for item in given.evidence]


@pytest.mark.parametrize("key, expected", [("4", chair.AnotherRound), ("5", chair.Close)])
async def test_without_words(room: Room, key: str, expected: type[chair.Input]) -> None:
    """Another round and an early close need no words."""
    async with Jemaa(Page()).run_test(size=SIZE) as pilot:
        await _opened(pilot, room)
        await pilot.press(key)
        await pilot.pause()

    assert [expected] == [type(given) for given in room.given]


async def test_stop(room: Room) -> None:
    """Stopping is one key."""
    async with Jemaa(Page()).run_test(size=SIZE) as pilot:
        await _opened(pilot, room)
        await pilot.press("6")
        await pilot.pause()

    assert 1 == room.stopped


async def test_refused(room: Room) -> None:
    """What the debate refuses is told on the card, which stays."""
    room.refuses = True
    async with Jemaa(Page()).run_test(size=SIZE) as pilot:
        await _opened(pilot, room)
        await pilot.press("1", *"Why?", "enter")
        await pilot.pause()
        assert "decided already" in on_screen(pilot)
        assert isinstance(pilot.app.screen, Desk)
