"""A file that tells every machine that a sweep is wanted still: gone as soon as whoever started it is."""

import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from agents.errors import InputError, TranscriptError
from transcripts.log.lock import lock

_BEGINS = ".sweep-"


@contextmanager
def wanted(folder: Path) -> Iterator[str]:
    """The name of a new sign in `folder`, taken away at the end; those of sweeps that were killed go too.

    Raises InputError when the folder cannot be written.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for left in folder.glob(f"{_BEGINS}*"):
            _remove_if_left(left)
        path = folder / f"{_BEGINS}{secrets.token_hex(6)}"
        descriptor = os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o644)
    except OSError as error:
        raise InputError(
            f"No transcript can be written in {folder}: {error.strerror}.",
            "Give a folder that you may write with --transcripts DIR or JEMAA_TRANSCRIPTS.",
        ) from error
    try:
        lock(descriptor, path.name)
        yield path.name
    finally:
        os.close(descriptor)
        path.unlink(missing_ok=True)


def _remove_if_left(path: Path) -> None:
    """Take away a sign that nobody holds; its lock went with the process that had it."""
    with suppress(FileNotFoundError, TranscriptError):
        descriptor = os.open(path, os.O_RDWR)
        try:
            lock(descriptor, path.name)
            path.unlink(missing_ok=True)
        finally:
            os.close(descriptor)
