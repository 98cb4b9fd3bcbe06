"""`jemaa watch`: a transcript in the terminal app."""

from tui import settings
from tui.console import require_terminal
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
