"""The debates of one process: side by side in its event loop, their models together within the same limits."""

import asyncio
from collections.abc import AsyncGenerator, Sequence
from contextlib import aclosing
from functools import partial

from agents.backends.chat.limits import Allowance
from agents.backends.open import open_backend
from transcripts.sweep.hold import hold
from transcripts.sweep.several import side_by_side
from transcripts.sweep.task import Outcome, Task, Terms


class Hall:
    """Holds debates in one event loop, `terms.at_once` at a time."""

    def __init__(self, terms: Terms) -> None:
        self._terms = terms
        self._allowance = Allowance(terms.limits)
        self._rooms = asyncio.Semaphore(terms.at_once)

    async def hold(self, task: Task) -> Outcome:
        """Hold a debate as soon as there is room."""
        opened = partial(
            open_backend,
            limits=self._allowance,
            cache_first=self._terms.cache_first,
            prompts=task.prompts,
        )
        async with self._rooms:
            return await hold(task, self._terms.folder, opened)


async def in_process(tasks: Sequence[Task], terms: Terms) -> AsyncGenerator[Outcome, None]:
    """What became of each debate, held here."""
    async with aclosing(side_by_side(tasks, Hall(terms).hold, lambda: terms.at_once)) as outcomes:
        async for outcome in outcomes:
            yield outcome
