"""Many at a time, never more than so many."""

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable, Iterable
from contextlib import aclosing
from time import monotonic
from typing import TypeVar

from transcripts.sweep.task import Outcome, Task

_Given = TypeVar("_Given")
_Made = TypeVar("_Made")

Dispatch = Callable[[list[Task]], AsyncGenerator[Outcome, None]]
"""Holds debates and tells what became of each, in the order in which they end."""

PATIENCE = 60.0
"""Seconds to wait for debates that another process holds, once all others are done."""
_EVERY = 1.0


async def side_by_side(
    given: Iterable[_Given], work: Callable[[_Given], Awaitable[_Made]], at_once: Callable[[], int]
) -> AsyncGenerator[_Made, None]:
    """What `work` makes of each, at most `at_once()` at a time, in the order in which they are done.

    Closing the iterator cancels what is under way and waits until it has ended.
    """
    waiting = iter(given)
    running: set[asyncio.Future[_Made]] = set()
    exhausted = False
    try:
        while True:
            while not exhausted and len(running) < max(1, at_once()):
                for one in waiting:
                    running.add(asyncio.ensure_future(work(one)))
                    break
                else:
                    exhausted = True
            if not running:
                return
            done, running = await asyncio.wait(running, return_when=asyncio.FIRST_COMPLETED)
            for made in done:
                yield made.result()
    finally:
        for left in running:
            left.cancel()
        await asyncio.gather(*running, return_exceptions=True)


async def several(
    tasks: list[Task], dispatch: Dispatch, patience: float = PATIENCE
) -> AsyncGenerator[Outcome, None]:
    """What becomes of every debate, each told once.

    One that another process is writing is tried again when the others are done, for as long as `patience`.
    """
    by_id = {task.id: task for task in tasks}
    pending = tasks
    until: float | None = None
    while pending:
        busy: list[Outcome] = []
        async with aclosing(dispatch(pending)) as outcomes:
            async for outcome in outcomes:
                if outcome.busy:
                    busy.append(outcome)
                else:
                    until = None
                    yield outcome
        until = monotonic() + patience if until is None else until
        if monotonic() >= until:
            for outcome in busy:
                yield outcome
            return
        pending = [by_id[outcome.id] for outcome in sorted(busy, key=lambda outcome: outcome.id)]
        if pending:
            await asyncio.sleep(_EVERY)
