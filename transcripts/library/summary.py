"""All transcripts of a folder, in short."""

from pathlib import Path

from transcripts.library.find import entries
from transcripts.library.index import indexed_summaries
from transcripts.library.outline import Summary, summary

__all__ = ["Summary", "summaries"]

FEW = 200
"""Up to this many files are opened one by one; an index would cost more than it saves."""


def summaries(folder: Path) -> list[Summary]:
    """All transcripts of a folder, last written first. Raises InputError when it cannot be read."""
    listed = entries(folder)
    return indexed_summaries(folder, listed) if len(listed) > FEW else [summary(entry) for entry in listed]
