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
    from tui.app.main import watch
    from tui.sitting import saved

    watch(saved(path, chosen), chosen)
