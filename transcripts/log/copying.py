"""What a fork takes over from its parent."""

from collections.abc import Callable
from pathlib import Path

from agents.errors import TranscriptError
from transcripts.log.contents import Contents, Turn, load
from transcripts.log.file import SUFFIX
from transcripts.log.record import Failed, Parent

Copied = Callable[[str], Turn | None]
"""The parent's turn at an address, or None where it shall be asked anew."""


def no_turn(address: str) -> Turn | None:
    """Nothing is copied from anywhere."""
    return None


def turns_of(given: Contents, parent: Parent) -> Copied:
    """The turns of `given` that a fork of it copies wherever its own request is the same."""

    def copied(address: str) -> Turn | None:
        turn = given.turns.get(address)
        if turn is None or address == parent.at:
            return None
        if parent.retry_failed and isinstance(turn.outcome, Failed):
            return None
        return turn

    return copied


def turns_beside(child: Path, parent: Parent) -> Copied:
    """The same from the parent's transcript in the folder of an unfinished fork.

    Raises TranscriptError when it is not there any more or damaged.
    """
    # The name comes from a file that may be anybody's: it is compared, never joined to a path.
    found = [path for path in child.parent.iterdir() if path.name == f"{parent.run}{SUFFIX}"]
    if not found:
        raise TranscriptError(
            f"Transcript {child.name} is an unfinished fork, and its parent {parent.run[:80]} is not beside it.",
            f"Put {parent.run[:80]}{SUFFIX} into {child.parent}, or go on without it, asking anew what was not "
            f"copied yet: jemaa fork {child.stem}",
        )
    return turns_of(load(found[0]), parent)
