"""What a speaker has written so far, as prose: a JSON object is being written, and nobody wants to read that."""

from collections.abc import Iterator
from typing import Any

from pydantic_core import from_json

_PROSE = frozenset({"text", "claim", "condition", "reason", "title", "adopted_wording", "majority_reply"})


def prose_so_far(written: str) -> str:
    """The prose in the beginning of a reply, in the order in which it is written; empty before there is any."""
    start = written.find("{")
    if start < 0:
        return ""
    try:
        value = from_json(written[start:], allow_partial="trailing-strings")
    except ValueError:
        return ""
    return " ".join(_prose(value))


def _prose(value: Any) -> Iterator[str]:
    if isinstance(value, list):
        for item in value:
            yield from _prose(item)
    elif isinstance(value, dict):
        for name, item in value.items():
            if not isinstance(item, str):
                yield from _prose(item)
            elif name in _PROSE and not (name == "condition" and next(iter(value)) == name):  # there, an id
                yield item
