"""Which debaters these are: a mark of everything that their replies depend on besides plan and request."""

import hashlib
from functools import cache
from pathlib import Path

_AGENTS = Path(__file__).parents[2]
_ROOMS = ("argument", "article", "backends/offline", "knowledge")
_KINDS = frozenset({".cues", ".py", ".yaml"})


@cache
def edition() -> str:
    """SHA-256, in hexadecimal, over names and contents of the files of the rooms that replies come from.

    Two editions may argue alike; the same edition argues the same.
    """
    whole = hashlib.sha256()
    for room in _ROOMS:
        for path in sorted((_AGENTS / room).rglob("*")):
            if path.suffix in _KINDS:
                content = path.read_bytes()
                whole.update(f"{path.relative_to(_AGENTS).as_posix()} {len(content)}\n".encode())
                whole.update(content)
    return whole.hexdigest()
