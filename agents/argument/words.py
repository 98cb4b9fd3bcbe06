"""The words of this room, from words.yaml: what it looks for, and sentences for its codes."""

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from agents.data import load_yaml


def worded(code: str, language: str, names: Mapping[str, str] | None = None) -> str:
    """The sentence of a warning, a disagreement or a priority note, whose code is `name` or `name:details`.

    `names` gives what roles are called. Raises KeyError for a code that has no sentence.
    """
    name, _, details = code.partition(":")
    if name == "tie":
        how, _, details = details.partition(":")
        name = f"tie_{how}"
    called = names or {}
    shown = ", ".join(called.get(detail, detail) for detail in details.split(","))
    return sentence(name, language, **{"0": shown})


def sentence(name: str, language: str, **details: str) -> str:
    """A named sentence in French, English or Arabic (any other language reads English), details filled in.

    Details are inserted as they are and never read as a template.
    """
    forms: dict[str, str] = _table()["sentences"][name]
    template = forms.get(language, forms["en"])
    return re.sub(r"\{(\w+)\}", lambda match: details.get(match[1], match[0]), template)


def stems(group: str) -> dict[str, list[str]]:
    """A group of word beginnings, by what they tell."""
    found: dict[str, list[str]] = _table()[group]
    return found


@cache
def pattern(language: str, *path: str) -> re.Pattern[str]:
    """The regular expression of a group of forms in a language (any other reads English), for folded text."""
    forms: Any = _table()
    for key in path:
        forms = forms[key]
    chosen: list[str] = forms.get(language, forms["en"])
    return re.compile("|".join(rf"\b(?:{form})" for form in chosen))


@cache
def _table() -> dict[str, Any]:
    table: dict[str, Any] = load_yaml(Path(__file__).parent / "words.yaml")
    return table
