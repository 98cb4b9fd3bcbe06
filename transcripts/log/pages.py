"""A log of any length, page by page: one fast pass finds where lines begin, then only what is asked for is read."""

from array import array
from dataclasses import dataclass
from pathlib import Path

from agents.errors import InputError, TranscriptError
from transcripts.log.chain import GENESIS, MAX_LINE, Line, Record, parse, unseal
from transcripts.log.read import check_version
from transcripts.log.upgrade import upgraded, upgraded_line

PAGE = 50
"""Lines on a page."""

_CHUNK = 1 << 18


@dataclass(frozen=True)
class Pages:
    """A log by its lines: the first record, and where each line begins and the last whole one ends.

    `version` is that of the record format on disk; records come in the present one.
    """

    path: Path
    version: int
    header: Record
    offsets: "array[int]"

    @property
    def lines(self) -> int:
        """How many whole lines there are; a torn last one is left out."""
        return len(self.offsets) - 1

    @property
    def count(self) -> int:
        """How many pages they fill, the last one perhaps in part."""
        return -(-self.lines // PAGE)

    def page(self, number: int) -> list[Line]:
        """The records of a page, counted from 1; each checked by its hash and against the line before it.

        Raises InputError when there is no such page, TranscriptError when a line is damaged.
        """
        if not 1 <= number <= self.count:
            raise InputError(
                f"{self.path.name} has no page {number}.",
                f"Its {self.lines} lines fill {self.count} pages.",
            )
        first = (number - 1) * PAGE
        last = min(first + PAGE, self.lines)
        found: list[Line] = []
        try:
            with self.path.open("rb") as file:
                file.seek(self.offsets[first])
                prev = GENESIS if first == 0 else None
                for place in range(first, last):
                    raw = file.read(_length(self.path, self.offsets, place))
                    line = unseal(raw[:-1], place + 1, prev, self.path.name, self.offsets[place])
                    found.append(upgraded_line(line, self.version))
                    prev = line.hash
        except OSError as error:
            raise _unreadable(self.path, error) from error
        return found


def open_pages(path: Path) -> Pages:
    """A log to be read page by page; the chain is not followed from the beginning.

    Raises TranscriptError when it cannot be read, is of an unknown version or no transcript.
    """
    try:
        offsets = _beginnings(path)
    except OSError as error:
        raise _unreadable(path, error) from error
    if len(offsets) < 2:
        raise TranscriptError(f"Transcript {path.name} was cut before its first record was written.")
    with path.open("rb") as file:
        raw = file.read(_length(path, offsets, 0))
    version = check_version(parse(raw, 1, path.name), path.name)
    header = upgraded(unseal(raw[:-1], 1, GENESIS, path.name).record, version)
    return Pages(path, version, header, offsets)


def _beginnings(path: Path) -> "array[int]":
    offsets, begin = array("Q", [0]), 0
    with path.open("rb", buffering=0) as file:
        while chunk := file.read(_CHUNK):
            at = chunk.find(b"\n")
            while at >= 0:
                offsets.append(begin + at + 1)
                at = chunk.find(b"\n", at + 1)
            begin += len(chunk)
    return offsets


def _length(path: Path, offsets: "array[int]", place: int) -> int:
    length = offsets[place + 1] - offsets[place]
    if length > MAX_LINE:
        raise TranscriptError(f"Transcript {path.name}: line {place + 1} is longer than {MAX_LINE} bytes.")
    return length


def _unreadable(path: Path, error: OSError) -> TranscriptError:
    return TranscriptError(f"Transcript {path} cannot be read: {error.strerror}.")
