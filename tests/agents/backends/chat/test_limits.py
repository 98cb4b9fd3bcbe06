"""What a debate may use."""

import asyncio

import pytest

from agents.backends.chat.limits import Limits, Pace, Spending, with_budget
from agents.debate.turn import Usage
from agents.errors import InputError, ProviderError


class TestBudget:
    @pytest.mark.parametrize(
        "written, field, value",
        [
            ("40 calls", "max_calls", 40),
            ("1call", "max_calls", 1),
            ("200k tokens", "max_tokens", 200_000),
            ("1.5M tokens", "max_tokens", 1_500_000),
            ("$2", "max_cost", 2.0),
            ("0,5 USD", "max_cost", 0.5),
        ],
    )
    def test_is_read_as_people_write_it(self, written: str, field: str, value: float) -> None:
        """Calls, tokens with k and M, and dollars either way round."""
        assert value == getattr(with_budget(Limits(), [written]), field)

    @pytest.mark.parametrize("written", ["", "much", "40", "$2 usd", "-1 calls", "2 euros", "1e9 tokens"])
    def test_anything_else_is_refused(self, written: str) -> None:
        """An amount without a unit, or one that nobody counts, is named in the error."""
        with pytest.raises(InputError, match="budget"):
            with_budget(Limits(), [written])


class TestSpending:
    @pytest.mark.parametrize(
        "limits",
        [Limits(max_calls=1), Limits(max_tokens=10), Limits(max_cost=0.5), Limits(debate_seconds=1e-9)],
    )
    def test_a_spent_budget_allows_no_further_call(self, limits: Limits) -> None:
        """The call that would go beyond is not made."""
        spending = Spending(limits)
        spending.begin_call()
        spending.add(Usage(input_tokens=8, output_tokens=2, cost=0.5))
        with pytest.raises(ProviderError, match="limit"):
            spending.begin_call()

    def test_without_limits_all_goes(self) -> None:
        """Nothing is limited that nobody limited."""
        spending = Spending(Limits())
        for _ in range(1000):
            spending.begin_call()
            spending.add(Usage(input_tokens=10**6, cost=100.0))


class TestPace:
    async def test_a_minute_holds_no_more_than_allowed(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """Requests beyond the limit wait until the minute is over, in their order."""
        now, slept = [0.0], []

        async def sleep(seconds: float) -> None:
            slept.append(seconds)
            now[0] += seconds

        monkeypatch.setattr("agents.backends.chat.limits.time.monotonic", lambda: now[0])
        monkeypatch.setattr("agents.backends.chat.limits.asyncio.sleep", sleep)
        pace = Pace(Limits(requests=2, tokens=100))

        await pace.keep(10)
        await pace.keep(10)
        assert [] == slept
        await pace.keep(10)
        assert [60.0] == slept
        await pace.keep(95)
        assert 120.0 == now[0]
        await pace.keep(500)
        assert 180.0 == now[0], "a request larger than the limit goes when it is alone"

    async def test_without_limits_nobody_waits(self) -> None:
        """The common case costs nothing."""
        pace = Pace(Limits())
        async with asyncio.timeout(1):
            for _ in range(1000):
                await pace.keep(10**6)
