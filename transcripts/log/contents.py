"""What a log holds, by what it is looked up by."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from agents.errors import TranscriptError
from transcripts.log.blobs import content
from transcripts.log.chain import SCHEMA, Line
from transcripts.log.read import Torn, read_file
from transcripts.log.record import (
    Answered,
    AnyRecord,
    Asked,
    Blob,
    ChairRecord,
    Derived,
    Failed,
    Header,
    Time,
    from_line,
)

Held = TypeVar("Held")


@dataclass
class Turn:
    """A recorded turn; `outcome` is None when it was asked and nothing came back."""

    asked: Asked
    outcome: Answered | Failed | None = None


@dataclass
class Contents:
    """A transcript in memory: blobs by hash, turns by address, derived records by id, in recorded order.

    `version` is that of the file's format; `chair` are the acts of the chair as they took effect.
    """

    header: Header
    version: int = SCHEMA
    blobs: dict[str, bytes] = field(default_factory=dict)
    turns: dict[str, Turn] = field(default_factory=dict)
    derived: dict[str, Derived] = field(default_factory=dict)
    chair: dict[str, ChairRecord] = field(default_factory=dict)
    times: list[Time] = field(default_factory=list)

    @property
    def finished(self) -> bool:
        """True when the debate was closed."""
        return "closed" in self.derived


def contents(lines: Iterable[Line], name: str) -> Contents:
    """Sort the lines of a log. Raises TranscriptError for records that do not hold or repeat an id."""
    found: Contents | None = None
    for line in lines:
        record = from_line(line, name)
        if found is None:
            if not isinstance(record, Header):
                raise TranscriptError(f"Transcript {name} does not begin with a header.")
            found = Contents(record, line.version)
        elif not _add(found, record, name):
            raise TranscriptError(
                f"Transcript {name}: line {line.number} has the id {record.id[:80]} a second time."
            )
        found.times.append(record.time)
    if found is None:
        raise TranscriptError(f"Transcript {name} was cut before its first record was written.")
    return found


def load(path: Path) -> Contents:
    """All that a transcript file holds, checked against its chain; a torn last line is left out.

    Raises TranscriptError when it is damaged, of an unknown version or no transcript.
    """
    return contents((line for line in read_file(path) if not isinstance(line, Torn)), path.name)


def _add(found: Contents, record: AnyRecord, name: str) -> bool:
    """Put a record where it belongs; False when there is one already."""
    match record:
        case Header():
            return False
        case Blob():
            key = record.id.removeprefix("blob/")
            return key not in found.blobs and _put(found.blobs, key, content(record, name))
        case Asked():
            return _put(found.turns, record.address, Turn(record))
        case Answered() | Failed():
            return _answer(found, record, name)
        case ChairRecord():
            return _put(found.chair, record.id, record)
        case _:
            return _put(found.derived, record.id, record)


def _put(held: dict[str, Held], key: str, value: Held) -> bool:
    return held.setdefault(key, value) is value


def _answer(found: Contents, record: Answered | Failed, name: str) -> bool:
    turn = found.turns.get(record.address)
    if turn is None:
        raise TranscriptError(f"Transcript {name}: {record.id[:80]} answers a turn that was never asked.")
    if turn.outcome is not None:
        return False
    turn.outcome = record
    return True
