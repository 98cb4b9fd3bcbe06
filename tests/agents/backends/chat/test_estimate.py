"""What a debate will take, before anything is asked."""

import pytest

from agents.backends.chat.backend import ChatBackend
from agents.backends.chat.estimate import Estimate, estimate
from agents.backends.chat.price import price
from agents.debate.event import TurnTaken
from agents.debate.run import run
from agents.debate.turn import Answer, TurnRequest
from tests.agents.backends.chat.conftest import IMPATIENT, SENTENCES, article, plan_of
from tests.agents.backends.chat.server import Server


class TestEstimate:
    @pytest.mark.parametrize("rounds", [1, 2, 3])
    def test_calls_are_counted_exactly(self, rounds: int) -> None:
        """Roles times rounds times recommendations, a ruling for each, and one synthesis."""
        assert 2 * 2 * rounds + 2 + 1 == estimate(plan_of(article(), rounds=rounds)).calls

    def test_embedded_debaters_take_nothing(self) -> None:
        """Only roles that a model speaks for are counted."""
        plan = plan_of(article(), model="offline", role_models={"energy": "openai:fake"})

        assert Estimate() == estimate(plan_of(article(), model="offline"))
        assert 2 * 2 == estimate(plan).calls

    def test_an_unknown_price_is_unknown(self, server: Server) -> None:
        """No cost is given when a model has no price, and the model is named."""
        told = estimate(plan_of(article(), model="openai:gpt-4o-mini"))

        assert told.cost is None
        assert ("openai:gpt-4o-mini",) == told.unpriced

    def test_a_known_price_gives_a_cost(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """The cached share is counted at the cached price."""
        monkeypatch.delenv("OPENAI_BASE_URL", raising=False)
        price.cache_clear()
        told = estimate(plan_of(article(), model="openai:gpt-4o-mini"))
        known = price("openai:gpt-4o-mini")

        assert known is not None
        assert 0 < told.cached_tokens < told.input_tokens
        assert told.cost == pytest.approx(
            (
                (told.input_tokens - told.cached_tokens) * known.input
                + told.cached_tokens * known.cached
                + told.output_tokens * known.output
            )
            / 1_000_000,
            rel=0.001,
        )
        price.cache_clear()

    def test_what_is_left_out_of_a_long_article_is_counted(self) -> None:
        """The estimate says how much of the article not everybody will see."""
        long = article(sentences=SENTENCES + SENTENCES[:2] * 100)

        assert 0 == estimate(plan_of(long)).left_out
        assert estimate(plan_of(long, context=4000)).left_out > 100

    async def test_input_is_of_the_right_size(self, server: Server) -> None:
        """Openings, which are known before, are met within a tenth; the rest depends on what is said."""
        plan = plan_of(article(), rounds=1)
        backend = ChatBackend(plan, patience=IMPATIENT)

        class Direct:
            async def take(self, request: TurnRequest) -> Answer:
                return await backend.answer(request, backend.render(request))

        events = [event async for event in run(plan, Direct())]
        await backend.close()
        spent = sum(event.usage.input_tokens for event in events if isinstance(event, TurnTaken))

        assert spent <= estimate(plan).input_tokens <= 1.5 * spent
