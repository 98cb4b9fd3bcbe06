import asyncio
from collections.abc import AsyncGenerator

import pytest

from agents.debate.plan import DebatePlan
from transcripts.sweep.several import Dispatch, several, side_by_side
from transcripts.sweep.task import Outcome, Task


class TestSideBySide:
    async def test_bounded(self) -> None:
        """Never more are under way than may be, and all are done."""
        running, most = 0, 0

        async def work(number: int) -> int:
            nonlocal running, most
            running += 1
            most = max(most, running)
            for _ in range(number % 4):
                await asyncio.sleep(0)
            running -= 1
            return number

        made = [number async for number in side_by_side(range(20), work, lambda: 3)]

        assert list(range(20)) == sorted(made)
        assert 3 == most

    async def test_left_early(self) -> None:
        """Whoever stops listening ends what is under way; nothing further is begun."""
        begun: list[int] = []
        ended: list[int] = []

        async def work(number: int) -> int:
            begun.append(number)
            try:
                await asyncio.sleep(0 if number == 0 else 60)
            finally:
                ended.append(number)
            return number

        taking = side_by_side(range(9), work, lambda: 2)
        assert 0 == await anext(taking)
        await taking.aclose()

        assert [0, 1] == begun
        assert begun == sorted(ended)


class TestSeveral:
    def dispatch(self, busy: dict[str, int]) -> Dispatch:
        """Debates that are busy for so many rounds, then found."""

        async def held(tasks: list[Task]) -> AsyncGenerator[Outcome, None]:
            for task in tasks:
                left = busy.get(task.id, 0)
                busy[task.id] = left - 1
                if left > 0:
                    yield Outcome(id=task.id, status="unfinished", cause="held elsewhere", busy=True)
                else:
                    yield Outcome(id=task.id, status="found")

        return held

    async def test_busy_are_tried_again(self, plan: DebatePlan, monkeypatch: pytest.MonkeyPatch) -> None:
        """A debate that another process writes is waited for once the others are done, and told once."""
        monkeypatch.setattr("transcripts.sweep.several._EVERY", 0.0)
        tasks = [Task(id=name, plan=plan) for name in "abc"]
        told = [outcome async for outcome in several(tasks, self.dispatch({"a": 2}))]

        assert ["b", "c", "a"] == [outcome.id for outcome in told]
        assert {"found"} == {outcome.status for outcome in told}

    async def test_not_for_ever(self, plan: DebatePlan) -> None:
        """When patience ends a busy debate is told as left."""
        told = [
            one async for one in several([Task(id="a", plan=plan)], self.dispatch({"a": 9}), patience=0.0)
        ]

        assert [("a", "unfinished")] == [(one.id, one.status) for one in told]
