"""The words of a transcript, piece by piece, for searching."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from transcripts.log.chain import MAX_LINE

_DERIVED = tuple(f'{{"kind":"{kind}"'.encode() for kind in ("speech", "ruling", "strategy"))


class Passage(NamedTuple):
    """A text and where it stands: `speech/R1/opening/1/energy`, `ruling/R1`, `strategy`."""

    place: str
    text: str


def passages(path: Path) -> Iterator[Passage]:
    """What was said, ruled and written in a transcript. What cannot be read is left out."""
    try:
        with path.open("rb") as file:
            while line := file.readline(MAX_LINE + 1):
                if line.startswith(_DERIVED):
                    yield from _of_line(line)
    except OSError:
        return


def _of_line(line: bytes) -> Iterator[Passage]:
    try:
        record = json.loads(line)
        place = str(record["id"])
        for text in _texts(record, record["kind"]):
            yield Passage(place, text)
    except (ValueError, RecursionError, KeyError, TypeError, AttributeError):
        return


def _texts(record: dict[str, Any], kind: str) -> Iterator[str]:
    if kind == "speech":
        speech = record["speech"]
        yield " ".join([str(speech["text"]), *(str(argument["claim"]) for argument in speech["arguments"])])
    elif kind == "ruling":
        yield " ".join(str(reason["text"]) for reason in record["reasons"])
    else:
        strategy = record["strategy"]
        yield str(strategy["title"])
        for name in ("summary", "diagnosis", "vision", "not_sought", "governance", "tensions"):
            yield from (str(sentence["text"]) for sentence in strategy[name])
        for measure in strategy["measures"]:
            yield f"{measure['title']} {measure['adopted_wording']}"
        yield from (str(dissent["objection"]) for dissent in strategy["minority"])
