"""What a debate may use: calls in flight, requests and tokens a minute, budgets, deadlines."""

import asyncio
import re
from collections import deque
from collections.abc import AsyncGenerator, Awaitable, Callable, Iterable
from contextlib import asynccontextmanager
from typing import Annotated, Any

from pydantic import BeforeValidator, Field

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


EACH = "each"
"""The key of a rate that holds for each provider that has none of its own."""


def _for_each(value: Any) -> Any:
    return {EACH: value} if isinstance(value, int) else value


Rates = Annotated[dict[str, Annotated[int, Field(ge=1)]], BeforeValidator(_for_each)]
"""So many a minute, by provider; a number alone holds for each of them."""


class Limits(Frozen):
    """None: no limit. Budgets and deadlines hold for one run; a resumed debate begins them anew.

    `in_flight` calls at a time; `requests` and `tokens` (input and the room for a reply) a minute for each
    provider; budgets `max_calls`, `max_tokens` (input and output together) and `max_cost` (US dollars);
    `turn_seconds` and `debate_seconds` are deadlines, from the first call of the turn and of the debate.
    """

    in_flight: int = Field(default=24, ge=1)
    requests: Rates = {}
    tokens: Rates = {}
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

    def begin_call(self) -> None:
        """Count a call that is about to be made. Raises ProviderError when a budget is spent."""
        limits = self._limits
        for used, limit, what in (
            (self._calls, limits.max_calls, "calls"),
            (self._tokens, limits.max_tokens, "tokens"),
            (self._cost, limits.max_cost, "US dollars"),
        ):
            if limit is not None and used >= limit:
                raise ProviderError(
                    f"The budget of {limit:,} {what} is spent.",
                    "What was said is kept; go on with: jemaa resume last --budget AMOUNT",
                )
        self._calls += 1

    def add(self, usage: Usage) -> None:
        """Count what a call used."""
        self._tokens += usage.input_tokens + usage.output_tokens
        self._cost += usage.cost or 0.0


class Deadline:
    """The end of a debate's time, which runs from the first turn that is asked of a model."""

    def __init__(self, seconds: float | None) -> None:
        self._seconds = seconds
        self._ends: float | None = None

    @asynccontextmanager
    async def kept(self) -> AsyncGenerator[None, None]:
        """What is done inside is broken off at the end of the time. Raises ProviderError then."""
        if self._seconds is None:
            yield
            return
        if self._ends is None:
            self._ends = asyncio.get_running_loop().time() + self._seconds
        time = asyncio.timeout_at(self._ends)
        try:
            async with time:
                yield
        except TimeoutError:
            if not time.expired():
                raise
            raise ProviderError(
                f"The debate's deadline of {self._seconds:,g} seconds is reached.",
                "What was said is kept; go on with: jemaa resume last --deadline TIME",
            ) from None


class Pace:
    """Requests and tokens of one provider within any minute, first come, first served."""

    def __init__(self, limits: Limits, provider: str) -> None:
        self._requests = limits.requests.get(provider, limits.requests.get(EACH))
        self._tokens = limits.tokens.get(provider, limits.tokens.get(EACH))
        self._provider = provider
        self._turn = asyncio.Lock()
        self._recent: deque[tuple[float, int]] = deque()

    async def keep(self, tokens: int, pause: Callable[[float, str], Awaitable[None]]) -> None:
        """Wait until a request of about `tokens` fits. One larger than the limit goes when it is alone.

        `pause` is called for each wait, with its seconds and its cause.
        """
        if self._requests is None and self._tokens is None:
            return
        time = asyncio.get_running_loop().time
        async with self._turn:
            while cause := self._too_much(tokens, time()):
                seconds = max(0.0, self._recent[0][0] + _MINUTE - time())
                await pause(seconds, f"{self._provider}: {cause} a minute")
            self._recent.append((time(), tokens))

    def _too_much(self, tokens: int, now: float) -> str:
        """The limit that a request of so many tokens would break now, in words; empty when it fits."""
        while self._recent and self._recent[0][0] <= now - _MINUTE:
            self._recent.popleft()
        if not self._recent:
            return ""
        if self._requests is not None and len(self._recent) >= self._requests:
            return f"{self._requests:,} requests"
        used = sum(number for _, number in self._recent)
        if self._tokens is not None and used + tokens > self._tokens:
            return f"{self._tokens:,} tokens"
        return ""


class Allowance:
    """What has been used of the limits so far, by one debate or by several that share it."""

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self.spending = Spending(limits)
        self._places = asyncio.Semaphore(limits.in_flight)
        self._in_process = asyncio.Semaphore(1)
        self._paces: dict[str, Pace] = {}

    def place(self, *, in_process: bool) -> asyncio.Semaphore:
        """Where a call waits for its place; a model in this process answers one call at a time."""
        return self._in_process if in_process else self._places

    def pace(self, provider: str) -> Pace:
        """How fast requests may be made to a provider."""
        return self._paces.setdefault(provider, Pace(self.limits, provider))
