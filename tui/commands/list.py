"""`jemaa list`: the saved transcripts, last written first."""

from tui import settings
from tui.console import print_json, show
from tui.options import AsJson, Transcripts


def command(*, as_json: AsJson = False, transcripts: Transcripts = None) -> None:
    """List the saved transcripts, last written first."""
    folder = settings.load(transcripts=transcripts).transcripts
    from transcripts.library.summary import summaries

    found = summaries(folder)
    if as_json:
        print_json({"folder": str(folder), "transcripts": [item.as_json() for item in found]})
    elif found:
        from tui.present.listing import entry

        show(*map(entry, found))
    else:
        show(f"There is no transcript in {folder}. Make one with: jemaa debate")
