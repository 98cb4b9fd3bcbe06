import asyncio
from collections.abc import Callable
from pathlib import Path

import pytest

from agents.debate.plan import DebatePlan
from agents.debate.turn import Backend
from agents.errors import InputError
from agents.roles.load import load_charters
from transcripts.log.session import resume, start
from transcripts.sweep.hold import hold, is_finished
from transcripts.sweep.process import in_process
from transcripts.sweep.task import Outcome, Task, Terms

Make = Callable[..., Backend]


@pytest.fixture
def task(plan: DebatePlan, source: bytes) -> Task:
    return Task(id="mine", plan=plan.model_copy(update={"model": "offline"}), source=source)


def names(folder: Path) -> set[str]:
    return {path.name for path in folder.glob("*")}


def read(path: Path) -> bytes:
    return path.read_bytes()


def write(path: Path, content: bytes) -> None:
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(content)


class TestHold:
    async def test_held_then_found(self, task: Task, scripted: Make, folder: Path) -> None:
        """A debate is held once; the same task finds it finished and asks nobody."""
        first = await hold(task, folder, lambda _: scripted())
        second = await hold(task, folder, lambda _: scripted(stop_after=0))

        assert ("held", 15) == (first.status, first.asked)
        assert ("found", 0) == (second.status, second.asked)
        assert {"mine.jsonl", "mine.md"} == names(folder)

    async def test_resumed(self, task: Task, scripted: Make, folder: Path) -> None:
        """Where a server went away the same task goes on: what was answered is not asked again."""
        first = await hold(task, folder, lambda _: scripted(stop_after=7))
        second = await hold(task, folder, lambda _: scripted())

        assert ("unfinished", "the server went away") == (first.status, first.cause)
        assert not first.must_change
        assert "resumed" == second.status
        assert 15 <= first.asked + second.asked <= 16 + second.twice

    async def test_cut_in_its_beginning(self, task: Task, scripted: Make, folder: Path) -> None:
        """A transcript that a crash cut before it was begun is begun again, wherever it was cut."""
        path = folder / "mine.jsonl"
        start(task.plan, lambda _: scripted(), folder, source=task.source, run_id="mine").close()
        whole = read(path)
        for length in [*range(0, len(whole), 701), len(whole) - 1]:
            write(path, whole[:length])
            assert not is_finished(path)
            outcome = await hold(task, folder, lambda _: scripted())
            assert "held" == outcome.status, length

    async def test_never_over_other_files(self, task: Task, scripted: Make, folder: Path) -> None:
        """A file of the same name that is no transcript is left as it is."""
        write(folder / "mine.jsonl", b"my notes\n")
        outcome = await hold(task, folder, lambda _: scripted())

        assert ("unfinished", True) == (outcome.status, outcome.must_change)
        assert b"my notes\n" == read(folder / "mine.jsonl")

    async def test_one_writer(self, task: Task, scripted: Make, folder: Path) -> None:
        """Two processes never write one transcript: the second is told that it is busy."""
        start(task.plan, lambda _: scripted(), folder, run_id="mine").close()
        held = resume(folder / "mine.jsonl", lambda _: scripted())
        outcome = await hold(task, folder, lambda _: scripted())
        held.close()

        assert outcome.busy
        assert "resumed" == (await hold(task, folder, lambda _: scripted())).status

    async def test_what_must_change(self, task: Task, folder: Path) -> None:
        """A missing key is told with what to do, and leaves nothing behind."""

        def refuse(_: DebatePlan) -> Backend:
            raise InputError("There is no key.", "Set OPENAI_API_KEY.")

        outcome = await hold(task, folder, refuse)

        assert (True, "There is no key.", "Set OPENAI_API_KEY.") == (
            outcome.must_change,
            outcome.cause,
            outcome.hint,
        )
        assert set() == names(folder)

    async def test_cancelled(self, task: Task, scripted: Make, folder: Path) -> None:
        """A debate that is cancelled leaves a transcript that goes on."""
        holding = asyncio.ensure_future(hold(task, folder, lambda _: scripted(seed=1)))
        await asyncio.sleep(0)  # until its first turn is asked
        holding.cancel()
        await asyncio.gather(holding, return_exceptions=True)

        assert "resumed" == (await hold(task, folder, lambda _: scripted())).status


async def test_in_process(plan: DebatePlan, folder: Path) -> None:
    """Debates by rules are held side by side in one process, each with a transcript of its own."""
    charters = tuple(load_charters(None).values())
    offline = plan.model_copy(update={"model": "offline", "charters": charters})
    tasks = [Task(id=f"debate-{number}", plan=offline) for number in range(3)]
    told: list[Outcome] = [one async for one in in_process(tasks, Terms(folder=folder, at_once=2))]

    assert {"held": None} == {one.status: one.cause for one in told}
    assert {f"debate-{number}.{kind}" for number in range(3) for kind in ("jsonl", "md")} == names(folder)
