"""Searching the words of all transcripts of a folder."""

import re
from pathlib import Path
from typing import Any, NamedTuple

from agents.errors import InputError
from transcripts.library.find import SUFFIX
from transcripts.library.index import opened, refresh_passages

MARK = ("⟦", "⟧")
"""What stands around the words that were found in an excerpt."""

_WORDS = 24


class Hit(NamedTuple):
    """A place where all the words stand. `place` is the id of a record: a speech, a ruling, the strategy."""

    id: str
    path: Path
    place: str
    excerpt: str

    def as_json(self) -> dict[str, Any]:
        """The hit as one JSON object."""
        return self._asdict() | {"path": str(self.path)}


def search(words: str, folder: Path, limit: int = 50) -> list[Hit]:
    """The passages of speeches, rulings and strategies that hold all `words`, best first (BM25).

    Case and accents do not matter; "several words" in double quotes stand together. Raises InputError when
    there is no word.
    """
    query = _query(words)
    with opened(folder) as index:
        refresh_passages(index, folder)
        rows = index.execute(
            "SELECT name, place, snippet(passage, 0, ?, ?, '…', ?) FROM passage WHERE passage MATCH ? "
            "ORDER BY rank, rowid LIMIT ?",
            (*MARK, _WORDS, query, limit),
        ).fetchall()
    return [Hit(name, folder / f"{name}{SUFFIX}", place, excerpt) for name, place, excerpt in rows]


def _query(words: str) -> str:
    """An FTS5 query without operators of the user's: every word or phrase must be there."""
    pieces = re.findall(r'"([^"]*)"|(\S+)', words)
    terms = [" ".join(re.findall(r"\w+", phrase or word)) for phrase, word in pieces]
    quoted = [f'"{term}"' for term in terms if term]
    if not quoted:
        raise InputError(
            f"There is no word in {words[:60]!r}.", 'For example: jemaa search "énergie solaire"'
        )
    return " ".join(quoted)
