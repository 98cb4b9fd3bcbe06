"""Reading a log from disk: in one pass with every check, or only its two ends."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, NamedTuple

from agents.errors import TranscriptError
from transcripts.log.chain import GENESIS, MAX_LINE, SCHEMA, Line, Record, parse, unseal
from transcripts.log.upgrade import READABLE, upgraded, upgraded_line

_TAIL_WINDOW = 16 * 1024


class Torn(NamedTuple):
    """A last line that was cut while it was written; no reply in it was ever used."""

    number: int
    offset: int
    length: int


def read_lines(file: BinaryIO, name: str) -> Iterator[Line | Torn]:
    """Every record of a log with version, hashes and chain checked; a torn last line comes as Torn.

    Raises TranscriptError for an unknown version, a damaged line or one that is too long.
    """
    prev, number, offset, version = GENESIS, 0, 0, SCHEMA
    while raw := file.readline(MAX_LINE + 1):
        number += 1
        if not raw.endswith(b"\n"):
            if len(raw) > MAX_LINE:
                raise TranscriptError(f"Transcript {name}: line {number} is longer than {MAX_LINE} bytes.")
            yield Torn(number, offset, len(raw))
            return
        if number == 1:
            version = check_version(parse(raw, 1, name), name)
        line = unseal(raw[:-1], number, prev, name, offset)
        yield upgraded_line(line, version)
        prev = line.hash
        offset += len(raw)


def read_file(path: Path) -> Iterator[Line | Torn]:
    """`read_lines` of a file that is opened for the purpose. Raises TranscriptError if it cannot be."""
    try:
        with path.open("rb") as file:
            yield from read_lines(file, path.name)
    except OSError as error:
        raise TranscriptError(f"Transcript {path} cannot be read: {error.strerror}.") from error


def read_again(file: BinaryIO, number: int, offset: int, name: str, version: int) -> Line:
    """A line that `read_lines` gave before, from the same file, which is of `version`.

    Raises TranscriptError if it has changed.
    """
    file.seek(offset)
    line = unseal(file.readline(MAX_LINE + 1)[:-1], number, None, name, offset)
    return upgraded_line(line, version)


def check_version(header: Record, name: str) -> int:
    """The version that the first record states. Raises TranscriptError unless this program reads it."""
    version = header.get("schema")
    readable = ", ".join(map(str, READABLE))
    if version is None:
        raise TranscriptError(
            f"{name} is not a Jemaa transcript: line 1 states no schema version.",
            f"Versions that can be read: {readable}.",
        )
    if isinstance(version, bool) or not isinstance(version, int) or version not in READABLE:
        raise TranscriptError(
            f"Transcript {name} has schema version {str(version)[:40]} in line 1; readable: {readable}.",
            "Read it with a newer jemaa.",
        )
    return version


class Ends(NamedTuple):
    """The first record and, when the file ends in a whole and short one, the last."""

    header: Record
    last: Record | None


def read_ends(path: Path) -> Ends:
    """The two ends of a log, read without what lies between: enough to list it.

    The hashes of both lines are checked, the chain is not. Raises TranscriptError for a file that is no log.
    """
    try:
        with path.open("rb") as file:
            first = file.readline(MAX_LINE + 1)
            if not first.endswith(b"\n"):
                raise TranscriptError(f"Transcript {path.name} was cut before its first record was written.")
            header = parse(first, 1, path.name)
            version = check_version(header, path.name)
            unseal(first[:-1], 1, GENESIS, path.name)
            last = _last_record(file, path.name, len(first))
            return Ends(upgraded(header, version), None if last is None else upgraded(last, version))
    except OSError as error:
        raise TranscriptError(f"Transcript {path} cannot be read: {error.strerror}.") from error


def _last_record(file: BinaryIO, name: str, start: int) -> Record | None:
    size = file.seek(0, os.SEEK_END)
    if size <= start:
        return None
    at = max(start, size - _TAIL_WINDOW)
    file.seek(at)
    pieces = file.read().rsplit(b"\n", 2)
    if pieces[-1] or (len(pieces) < 3 and at > start):
        return None
    try:
        return unseal(pieces[-2], 0, None, name).record
    except TranscriptError:
        return None
