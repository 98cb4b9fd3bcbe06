"""`jemaa list`: the saved transcripts, last written first."""

from collections import Counter
from typing import TYPE_CHECKING

from tui import settings
from tui.console import print_json, show
from tui.options import AsJson, Transcripts

if TYPE_CHECKING:
    from rich.text import Text

    from transcripts.library.summary import Summary

DECISIONS = {
    "adopt": "adopted",
    "adopt_with_conditions": "adopted with conditions",
    "defer": "deferred",
    "reject": "rejected",
}


def command(as_json: AsJson = False, transcripts: Transcripts = None) -> None:
    """List the saved transcripts, last written first."""
    folder = settings.load(transcripts=transcripts).transcripts
    from transcripts.library.summary import summaries

    found = summaries(folder)
    if as_json:
        print_json({"folder": str(folder), "transcripts": [item.as_json() for item in found]})
    elif found:
        show(*map(lines, found))
    else:
        show(f"There is no transcript in {folder}. Make one with: jemaa debate")


def lines(item: "Summary") -> "Text":
    """A transcript on three lines: id, title, outcome."""
    from rich.text import Text

    from tui.safe import safe_text

    if item.problem is not None:
        what = f"unreadable: {item.problem}"
    else:
        counts = Counter(item.decisions.values())
        decided = ", ".join(f"{counts[name]} {word}" for name, word in DECISIONS.items() if counts[name])
        what = " · ".join(
            [decided or item.status, item.began[:10], item.language, item.model, ", ".join(item.roles)]
        )
    title = f"\n    {' '.join(item.title.split())}" if item.title else ""
    return Text.assemble((safe_text(item.id), "bold"), safe_text(title), (f"\n    {safe_text(what)}", "dim"))
