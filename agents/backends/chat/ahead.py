"""Calls side by side: who goes ahead, so that a refusal is met once and caches are warm, and how all end."""

import asyncio
from collections.abc import AsyncGenerator, Sequence
from contextlib import asynccontextmanager
from types import TracebackType

from agents.errors import ProviderError

_STEPS = 5
"""A wait in steps grows with whatever else keeps the loop, and with it the first call, from going on."""


class First:
    """The first call of a debate goes ahead for `hold` seconds, or until it is answered if that is sooner.

    A wrong key, address or model name is refused at once: then no other call is made.
    """

    def __init__(self, hold: float) -> None:
        self._hold = hold
        self._held = False
        self._answered: asyncio.Event | None = None

    async def turn(self) -> None:
        """Wait for one's turn; the first caller has it at once."""
        if self._answered is None:
            self._answered = asyncio.Event()
            return
        if not self._held:
            self._held = True
            self._hold_on(_STEPS)
        await self._answered.wait()

    def _hold_on(self, steps: int) -> None:
        if steps == 0:
            self.answered()
        else:
            asyncio.get_running_loop().call_later(self._hold / _STEPS, self._hold_on, steps - 1)

    def answered(self) -> None:
        """Somebody was answered, whatever the answer: all may go."""
        if self._answered is not None:
            self._answered.set()


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
