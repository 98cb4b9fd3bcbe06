"""A transcript in a list of transcripts."""

from collections import Counter

from rich.text import Text

from transcripts.library.summary import Summary
from tui.safe import safe_text

DECISIONS = {
    "adopt": "adopted",
    "adopt_with_conditions": "adopted with conditions",
    "defer": "deferred",
    "reject": "rejected",
}


def lines(item: Summary) -> Text:
    """Three lines: id, title, outcome."""
    if item.problem is not None:
        what = f"unreadable: {item.problem}"
    else:
        counts = Counter(item.decisions.values())
        decided = ", ".join(f"{counts[name]} {word}" for name, word in DECISIONS.items() if counts[name])
        held = (decided or item.status, item.began[:10], item.language, item.model, ", ".join(item.roles))
        what = " · ".join(held)
    title = f"\n    {' '.join(item.title.split())}" if item.title else ""
    return Text.assemble((safe_text(item.id), "bold"), safe_text(title), (f"\n    {safe_text(what)}", "dim"))
