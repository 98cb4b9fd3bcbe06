"""The chair at work: what it does is recorded, takes effect in its place, and does so again."""

import asyncio
import json
from collections.abc import Callable
from contextlib import aclosing
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from agents.argument.model import GroundDraft, Speech
from agents.debate.chair import AnotherRound, Close, Evidence, Question, Remark
from agents.debate.event import ChairActed, Event, SpeechGiven, StrategyWritten, TurnAsked
from agents.debate.plan import DebatePlan
from agents.debate.presiding import Given
from agents.errors import ChairStop, InputError, ProviderError
from transcripts.library.record import DebateRecord, read_record
from transcripts.library.verify import verify
from transcripts.log.fork import fork
from transcripts.log.session import Session, replay, resume, start

Scripted = Callable[..., Any]

INPUTS = (
    Given("R1/rebuttal/2/finance", Question(recommendation="R1", text="What does it cost?", to=("finance",))),
    Given(
        "R1/rebuttal/2/finance",
        Remark(
            recommendation="R1",
            text="Cranes last thirty years.",
            side="for",
            grounds=(GroundDraft(id="S4", quote="40 million dirhams"), GroundDraft(id="S1", quote="made up")),
            evidence=(
                Evidence(text="A crane lasts thirty years.", source="maker.example", as_of=date(2024, 5, 1)),
            ),
        ),
    ),
    Given("R1/ruling/3/moderator", AnotherRound(recommendation="R1")),
    Given("R1/ruling/4/moderator", Question(recommendation="R1", text="And now?")),
    Given("R2/rebuttal/2/finance", Close(recommendation="R2")),
)


async def _hold(session: Session) -> list[Event]:
    return [event async for event in session.events()]


def _records(path: Path) -> list[str]:
    lines = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    return [
        json.dumps({k: v for k, v in line.items() if k not in {"time", "run", "prev", "hash"}})
        for line in sorted(lines, key=lambda line: line["id"])
    ]


def _said(record: DebateRecord, name: str) -> list[str]:
    return [speech.address for speech in record.speeches if speech.recommendation == name]


@pytest.fixture
async def steered(plan: DebatePlan, scripted: Scripted, folder: Path) -> Path:
    """A finished debate in which the chair did a little of everything."""
    session = start(plan, lambda _: scripted(), folder, inputs=INPUTS)
    await _hold(session)
    return session.path


class TestInputs:
    async def test_each_takes_effect_in_its_place(self, steered: Path) -> None:
        """Questions, an argument, another round and an early close give the turns that they ask for, in order."""
        record = read_record(steered)
        roles = ("finance", "energy", "industry")

        assert [
            *(f"R1/opening/1/{role}" for role in roles),
            "R1/question/2/finance",
            "R1/chair/2/chair/2",
            *(f"R1/rebuttal/2/{role}" for role in roles),
            *(f"R1/rebuttal/3/{role}" for role in roles),
            *(f"R1/question/4/{role}" for role in roles),
        ] == _said(record, "R1")
        assert [f"R2/opening/1/{role}" for role in roles] == _said(record, "R2")
        assert verify(steered).ok

    async def test_a_remark_is_an_argument_of_the_chair(self, steered: Path) -> None:
        """It gets an id, its grounds are checked like everyone's, and it has no vote."""
        record = read_record(steered)
        (remark,) = [argument for argument in record.arguments if argument.role == "chair"]
        ruling = next(ruling for ruling in record.rulings if ruling.recommendation == "R1")

        assert ["exact", "unverified", "exact"] == [ground.status for ground in remark.grounds]
        assert "F-chair-1-1" == remark.grounds[2].id
        assert {"finance", "energy", "industry"} == set(ruling.stances)
        assert remark.id in {name for speech in record.speeches for name in _seen(speech)}

    async def test_an_answer_keeps_what_it_rests_on(self, steered: Path) -> None:
        """The record has the question, the checked grounds of the answer, and whether a role could not answer."""
        first, *last = [speech for speech in read_record(steered).speeches if speech.phase == "question"]

        assert ("What does it cost?", "exact") == (first.question, first.grounds[0].status)
        assert [False, True, False] == [speech.unable for speech in last]

    async def test_the_same_inputs_give_the_same_records(
        self, plan: DebatePlan, scripted: Scripted, folder: Path, steered: Path
    ) -> None:
        """Whoever answers first, two debates with the same inputs hold the same set of records."""
        again = start(plan, lambda _: scripted(seed=3), folder, inputs=INPUTS)
        await _hold(again)

        assert _records(steered) == _records(again.path)

    @pytest.mark.parametrize("stop", [3, 6, 7, 8, 10, 11, 14, 17])
    async def test_a_resumed_debate_ends_like_an_uninterrupted_one(
        self, plan: DebatePlan, scripted: Scripted, folder: Path, steered: Path, stop: int
    ) -> None:
        """Cut after any number of turns, a debate goes on with what the chair did where it did it."""
        cut = start(plan, lambda _: scripted(stop_after=stop), folder, inputs=INPUTS)
        with pytest.raises(ProviderError):
            await _hold(cut)
        await _hold(resume(cut.path, lambda _: scripted()))

        assert _records(steered) == _records(cut.path)

    async def test_a_replay_asks_nothing(self, scripted: Scripted, steered: Path) -> None:
        """The recorded inputs take effect again; nobody is asked and nothing is written."""
        before = _bytes(steered)
        backend = scripted()
        events = await _hold(replay(steered, lambda _: backend))

        assert [given.act for given in INPUTS[:4]] == [
            e.act for e in events if isinstance(e, ChairActed) and e.act != INPUTS[4].act
        ]
        assert [] == backend.asked
        assert before == _bytes(steered)

    async def test_a_fork_takes_over_what_the_chair_did(
        self, scripted: Scripted, folder: Path, steered: Path
    ) -> None:
        """A fork with one more input copies what came before it and applies the parent's inputs too."""
        backend = scripted()
        more = Given("R2/rebuttal/2/finance", Question(recommendation="R2", text="Sure?", to=("energy",)))
        child = fork(steered, lambda _: backend, folder, inputs=(more,))
        await _hold(child)

        assert [*INPUTS[:3], INPUTS[3], INPUTS[4], more] == sorted(
            read_record(child.path).chair, key=[*INPUTS, more].index
        )
        assert "R2/question/2/energy/2" in backend.asked
        assert not any(address.startswith("R1") for address in backend.asked)
        assert verify(child.path).ok

    async def test_inputs_for_rounds_that_do_not_come_are_taken_before_the_ruling(
        self, plan: DebatePlan, scripted: Scripted, folder: Path, steered: Path
    ) -> None:
        """A fork with fewer rounds loses nothing that the chair put."""
        child = fork(steered, lambda _: scripted(), folder, plan=plan.model_copy(update={"rounds": 1}))
        await _hold(child)

        assert {"R1/question/2/finance", "R1/chair/2/chair/2"} <= set(_said(read_record(child.path), "R1"))
        assert verify(child.path).ok


def _seen(speech: Speech) -> list[str]:
    return [target.argument for argument in speech.arguments for target in argument.targets] + [
        argument.id for argument in speech.arguments
    ]


class TestLive:
    async def test_what_is_put_while_the_debate_runs_is_recorded(
        self, plan: DebatePlan, scripted: Scripted, folder: Path
    ) -> None:
        """A question put in a pause is answered in the pause, and a replay hears it again."""
        session = start(plan, lambda _: scripted(), folder)
        session.chair.pause()
        happened: list[Event] = []
        async with asyncio.timeout(20):
            async with aclosing(session.events()) as events:
                follow = asyncio.create_task(_follow(events, happened))
                await _until(lambda: len(session.chair.waiting) == 6)
                assert not any(isinstance(event, TurnAsked) for event in happened)
                session.chair.step(6)
                await _until(lambda: len(session.chair.waiting) == 2)
                session.chair.ask("R2", "Who drives them?", ["industry"])
                await _until(lambda: _answered(happened, "R2/question/2/industry"))
                assert len(session.chair.waiting) == 2
                session.chair.go_on()
                await follow
        assert isinstance(happened[-1], StrategyWritten)
        kinds = [given.act.kind for given in read_record(session.path).chair]
        assert kinds == ["pause", "step", "question", "go_on"]
        again = await _hold(replay(session.path, lambda _: scripted()))
        assert "R2/question/2/industry" in {e.speech.address for e in again if isinstance(e, SpeechGiven)}
        assert verify(session.path).ok

    async def test_a_stopped_debate_can_be_resumed(
        self, plan: DebatePlan, scripted: Scripted, folder: Path
    ) -> None:
        """A stop lets the turns in flight finish, says so, and the debate goes on later."""
        session = start(plan, lambda _: scripted(), folder)
        with pytest.raises(ChairStop):
            await _follow(session.events(), [], session.chair.stop)
        assert not read_record(session.path).unanswered
        assert "stop" in [given.act.kind for given in read_record(session.path).chair]
        assert isinstance((await _hold(resume(session.path, lambda _: scripted())))[-1], StrategyWritten)

    async def test_a_decided_recommendation_takes_no_more(
        self, plan: DebatePlan, scripted: Scripted, folder: Path
    ) -> None:
        """What comes too late, or names what is not there, is refused with the reason."""
        session = start(plan, lambda _: scripted(), folder)
        with pytest.raises(InputError, match="no recommendation"):
            session.chair.close("R9")
        with pytest.raises(InputError, match="No role"):
            session.chair.ask("R1", "Why?", ["health"])
        with pytest.raises(InputError, match="text"):
            session.chair.ask("R1", "  ")
        await _hold(session)
        with pytest.raises(InputError, match="decided"):
            session.chair.another_round("R1")

    async def test_a_pace_lets_one_turn_after_the_other_be_asked(
        self, plan: DebatePlan, scripted: Scripted, folder: Path
    ) -> None:
        """With a pace, no two turns are asked at once; without, the debate ends as soon as it can."""
        session = start(plan, lambda _: scripted(), folder)
        session.chair.pace = 0.001
        async with asyncio.timeout(20):
            async for event in session.events():
                if isinstance(event, SpeechGiven):
                    session.chair.pace = 0
        assert verify(session.path).ok


def _answered(happened: list[Event], address: str) -> bool:
    return any(isinstance(event, SpeechGiven) and event.speech.address == address for event in happened)


async def _follow(events: Any, happened: list[Event], at_speech: Callable[[], None] = lambda: None) -> None:
    async for event in events:
        happened += [event]
        if isinstance(event, SpeechGiven):
            at_speech()


async def _until(true: Callable[[], bool]) -> None:
    while not true():  # noqa: ASYNC110  what is waited for is the state of somebody else's task
        await asyncio.sleep(0)


def _bytes(path: Path) -> bytes:
    return path.read_bytes()
