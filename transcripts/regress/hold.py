"""Holding a debate in memory: argued anew, or from its recording, with a mark of every turn."""

import hashlib
from collections.abc import AsyncGenerator, Mapping
from contextlib import aclosing
from pathlib import Path
from typing import NamedTuple, cast

from agents.argument.model import Speech
from agents.backends.speakers import OFFLINE, models_of, speakers
from agents.debate.document import Strategy
from agents.debate.event import Event, Ruled, SpeechGiven, StrategyWritten
from agents.debate.plan import DebatePlan
from agents.debate.run import run
from agents.debate.turn import Answer, Backend, TurnRequest, Turns, Usage
from agents.errors import TapeMismatch
from transcripts.library.record import DebateRecord, totals
from transcripts.log.blobs import canonical
from transcripts.log.contents import Contents
from transcripts.log.fingerprint import Fingerprints
from transcripts.log.tape import Tape

_MARK = 8


class Mark(NamedTuple):
    """A turn by the beginnings of two hashes: what was asked, what was answered (`failed`: nothing)."""

    request: str
    reply: str

    def __str__(self) -> str:
        return f"{self.request} {self.reply}"


class Held(NamedTuple):
    """A debate that was held in memory. `record` has no file; `marks` are by address."""

    record: DebateRecord
    marks: Mapping[str, Mark]


async def argue(plan: DebatePlan, backend: Backend, name: str) -> Held:
    """Hold a debate, asking `backend` every turn; nothing is recorded."""
    return await _held(plan, _Argued(backend), name)


async def replay(plan: DebatePlan, backend: Backend, recorded: Contents, name: str) -> Held:
    """Hold a debate whose turns by models are all recorded; what follows from the turns is computed anew.

    Raises TapeMismatch for the first turn whose request differs or that is missing.
    """
    tape = Tape(backend, recorded, name)
    try:
        return await _held(plan, _Replayed(plan, backend, tape, recorded), name)
    except TapeMismatch as found:
        raise tape.mismatch or found from None


class _Marking(Turns):
    """Turns that keep a mark and the usage of each."""

    def __init__(self) -> None:
        self.marks: dict[str, Mark] = {}
        self.answers: dict[str, Answer] = {}

    def keep(self, request: TurnRequest, fingerprint: str, answer: Answer) -> Answer:
        """Note an answer, and hand it on."""
        address = str(request.address)
        self.marks[address] = Mark(fingerprint[:_MARK], _reply_mark(answer))
        self.answers[address] = answer
        return answer


class _Argued(_Marking):
    def __init__(self, backend: Backend) -> None:
        super().__init__()
        self._backend = backend
        self._fingerprints = Fingerprints()

    async def take(self, request: TurnRequest) -> Answer:
        prompt = self._backend.render(request)
        answer = await self._backend.answer(request, prompt)
        return self.keep(request, self._fingerprints.of(prompt).sha256, answer)


class _Replayed(_Marking):
    """Turns from a recording; those of embedded debaters are argued anew, for nobody needs to be asked."""

    def __init__(self, plan: DebatePlan, backend: Backend, tape: Tape, recorded: Contents) -> None:
        super().__init__()
        self._argued = _Argued(backend)
        self._offline = {role for role in speakers(plan) if models_of(plan, role)[0] == OFFLINE}
        self._tape = tape
        self._recorded = recorded

    async def take(self, request: TurnRequest) -> Answer:
        address = str(request.address)
        if request.address.role in self._offline:
            answer = await self._argued.take(request)
            return self.keep(request, self._argued.marks[address].request, answer)
        answer = await self._tape.take(request)
        return self.keep(request, self._recorded.turns[address].asked.fingerprint, answer)


async def _held(plan: DebatePlan, turns: _Marking, name: str) -> Held:
    said: list[Speech] = []
    heard: list[Ruled] = []
    strategy: Strategy | None = None
    running = cast("AsyncGenerator[Event, None]", run(plan, turns))
    async with aclosing(running) as events:
        async for event in events:
            match event:
                case SpeechGiven(speech=speech):
                    said.append(speech)
                case Ruled():
                    heard.append(event)
                case StrategyWritten():
                    strategy = event.strategy
    order = [recommendation.id for recommendation in plan.recommendations]
    usages: list[Usage] = [answer.usage for answer in turns.answers.values()]
    record = DebateRecord(
        id=name,
        path=Path(f"{name}.jsonl"),
        status="finished" if strategy else "unfinished",
        began="",
        plan=plan,
        source=None,
        parent=None,
        heard=tuple(sorted(heard, key=lambda ruled: order.index(ruled.ruling.recommendation))),
        open_speeches=(),
        strategy=strategy,
        usage=totals(
            usages,
            turns=len(turns.answers),
            failed=sum(answer.reply is None for answer in turns.answers.values()),
        ),
        seconds=0.0,
        unanswered=(),
    )
    return Held(record, dict(sorted(turns.marks.items())))


def _reply_mark(answer: Answer) -> str:
    if answer.reply is None:
        return "failed"
    said = canonical(answer.reply.model_dump(mode="json", by_alias=True))
    return hashlib.sha256(said.encode()).hexdigest()[:_MARK]
