"""What a debate may use."""

import asyncio

import pytest

from agents.backends.chat.limits import EACH, Deadline, Limits, Pace, Spending, with_budget
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
        [Limits(max_calls=1), Limits(max_tokens=10), Limits(max_cost=0.5)],
    )
    def test_a_spent_budget_allows_no_further_call(self, limits: Limits) -> None:
        """The call that would go beyond is not made."""
        spending = Spending(limits)
        spending.begin_call()
        spending.add(Usage(input_tokens=8, output_tokens=2, cost=0.5))
        with pytest.raises(ProviderError, match="is spent"):
            spending.begin_call()

    def test_without_limits_all_goes(self) -> None:
        """Nothing is limited that nobody limited."""
        spending = Spending(Limits())
        for _ in range(1000):
            spending.begin_call()
            spending.add(Usage(input_tokens=10**6, cost=100.0))


class Hours:
    """A clock of the event loop that a test sets forward, and pauses that take no time."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        loop = asyncio.get_running_loop()
        began, self.ahead = loop.time(), 0.0
        monkeypatch.setattr(loop, "time", lambda: began + self.ahead)
        self.paused: list[tuple[int, str]] = []

    async def pause(self, seconds: float, cause: str) -> None:
        self.paused.append((round(seconds), cause))
        self.ahead += seconds


class TestPace:
    async def test_a_minute_holds_no_more_than_allowed(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """Requests beyond the limit wait until the minute is over, in their order, and say why."""
        hours = Hours(monkeypatch)
        pace = Pace(Limits(requests={EACH: 2}, tokens={EACH: 100}), "openai")

        await pace.keep(10, hours.pause)
        await pace.keep(10, hours.pause)
        assert [] == hours.paused
        await pace.keep(10, hours.pause)
        assert [(60, "openai: 2 requests a minute")] == hours.paused
        await pace.keep(95, hours.pause)
        assert (60, "openai: 100 tokens a minute") == hours.paused[-1]
        await pace.keep(500, hours.pause)
        assert 3 == len(hours.paused), "a request larger than the limit goes when it is alone"

    async def test_a_provider_may_have_a_rate_of_its_own(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """The rate for each holds for those that have none."""
        hours = Hours(monkeypatch)
        limits = Limits(requests={EACH: 1, "openai": 3})

        paces = {provider: Pace(limits, provider) for provider in ("openai", "mistralai")}
        for pace in paces.values():
            await pace.keep(10, hours.pause)
            await pace.keep(10, hours.pause)

        assert [(60, "mistralai: 1 requests a minute")] == hours.paused

    async def test_without_limits_nobody_waits(self) -> None:
        """The common case costs nothing."""

        async def never(seconds: float, cause: str) -> None:
            raise AssertionError(cause)

        pace = Pace(Limits(), "openai")
        for _ in range(1000):
            await pace.keep(10**6, never)


class TestDeadline:
    async def test_what_is_under_way_is_broken_off(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """At the end of the time nothing goes on, and the error says how to go on later."""
        hours = Hours(monkeypatch)
        deadline = Deadline(3600)
        async with deadline.kept():
            hours.ahead += 3599

        async def long() -> None:
            async with deadline.kept():
                hours.ahead += 2
                await asyncio.Event().wait()

        with pytest.raises(ProviderError, match=r"3,600 seconds(?s:.*)--deadline"):
            await long()

    async def test_no_deadline_no_end(self) -> None:
        """A time out of something inside stays what it is."""
        for seconds in (None, 3600.0):
            with pytest.raises(TimeoutError):
                async with Deadline(seconds).kept():
                    raise TimeoutError
