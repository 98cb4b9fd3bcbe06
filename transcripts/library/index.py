"""A SQLite index beside the transcripts: made anew when missing or stale, never the only copy of anything."""

import json
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from transcripts.library.find import Entry, entries
from transcripts.library.outline import Summary, summary
from transcripts.library.passages import passages

NAME = ".index.sqlite"

_VERSION = 2
_FOLDER, _ROLES = (Summary._fields.index(name) for name in ("folder", "roles"))
_SCHEMA = f"""
PRAGMA user_version = {_VERSION};
CREATE TABLE file (
  name TEXT PRIMARY KEY, size INTEGER, modified INTEGER, summary TEXT, first INTEGER, last INTEGER
) WITHOUT ROWID;
CREATE VIRTUAL TABLE passage USING fts5(
  text, name UNINDEXED, place UNINDEXED, tokenize = 'unicode61 remove_diacritics 2'
);
"""


@contextmanager
def opened(folder: Path) -> Iterator[sqlite3.Connection]:
    """The index of a folder; one in memory when the folder cannot hold it. What is broken is made anew."""
    connection = _connect(folder / NAME) or _fresh(sqlite3.connect(":memory:"))
    try:
        with connection:
            yield connection
    finally:
        connection.close()


def indexed_summaries(folder: Path, listed: list[Entry]) -> list[Summary]:
    """The summaries of the listed files of a folder, in their order; only those that changed are opened."""
    with opened(folder) as index:
        _refresh(index, listed)
        stored = [text for (text,) in index.execute("SELECT summary FROM file")]
    by_id = {row[0]: row for row in json.loads(f"[{','.join(stored)}]")}
    return [_summary(by_id[entry.id], folder) for entry in listed]


def refresh_passages(index: sqlite3.Connection, folder: Path) -> None:
    """Bring the words of every transcript into the index."""
    listed = entries(folder)
    _refresh(index, listed)
    wanting = {name for (name,) in index.execute("SELECT name FROM file WHERE last IS NULL")}
    for entry in listed if wanting else ():
        if entry.id in wanting:
            _add_passages(index, entry)


def _connect(path: Path) -> sqlite3.Connection | None:
    for _ in range(2):
        try:
            connection = sqlite3.connect(path, timeout=10)
        except sqlite3.Error:
            return None
        try:
            version = connection.execute("PRAGMA user_version").fetchone()[0]
            if version == _VERSION:
                connection.execute("SELECT count(*) FROM file").fetchone()
                return connection
            if version == 0 and not connection.execute("SELECT 1 FROM sqlite_master").fetchone():
                return _fresh(connection)
        except sqlite3.OperationalError:
            # Locked or not writable: somebody else's index is left alone.
            connection.close()
            return None
        except sqlite3.DatabaseError:
            pass
        connection.close()
        path.unlink(missing_ok=True)
    return None


def _fresh(connection: sqlite3.Connection) -> sqlite3.Connection:
    connection.executescript(_SCHEMA)
    return connection


def _refresh(index: sqlite3.Connection, listed: list[Entry]) -> None:
    """Bring the index up to the files: those that are gone or changed are forgotten, new ones summarized."""
    rows = index.execute("SELECT name, size, modified FROM file")
    known = {name: (size, modified) for name, size, modified in rows}
    listed_names = {entry.id for entry in listed}
    for name in known:
        if name not in listed_names:
            _forget(index, name)
    for entry in listed:
        if known.get(entry.id) == (entry.size, entry.modified):
            continue
        if entry.id in known:
            _forget(index, entry.id)
        index.execute(
            "INSERT INTO file (name, size, modified, summary) VALUES (?, ?, ?, ?)",
            (entry.id, entry.size, entry.modified, _stored(summary(entry))),
        )


def _forget(index: sqlite3.Connection, name: str) -> None:
    first, last = index.execute("SELECT first, last FROM file WHERE name = ?", (name,)).fetchone()
    if last is not None:
        index.execute("DELETE FROM passage WHERE rowid BETWEEN ? AND ?", (first, last))
    index.execute("DELETE FROM file WHERE name = ?", (name,))


def _add_passages(index: sqlite3.Connection, entry: Entry) -> None:
    last = index.execute("SELECT coalesce(max(rowid), 0) FROM passage").fetchone()[0]
    first = last + 1
    for passage in passages(entry.path):
        last += 1
        row = (last, passage.text, entry.id, passage.place)
        index.execute("INSERT INTO passage (rowid, text, name, place) VALUES (?, ?, ?, ?)", row)
    index.execute("UPDATE file SET first = ?, last = ? WHERE name = ?", (first, last, entry.id))


def _stored(item: Summary) -> str:
    """A summary without its folder, which may be moved, as a row: a list of many is quick to read."""
    return json.dumps(item._replace(folder=None))  # type: ignore[arg-type]


def _summary(row: list[Any], folder: Path) -> Summary:
    row[_FOLDER] = folder
    row[_ROLES] = tuple(row[_ROLES])
    return Summary._make(row)
