"""Finding a transcript by what a person types."""

import os
from pathlib import Path
from typing import NamedTuple

from agents.errors import InputError

SUFFIX = ".jsonl"
LAST = "last"

_SHOWN = 5


class Entry(NamedTuple):
    """A transcript file of a folder; `size` in bytes, `modified` in nanoseconds since 1970."""

    id: str
    folder: Path
    size: int
    modified: int

    @property
    def path(self) -> Path:
        """Where the file lies."""
        return self.folder / f"{self.id}{SUFFIX}"


def entries(folder: Path) -> list[Entry]:
    """The transcript files of a folder, last written first. A folder that does not exist has none.

    Raises InputError when the folder cannot be read.
    """
    try:
        with os.scandir(folder) as found:
            listed = [_entry(file, folder) for file in found if _is_transcript(file)]
    except FileNotFoundError:
        return []
    except OSError as error:
        raise InputError(
            f"The transcripts folder {folder} cannot be read: {error.strerror}.",
            "Name another one with --transcripts DIR or JEMAA_TRANSCRIPTS.",
        ) from error
    return sorted(listed, key=lambda entry: (-entry.modified, entry.id))


def find(reference: str, folder: Path) -> Path:
    """The transcript that `reference` names: a path, an id, a unique prefix of one, or `last` (last written).

    A reference is never joined to a path: it is compared with what lies in `folder`.

    Raises InputError, with the candidates, when it names none or several.
    """
    if reference.endswith(SUFFIX) and os.path.isfile(reference):  # noqa: PTH113  refuses NUL and long names quietly
        return Path(reference)
    known = entries(folder)
    if not known:
        raise InputError(f"There is no transcript in {folder}.", "Make one with: jemaa debate")
    if reference == LAST:
        return known[0].path
    wanted = reference.removesuffix(SUFFIX)
    matching = [entry for entry in known if entry.id.startswith(wanted)] if wanted else []
    exact = [entry for entry in matching if entry.id == wanted]
    if exact or len(matching) == 1:
        return (exact or matching)[0].path
    if matching:
        raise InputError(
            f"{reference[:80]!r} names {len(matching)} transcripts: {_names(matching)}.",
            "Give more of the id.",
        )
    raise InputError(
        f"No transcript is named {reference[:80]!r} in {folder}.",
        f"There are {_names(known)}. All of them: jemaa list. Or give a path, or {LAST}.",
    )


def _is_transcript(file: os.DirEntry[str]) -> bool:
    return file.name.endswith(SUFFIX) and not file.name.startswith(".") and file.is_file()


def _entry(file: os.DirEntry[str], folder: Path) -> Entry:
    state = file.stat()
    return Entry(file.name.removesuffix(SUFFIX), folder, state.st_size, state.st_mtime_ns)


def _names(found: list[Entry]) -> str:
    shown = ", ".join(entry.id for entry in found[:_SHOWN])
    return shown if len(found) <= _SHOWN else f"{shown}, …"
