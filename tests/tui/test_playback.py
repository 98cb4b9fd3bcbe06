"""The player between what happens and what is shown, its clock turned by hand."""

import pytest

from agents.backends.watch import Writing
from agents.debate.event import Event, SpeechGiven, TurnTaken
from agents.debate.plan import DebatePlan
from tui.playback import SPEEDS, Playback
from tui.state import DebateState

WORDS = "Le réseau est saturé et le restera dix ans."


@pytest.fixture
def spoken(events: list[Event]) -> list[Event]:
    """The debate with the words of each turn, nine of them."""
    said = {event.speech.address: event.speech for event in events if isinstance(event, SpeechGiven)}
    return [
        event.model_copy(update={"text": WORDS, "stance": said[event.address].stance})
        if isinstance(event, TurnTaken) and event.address in said
        else event
        for event in events
    ]


@pytest.fixture
def playback(plan: DebatePlan, spoken: list[Event]) -> Playback:
    """The whole debate, at 60 words a minute."""
    return Playback(DebateState.of(plan), list(spoken), words_a_minute=60, whole=True)


class TestReadingSpeed:
    def test_words_appear_one_by_one(self, playback: Playback) -> None:
        """A speech is written out in the time that it takes to read; then it is taken."""
        playback.pass_time(0.0)
        playback.pass_time(4.5)
        assert "Le réseau est saturé" == playback.state.writing["R1/opening/1/energy"][:20]
        assert len(playback.state.writing["R1/opening/1/energy"]) == pytest.approx(len(WORDS) / 2, abs=1)

        playback.pass_time(4.5)
        assert {} == playback.state.writing
        assert 1 == playback.state.turns

    def test_faster(self, playback: Playback) -> None:
        """At twice the speed it takes half the time; the speed has bounds."""
        playback.faster()
        playback.pass_time(4.5)
        assert 1 == playback.state.turns

        for _ in SPEEDS:
            playback.faster(-1)
        assert SPEEDS[0] == playback.speed

    def test_paused(self, playback: Playback) -> None:
        """While it is paused, no time goes by."""
        playback.playing = False
        playback.pass_time(1000)

        assert 0 == playback.position

    def test_everything_at_once(self, playback: Playback, state: DebateState) -> None:
        """After a long time the debate is over, and it is the same as one that was never played."""
        playback.pass_time(10_000)

        assert playback.over
        assert state.speeches == playback.state.speeches
        assert state.strategy == playback.state.strategy

    def test_ruling_is_read(self, playback: Playback) -> None:
        """A ruling stays on the screen for as long as its reasons take to read."""
        playback.seek(playback.rulings["R1"])
        playback.pass_time(5.0)
        assert playback.rulings["R1"] == playback.position

        playback.pass_time(2.0)
        assert playback.rulings["R1"] < playback.position


class TestSeeking:
    def test_back_and_forth(self, playback: Playback) -> None:
        """Wherever one goes, the state is that of the debate so far, whichever way one came."""
        for position in (len(playback.events), 5, 9, 0, 12):
            playback.seek(position)
            fresh = DebateState.of(playback.state.plan).apply_all(playback.events[:position])
            assert fresh.speeches == playback.state.speeches
            assert fresh.said == playback.state.said
            assert fresh.spent == playback.state.spent

    def test_versions_only_grow(self, playback: Playback) -> None:
        """Going back is a change like any other to whoever draws the state."""
        playback.seek(9)
        before = playback.state.version, playback.state.touched["R1"]
        playback.seek(8)

        assert playback.state.version > before[0]
        assert playback.state.touched["R1"] > before[1]

    def test_turn_by_turn(self, playback: Playback) -> None:
        """A step shows one more turn, a step back one less."""
        taken = []
        for _ in range(3):
            playback.step()
            taken.append(playback.state.turns)
        playback.back()

        assert [1, 2, 3] == taken
        assert 2 == playback.state.turns


class TestLive:
    def test_unpaced(self, plan: DebatePlan, spoken: list[Event]) -> None:
        """Without a pace everything is shown when it happens, and what is being written too."""
        playback = Playback(DebateState.of(plan), paced=False)
        playback.put(spoken[0])
        playback.notice(Writing("R1/opening/1/energy", "Le"))

        assert 1 == playback.position
        assert {"R1/opening/1/energy": "Le"} == playback.state.writing

    def test_gone_back(self, plan: DebatePlan, spoken: list[Event]) -> None:
        """Who has paused and gone back is not pulled forward by what happens."""
        playback = Playback(DebateState.of(plan), paced=False)
        for event in spoken[:6]:
            playback.put(event)
        playback.playing = False
        playback.back()
        here = playback.position
        playback.put(spoken[6])
        assert here == playback.position

        playback.playing = True
        playback.pass_time(0.1)
        assert playback.at_the_end

    def test_caught_up(self, plan: DebatePlan, spoken: list[Event]) -> None:
        """The next turn may be taken only once the last one has been read."""
        playback = Playback(DebateState.of(plan), words_a_minute=60)
        assert playback.caught_up
        for event in spoken[:2]:
            playback.put(event)
        assert not playback.caught_up
        playback.pass_time(9.0)
        assert playback.at_the_end
        assert not playback.caught_up
        playback.pass_time(1.0)
        assert playback.caught_up
