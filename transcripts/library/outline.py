"""One line for each transcript, from the two ends of its file."""

from pathlib import Path
from typing import Any, Literal, NamedTuple

from agents.errors import TranscriptError
from transcripts.library.find import SUFFIX, Entry
from transcripts.log.read import read_ends

Status = Literal["finished", "unfinished", "unreadable"]


class Summary(NamedTuple):
    """What a list shows. `began` is UTC in ISO 8601; `decisions` by recommendation id, once finished.

    An unreadable file has its `problem` and nothing else.
    """

    id: str
    folder: Path
    status: Status
    title: str = ""
    began: str = ""
    language: str = ""
    model: str = ""
    roles: tuple[str, ...] = ()
    recommendations: int = 0
    decisions: dict[str, str] = {}
    parent: str | None = None
    problem: str | None = None

    @property
    def path(self) -> Path:
        """Where the transcript lies."""
        return self.folder / f"{self.id}{SUFFIX}"

    def as_json(self) -> dict[str, Any]:
        """The summary as one JSON object."""
        listed = self._asdict() | {"path": str(self.path)}
        del listed["folder"]
        return listed


def summary(entry: Entry) -> Summary:
    """The summary of one file; one that cannot be read gives its problem instead of an error."""
    try:
        header, last = read_ends(entry.path)
        plan = header["plan"]
        closed = last is not None and last.get("kind") == "closed"
        return Summary(
            id=entry.id,
            folder=entry.folder,
            status="finished" if closed else "unfinished",
            title=str(header["title"]),
            began=str(header["time"]["at"]),
            language=str(plan["language"]),
            model=str(plan["model"]),
            roles=tuple(map(str, plan["roles"])),
            recommendations=len(plan["recommendations"]),
            decisions={str(k): str(v) for k, v in last["decisions"].items()} if closed and last else {},
            parent=str(header["parent"]["run"]) if header.get("parent") else None,
        )
    except TranscriptError as error:
        return Summary(entry.id, entry.folder, "unreadable", problem=error.message)
    except (KeyError, TypeError, AttributeError):
        return Summary(
            entry.id, entry.folder, "unreadable", problem="Its first or last record is not as it should be."
        )
