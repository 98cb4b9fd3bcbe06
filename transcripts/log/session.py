"""Holding a debate over its transcript: started, resumed, replayed or forked, all by the same code."""

from collections.abc import AsyncGenerator, Callable, Sequence
from contextlib import aclosing
from dataclasses import dataclass, field
from pathlib import Path
from typing import cast

from agents.backends.offline.edition import edition
from agents.debate.document import Strategy
from agents.debate.event import Event, Ruled, SpeechGiven, StrategyWritten
from agents.debate.plan import DebatePlan
from agents.debate.presiding import Chair, Given
from agents.debate.run import run
from agents.debate.turn import Backend
from agents.errors import TapeMismatch, TranscriptError
from transcripts.log.blobs import digest
from transcripts.log.chain import SCHEMA
from transcripts.log.clock import Clock
from transcripts.log.contents import Contents, contents, load
from transcripts.log.copying import Copied, no_turn, turns_beside
from transcripts.log.file import SUFFIX, create, reopen
from transcripts.log.mismatch import recomputed
from transcripts.log.names import new_id
from transcripts.log.plan import beginning, read_plan
from transcripts.log.record import (
    Closed,
    Derived,
    Parent,
    RulingRecord,
    SpeechRecord,
    StrategyRecord,
    chair_record,
    to_json,
)
from transcripts.log.tape import Taken, Tape, record_taken
from transcripts.log.whole import write_whole
from transcripts.log.writer import Writer, refusal

OpenBackend = Callable[[DebatePlan], Backend]
"""Makes the backend that speaks for a plan, for example `agents.backends.open.open_backend`."""

Document = Callable[[DebatePlan, Strategy, Sequence[Ruled]], str]
"""Renders the strategy as Markdown; `transcripts.export.markdown.strategy_markdown` is one."""


@dataclass
class Session:
    """One run of a debate over its transcript. `events` holds it; whoever does not run it must `close` it.

    `torn` is where a torn last line was put, if there was one; `unanswered` the addresses that were asked
    before an interruption and never answered, so that they may be paid for twice; `finished` is True when
    the transcript held a closed debate already. `chair` takes what the person who presides does while the
    debate is held; it is on the record before it takes effect.
    """

    id: str
    path: Path
    plan: DebatePlan
    torn: Path | None
    unanswered: tuple[str, ...]
    finished: bool
    _tape: Tape
    _recorded: Contents
    _clock: Clock
    _writer: Writer | None = None
    _document: Document | None = None
    _rulings: list[Ruled] = field(default_factory=list)
    chair: Chair = field(init=False)

    def __post_init__(self) -> None:
        self.chair = Chair(
            self.plan,
            recorded=[record.given for record in self._recorded.chair.values()],
            asked=self._recorded.turns,
            save=self._save,
            passes=self._tape.passes,
        )
        self._tape.admit = self.chair.admit

    @property
    def strategy_path(self) -> Path:
        """Where the strategy lies, beside the transcript, once the debate is finished."""
        return self.path.with_suffix(".md")

    async def events(self) -> AsyncGenerator[Event, None]:
        """Hold the debate and yield what happens. When it ends, transcript and strategy are on disk.

        Closing the iterator stops the debate; what was answered is on disk and `resume` goes on from there.

        Raises TapeMismatch when the transcript answers another debate than the one that is run, StorageError
        when the disk refuses, ProviderError when the backend cannot go on, ChairStop when the chair ends it.
        """
        try:
            running = cast("AsyncGenerator[Event, None]", run(self.plan, self._tape, self.chair))
            async with aclosing(running) as events:
                async for event in events:
                    self._put(self._derived(event))
                    yield event
                    if isinstance(event, StrategyWritten):
                        await self._close_debate(event.strategy)
        except TapeMismatch as found:
            raise self._tape.mismatch or found from None
        finally:
            self.close()

    def close(self) -> None:
        """Release the transcript."""
        if self._writer is not None:
            self._writer.close()

    async def _save(self, given: Given) -> None:
        if self._writer is None:
            return
        if self._recorded.version < SCHEMA:
            raise TranscriptError(
                f"Transcript {self.path.name} is of version {self._recorded.version}, which has no place for what "
                "the chair does.",
                f"Hold it again in a file of its own: jemaa fork {self.path.stem}",
            )
        record = chair_record(given, self._recorded.chair, self._clock.now())
        self._recorded.chair[record.id] = record
        await self._writer.write([to_json(record)])

    def _derived(self, event: Event) -> Derived | None:
        match event:
            case SpeechGiven(speech=speech):
                return SpeechRecord(id=f"speech/{speech.address}", time=self._clock.now(), speech=speech)
            case Ruled():
                self._rulings.append(event)
                return RulingRecord(
                    id=f"ruling/{event.ruling.recommendation}",
                    time=self._clock.now(),
                    ruling=event.ruling,
                    reasons=event.reasons,
                    measure=event.measure,
                    cut=event.cut,
                    chair=event.chair,
                    strengths={
                        argument.id: argument.strength
                        for speech in event.speeches
                        for argument in speech.arguments
                    },
                )
            case StrategyWritten(strategy=strategy):
                return StrategyRecord(time=self._clock.now(), strategy=strategy)
            case _:
                return None

    def _put(self, record: Derived | None) -> None:
        """Record what was computed, unless it is on record; then it must be the same."""
        if record is None:
            return
        known = self._recorded.derived.get(record.id)
        if known is not None:
            if _timeless(known) != _timeless(record):
                was, now = (_timeless(part, indent=1) for part in (known, record))
                raise recomputed(record.id, was, now, self.path.name)
        elif self._writer is not None:
            self._recorded.derived[record.id] = record
            self._writer.put([to_json(record)])

    async def _close_debate(self, strategy: Strategy) -> None:
        if self._writer is None:
            return
        await self._writer.write([])
        closed = self._recorded.derived.get("closed")
        written = closed.document if isinstance(closed, Closed) else None
        if self._document is not None and not (self.finished and self.strategy_path.exists()):
            text = self._document(self.plan, strategy, self._in_plan_order()).encode()
            written = written if self.finished else digest(text)
            try:
                write_whole(self.strategy_path, text)
            except OSError as error:
                raise refusal(error, self.path) from error
        decisions = {ruling.recommendation: str(ruling.decision) for ruling in strategy.rulings}
        self._put(Closed(time=self._clock.now(), decisions=decisions, document=written))
        await self._writer.write([])

    def _in_plan_order(self) -> list[Ruled]:
        order = [recommendation.id for recommendation in self.plan.recommendations]
        return sorted(self._rulings, key=lambda ruled: order.index(ruled.ruling.recommendation))


def _timeless(record: Derived, indent: int | None = None) -> str:
    return record.model_dump_json(indent=indent, exclude={"time"}, by_alias=True)


def start(
    plan: DebatePlan,
    open_backend: OpenBackend,
    folder: Path,
    *,
    source: bytes | None = None,
    document: Document | None = None,
    run_id: str | None = None,
    parent: Parent | None = None,
    copied: Copied = no_turn,
    inputs: Sequence[Given] = (),
    taken: Sequence[Taken] = (),
) -> Session:
    """A new debate, its transcript created under `folder`; `source` is what the article was read from.

    `parent` and `copied` are set for a fork: see `transcripts.log.fork`. `inputs` are the chair's, given
    beforehand with the turns before which they take effect; `taken` are turns that the plan follows from.

    Raises what `open_backend` raises, InputError when the folder cannot be written, and TranscriptError when
    `run_id` is given and taken.
    """
    backend = open_backend(plan)
    name = run_id or new_id(plan.article.title)
    path = folder / f"{name}{SUFFIX}"
    clock = Clock()
    first = beginning(plan, name, clock.now(), source=source, parent=parent, edition=edition())
    recorded = Contents(first.header, blobs=dict(first.blobs))
    for given in inputs:
        record = chair_record(given, recorded.chair, clock.now())
        recorded.chair[record.id] = record
    beginnings = [to_json(record) for record in (*first.records(), *recorded.chair.values())]
    writer = create(path, [*beginnings, *record_taken(taken, recorded, clock)])
    tape = Tape(backend, recorded, path.name, writer=writer, clock=clock, copied=copied)
    return Session(name, path, plan, None, (), False, tape, recorded, clock, writer, document)


def resume(path: Path, open_backend: OpenBackend, *, document: Document | None = None) -> Session:
    """The debate of a transcript, to be gone on with; a finished one gives its result and asks nothing.

    An unfinished fork goes on copying from its parent, which must lie beside it.

    Raises TranscriptError when the transcript is damaged, of an unknown version or being written, or when
    the parent of an unfinished fork is not beside it.
    """
    clock = Clock()
    writer, lines, torn = reopen(path)
    try:
        recorded = contents(lines, path.name)
        plan = read_plan(recorded.header.plan, recorded.blobs, path.name)
        parent = None if recorded.finished else recorded.header.parent
        copied = no_turn if parent is None else turns_beside(path, parent)
        tape = Tape(open_backend(plan), recorded, path.name, writer=writer, clock=clock, copied=copied)
    except BaseException:
        writer.close()
        raise
    return Session(
        recorded.header.run,
        path,
        plan,
        torn,
        tuple(address for address, turn in recorded.turns.items() if turn.outcome is None),
        recorded.finished,
        tape,
        recorded,
        clock,
        writer,
        document,
    )


def replay(path: Path, open_backend: OpenBackend) -> Session:
    """The debate of a transcript, held again from it alone: nothing is asked and nothing written."""
    recorded = load(path)
    plan = read_plan(recorded.header.plan, recorded.blobs, path.name)
    clock = Clock()
    tape = Tape(open_backend(plan), recorded, path.name, clock=clock)
    return Session(recorded.header.run, path, plan, None, (), recorded.finished, tape, recorded, clock)
