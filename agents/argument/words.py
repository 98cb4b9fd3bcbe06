"""The words of this room, from words.yaml: lists that it looks for, and sentences for its codes."""

from functools import cache
from pathlib import Path
from typing import Any

import yaml


def word_lists(name: str) -> dict[str, list[str]]:
    """A named group of word lists, by language or kind."""
    lists: dict[str, list[str]] = _table()[name]
    return lists


def sentence(name: str, language: str, **details: str) -> str:
    """The sentence of a code in French, English or Arabic (any other language reads English)."""
    forms = _table()["sentences"][name]
    template: str = forms.get(language, forms["en"])
    for key, value in details.items():
        template = template.replace(f"{{{key}}}", value)
    return template


@cache
def _table() -> dict[str, Any]:
    table: dict[str, Any] = yaml.safe_load((Path(__file__).parent / "words.yaml").read_text(encoding="utf-8"))
    return table
