"""Holding one debate of a sweep: begun, gone on with, or found finished."""

from pathlib import Path
from time import perf_counter
from typing import NamedTuple

from agents.backends.open import fitted
from agents.debate.plan import DebatePlan
from agents.debate.turn import Answer, Backend, Prompt, TurnRequest
from agents.errors import BeingWritten, JemaaError, ProviderError, StorageError
from transcripts.export.markdown import strategy_markdown
from transcripts.log.file import SUFFIX, has_begun
from transcripts.log.read import read_ends
from transcripts.log.session import OpenBackend, Session, resume, start
from transcripts.sweep.task import Outcome, Task


async def hold(task: Task, folder: Path, open_backend: OpenBackend) -> Outcome:
    """Hold the debate of a task, or what is missing of it; its transcript lies in `folder`.

    What goes wrong with it is its outcome, so that the others go on. Cancelled, it leaves a transcript that
    can be resumed.
    """
    path = folder / f"{task.id}{SUFFIX}"
    began = perf_counter()
    counted = _Counted(open_backend)
    twice = 0
    try:
        if is_finished(path):
            return Outcome(id=task.id, status="found")
        held = _session(task, path, counted.open)
        twice = len(held.session.unanswered)
        async for _ in held.session.events():
            pass
    except (JemaaError, OSError) as error:
        return Outcome(
            id=task.id,
            status="unfinished",
            cause=error.message if isinstance(error, JemaaError) else str(error),
            hint=error.hint if isinstance(error, JemaaError) else None,
            must_change=isinstance(error, JemaaError)
            and not isinstance(error, ProviderError | StorageError | BeingWritten),
            busy=isinstance(error, BeingWritten),
            asked=counted.asked,
            twice=twice,
            seconds=round(perf_counter() - began, 3),
        )
    finally:
        await counted.close()
    return Outcome(
        id=task.id,
        status="resumed" if held.resumed else "held",
        asked=counted.asked,
        twice=twice,
        seconds=round(perf_counter() - began, 3),
    )


def is_finished(path: Path) -> bool:
    """Whether a transcript is there and closed. Raises TranscriptError for a file that is none."""
    return path.exists() and _begun(path) and (read_ends(path).last or {}).get("kind") == "closed"


class _Held(NamedTuple):
    session: Session
    resumed: bool


def _session(task: Task, path: Path, open_backend: OpenBackend) -> _Held:
    if path.exists() and _begun(path):
        return _Held(resume(path, open_backend, document=strategy_markdown), resumed=True)
    session = start(
        fitted(task.plan),
        open_backend,
        path.parent,
        source=task.source,
        document=strategy_markdown,
        run_id=task.id,
    )
    return _Held(session, resumed=False)


def _begun(path: Path) -> bool:
    with path.open("rb") as file:
        return has_begun(file, path.name)


class _Counted:
    """The backend of a debate, counting what it is asked; its connections end with the debate."""

    def __init__(self, open_backend: OpenBackend) -> None:
        self.asked = 0
        self._open = open_backend
        self._backend: Backend | None = None

    def open(self, plan: DebatePlan) -> Backend:
        self._backend = self._open(plan)
        return self

    def render(self, request: TurnRequest) -> Prompt:
        assert self._backend is not None
        return self._backend.render(request)

    async def answer(self, request: TurnRequest, prompt: Prompt) -> Answer:
        assert self._backend is not None
        self.asked += 1
        return await self._backend.answer(request, prompt)

    async def close(self) -> None:
        if (close := getattr(self._backend, "close", None)) is not None:
            await close()
