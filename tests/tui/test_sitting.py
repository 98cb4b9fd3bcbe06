"""A debate in front of a person, without any screen."""

import asyncio
from pathlib import Path

import pytest

from agents.backends.open import open_backend
from agents.debate.chair import Question
from agents.debate.plan import DebatePlan
from agents.errors import ChairStop, InputError
from transcripts.library.record import read_record
from transcripts.log.session import Session, start
from tui.settings import Settings
from tui.sitting import Sitting, live, saved


@pytest.fixture
def session(plan: DebatePlan, tmp_path: Path) -> Session:
    return start(plan, open_backend, tmp_path / "saved")


class Follower:
    """Feeds a sitting with its events, as the chamber does."""

    def __init__(self, sitting: Sitting) -> None:
        self.sitting = sitting
        self.task = asyncio.create_task(self._follow())

    async def _follow(self) -> None:
        assert self.sitting.events is not None
        try:
            async for event in self.sitting.events():
                self.sitting.put(event)
            self.sitting.ended()
        except ChairStop as error:
            self.sitting.ended(error)

    async def pass_time(self, seconds: float, steps: int = 1) -> None:
        """Time goes by; after each step the engine may do what it has been let do."""
        for _ in range(steps):
            self.sitting.tick(seconds / steps)
            for _ in range(100):
                await asyncio.sleep(0)
            await asyncio.sleep(0.005)  # the log writes off the loop


def taken(sitting: Sitting) -> int:
    return sum(event.kind == "turn_taken" for event in sitting.playback.events)


async def test_no_turn_ahead_of_the_reader(session: Session) -> None:
    """An offline debate is held as it is read: the next turn is asked once the last one has been read."""
    sitting = live(session, Settings())
    follower = Follower(sitting)
    while not taken(sitting):
        await follower.pass_time(0.0)
    await follower.pass_time(0.5, 10)
    assert 1 == taken(sitting)

    await follower.pass_time(3600)
    await follower.pass_time(0.0, 20)
    assert 2 == taken(sitting)
    sitting.to_the_end()
    await follower.task
    assert sitting.finished


async def test_question_acts_before_the_next_round(session: Session) -> None:
    """What the chair asks during an opening is answered before anybody rebuts, and waits visibly till then."""
    sitting = live(session, Settings())
    follower = Follower(sitting)
    while not taken(sitting):
        await follower.pass_time(0.0)
    sitting.preside(Question(recommendation="R1", text="Who pays?"))
    assert 1 == len(sitting.pending)
    sitting.to_the_end()
    await follower.task

    assert [] == sitting.pending
    record = read_record(session.path)
    phases = [speech.phase for speech in record.speeches if speech.recommendation == "R1"]
    assert phases.index("question") < phases.index("rebuttal")
    assert 1 == len(record.chair)


async def test_pause_and_step(session: Session) -> None:
    """A pause holds everything; a step asks one turn and shows it whole."""
    sitting = live(session, Settings(pace=0))
    sitting.pause()
    assert sitting.paused
    follower = Follower(sitting)
    await follower.pass_time(5.0, 20)
    assert 0 == taken(sitting)
    sitting.step()
    while not taken(sitting):
        await follower.pass_time(0.0)
    await follower.pass_time(5.0, 20)
    assert (1, True) == (taken(sitting), sitting.playback.at_the_end)
    sitting.pause()
    await follower.task
    assert sitting.finished


async def test_stop(session: Session) -> None:
    """The chair can stop; the state says so, and the transcript can be resumed."""
    sitting = live(session, Settings(pace=0))
    assert sitting.chair is not None
    sitting.pause()
    follower = Follower(sitting)
    await follower.pass_time(0.0, 20)
    sitting.chair.stop()
    await follower.task

    assert isinstance(sitting.state.stopped, ChairStop)
    assert not sitting.finished
    assert "unfinished" == read_record(session.path).status


async def test_what_cannot_be_put(session: Session) -> None:
    """A question to nobody who is there is refused and does not wait."""
    sitting = live(session, Settings())
    with pytest.raises(InputError, match="nobody"):
        sitting.preside(Question(recommendation="R1", text="Who?", to=("nobody",)))

    assert [] == sitting.pending
    session.close()


async def test_same_debate_at_any_pace(session: Session, plan: DebatePlan, tmp_path: Path) -> None:
    """Played to a reader or held at once, it is the same debate; saved, it is shown as it ended."""
    at_once = start(plan, open_backend, tmp_path / "other")
    async for _ in at_once.events():
        pass
    sitting = live(session, Settings(pace=6000))
    follower = Follower(sitting)
    while not follower.task.done():
        await follower.pass_time(60.0)

    assert read_record(at_once.path).speeches == read_record(session.path).speeches
    again = saved(session.path, Settings())
    assert sitting.state.ruled == again.state.ruled
    assert again.state.finished
    assert again.paused
