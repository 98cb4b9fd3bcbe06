"""What a sweep consists of: debates with ids of their own, and what became of each."""

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Literal, NamedTuple, TypeVar

from pydantic import ConfigDict, Field

from agents.backends.chat.limits import Limits
from agents.debate.plan import DebatePlan
from agents.errors import InputError
from agents.model import Frozen

_Any = TypeVar("_Any")


class Task(Frozen):
    """One debate to be held. `id` follows from what defines it, and is the name of its transcript.

    `source` is what the article was read from, `prompts` a folder of prompts in place of those that ship.
    """

    model_config = ConfigDict(ser_json_bytes="base64", val_json_bytes="base64")

    id: str
    plan: DebatePlan
    source: bytes | None = None
    prompts: Path | None = None


class Terms(Frozen):
    """How one process holds its debates: `at_once` of them, their models together within `limits`.

    `folder` is where transcripts lie; `cache_first` warms a provider's cache with one call of each debate.
    """

    folder: Path
    at_once: int = Field(default=4, ge=1)
    limits: Limits = Limits()
    cache_first: bool = False


class Outcome(Frozen):
    """What became of a debate.

    It was `held` from beginning to end, `resumed` where an earlier run had left it, `found` finished, or left
    `unfinished` for a `cause`: then the same command goes on with it. `must_change` when it would end the same
    way again; `busy` when another process writes it. `asked` counts the turns that were asked in this run,
    `twice` those of them that an earlier run had asked too, without an answer on disk. `seconds` is wall time.
    """

    id: str
    status: Literal["held", "resumed", "found", "unfinished"]
    cause: str | None = None
    hint: str | None = None
    must_change: bool = False
    busy: bool = False
    asked: int = 0
    twice: int = 0
    seconds: float = 0.0


class Shard(NamedTuple):
    """The share `number` (from 1) of `of` equal ones."""

    number: int
    of: int

    def share(self, debates: Sequence[_Any]) -> list[_Any]:
        """Every debate whose place falls to this share; all shares together are all debates, each once."""
        return list(debates[self.number - 1 :: self.of])


def read_shard(text: str) -> Shard:
    """`I/N` as a shard. Raises InputError unless 1 ≤ I ≤ N."""
    match = re.fullmatch(r"([0-9]{1,9})/([0-9]{1,9})", text.strip())
    shard = Shard(int(match[1]), int(match[2])) if match else Shard(0, 0)
    if not 1 <= shard.number <= shard.of:
        raise InputError(
            f"{text[:40]!r} is no share of a sweep.",
            "Write I/N with I from 1 to N, for example 2/4 for the second of four.",
        )
    return shard
