"""A debate in front of a person: what has happened of it, how it is played, and what the person does about it."""

import gc
from collections.abc import AsyncGenerator, Callable
from dataclasses import dataclass, field
from pathlib import Path

from agents.backends.watch import Waiting, Writing
from agents.debate.chair import Input
from agents.debate.event import ChairActed, Event, StrategyWritten, TurnTaken
from agents.debate.plan import DebatePlan
from agents.debate.presiding import Chair
from agents.debate.turn import WHOLE_DEBATE
from agents.errors import JemaaError
from transcripts.library.course import Course, read_course
from transcripts.log.session import Session
from tui.playback import WORDS_A_MINUTE, Playback
from tui.settings import Settings
from tui.state import DebateState

Events = Callable[[], AsyncGenerator[Event, None]]


@dataclass
class Sitting:
    """`events` and `chair` are those of a live debate, None for a saved one.

    A debate that is paced is led: each turn is asked only when the reader has read what was said before, so
    that what the reader does acts on the very next turn. `pending` are the reader's inputs that have not
    taken effect yet, `seconds` the time that the debate has taken.
    """

    playback: Playback
    path: Path | None = None
    events: Events | None = None
    chair: Chair | None = None
    seconds: float = 0.0
    pending: list[Input] = field(default_factory=list)
    stepping: bool = False
    _let: str | None = None

    def __post_init__(self) -> None:
        if self.chair is not None:
            self.chair.lead(led=self.playback.paced)

    @property
    def state(self) -> DebateState:
        """What is shown."""
        return self.playback.state

    @property
    def live(self) -> bool:
        """Whether more may happen."""
        return self.events is not None and not self.playback.whole

    @property
    def finished(self) -> bool:
        """Whether the strategy is written, be it shown or not."""
        events = self.playback.events
        return bool(events) and isinstance(events[-1], StrategyWritten)

    @property
    def paused(self) -> bool:
        """Whether the person holds it."""
        held = self.chair is not None and self.live and self.chair.paused
        return held or not self.playback.playing

    def put(self, event: Event) -> None:
        """Something has happened."""
        self.playback.put(event)
        if isinstance(event, ChairActed):
            self.pending = [given for given in self.pending if given is not event.act]
        if isinstance(event, TurnTaken) and event.address == self._let:
            self._let = None
        if self.stepping:
            self.playback.seek(len(self.playback.events))

    def notice(self, told: Writing | Waiting) -> None:
        """A backend tells of a turn that is under way."""
        self.playback.notice(told)

    def ended(self, error: JemaaError | None = None) -> None:
        """No more will happen, because of an error if there is one."""
        self.playback.whole = True
        if error is not None:
            self.state.stop(error)

    def settle(self, course: Course) -> None:
        """Now that it is over: put what happened into the order of reading, unless that is being played."""
        if self.playback.at_the_end:
            self.playback.events[:] = course.events
            self.playback.position = len(course.events)

    def tick(self, seconds: float) -> None:
        """So much time has gone by."""
        if self.live and not self.paused:
            self.seconds += seconds
        self.playback.pass_time(seconds)
        if self.playback.playing:
            self._lead()

    def pause(self) -> None:
        """Hold everything, or go on; at the end of a saved debate, begin again."""
        if self.live and self.chair is not None:
            if self.paused:
                self.stepping = False
                self.playback.playing = True
                self.chair.go_on()
            else:
                self.playback.playing = not self.playback.paced
                self.chair.pause()
        else:
            if self.playback.over and not self.playback.playing:
                self.playback.seek(0)
            self.playback.playing = not self.playback.playing

    def step(self) -> None:
        """One turn more, and hold."""
        self.playback.playing = self.playback.playing and not self.playback.paced
        if not self.playback.at_the_end:
            self.playback.step()
        elif self.live and self.chair is not None:
            self.stepping = True
            self.chair.step()
            self._lead()

    def to_the_end(self) -> None:
        """Show everything that has happened, and let the rest happen as fast as it can."""
        self.stepping = False
        self.playback.playing = self.live
        self.playback.seek(len(self.playback.events))
        if self.live:
            self.playback.paced = False
            if self.chair is not None:
                self.chair.lead(led=False)
                self.chair.go_on()

    def preside(self, given: Input) -> None:
        """Put something to the debate. Raises InputError when it cannot be."""
        if self.chair is None:
            return
        self.chair.put(given)
        self.pending.append(given)

    def _lead(self) -> None:
        """Let the next turn be asked once everything so far has been read."""
        read = self.playback.at_the_end if self.stepping else self.playback.caught_up
        if self.chair is None or not (self.live and self.playback.paced and read and self._let is None):
            return
        address = next_turn(self.chair.waiting, self.state)
        if address is not None:
            self._let = address
            self.chair.let(address)


def next_turn(waiting: tuple[str, ...], state: DebateState) -> str | None:
    """Whose turn it is: one recommendation is heard to its ruling before the next begins."""
    ruled = state.ruled
    subject = next((name for name in state.recommendations if name not in ruled), WHOLE_DEBATE)
    return next((address for address in waiting if address.split("/")[0] == subject), None)


def saved(path: Path, settings: Settings) -> Sitting:
    """The debate of a transcript, shown as it ended, to be played from any place. Raises TranscriptError."""
    course = _read(path)
    playback = Playback(
        DebateState.of(course.plan),
        list(course.events),
        words_a_minute=settings.pace or WORDS_A_MINUTE,
        playing=False,
        typed=not settings.reduced_motion,
        whole=True,
    )
    playback.seek(len(course.events))
    return Sitting(playback, path, seconds=course.seconds)


def _read(path: Path) -> Course:
    """Read without looking for garbage meanwhile: none is made, and walking what is read takes longer than reading."""
    collected = gc.isenabled()
    gc.disable()
    try:
        return read_course(path)
    finally:
        gc.freeze()
        if collected:
            gc.enable()


def live(session: Session, settings: Settings, events: Events | None = None) -> Sitting:
    """A debate that begins when its events are followed; an offline one plays at reading speed."""
    playback = Playback(
        DebateState.of(session.plan),
        words_a_minute=settings.pace or WORDS_A_MINUTE,
        paced=settings.pace > 0 and is_offline(session.plan),
        typed=not settings.reduced_motion,
    )
    return Sitting(playback, session.path, events or session.events, session.chair)


def is_offline(plan: DebatePlan) -> bool:
    """Whether nobody but the embedded debaters speaks, so that it would be over in a moment."""
    return {plan.model, *plan.role_models.values()} == {"offline"}
