"""What home shows of the saved transcripts."""

from pathlib import Path

from transcripts.library.summary import Summary
from tui.app.shelf import ORDERS, Shelf

HERE = Path("saved")


def summary(name: str, title: str = "", problem: str | None = None, **decisions: str) -> Summary:
    return Summary(
        name,
        HERE,
        "finished" if decisions else "unfinished",
        title=title,
        began=f"2026-0{name[-1]}-01",
        model=f"m{name[-1]}",
        decisions=decisions,
        problem=problem,
    )


WATER = summary("d1", "L'eau à Marrakech", R1="adopt")
RAIL = summary("d2", "Rails for the north", R1="defer", R2="reject")
BROKEN = summary("d3", problem="no header")


def shelf(*items: Summary) -> Shelf:
    filled = Shelf()
    filled.fill(list(items or (WATER, RAIL)))
    return filled


def test_filter() -> None:
    """Words are found in title, id, model, date and decisions, whatever their accents and case."""
    one = shelf()
    for text, expected in {
        "EAU marr": [WATER],
        "m2": [RAIL],
        "2026-02": [RAIL],
        "reject": [RAIL],
        "water": [],
        " ": [WATER, RAIL],
    }.items():
        one.filter(text)
        assert expected == one.shown


def test_orders() -> None:
    """Every order of `jemaa list` can be had, one after the other, and the first again."""
    one = shelf()
    seen = []
    for _ in ORDERS:
        seen.append(one.order)
        one.next_order()
    assert list(ORDERS) == seen
    assert "written" == one.order


def test_marks() -> None:
    """At most two are marked: a third takes the place of the first; what cannot be read is not marked."""
    one = shelf(WATER, RAIL, BROKEN, third := summary("d4", "x", R1="adopt"))
    for item in (WATER, BROKEN, RAIL, third):
        one.mark(item)
    assert ["d2", "d4"] == one.marked
    one.mark(RAIL)
    assert ["d4"] == one.marked


def test_pair() -> None:
    """Compared are the two marked, or the marked one and the one under the cursor."""
    one = shelf()
    assert one.pair(WATER) is None
    one.mark(RAIL)
    assert (RAIL, WATER) == one.pair(WATER)
    assert one.pair(RAIL) is None
    one.mark(WATER)
    assert (RAIL, WATER) == one.pair(RAIL)


def test_gone() -> None:
    """A transcript that was taken away is neither shown nor marked."""
    one = shelf()
    one.mark(WATER)
    one.fill([RAIL])
    assert ([RAIL], []) == (one.shown, one.marked)
