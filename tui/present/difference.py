"""Two texts side by side, only where they differ."""

from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from itertools import islice, zip_longest

from rich.table import Table

from tui.present.words import styled

SHOWN = 12
"""Lines of a difference that are shown; the rest is counted."""


def side_by_side(differences: Sequence[tuple[str, str, str]]) -> Table:
    """What was recorded at the left, what is requested at the right, part by part."""
    table = Table(box=None, padding=(0, 2, 0, 0), expand=True)
    table.add_column("", style="dim", max_width=20, overflow="fold")
    table.add_column("recorded", ratio=1, overflow="fold")
    table.add_column("requested", ratio=1, overflow="fold")
    for name, was, now in differences:
        lines = list(_differing(was, now))
        for place, (left, right) in enumerate(islice(lines, SHOWN)):
            title = name if place == 0 else ""
            table.add_row(styled(title), styled((left, "red")), styled((right, "green")))
        if len(lines) > SHOWN:
            table.add_row(styled(""), styled(f"… {len(lines) - SHOWN} more lines"), styled(""))
    return table


def _differing(was: str, now: str) -> Iterator[tuple[str, str]]:
    left, right = was.splitlines(), now.splitlines()
    for tag, a, b, c, d in SequenceMatcher(None, left, right, autojunk=False).get_opcodes():
        if tag != "equal":
            yield from zip_longest(
                (_excerpt(line, right[c:d]) for line in left[a:b]),
                (_excerpt(line, left[a:b]) for line in right[c:d]),
                fillvalue="",
            )


def _excerpt(line: str, others: Sequence[str]) -> str:
    """The part of a long line around where it first differs from its counterpart."""
    if len(line) <= 160:
        return line
    other = others[0] if others else ""
    at = next((place for place, (x, y) in enumerate(zip(line, other, strict=False)) if x != y), 0)
    start = max(0, at - 40)
    return f"{'…' if start else ''}{line[start : start + 120]}…"
