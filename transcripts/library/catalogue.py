"""Where everything stands in a log: on disk, so that a log of any length is checked in the same memory."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import BinaryIO

from agents.errors import StorageError, TranscriptError
from transcripts.log.blobs import content
from transcripts.log.chain import SCHEMA, Line
from transcripts.log.read import read_again
from transcripts.log.record import (
    Answered,
    AnyRecord,
    Asked,
    Blob,
    ChairRecord,
    Closed,
    Derived,
    Failed,
    Header,
    RulingRecord,
    SpeechRecord,
    StrategyRecord,
    from_line,
)

_SCHEMA = """
CREATE TABLE record (
  key TEXT PRIMARY KEY, number INTEGER, offset INTEGER, derived INTEGER, fingerprint TEXT
) WITHOUT ROWID
"""


class Catalogue:
    """The records of a log by key, read again from the file when they are wanted.

    A key is the record's id, save that a turn has one outcome: `outcome/<address>`.
    """

    def __init__(self, table: sqlite3.Connection, file: BinaryIO, name: str) -> None:
        self._table = table
        self._file = file
        self._name = name
        self._version = SCHEMA

    def add(self, line: Line) -> AnyRecord:
        """Enter a line and give its record.

        Raises TranscriptError for one that is no record, repeats another or answers what was never asked.
        """
        record = from_line(line, self._name)
        self._version = line.version
        if isinstance(record, Header) != (line.number == 1):
            raise TranscriptError(
                f"Transcript {self._name} does not begin with a header."
                if line.number == 1
                else f"Transcript {self._name}: line {line.number} is a second header."
            )
        fingerprint = None
        match record:
            case Blob():
                content(record, self._name)
            case Asked():
                fingerprint = record.fingerprint
            case Answered() | Failed() if f"asked/{record.address}" not in self:
                raise TranscriptError(
                    f"Transcript {self._name}: {record.id[:80]} answers a turn that was never asked."
                )
        row = (_key(record), line.number, line.offset, isinstance(record, Derived), fingerprint)
        try:
            self._table.execute("INSERT INTO record VALUES (?, ?, ?, ?, ?)", row)
        except sqlite3.IntegrityError as error:
            raise TranscriptError(
                f"Transcript {self._name}: line {line.number} has the id {record.id[:80]} a second time."
            ) from error
        return record

    def __contains__(self, key: str) -> bool:
        return self._table.execute("SELECT 1 FROM record WHERE key = ?", (key,)).fetchone() is not None

    def fingerprint(self, address: str) -> str | None:
        """The fingerprint of the request that was asked at an address."""
        query = "SELECT fingerprint FROM record WHERE key = ?"
        row = self._table.execute(query, (f"asked/{address}",)).fetchone()
        return None if row is None else str(row[0])

    def asked(self, address: str) -> Asked | None:
        """The record of a turn that was asked."""
        record = self._read(f"asked/{address}")
        return record if isinstance(record, Asked) else None

    def outcome(self, address: str) -> Answered | Failed | None:
        """What came of a turn; None when it was not asked or nothing came back."""
        record = self._read(f"outcome/{address}")
        return record if isinstance(record, Answered | Failed) else None

    def blob(self, sha256: str) -> bytes | None:
        """What is stored under a hash."""
        record = self._read(f"blob/{sha256}")
        return content(record, self._name) if isinstance(record, Blob) else None

    def derived(self, key: str) -> Derived | None:
        """The derived record of that id."""
        record = self._read(key)
        return record if isinstance(record, SpeechRecord | RulingRecord | StrategyRecord | Closed) else None

    def derived_keys(self) -> Iterator[str]:
        """The ids of all derived records, in recorded order."""
        for (key,) in self._table.execute("SELECT key FROM record WHERE derived ORDER BY number"):
            yield key

    def chair(self, recommendation: str) -> Iterator[ChairRecord]:
        """What the chair put on a recommendation, in the order in which it took effect."""
        query = "SELECT key FROM record WHERE key >= ? AND key < ? ORDER BY number"
        for (key,) in self._table.execute(query, (f"chair/{recommendation}/", f"chair/{recommendation}0")):
            record = self._read(key)
            if isinstance(record, ChairRecord):
                yield record

    def _read(self, key: str) -> AnyRecord | None:
        row = self._table.execute("SELECT number, offset FROM record WHERE key = ?", (key,)).fetchone()
        if row is None:
            return None
        number, offset = row
        return from_line(read_again(self._file, number, offset, self._name, self._version), self._name)


@contextmanager
def catalogue(path: Path) -> Iterator[Catalogue]:
    """An empty catalogue of a log, gone when it is left.

    Raises TranscriptError when the file cannot be opened, StorageError when there is no room for it.
    """
    try:
        # A database without a name is a file that only this connection sees and that ends with it.
        with path.open("rb") as file, closing(sqlite3.connect("", isolation_level=None)) as table:
            table.execute("BEGIN")
            table.execute(_SCHEMA)
            yield Catalogue(table, file, path.name)
    except sqlite3.OperationalError as error:
        raise StorageError(
            f"There is no room to check {path.name}: {error}.", "Make room where temporary files lie."
        ) from error
    except OSError as error:
        raise TranscriptError(f"Transcript {path} cannot be read: {error.strerror}.") from error


def _key(record: AnyRecord) -> str:
    match record:
        case Asked():
            return f"asked/{record.address}"
        case Answered() | Failed():
            return f"outcome/{record.address}"
        case _:
            return record.id
