"""What calls cost."""

import pytest

from agents.backends.chat.price import cost, price, price_list


@pytest.fixture(autouse=True)
def fresh(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("OPENAI_BASE_URL", raising=False)
    price.cache_clear()


class TestPrice:
    def test_a_listed_model_has_its_price(self) -> None:
        """Input, cached input and output are priced apart, and a call costs their sum."""
        known = price("openai:gpt-4o-mini")

        assert known is not None
        assert 0 < known.cached < known.input < known.output
        assert cost("openai:gpt-4o-mini", 3_000_000, 1_000_000, 500_000) == pytest.approx(
            2 * known.input + known.cached + 0.5 * known.output
        )
        assert price_list().startswith("genai-prices ")

    @pytest.mark.parametrize("name", ["openai:nobody-knows", "groq:llama", "mistralai:none"])
    def test_an_unlisted_model_has_none(self, name: str) -> None:
        """Unknown is unknown, never a guess."""
        assert price(name) is None
        assert cost(name, 1, 0, 1) is None

    def test_a_server_of_ones_own_has_none(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """A price list says nothing about another server that uses the same name."""
        monkeypatch.setenv("OPENAI_BASE_URL", "http://127.0.0.1:8080/v1")

        assert price("openai:gpt-4o-mini") is None

    def test_a_model_on_this_machine_costs_nothing(self) -> None:
        """Ollama asks for no money."""
        assert 0.0 == cost("ollama:llama3", 1000, 0, 1000)
