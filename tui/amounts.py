"""Amounts as people write them in settings and flags. What cannot be read raises ValueError, which says what can."""

import re
from collections.abc import Mapping
from typing import Any

_TIME = re.compile(
    r"(?P<number>\d+(?:[.,]\d+)?)\s*(?P<unit>s|sec|seconds?|m|min|minutes?|h|hours?)?", re.IGNORECASE
)
_SECONDS = {"s": 1, "m": 60, "h": 3600}
_NUMBER = re.compile(r"(?P<number>\d+(?:[.,]\d+)?)\s*(?P<times>[kKmM])?")
_TIMES = {"": 1, "k": 1_000, "m": 1_000_000}

EACH = "each"
"""Stands for every provider that is not named."""


def words(value: Any) -> Any:
    """A list from words with commas between them; anything else as it is."""
    return [word.strip() for word in value.split(",") if word.strip()] if isinstance(value, str) else value


def seconds(value: Any) -> float:
    """Seconds from a number of them, or from words like 90s, 10m, 1.5h."""
    match = _TIME.fullmatch(str(value).strip())
    time = 0.0
    if match:
        time = float(match["number"].replace(",", ".")) * _SECONDS[(match["unit"] or "s")[0].lower()]
    if not 0 < time < float("inf"):
        raise ValueError("Write a time, for example 90s, 10m or 2h")
    return time


def rates(value: Any) -> dict[str, int]:
    """So many a minute by provider, from 60, 200k, or words like openai=60,mistralai=20k."""
    if isinstance(value, Mapping):
        return {str(provider): _whole(number) for provider, number in value.items()}
    given = [value] if isinstance(value, int) else words(value)
    pairs = [str(word).partition("=") for word in given]
    return {(name if equals else EACH): _whole(number if equals else name) for name, equals, number in pairs}


def _whole(value: Any) -> int:
    match = _NUMBER.fullmatch(str(value).strip())
    number = 0.0
    if match:
        number = float(match["number"].replace(",", ".")) * _TIMES[(match["times"] or "").lower()]
    if number < 1 or number != int(number):
        raise ValueError("Write how many a minute, for example 60 or 200k, or openai=60,mistralai=20")
    return int(number)
