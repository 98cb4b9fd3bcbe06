"""The lists of `agents/article/cues`, compiled when they are first asked for."""

import re
from collections.abc import Iterator
from functools import cache

from agents.article.lexicon import read_lists

LANGUAGES = ("ar", "en", "es", "fr")

_BLANKS = re.compile(r" {2,}")
_TYPOGRAPHY = str.maketrans(
    {"’": "'", "‘": "'", "ʼ": "'", "\u00a0": " ", "\u202f": " ", "\u2009": " ", "‑": "-", "‐": "-"}
)
_ARABIC = re.compile("[\u0600-\u06ff]")
_ARABIC_MARKS = re.compile("[\u0610-\u061a\u064b-\u065f\u0670\u0640\u200e\u200f]")
_ARABIC_LETTERS = str.maketrans("أإآٱ", "اااا")


def straightened(text: str) -> str:
    """`text` as the lists expect it: straight apostrophes, plain blanks, Arabic without marks and hamza on alif."""
    text = text.translate(_TYPOGRAPHY)
    if _ARABIC.search(text):
        text = _ARABIC_MARKS.sub("", text).translate(_ARABIC_LETTERS)
    return text


class Cues:
    """The lists of one language. A language without lists of its own has those of English."""

    def __init__(self, language: str) -> None:
        self.language = language if language in LANGUAGES else "en"
        self._lists = read_lists(self.language)
        self._compiled: dict[str, re.Pattern[str]] = {}

    def search(self, name: str, text: str) -> re.Match[str] | None:
        """The first place where an entry of list `name` stands in straightened `text`."""
        return self._pattern(name).search(text)

    def has(self, name: str, text: str) -> bool:
        """Whether an entry of list `name` stands anywhere in straightened `text`."""
        return self._pattern(name).search(text) is not None

    def each(self, name: str, text: str) -> Iterator[re.Match[str]]:
        """Every place where an entry of list `name` stands in straightened `text`."""
        return self._pattern(name).finditer(text)

    def opens(self, name: str, text: str) -> re.Match[str] | None:
        """The entry of list `name` that straightened `text` begins with."""
        return self._pattern(name).match(text)

    def without(self, name: str, text: str) -> str:
        """`text` with every entry of list `name` taken out, and one blank where several would be left."""
        return _BLANKS.sub(" ", self._pattern(name).sub(" ", text))

    def alternatives(self, name: str) -> str:
        """List `name` as one regular expression, to be part of a larger one."""
        return "|".join(self._lists[name])

    def _pattern(self, name: str) -> re.Pattern[str]:
        if name not in self._compiled:
            joined = "[وف]?" if self.language == "ar" else ""
            entries = self.alternatives(name)
            guarded = rf"(?<!\w){joined}(?:{entries})(?:(?<=['\s])|(?!\w))"
            self._compiled[name] = re.compile(entries if name == "aside" else guarded, re.IGNORECASE)
        return self._compiled[name]


@cache
def cues_of(language: str) -> Cues:
    """The lists for texts in `language` (ISO 639-1)."""
    return Cues(language)
