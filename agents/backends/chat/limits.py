"""What a debate may use: calls in flight, requests and tokens a minute, budgets, deadlines."""

import asyncio
import re
import time
from collections import deque
from collections.abc import Iterable

from pydantic import Field

from agents.debate.turn import Usage
from agents.errors import InputError, ProviderError
from agents.model import Frozen

_MINUTE = 60.0
_AMOUNT = re.compile(
    r"(?P<dollar>\$)?\s*(?P<number>\d+(?:[.,]\d+)?)\s*(?P<times>[kKmM])?\s*(?P<unit>calls?|tokens?|usd)?",
    re.IGNORECASE,
)
_TIMES = {"": 1, "k": 1_000, "m": 1_000_000}
_FIELDS = {
    "call": "max_calls",
    "calls": "max_calls",
    "token": "max_tokens",
    "tokens": "max_tokens",
    "usd": "max_cost",
}


class Limits(Frozen):
    """None: no limit. Budgets and deadlines hold for one run; a resumed debate begins them anew.

    `in_flight` calls at a time, `requests` and `tokens` a minute for each provider; budgets `max_calls`,
    `max_tokens` (input and output together) and `max_cost` (US dollars); `turn_seconds` and
    `debate_seconds` are deadlines.
    """

    in_flight: int = Field(default=24, ge=1)
    requests: int | None = Field(default=None, ge=1)
    tokens: int | None = Field(default=None, ge=1)
    max_calls: int | None = Field(default=None, ge=0)
    max_tokens: int | None = Field(default=None, ge=0)
    max_cost: float | None = Field(default=None, ge=0)
    turn_seconds: float = Field(default=1800.0, gt=0)
    debate_seconds: float | None = Field(default=None, gt=0)


def with_budget(limits: Limits, amounts: Iterable[str]) -> Limits:
    """`limits` with budgets as people write them: `40 calls`, `200k tokens`, `1.5M tokens`, `$2`, `2 usd`.

    Raises InputError, naming what was written, when an amount cannot be read.
    """
    read: dict[str, float] = {}
    for amount in amounts:
        match = _AMOUNT.fullmatch(amount.strip())
        if match is None or bool(match["dollar"]) == bool(match["unit"]):
            raise InputError(
                f"{amount!r} is no budget.", "Write for example '40 calls', '200k tokens' or '$2'."
            )
        field = "max_cost" if match["dollar"] else _FIELDS[match["unit"].lower()]
        value = float(match["number"].replace(",", ".")) * _TIMES[(match["times"] or "").lower()]
        read[field] = value if field == "max_cost" else int(value)
    return Limits.model_validate(limits.model_dump() | read)


class Spending:
    """What has been used of the budgets so far."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._calls = 0
        self._tokens = 0
        self._cost = 0.0
        self._began: float | None = None

    def begin_call(self) -> None:
        """Count a call that is about to be made. Raises ProviderError when a budget or the time is spent."""
        now = time.monotonic()
        self._began = now if self._began is None else self._began
        limits = self._limits
        for used, limit, what in (
            (self._calls, limits.max_calls, "calls"),
            (self._tokens, limits.max_tokens, "tokens"),
            (self._cost, limits.max_cost, "US dollars"),
            (now - self._began, limits.debate_seconds, "seconds"),
        ):
            if limit is not None and used >= limit:
                raise ProviderError(
                    f"The debate's limit of {limit:g} {what} is reached.",
                    "What was said is kept; resume the debate with a higher limit to go on.",
                )
        self._calls += 1

    def add(self, usage: Usage) -> None:
        """Count what a call used."""
        self._tokens += usage.input_tokens + usage.output_tokens
        self._cost += usage.cost or 0.0


class Pace:
    """Requests and tokens within any minute, first come, first served."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._turn = asyncio.Lock()
        self._recent: deque[tuple[float, int]] = deque()

    async def keep(self, tokens: int) -> None:
        """Wait until a request of about `tokens` fits. One larger than the limit goes when it is alone."""
        if self._limits.requests is None and self._limits.tokens is None:
            return
        async with self._turn:
            while not self._fits(tokens):  # noqa: ASYNC110  only time makes room
                await asyncio.sleep(max(0.0, self._recent[0][0] + _MINUTE - time.monotonic()))
            self._recent.append((time.monotonic(), tokens))

    def _fits(self, tokens: int) -> bool:
        while self._recent and self._recent[0][0] <= time.monotonic() - _MINUTE:
            self._recent.popleft()
        requests, limit = self._limits.requests, self._limits.tokens
        used = sum(number for _, number in self._recent)
        return not self._recent or (
            (requests is None or len(self._recent) < requests) and (limit is None or used + tokens <= limit)
        )
