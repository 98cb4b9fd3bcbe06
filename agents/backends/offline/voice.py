"""One spoken language: its grammar, its phrases, and the choice among equivalent wordings."""

import re
from collections.abc import Callable, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any, Protocol

from agents.backends.offline import english, french
from agents.data import load_yaml

_SLOT = re.compile(r"<(\w+)>")
_FOLDER = Path(__file__).parent / "phrases"


@lru_cache(maxsize=4)
def _phrases(language: str) -> dict[str, Any]:
    data = load_yaml(_FOLDER / f"{language}.yaml")
    assert isinstance(data, dict)
    return data


@lru_cache(maxsize=1)
def chair_words() -> dict[str, Any]:
    """How the chair is answered, and by which words its questions are understood."""
    data = load_yaml(_FOLDER / "chair.yaml")
    assert isinstance(data, dict)
    return data


def chair_title(voice: "Voice") -> str:
    """How the chair is called."""
    return str(chair_words()["say"][voice.language]["title"])


class Grammar(Protocol):
    """What a spoken language must know how to do; the modules `french` and `english` do it."""

    def agree(self, phrase: str, gender: str, number: str) -> str:
        """Resolve number marks."""

    def of(self, phrase: str) -> str:
        """Put "of" before a noun phrase or, in French, an infinitive."""

    def to(self, phrase: str) -> str:
        """Put "to" before a noun phrase or an infinitive."""

    def that(self, clause: str) -> str:
        """Put "that" before a clause."""

    def join(self, items: Sequence[str]) -> str:
        """A list in words."""

    def quoted(self, words: str) -> str:
        """Quotation marks around words."""

    def typeset(self, text: str) -> str:
        """The spaces that typography asks for."""


def upper_first(text: str) -> str:
    """`text` with a capital at its start; a quotation keeps its own first letter."""
    return text[:1].upper() + text[1:]


class Voice:
    """Speaks French or English; Arabic debates are worded in English.

    `turn` numbers the speaker's turn in the whole debate: it decides which of several equivalent wordings is
    taken, so that turns that may run side by side differ without knowing of each other.
    """

    def __init__(self, language: str) -> None:
        self.language = "fr" if language == "fr" else "en"
        self.grammar: Grammar = french if self.language == "fr" else english
        self._phrases = _phrases(self.language)

    def name(self, key: str) -> str:
        """The name of a stance."""
        return str(self._phrases["names"][key])

    def statuses(self) -> dict[str, str]:
        """The names of the degrees of consensus."""
        return dict(self._phrases["status"])

    def variants(self, kind: str) -> Sequence[str]:
        """The equivalent wordings of one kind of phrase."""
        found = self._phrases[kind]
        return [found] if isinstance(found, str) else found

    def say(self, kind: str, turn: int, **slots: str) -> str:
        """A phrase of one kind with its slots filled; `turn` chooses among its wordings.

        Slots given as `x` may be used as `<x>`, `<X>` (capital first), `<of_x>`, `<to_x>`, `<that_x>` and
        `<since_x>`. Values are taken as they are: a value that looks like a slot stays as it is.
        """
        variants = self.variants(kind)
        template = self.grammar.typeset(variants[turn % len(variants)])
        return self.fill(template, **slots)

    def fill(self, template: str, **slots: str) -> str:
        """`template` with its slots filled. KeyError for a slot without a value."""
        grammar = self.grammar
        joins: dict[str, Callable[[str], str]] = {"of": grammar.of, "to": grammar.to, "that": grammar.that}

        def value(match: re.Match[str]) -> str:
            name = match[1]
            if name in slots:
                return slots[name]
            if name.lower() in slots:
                return upper_first(slots[name.lower()])
            join, _, rest = name.partition("_")
            if join == "since":
                clause = slots[rest]
                if self.language != "fr":
                    return f"since {clause}"
                return "puis" + grammar.that(clause)
            return joins[join](slots[rest])

        return _SLOT.sub(value, template)

    def sentence(self, text: str) -> str:
        """`text` as a sentence: capital first, one final stop."""
        text = upper_first(text.strip())
        return text if text.endswith((".", "!", "?", "…")) else f"{text}."

    def quoted(self, words: str, span: str) -> str:
        """A quotation with the id of its span."""
        return f"{self.grammar.quoted(words)} ({span})"
