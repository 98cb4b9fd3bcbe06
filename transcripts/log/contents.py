"""What a log holds, by what it is looked up by."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from agents.errors import TranscriptError
from transcripts.log.blobs import content
from transcripts.log.chain import Line
from transcripts.log.read import Torn, read_file
from transcripts.log.record import Answered, Asked, Blob, Derived, Failed, Header, Time, from_line


@dataclass
class Turn:
    """A recorded turn; `outcome` is None when it was asked and nothing came back."""

    asked: Asked
    outcome: Answered | Failed | None = None


@dataclass
class Contents:
    """A transcript in memory: blobs by hash, turns by address, derived records by id, in recorded order."""

    header: Header
    blobs: dict[str, bytes] = field(default_factory=dict)
    turns: dict[str, Turn] = field(default_factory=dict)
    derived: dict[str, Derived] = field(default_factory=dict)
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
            found = Contents(record)
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


def _add(found: Contents, record: Header | Blob | Asked | Answered | Failed | Derived, name: str) -> bool:
    """Put a record where it belongs; False when there is one already."""
    match record:
        case Header():
            return False
        case Blob():
            key = record.id.removeprefix("blob/")
            if key in found.blobs:
                return False
            found.blobs[key] = content(record, name)
        case Asked():
            if record.address in found.turns:
                return False
            found.turns[record.address] = Turn(record)
        case Answered() | Failed():
            turn = found.turns.get(record.address)
            if turn is None:
                raise TranscriptError(
                    f"Transcript {name}: {record.id[:80]} answers a turn that was never asked."
                )
            if turn.outcome is not None:
                return False
            turn.outcome = record
        case _:
            if record.id in found.derived:
                return False
            found.derived[record.id] = record
    return True
