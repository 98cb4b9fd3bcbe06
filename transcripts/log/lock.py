"""One writer for each transcript, by a lock of the operating system: it vanishes with its process."""

import errno
import os
import sys

from agents.errors import BeingWritten, StorageError

_HELD = {errno.EACCES, errno.EAGAIN, errno.EDEADLK}


def lock(descriptor: int, name: str) -> None:
    """Take the only write lock of an open file.

    Raises BeingWritten when another process holds it, StorageError when the file system gives no locks.
    """
    try:
        _lock(descriptor)
    except OSError as error:
        if error.errno not in _HELD:
            raise StorageError(
                f"The file system of transcript {name} gives no locks ({error.strerror}), "
                "so that two processes could write it at once.",
                "Keep transcripts on a local disk, or mount the shared one with locks: see docs/sweep.md.",
            ) from error
        raise BeingWritten(
            f"Transcript {name} is being written by another process.",
            "Wait until that debate ends or stop it; to look on meanwhile: jemaa watch.",
        ) from error


if sys.platform == "win32":
    import msvcrt

    _BEYOND = 1 << 62

    def _lock(descriptor: int) -> None:
        # Windows locks are mandatory: a byte far beyond the end leaves the records readable.
        os.lseek(descriptor, _BEYOND, os.SEEK_SET)
        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        os.lseek(descriptor, 0, os.SEEK_END)

else:
    import fcntl

    def _lock(descriptor: int) -> None:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)


def sync_folder(folder: str | os.PathLike[str]) -> None:
    """Make the entries of a folder durable; Windows does so by itself."""
    if sys.platform == "win32":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
