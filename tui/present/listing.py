"""A transcript in a list of transcripts."""

from collections import Counter

from rich.console import Group
from rich.padding import Padding
from rich.text import Text

from transcripts.library.summary import Summary
from tui.safe import safe_text

DECISIONS = {
    "adopt": "adopted",
    "adopt_with_conditions": "adopted with conditions",
    "defer": "deferred",
    "reject": "rejected",
}


def entry(item: Summary) -> Group:
    """Id, title, outcome."""
    if item.problem is not None:
        what = f"unreadable: {item.problem}"
    else:
        counts = Counter(item.decisions.values())
        decided = ", ".join(f"{counts[name]} {word}" for name, word in DECISIONS.items() if counts[name])
        what = " · ".join((decided or item.status, item.began[:10], item.language, item.model))
    lines = [Text(safe_text(" ".join(item.title.split()))), Text(safe_text(what), style="dim")]
    return Group(
        Text(safe_text(item.id), style="bold"), *(Padding(line, (0, 0, 0, 4)) for line in lines if line)
    )
