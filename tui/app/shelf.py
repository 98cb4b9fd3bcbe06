"""What home shows of the saved transcripts: filtered, sorted, marked. A plain object."""

from dataclasses import dataclass, field

from transcripts.library.select import Wanted, folded, select
from transcripts.library.summary import Summary

ORDERS = {
    "written": "last written first",
    "date": "newest first",
    "title": "by title",
    "model": "by model",
    "status": "by status",
}
"""The orders of `jemaa list`, and how home tells them."""


@dataclass
class Shelf:
    """`shown` are those that fit the filter, in the order; `marked` the ids of at most two, first marked first."""

    shown: list[Summary] = field(default_factory=list)
    marked: list[str] = field(default_factory=list)
    order: str = "written"
    _all: list[Summary] = field(default_factory=list)
    _words: dict[str, str] = field(default_factory=dict)
    _filter: str = ""

    @property
    def count(self) -> int:
        """How many transcripts there are."""
        return len(self._all)

    @property
    def filtered(self) -> bool:
        """Whether some may be left out."""
        return bool(self._filter.split())

    def fill(self, found: list[Summary]) -> None:
        """Take what lies in the folder now; what is gone is no longer marked."""
        self._all = found
        self._words = {item.id: _words(item) for item in found}
        self.marked = [name for name in self.marked if name in self._words]
        self._choose()

    def filter(self, text: str) -> None:
        """Show those that have all the words, or beginnings and parts of words; case and accents do not matter."""
        self._filter = text
        self._choose()

    def next_order(self) -> None:
        """Sort in the next way."""
        names = list(ORDERS)
        self.order = names[(names.index(self.order) + 1) % len(names)]
        self._choose()

    def mark(self, item: Summary) -> None:
        """Mark or unmark; a third mark takes the place of the first."""
        if item.id in self.marked:
            self.marked.remove(item.id)
        elif item.problem is None:
            self.marked = [*self.marked[-1:], item.id]

    def pair(self, under_cursor: Summary | None) -> tuple[Summary, Summary] | None:
        """The two to be compared: both marked, or the marked one and the one under the cursor."""
        names = list(self.marked)
        if under_cursor is not None and under_cursor.problem is None and under_cursor.id not in names:
            names.append(under_cursor.id)
        by_id = {item.id: item for item in self._all}
        found = [by_id[name] for name in names[:2]]
        return (found[0], found[1]) if len(found) == 2 else None

    def _choose(self) -> None:
        wanted = folded(self._filter).split()
        fitting = [item for item in self._all if all(word in self._words[item.id] for word in wanted)]
        self.shown = select(fitting, Wanted(), self.order)


def _words(item: Summary) -> str:
    told = " ".join(sorted(set(item.decisions.values()))).replace("_", " ")
    return folded(
        f"{item.title} {item.id} {item.model} {item.language} {item.began[:10]} {item.status} {told}"
    )
