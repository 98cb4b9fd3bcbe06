"""`jemaa watch`: a transcript in the terminal app."""

import sys

from agents.errors import InputError
from tui import settings
from tui.options import Reference, Transcripts


def command(reference: Reference = "last", transcripts: Transcripts = None) -> None:
    """Open a transcript in the terminal app."""
    chosen = settings.load(transcripts=transcripts)
    from transcripts.library.find import find

    path = find(reference, chosen.transcripts)
    require_terminal("jemaa show prints the same.")
    from transcripts.library.record import read_record
    from tui.app.main import watch
    from tui.state import DebateState

    watch(DebateState.of_record(read_record(path)))


def require_terminal(hint: str) -> None:
    """Raises InputError where the app could not be seen or would not hear a key."""
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise InputError("The terminal app needs a terminal.", hint)
