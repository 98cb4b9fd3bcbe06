"""Opening a log for writing: created whole and durable, or reopened where it was cut."""

import errno
import os
import re
from collections.abc import Iterable
from pathlib import Path
from typing import BinaryIO, NamedTuple

from pydantic import ValidationError

from agents.errors import InputError, TranscriptError
from transcripts.log.chain import GENESIS, Line, parse
from transcripts.log.lock import lock, sync_folder
from transcripts.log.read import Torn, read_lines
from transcripts.log.record import Header
from transcripts.log.writer import Writer, append, refusal

SUFFIX = ".jsonl"

_FLAGS = os.O_RDWR | os.O_APPEND | getattr(os, "O_BINARY", 0) | getattr(os, "O_CLOEXEC", 0)


class Reopened(NamedTuple):
    """A log that can be continued: what it holds, and where its torn last line was put, if it had one."""

    writer: Writer
    lines: list[Line]
    torn: Path | None


def create(path: Path, records: Iterable[bytes]) -> Writer:
    """A new log that begins with `records`; file and folder are synced before this returns.

    A file that was cut before all that it begins with was whole never began, and is begun again.

    Raises InputError when the folder cannot be written, TranscriptError when the transcript exists or
    is being written, and StorageError when the disk is full; then nothing is left behind.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(path, _FLAGS | os.O_CREAT, 0o644)
    except OSError as error:
        if error.errno in {errno.ENOSPC, errno.EDQUOT}:
            raise refusal(error, path) from error
        raise InputError(
            f"No transcript can be written in {path.parent}: {error.strerror}.",
            "Give a folder that you may write with --transcripts DIR or JEMAA_TRANSCRIPTS.",
        ) from error
    try:
        lock(descriptor, path.name)
        _forget_torn_beginning(descriptor, path)
        try:
            last = append(descriptor, records, GENESIS)
            sync_folder(path.parent)
        except OSError as error:
            path.unlink(missing_ok=True)
            raise refusal(error, path) from error
    except BaseException:
        os.close(descriptor)
        raise
    return Writer(descriptor, path, last)


def reopen(path: Path) -> Reopened:
    """A log to be continued, with no line if it was cut in its first. A torn last line is put aside.

    Raises TranscriptError when it is damaged, of an unknown version or being written.
    """
    try:
        descriptor = os.open(path, _FLAGS)
    except OSError as error:
        raise TranscriptError(f"Transcript {path} cannot be continued: {error.strerror}.") from error
    try:
        lock(descriptor, path.name)
        with _reading(descriptor) as file:
            found = list(read_lines(file, path.name))
        lines = [line for line in found if isinstance(line, Line)]
        torn = next((line for line in found if isinstance(line, Torn)), None)
        aside = _move_aside(descriptor, path, torn) if torn is not None and lines else None
    except OSError as error:
        os.close(descriptor)
        raise refusal(error, path) from error
    except BaseException:
        os.close(descriptor)
        raise
    return Reopened(Writer(descriptor, path, lines[-1].hash if lines else GENESIS), lines, aside)


def _reading(descriptor: int) -> BinaryIO:
    os.lseek(descriptor, 0, os.SEEK_SET)
    return os.fdopen(os.dup(descriptor), "rb")


def has_begun(file: BinaryIO, name: str) -> bool:
    """Whether a file holds all that a log begins with: the header and every text that its plan names.

    A file that is no log counts as begun, so that nobody writes over it.
    """
    first = file.readline()
    if not first.endswith(b"\n"):
        return False
    try:
        plan = Header.model_validate(parse(first, 1, name)).plan
    except (TranscriptError, ValidationError):
        return True
    missing = {plan.article, plan.body, plan.source, *plan.charters} - {None}
    while missing and (line := file.readline()).endswith(b"\n"):
        found = re.match(rb'\{"kind":"blob","id":"blob/([0-9a-f]{64})"', line)
        if found is None:
            return True
        missing.discard(found[1].decode())
    return not missing


def _forget_torn_beginning(descriptor: int, path: Path) -> None:
    with _reading(descriptor) as file:
        if has_begun(file, path.name):
            raise TranscriptError(
                f"Transcript {path.name} exists already in {path.parent}.",
                f"Go on with: jemaa resume {path.stem}",
            )
    os.ftruncate(descriptor, 0)


def _move_aside(descriptor: int, path: Path, torn: Torn) -> Path:
    aside = path.with_name(f"{path.stem}.torn-{torn.offset}")
    with _reading(descriptor) as file, aside.open("wb") as copy:
        file.seek(torn.offset)
        copy.write(file.read(torn.length))
        copy.flush()
        os.fsync(copy.fileno())
    os.ftruncate(descriptor, torn.offset)
    os.fsync(descriptor)
    return aside
