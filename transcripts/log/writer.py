"""Appending records: one writer, off the event loop, one fsync for all that arrive together."""

import asyncio
import errno
import os
from collections.abc import Iterable
from pathlib import Path
from queue import SimpleQueue
from threading import Thread
from typing import NamedTuple

from agents.errors import StorageError, TranscriptError
from transcripts.log.chain import MAX_LINE, seal

_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}


class _Batch(NamedTuple):
    records: list[bytes]
    waiting: list[asyncio.Future[None]]
    loop: asyncio.AbstractEventLoop | None


class Writer:
    """Appends sealed records to one log; belongs to one event loop.

    Takes over the descriptor of a file that `transcripts.log.file` has opened and locked, and the hash of
    its last record.

    After an error of the disk nothing more is written and the fsync is not tried again: the kernel may have
    dropped the pages that it could not write, so that a second fsync would succeed without them.
    """

    def __init__(self, descriptor: int, path: Path, prev: str) -> None:
        self.path = path
        self._descriptor = descriptor
        self._prev = prev
        self._pending: list[bytes] = []
        self._waiting: list[asyncio.Future[None]] = []
        self._scheduled = False
        self._error: StorageError | None = None
        self._queue: SimpleQueue[_Batch | None] = SimpleQueue()
        self._thread = Thread(target=self._work, name=f"log {path.name}", daemon=True)
        self._thread.start()

    def put(self, records: Iterable[bytes]) -> None:
        """Add records that nobody waits for; they go to disk with the next ones that somebody does."""
        if self._error is not None:
            raise self._error
        for record in records:
            if len(record) > MAX_LINE - 200:
                raise TranscriptError(
                    f"A record of {len(record)} bytes is too long for a transcript ({MAX_LINE - 200})."
                )
            self._pending.append(record)

    async def write(self, records: Iterable[bytes]) -> None:
        """Add records and return once an fsync covers them. Raises StorageError when the disk refuses."""
        self.put(records)
        loop = asyncio.get_running_loop()
        done: asyncio.Future[None] = loop.create_future()
        self._waiting.append(done)
        if not self._scheduled:
            self._scheduled = True
            # All replies that arrive in the same turn of the loop are added before this runs.
            loop.call_soon(self._send, loop)
        await done

    def close(self) -> None:
        """Write what is pending, release the lock and close the file. Never raises for the disk.

        What nobody waited for can be computed again, so that losing it to a full disk loses nothing.
        """
        if not self._thread.is_alive():
            return
        if self._pending:
            self._queue.put(_Batch(self._pending, [], None))
        self._queue.put(None)
        self._thread.join()
        os.close(self._descriptor)

    def _send(self, loop: asyncio.AbstractEventLoop) -> None:
        self._scheduled = False
        self._queue.put(_Batch(self._pending, self._waiting, loop))
        self._pending, self._waiting = [], []

    def _work(self) -> None:
        while (batch := self._queue.get()) is not None:
            if self._error is None:
                try:
                    self._prev = append(self._descriptor, batch.records, self._prev)
                except OSError as error:
                    self._error = refusal(error, self.path)
            if batch.loop is not None and not batch.loop.is_closed():
                batch.loop.call_soon_threadsafe(_settle, batch.waiting, self._error)


def append(descriptor: int, records: Iterable[bytes], prev: str) -> str:
    """Write records at the end of a log and sync it; returns the hash to chain the next one to."""
    lines = []
    for record in records:
        line, prev = seal(record, prev)
        lines.append(line)
    view = memoryview(b"".join(lines))
    while view:
        view = view[os.write(descriptor, view) :]
    os.fsync(descriptor)
    return prev


def refusal(error: OSError, path: Path) -> StorageError:
    """The error of a disk that did not take a record, in words."""
    if error.errno in _FULL:
        what, then = "There is no room left on the disk", "Make room"
    else:
        what, then = f"The disk reports an error ({error.strerror})", "Check the disk"
    return StorageError(
        f"{what}: transcript {path.name} was not written further; every reply that was used is in it.",
        f"{then}, then: jemaa resume {path.stem}",
    )


def _settle(waiting: list[asyncio.Future[None]], error: StorageError | None) -> None:
    for future in waiting:
        if future.done():
            continue
        if error is None:
            future.set_result(None)
        else:
            future.set_exception(error)
