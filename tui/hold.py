"""Holding a debate from the command line: progress while it runs, its outcome when it is over."""

import asyncio
from collections.abc import AsyncGenerator, Callable
from contextlib import aclosing
from functools import partial

import typer

from agents.backends.watch import Waiting, Watch, Writing
from agents.debate.event import Event
from agents.errors import ChairStop, JemaaError
from transcripts.library.record import DebateRecord, read_record
from transcripts.library.result import debate_result
from transcripts.log.session import Session
from tui.console import console, print_json, show
from tui.failure import INTERRUPTED
from tui.logfile import log_begin, log_event
from tui.present.summary import outcome
from tui.progress import progress
from tui.safe import safe_text
from tui.settings import Settings, load
from tui.spend import used
from tui.state import DebateState
from tui.wire import Wire

GO_ON = "Go on with: jemaa resume last"


def hold(
    session: Session,
    wire: Wire | None = None,
    *,
    as_json: bool,
    watch: bool = False,
    settings: Settings | None = None,
) -> None:
    """Run a debate and print its outcome; `wire` is what its backend tells its doings on.

    Raises typer.Exit(130) on Ctrl-C, and what the session raises.
    """
    if session.torn:
        note(f"The last line was cut short by an interruption; it lies in {session.torn} now.")
    if session.unanswered:
        note(f"Asked again, perhaps paid for twice: {', '.join(session.unanswered)}.")
    state = DebateState.of(session.plan)
    finished = False
    wire = wire or Wire()
    wire.listener = state.notice
    log_begin(session.id, session.plan.model, session.path)
    try:
        if watch:
            finished = _in_app(session, wire, settings or load())
        else:
            with progress(state) as tell:
                wire.listener = _each(state.notice, tell)
                asyncio.run(_follow(session, state, tell))
    except KeyboardInterrupt:
        note(f"Interrupted. {GO_ON}")
        raise typer.Exit(INTERRUPTED) from None
    finally:
        session.close()
        if spent := used(state.spent):
            note(f"The debate has used {spent}.")
    if watch and not finished:
        note(f"Left before the end. {GO_ON}")
    elif watch and not as_json:
        note(f"Transcript: {session.path}\nStrategy: {session.strategy_path}")
    else:
        print_outcome(read_record(session.path), as_json=as_json)


def print_outcome(record: DebateRecord, *, as_json: bool) -> None:
    """What `debate`, `resume` and `replay` print."""
    if as_json:
        print_json(debate_result(record))
    else:
        show(outcome(DebateState.of_record(record), record))


def note(text: str) -> None:
    """A message beside the result, on standard error."""
    console(stderr=True).print(safe_text(text), soft_wrap=True)


def _each(notice: Watch, tell: Callable[[], None]) -> Watch:
    def noticed(told: Writing | Waiting) -> None:
        notice(told)
        tell()

    return noticed


async def _follow(session: Session, state: DebateState, tell: Callable[[], None]) -> None:
    async with aclosing(_logged(session)) as events:
        async for event in events:
            state.apply(event)
            tell()


async def _logged(session: Session) -> AsyncGenerator[Event, None]:
    async with aclosing(session.events()) as events:
        async for event in events:
            log_event(event)
            yield event


def _in_app(session: Session, wire: Wire, settings: Settings) -> bool:
    """Show the debate until the person leaves; whether it was over by then."""
    from tui.app.main import watch
    from tui.sitting import live

    sitting = live(session, settings, partial(_logged, session))
    wire.listener = sitting.notice
    failure: JemaaError | None = watch(sitting, settings)
    if failure is not None and not isinstance(failure, ChairStop):
        raise failure
    return sitting.finished
