"""What is kept of the turns of a debate: who was asked, what came, what it cost."""

from dataclasses import dataclass, field
from time import monotonic
from typing import Literal, NamedTuple

from agents.argument.model import Stance
from agents.backends.watch import Waiting
from agents.debate.turn import Usage

Progress = Literal["waiting", "running", "done", "failed", "skipped"]


@dataclass
class Step:
    """The turns of one round (or of the ruling) on one recommendation, by role."""

    asked: set[str] = field(default_factory=set)
    taken: set[str] = field(default_factory=set)
    failures: dict[str, str] = field(default_factory=dict)


class Retry(NamedTuple):
    """A call that is made again at `due`, a time of the monotonic clock."""

    waiting: Waiting
    due: float

    @property
    def seconds(self) -> int:
        """How long it is to that."""
        return max(0, round(self.due - monotonic()))


@dataclass
class Spent:
    """What the turns taken so far have cost; `priced` is False once the price of a call is unknown."""

    turns: int = 0
    failed: int = 0
    calls: int = 0
    retries: int = 0
    input_tokens: int = 0
    output_tokens: int = 0
    cached_tokens: int = 0
    cost: float = 0.0
    priced: bool = True

    def add(self, usage: Usage) -> None:
        """Count one turn's."""
        self.turns += 1
        self.calls += usage.calls
        self.retries += usage.retries
        self.input_tokens += usage.input_tokens
        self.output_tokens += usage.output_tokens
        self.cached_tokens += usage.cached_tokens
        self.cost += usage.cost or 0.0
        self.priced = self.priced and not (usage.calls and usage.cost is None)


class Said(NamedTuple):
    """What a role has answered in a round that is not over; an answer to the chair takes no stance."""

    stance: Stance | None
    text: str
