"""Limits that a process lays on itself before it opens a document of others."""

import time

MEMORY = 400 * 2**20
"""Address space of the reading process, in bytes."""

SECONDS = 2
"""Processor seconds that opening a document, or any one page of it, may take."""


class Refused(Exception):
    """A document that cannot or must not be read: `kind` chooses the hint, the text ends a sentence."""

    def __init__(self, kind: str, text: str) -> None:
        super().__init__(text)
        self.kind = kind


def limit() -> None:
    """Limit memory and processor time, where the system knows such limits."""
    try:
        import resource  # noqa: PLC0415 - POSIX only
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def allow(seconds: float) -> None:
    """Allow `seconds` more of processor time from now on; the process is killed when they are used up."""
    try:
        import resource  # noqa: PLC0415 - POSIX only
    except ImportError:
        return
    _, hard = resource.getrlimit(resource.RLIMIT_CPU)
    soft = max(1, round(time.process_time() + seconds))  # the system counts whole seconds
    resource.setrlimit(resource.RLIMIT_CPU, (soft if hard < 0 else min(soft, hard), hard))
