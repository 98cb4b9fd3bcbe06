"""Debates over their transcripts: started, resumed, replayed and forked."""

import json
from collections.abc import Callable
from contextlib import aclosing
from pathlib import Path
from typing import Any

import pytest

from agents.debate.event import Event, Ruled, StrategyWritten
from agents.debate.plan import DebatePlan
from agents.errors import InputError, ProviderError, TapeMismatch, TranscriptError
from transcripts.library.record import read_record
from transcripts.log.contents import load
from transcripts.log.fork import fork
from transcripts.log.plan import read_plan
from transcripts.log.record import PlanRecord
from transcripts.log.session import Session, replay, resume, start

Scripted = Callable[..., Any]


async def _hold(session: Session) -> list[Event]:
    return [event async for event in session.events()]


def _records(path: Path) -> list[str]:
    """The lines of a transcript without times, run ids and chain, sorted by id."""
    lines = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    return [
        json.dumps({k: v for k, v in line.items() if k not in {"time", "run", "prev", "hash"}})
        for line in sorted(lines, key=lambda line: line["id"])
    ]


def _files(folder: Path) -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in folder.iterdir()}


def _document(plan: DebatePlan, strategy: Any, heard: Any) -> str:
    return f"# {strategy.title}: {', '.join(ruled.ruling.recommendation for ruled in heard)}\n"


class TestStart:
    async def test_transcript_and_strategy_are_there_at_the_end(
        self, plan: DebatePlan, scripted: Scripted, folder: Path, source: bytes
    ) -> None:
        """A finished debate leaves a closed transcript and the strategy beside it, both named by its id."""
        session = start(plan, lambda _: scripted(), folder, source=source, document=_document)
        events = await _hold(session)
        record = read_record(session.path)

        assert isinstance(events[-1], StrategyWritten)
        assert {f"{session.id}.jsonl", f"{session.id}.md"} == set(_files(folder))
        assert "# A strategy for Tamda: R1, R2\n" == session.strategy_path.read_text()
        assert "finished" == record.status
        assert events[-1].strategy == record.strategy

    async def test_a_transcript_holds_all_that_defines_its_debate(
        self, plan: DebatePlan, scripted: Scripted, folder: Path, source: bytes
    ) -> None:
        """Plan and source come back from the file alone, equal to what went in."""
        session = start(plan, lambda _: scripted(), folder, source=source)
        session.close()
        held = load(session.path)

        assert plan == read_plan(held.header.plan, held.blobs, "x")
        assert set(DebatePlan.model_fields) <= set(PlanRecord.model_fields)
        assert source == read_record(session.path).source

    async def test_rulings_are_read_back_as_they_were_yielded(
        self, plan: DebatePlan, scripted: Scripted, folder: Path
    ) -> None:
        """Rulings with their speeches and strengths are the same on disk as they were live."""
        session = start(plan, lambda _: scripted(), folder)
        live = {e.ruling.recommendation: e for e in await _hold(session) if isinstance(e, Ruled)}

        assert [live["R1"], live["R2"]] == list(read_record(session.path).heard)

    @pytest.mark.parametrize("seed", range(5))
    async def test_the_order_of_completion_leaves_no_trace(
        self, plan: DebatePlan, scripted: Scripted, folder: Path, seed: int
    ) -> None:
        """Whoever answers first, the set of records is byte for byte the same."""
        straight = start(plan, lambda _: scripted(), folder, document=_document)
        shuffled = start(plan, lambda _: scripted(seed=seed), folder, document=_document)
        await _hold(straight)
        await _hold(shuffled)

        assert _records(straight.path) == _records(shuffled.path)
        assert straight.strategy_path.read_text() == shuffled.strategy_path.read_text()

    async def test_no_reply_is_used_before_it_is_on_disk(
        self, plan: DebatePlan, scripted: Scripted, folder: Path
    ) -> None:
        """When an event tells of an answered turn, its reply can be read from the file."""
        session = start(plan, lambda _: scripted(seed=1), folder)
        async for event in session.events():
            if event.kind == "turn_taken":
                assert f'"id":"answered/{event.address}"' in session.path.read_text()

    async def test_an_id_is_not_taken_twice(self, plan: DebatePlan, scripted: Scripted, folder: Path) -> None:
        """A debate with a given id refuses to overwrite the one that has it."""
        start(plan, lambda _: scripted(), folder, run_id="mine").close()
        with pytest.raises(TranscriptError, match="exists already"):
            start(plan, lambda _: scripted(), folder, run_id="mine")


class TestResume:
    @pytest.mark.parametrize("stop", [0, 1, 5, 6, 9, 12, 13, 14])
    async def test_an_interrupted_debate_ends_like_an_uninterrupted_one(
        self, plan: DebatePlan, scripted: Scripted, folder: Path, stop: int
    ) -> None:
        """Stopped after any number of turns and gone on with, the records are those of one run."""
        whole = start(plan, lambda _: scripted(), folder, document=_document)
        await _hold(whole)
        cut = start(plan, lambda _: scripted(stop_after=stop), folder, document=_document)
        with pytest.raises(ProviderError):
            await _hold(cut)
        assert "unfinished" == read_record(cut.path).status
        backend = scripted()
        resumed = resume(cut.path, lambda _: backend, document=_document)
        await _hold(resumed)

        assert resumed.unanswered
        assert _records(whole.path) == _records(cut.path)
        assert whole.strategy_path.read_text() == cut.strategy_path.read_text()
        assert len(backend.asked) < 15 or stop < 6

    async def test_a_finished_debate_asks_nothing(
        self, plan: DebatePlan, scripted: Scripted, folder: Path
    ) -> None:
        """Resuming what is finished yields the same strategy, asks nobody and writes nothing."""
        first = start(plan, lambda _: scripted(), folder, document=_document)
        events = await _hold(first)
        before = first.path.read_bytes()
        first.strategy_path.unlink()
        backend = scripted()
        again = resume(first.path, lambda _: backend, document=_document)

        assert again.finished
        assert events[-1] == (await _hold(again))[-1]
        assert [] == backend.asked
        assert before == first.path.read_bytes()
        assert first.strategy_path.exists()

    async def test_a_failed_turn_stays_failed(
        self, plan: DebatePlan, scripted: Scripted, folder: Path
    ) -> None:
        """A recorded failure is reused like a reply."""
        first = start(plan, lambda _: scripted(failing=("R1/opening/1/energy",)), folder)
        await _hold(first)
        backend = scripted()
        await _hold(resume(first.path, lambda _: backend))

        assert [] == backend.asked
        assert 1 == read_record(first.path).usage.failed

    async def test_another_model_is_refused_with_what_changed(
        self, plan: DebatePlan, scripted: Scripted, folder: Path
    ) -> None:
        """A backend that would have been asked something else cannot continue a debate."""
        cut = start(plan, lambda _: scripted(stop_after=8), folder)
        with pytest.raises(ProviderError):
            await _hold(cut)
        with pytest.raises(
            TapeMismatch,
            match=r"R1/opening/1/finance.*model configuration \(temperature 0.0, now 0.5\) differs",
        ) as caught:
            await _hold(resume(cut.path, lambda _: scripted(temperature=0.5)))

        assert "jemaa fork" in str(caught.value)
        assert '"temperature":0.5' in caught.value.differences[0][2]


class TestReplay:
    async def test_a_replay_asks_and_writes_nothing(
        self, plan: DebatePlan, scripted: Scripted, folder: Path
    ) -> None:
        """A replay comes to the same strategy from the transcript alone."""
        first = start(plan, lambda _: scripted(seed=3), folder, document=_document)
        events = await _hold(first)
        before = _files(folder)
        backend = scripted()

        assert events[-1] == (await _hold(replay(first.path, lambda _: backend)))[-1]
        assert [] == backend.asked
        assert before == _files(folder)

    async def test_a_missing_turn_is_named(self, plan: DebatePlan, scripted: Scripted, folder: Path) -> None:
        """The replay of an unfinished debate stops at the first address without a reply."""
        cut = start(plan, lambda _: scripted(stop_after=1), folder)
        with pytest.raises(ProviderError):
            await _hold(cut)
        with pytest.raises(TapeMismatch) as caught:
            await _hold(replay(cut.path, lambda _: scripted()))

        assert "R1/opening/1/energy" == caught.value.address


class TestFork:
    async def test_turns_that_hold_are_copied(
        self, plan: DebatePlan, scripted: Scripted, folder: Path
    ) -> None:
        """Only the chosen turn and those whose request it changes are asked; the child names its parent."""
        parent = start(plan, lambda _: scripted(), folder)
        await _hold(parent)
        backend = scripted()
        child = fork(parent.path, lambda _: backend, folder, at="R2/rebuttal/2/energy", document=_document)
        await _hold(child)
        record = read_record(child.path)

        assert ["R2/rebuttal/2/energy"] == backend.asked
        assert (15, 1) == (record.usage.turns, record.usage.calls)
        assert record.parent is not None
        assert parent.id == record.parent.run
        assert read_record(parent.path).rulings == record.rulings

    async def test_a_child_stands_alone(self, plan: DebatePlan, scripted: Scripted, folder: Path) -> None:
        """Without its parent a fork replays to the same end."""
        parent = start(plan, lambda _: scripted(), folder)
        await _hold(parent)
        child = fork(parent.path, lambda _: scripted(), folder)
        events = await _hold(child)
        parent.path.unlink()

        assert events[-1] == (await _hold(replay(child.path, lambda _: scripted())))[-1]

    async def test_a_role_less_asks_what_it_changes(
        self, plan: DebatePlan, scripted: Scripted, folder: Path
    ) -> None:
        """With changed roles the openings that still hold are copied and everything after them is asked."""
        parent = start(plan, lambda _: scripted(), folder)
        await _hold(parent)
        backend = scripted()
        fewer = plan.model_copy(update={"charters": plan.charters[:2]})
        await _hold(fork(parent.path, lambda _: backend, folder, plan=fewer))

        assert not [address for address in backend.asked if "opening" in address]
        assert [address for address in backend.asked if "rebuttal" in address]

    async def test_failed_turns_are_retried(self, plan: DebatePlan, scripted: Scripted, folder: Path) -> None:
        """A fork that retries asks every failed turn anew."""
        parent = start(plan, lambda _: scripted(failing=("R1/opening/1/energy",)), folder)
        await _hold(parent)
        backend = scripted()
        child = fork(parent.path, lambda _: backend, folder, retry_failed=True)
        await _hold(child)

        assert "R1/opening/1/energy" in backend.asked
        assert not [address for address in backend.asked if address.startswith("R2/opening")]
        assert 0 == read_record(child.path).usage.failed

    @pytest.mark.parametrize("stop", [0, 1, 4, 7])
    async def test_an_interrupted_fork_goes_on_copying(
        self, plan: DebatePlan, scripted: Scripted, folder: Path, stop: int
    ) -> None:
        """Resumed, a fork takes from its parent what still holds there and asks only what the fork is about."""
        parent = start(plan, lambda _: scripted(failing=("R2/opening/1/industry",)), folder)
        await _hold(parent)
        child = fork(parent.path, lambda _: scripted(), folder, at="R1/rebuttal/2/energy", retry_failed=True)
        async with aclosing(child.events()) as events:
            taken = 0
            async for event in events:
                taken += event.kind == "turn_taken"
                if taken > stop:
                    break
        before = read_record(child.path).usage.calls
        backend = scripted()
        await _hold(resume(child.path, lambda _: backend))
        whole = fork(parent.path, lambda _: scripted(), folder, at="R1/rebuttal/2/energy", retry_failed=True)
        await _hold(whole)

        assert len(backend.asked) < 9
        assert read_record(child.path).usage.calls == before + len(backend.asked)
        assert _records(whole.path) == _records(child.path)

    async def test_an_interrupted_fork_wants_its_parent_beside_it(
        self, plan: DebatePlan, scripted: Scripted, folder: Path
    ) -> None:
        """Without the parent nothing is silently asked anew; the refusal tells both ways to go on."""
        parent = start(plan, lambda _: scripted(), folder)
        await _hold(parent)
        child = fork(parent.path, lambda _: scripted(), folder)
        child.close()
        parent.path.unlink()
        with pytest.raises(TranscriptError, match=f"{parent.id} is not beside it") as caught:
            resume(child.path, lambda _: scripted())
        assert f"jemaa fork {child.id}" in str(caught.value)

        backend = scripted()
        again = fork(child.path, lambda _: backend, folder)
        await _hold(again)
        assert 15 == len(backend.asked)

    async def test_a_finished_fork_needs_no_parent(
        self, plan: DebatePlan, scripted: Scripted, folder: Path
    ) -> None:
        """Once finished, a fork stands alone."""
        parent = start(plan, lambda _: scripted(), folder)
        await _hold(parent)
        child = fork(parent.path, lambda _: scripted(), folder)
        events = await _hold(child)
        parent.path.unlink()

        assert events[-1] == (await _hold(resume(child.path, lambda _: scripted())))[-1]

    async def test_an_unknown_address_is_refused(
        self, plan: DebatePlan, scripted: Scripted, folder: Path
    ) -> None:
        """A fork at a turn that never was says which turns there are."""
        parent = start(plan, lambda _: scripted(), folder)
        await _hold(parent)
        with pytest.raises(InputError, match="R1/opening/1/finance"):
            fork(parent.path, lambda _: scripted(), folder, at="R9/opening/1/energy")
