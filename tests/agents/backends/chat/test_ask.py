"""How long a call is made again."""

from collections.abc import Awaitable, Callable

import pytest

from agents.backends.chat.ask import Patience, until_answered
from agents.backends.chat.failure import Refused, Transient

PATIENCE = Patience(tries=4, first=0.0, longest=10.0)


def failing(times: int, error: Exception) -> tuple[Callable[[], Awaitable[str]], list[int]]:
    """A call that fails so many times, and the list of its calls."""
    calls: list[int] = []

    async def call() -> str:
        calls.append(len(calls))
        if len(calls) <= times:
            raise error
        return "answered"

    return call, calls


def nobody_waits(seconds: float, cause: str, tried: int) -> None:
    """For tests that do not look at waits."""


class TestUntilAnswered:
    async def test_patience_ends(self) -> None:
        """So many failures, and the last one itself is raised."""
        call, calls = failing(99, Transient("busy", 503))

        with pytest.raises(Transient, match="busy"):
            await until_answered(call, PATIENCE, lambda: 0, nobody_waits)
        assert 4 == len(calls)

    async def test_a_crowded_server_is_waited_for_while_it_serves_others(self) -> None:
        """Want of room does not use up patience as long as somebody is answered."""
        call, calls = failing(30, Transient("crowded", 429))

        assert "answered" == await until_answered(call, PATIENCE, lambda: len(calls), nobody_waits)
        assert 31 == len(calls)

    async def test_a_broken_server_is_not(self) -> None:
        """Other failures count whatever happens to others."""
        call, calls = failing(30, Transient("broken", 500))

        with pytest.raises(Transient):
            await until_answered(call, PATIENCE, lambda: len(calls), nobody_waits)
        assert 4 == len(calls)

    async def test_a_refusal_is_final(self) -> None:
        """What cannot pass is not tried again."""
        call, calls = failing(1, Refused("no", 400))

        with pytest.raises(Refused):
            await until_answered(call, PATIENCE, lambda: 0, nobody_waits)
        assert 1 == len(calls)

    async def test_waits_are_told_with_their_cause(self) -> None:
        """Whoever watches learns of each wait before it begins; a server's own wish is obeyed."""
        call, _ = failing(2, Transient("busy", 503, wait=0.001))
        told: list[tuple[float, str, int]] = []
        await until_answered(call, PATIENCE, lambda: 0, lambda *wait: told.append(wait))

        assert [("busy", 1), ("busy", 2)] == [(cause, tried) for _, cause, tried in told]
        assert all(0.001 <= seconds <= 0.0011 for seconds, _, _ in told)
