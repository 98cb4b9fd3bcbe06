"""The words of exported documents."""

from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from agents.data import load_yaml
from agents.model import Frozen
from transcripts.export.text import typeset


class Labels(Frozen):
    """Every word of a document in one language; the keys of each table are the values of the models."""

    language: str
    months: tuple[str, ...]
    stance: dict[str, str]
    decision: dict[str, str]
    consensus: dict[str, str]
    relation: dict[str, str]
    dissent: dict[str, str]
    scheme: dict[str, str]
    level: dict[str, str]
    band: dict[str, str]
    condition: dict[str, str]
    phase: dict[str, str]
    rule: dict[str, str]
    objection: dict[str, str]
    text: dict[str, str]

    def __call__(self, name: str, /, **details: object) -> str:
        """A word or sentence, its {details} filled in. KeyError when there is none of that name."""
        sentence = self.text[name]
        for key, value in details.items():
            sentence = sentence.replace(f"{{{key}}}", str(value))
        return sentence

    def number(self, value: float, digits: int = 2) -> str:
        """A number with its decimals, as the language writes it."""
        text = f"{value:.{digits}f}"
        return text if self.language == "en" else text.replace(".", ",")

    def date(self, day: date) -> str:
        """A day in full."""
        first = "1er" if self.language == "fr" and day.day == 1 else str(day.day)
        return f"{first} {self.months[day.month - 1]} {day.year}"


@cache
def labels(language: str) -> Labels:
    """The labels of a language, English for one that has none."""
    table = load_yaml(Path(__file__).with_name("labels.yaml"))
    code = language if language in table else "en"
    words = {name: _typeset(value, code) for name, value in table[code].items()}
    return Labels(language=code, **words)


def _typeset(value: Any, language: str) -> Any:
    if isinstance(value, dict):
        return {key: _typeset(word, language) for key, word in value.items()}
    return typeset(value, language) if isinstance(value, str) else value
