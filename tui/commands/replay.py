"""`jemaa replay`: the same debate, from its transcript alone."""

from functools import partial

import typer

from agents.errors import TapeMismatch
from tui import settings
from tui.failure import NO, complain
from tui.options import AsJson, Reference, Transcripts


def command(reference: Reference = "last", as_json: AsJson = False, transcripts: Transcripts = None) -> None:
    """Run a debate again from its transcript; nobody is asked.

    Exit code 1, with the first difference, when today's program would hold another debate.
    """
    chosen = settings.load(transcripts=transcripts)
    from transcripts.library.find import find

    path = find(reference, chosen.transcripts)
    from agents.backends.open import open_backend
    from transcripts.log.session import replay
    from tui.hold import hold

    try:
        hold(replay(path, partial(open_backend, ask=False)), as_json=as_json)
    except TapeMismatch as error:
        complain(error.message, error.hint)
        raise typer.Exit(NO) from error
