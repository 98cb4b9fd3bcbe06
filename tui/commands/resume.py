"""`jemaa resume`: go on where a debate was interrupted."""

from typing import Annotated

import typer

from tui import settings
from tui.console import require_terminal
from tui.options import (
    AsJson,
    Budget,
    Deadline,
    InFlight,
    LogFile,
    Reference,
    RequestsPerMinute,
    TokensPerMinute,
    Transcripts,
    TurnDeadline,
)


def command(
    reference: Reference = "last",
    *,
    retry_failed: Annotated[
        bool, typer.Option("--retry-failed", help="Ask failed turns again, in a transcript of its own.")
    ] = False,
    as_json: AsJson = False,
    watch: Annotated[bool, typer.Option("--watch", help="Follow it in the terminal app.")] = False,
    transcripts: Transcripts = None,
    log_file: LogFile = None,
    budget: Budget = None,
    deadline: Deadline = None,
    turn_deadline: TurnDeadline = None,
    in_flight: InFlight = None,
    requests_per_minute: RequestsPerMinute = None,
    tokens_per_minute: TokensPerMinute = None,
) -> None:
    """Go on with a debate that was interrupted.

    What was answered is reused, what is missing is asked. A finished debate prints its outcome.
    """
    if watch:
        require_terminal("Without --watch it runs here and prints its outcome.")
    chosen = settings.load(
        transcripts=transcripts,
        log_file=log_file,
        budget=budget or None,
        deadline=deadline,
        turn_deadline=turn_deadline,
        in_flight=in_flight,
        requests_per_minute=requests_per_minute,
        tokens_per_minute=tokens_per_minute,
    )
    from transcripts.library.find import find

    path = find(reference, chosen.transcripts)
    from transcripts.export.markdown import strategy_markdown
    from transcripts.log.fork import fork
    from transcripts.log.session import resume
    from tui.hold import hold
    from tui.logfile import log_to
    from tui.wire import Wire

    wire = Wire()
    open_backend = wire.backend(chosen, watched=watch)
    with log_to(chosen.log_file):
        if retry_failed:
            session = fork(path, open_backend, path.parent, retry_failed=True, document=strategy_markdown)
        else:
            session = resume(path, open_backend, document=strategy_markdown)
        hold(session, wire, as_json=as_json, watch=watch, settings=chosen)
