"""The lists of words and expressions in `agents/article/cues`."""

import re
from importlib.resources import files

from agents.article import cues

_SECTION = re.compile(r"^\[([a-z_]+)\]$")


def read_lists(name: str) -> dict[str, list[str]]:
    """The lists of the file `name`.cues: `[list]` opens one, each line is a regular expression, `#` a comment."""
    found: dict[str, list[str]] = {}
    entries: list[str] = []
    for line in (files(cues) / f"{name}.cues").read_text("utf-8").splitlines():
        if match := _SECTION.match(line):
            entries = found.setdefault(match[1], [])
        elif line.strip() and not line.startswith("#"):
            entries.append(line)
    return found
