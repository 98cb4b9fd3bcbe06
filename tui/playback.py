"""A debate at the pace of a reader: a player between what happens and the state that is shown.

It has no clock of its own: whoever shows the debate says how much time has passed.
"""

from bisect import bisect_right
from dataclasses import dataclass, field
from itertools import islice

from agents.backends.watch import Waiting, Writing
from agents.debate.event import Event, Ruled, StrategyWritten, TurnTaken
from tui.state import DebateState

SPEEDS = (0.5, 1.0, 2.0, 4.0, 8.0, 16.0)
AFTER_A_SPEECH = 0.8
"""Seconds between two speakers."""
AFTER_A_RULING = 2.0
WORDS_A_MINUTE = 240.0


@dataclass
class Playback:
    """What has happened (`events`) and how much of it is shown in `state` (the first `position` of them).

    `paced` plays at reading speed, `words_a_minute` times `speed`; without it, everything is shown as soon as
    it happens, unless the person has gone back. `whole` tells that no more will happen; `typed` that a speech
    appears word by word, and not at once.
    """

    state: DebateState
    events: list[Event] = field(default_factory=list)
    position: int = 0
    words_a_minute: float = WORDS_A_MINUTE
    speed: float = 1.0
    playing: bool = True
    paced: bool = True
    whole: bool = False
    typed: bool = True
    _read: float = 0.0
    """Seconds of reading, at speed 1, spent on what comes next."""

    def put(self, event: Event) -> None:
        """Something has happened."""
        at_the_end = self.at_the_end
        self.events.append(event)
        if at_the_end and not self.paced:
            self._show_next()

    def notice(self, told: Writing | Waiting) -> None:
        """A backend tells of a turn that is under way: shown when everything before it is."""
        if self.at_the_end:
            self.state.notice(told)

    def pass_time(self, seconds: float) -> None:
        """So much time has gone by: show what is due."""
        if not self.playing:
            return
        if not self.paced:
            self.seek(len(self.events))
            return
        self._read += seconds * self.speed
        while self.position < len(self.events):
            needed = self._seconds_before(self.position)
            if self._read < needed:
                self._show_part(needed)
                return
            self._read -= needed
            self._show_next()
        if self.caught_up:
            self._read = self._rest()

    @property
    def at_the_end(self) -> bool:
        """Whether everything that has happened is shown."""
        return self.position >= len(self.events)

    @property
    def caught_up(self) -> bool:
        """Whether everything that has happened is shown and read, so that more may happen."""
        return self.at_the_end and (not self.paced or self._read >= self._rest())

    @property
    def over(self) -> bool:
        """Whether the end of the debate is shown."""
        return self.whole and self.at_the_end

    def seek(self, position: int) -> None:
        """Show the first `position` events, no more and no less."""
        position = max(0, min(position, len(self.events)))
        self._read = 0.0
        if position < self.position:
            self.state.begin_again()
            self.position = 0
        self.state.apply_all(islice(self.events, self.position, position))
        self.position = position

    def step(self) -> None:
        """Show the next turn, or the next ruling, whole."""
        marks = self.turns
        place = bisect_right(marks, self.position)
        self.seek(marks[place] if place < len(marks) else len(self.events))

    def back(self) -> None:
        """Go back by one turn."""
        marks = [mark for mark in self.turns if mark < self.position]
        self.seek(marks[-1] if marks else 0)

    def faster(self, by: int = 1) -> None:
        """Change to the next speed, or to the one before with `by` = -1."""
        place = min(range(len(SPEEDS)), key=lambda number: abs(SPEEDS[number] - self.speed))
        self.speed = SPEEDS[max(0, min(place + by, len(SPEEDS) - 1))]

    @property
    def turns(self) -> list[int]:
        """The positions after each turn, ruling and at the end."""
        return [
            place
            for place, event in enumerate(self.events, 1)
            if isinstance(event, TurnTaken | Ruled | StrategyWritten)
        ]

    @property
    def rulings(self) -> dict[str, int]:
        """The position after each ruling, by recommendation."""
        return {
            event.ruling.recommendation: place
            for place, event in enumerate(self.events, 1)
            if isinstance(event, Ruled)
        }

    def _show_next(self) -> None:
        self.state.apply(self.events[self.position])
        self.position += 1

    def _show_part(self, needed: float) -> None:
        """As much of the speech that comes next as has been read by now."""
        event = self.events[self.position]
        if isinstance(event, TurnTaken) and event.text:
            begun = needed - self._reading(event.text)
            share = max(0.0, self._read - begun) / (needed - begun)
            words = event.text[: round(share * len(event.text))] if self.typed else event.text
            if self.state.writing.get(event.address) != words:
                self.state.notice(Writing(event.address, words))

    def _seconds_before(self, position: int) -> float:
        event = self.events[position]
        reading = self._reading(event.text) if isinstance(event, TurnTaken) else 0.0
        return reading + (self._rest_after(self.events[position - 1]) if position else 0.0)

    def _rest(self) -> float:
        return self._rest_after(self.events[-1]) if self.events else 0.0

    def _reading(self, text: str) -> float:
        return len(text.split()) * 60 / self.words_a_minute

    def _rest_after(self, event: Event) -> float:
        """Seconds before anything else is shown."""
        match event:
            case TurnTaken(text=text) if text:
                return AFTER_A_SPEECH
            case Ruled(reasons=reasons):
                return AFTER_A_RULING + sum(self._reading(reason.text) for reason in reasons)
            case _:
                return 0.0
