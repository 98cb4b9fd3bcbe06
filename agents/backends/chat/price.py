"""What calls cost, in US dollars, from the dated list of genai-prices; None where it is unknown."""

from functools import lru_cache
from importlib.metadata import version
from typing import Any, NamedTuple

from agents.backends.chat.provider import has_own_server

_LISTED_AS = {"openai": "openai", "anthropic": "anthropic", "mistralai": "mistral", "google_genai": "google"}
_FREE = frozenset({"ollama", "gguf"})


class Price(NamedTuple):
    """US dollars for a million tokens, as the list has it for a plain call."""

    input: float
    cached: float
    output: float


def price_list() -> str:
    """Which list the prices are from."""
    return f"genai-prices {version('genai-prices')}"


@lru_cache(maxsize=64)
def price(name: str) -> Price | None:
    """The price of `PROVIDER:NAME`; None when the list has none, or somebody's own server answers."""
    kind, _, model = name.partition(":")
    if kind in _FREE:
        return Price(0.0, 0.0, 0.0)
    if kind not in _LISTED_AS or has_own_server(kind):
        return None
    million = 1_000_000
    whole = _asked(model, _LISTED_AS[kind], input_tokens=million)
    cached = _asked(model, _LISTED_AS[kind], input_tokens=million, cache_read_tokens=million)
    output = _asked(model, _LISTED_AS[kind], output_tokens=million)
    if whole is None or output is None:
        return None
    return Price(whole, whole if cached is None else cached, output)


def cost(name: str, input_tokens: int, cached: int, output_tokens: int) -> float | None:
    """What one call cost; `cached` of the input tokens were read from the provider's cache."""
    known = price(name)
    if known is None:
        return None
    fresh = input_tokens - cached
    return (fresh * known.input + cached * known.cached + output_tokens * known.output) / 1_000_000


def _asked(model: str, provider: str, **tokens: Any) -> float | None:
    from genai_prices import Usage, calc_price  # noqa: PLC0415  a large table

    try:
        return float(calc_price(Usage(**tokens), model, provider_id=provider).total_price)
    except LookupError:
        return None
