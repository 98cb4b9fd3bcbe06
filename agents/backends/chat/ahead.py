"""Calls side by side: who goes ahead, so that a refusal is met once and caches are warm, and how all end."""

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from contextvars import ContextVar
from types import TracebackType

from agents.errors import ProviderError

BEFORE_SENDING: ContextVar[Callable[[], Awaitable[None]] | None] = ContextVar("before_sending", default=None)
"""What a client that can do so awaits when a request is made up and not sent yet."""

_STEPS = 5
"""A wait in steps grows with whatever else keeps the loop, and with it the first call, from going on."""


class First:
    """The first request of a debate goes ahead for `hold` seconds, or until it is answered if that is sooner.

    A wrong key, address or model name is refused at once: then no other request is made. As long as the
    server cannot be reached, only the first goes on trying.
    """

    def __init__(self, hold: float) -> None:
        self._hold = hold
        self._leader: object | None = None
        self._tried = 0
        self._open = asyncio.Event()

    async def turn(self, caller: object) -> None:
        """Wait for one's turn to send a request; the first `caller` has it at once, and when it tries again."""
        if self._leader is None:
            self._leader = caller
        if caller is not self._leader:
            await self._open.wait()
        elif not self._open.is_set():
            self._tried += 1
            self._hold_on(self._tried, _STEPS)

    def _hold_on(self, tried: int, steps: int) -> None:
        if tried != self._tried:
            return
        if steps == 0:
            self.answered()
        else:
            asyncio.get_running_loop().call_later(self._hold / _STEPS, self._hold_on, tried, steps - 1)

    def unreached(self) -> None:
        """There was nobody who could answer: the others wait until the first has tried again."""
        self._tried += 1

    def answered(self) -> None:
        """Somebody was answered, whatever the answer: all may go."""
        self._open.set()


class PrefixOrder:
    """For each beginning that prompts share, one call goes ahead until it is done; then all others may go."""

    def __init__(self) -> None:
        self._done: dict[tuple[str, ...], asyncio.Event] = {}

    @asynccontextmanager
    async def place(self, parts: Sequence[str]) -> AsyncGenerator[None, None]:
        """Hold a place in the order for a prompt of `parts`; its own call is made inside."""
        leading: list[asyncio.Event] = []
        for length in range(1, len(parts)):
            beginning = tuple(parts[:length])
            event = self._done.get(beginning)
            if event is None:
                event = self._done[beginning] = asyncio.Event()
                leading.append(event)
            else:
                await event.wait()
        try:
            yield
        finally:
            for event in leading:
                event.set()


class EndTogether:
    """Turns that are being answered. When one must end the debate, the others in flight finish first.

    They are paid for; whoever records answers can then keep them all.
    """

    def __init__(self) -> None:
        self._running = 0
        self._none_left = asyncio.Event()

    async def __aenter__(self) -> None:
        self._running += 1
        self._none_left.clear()

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._running -= 1
        if self._running == 0:
            self._none_left.set()
        if isinstance(error, ProviderError):
            await self._none_left.wait()
