"""Parts of a whole in words: "a third of homes", "one in five", "les trois quarts des communes"."""

import re
from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from agents.article.number_words import small_numbers


class FoundFigure(NamedTuple):
    """A number as written at `start`:`end` of its text, with its value in base units of `unit`."""

    text: str
    value: float
    unit: str
    start: int
    end: int


_PARTS = {
    "fr": {
        "moitié": (1, 2),
        "deux tiers": (2, 3),
        "tiers": (1, 3),
        "trois quarts": (3, 4),
        "quart": (1, 4),
        "cinquième": (1, 5),
        "dixième": (1, 10),
    },
    "en": {
        "half": (1, 2),
        "two thirds": (2, 3),
        "two-thirds": (2, 3),
        "third": (1, 3),
        "three quarters": (3, 4),
        "three-quarters": (3, 4),
        "quarter": (1, 4),
        "two fifths": (2, 5),
        "three fifths": (3, 5),
        "fifth": (1, 5),
        "tenth": (1, 10),
    },
    "es": {
        "mitad": (1, 2),
        "dos tercios": (2, 3),
        "tercio": (1, 3),
        "tercera parte": (1, 3),
        "tres cuartas partes": (3, 4),
        "tres cuartos": (3, 4),
        "cuarta parte": (1, 4),
        "cuarto": (1, 4),
        "quinta parte": (1, 5),
        "décima parte": (1, 10),
    },
    "ar": {
        "نصف": (1, 2),
        "ثلثا": (2, 3),
        "ثلثي": (2, 3),
        "ثلث": (1, 3),
        "ثلاثة أرباع": (3, 4),
        "ربع": (1, 4),
        "خمس": (1, 5),
        "عشر": (1, 10),
    },
}
# A part needs a whole: "la moitié des élèves", not "la moitié d'un projet" nor "the second half".
_WHOLE = {
    "fr": r" (?:des |du |de la |de l['’]|de (?:ses|ces|leurs|nos|son|sa)\b|d['’]entre)",
    "en": r" of (?:the|all|its|their|our|these|those|adults|\w+s)\b",
    "es": r" (?:de (?:los|las|la|sus|su|estos|estas)|del) ",
    "ar": r" (?:ال|هذه|هؤلاء|عدد)\w*",
}
_BEFORE = {
    "fr": r"(?:(?:la|les|un|une|le) )?",
    "en": r"(?<!first )(?<!second )(?:(?:an?|one|the) )?",
    "es": r"(?:(?:la|las|los|un|una|el) )?",
    "ar": r"[وفب]?",
}
_NOUNS = r"(?: [^\W\d_]+)"
_AMONG = {
    "fr": rf"{_NOUNS}{{0,4}} sur ",
    "en": rf"{_NOUNS}{{0,3}} (?:in|out of) (?:every )?",
    "es": rf"{_NOUNS}{{0,2}} de cada ",
    "ar": rf"{_NOUNS}{{0,2}} من (?:أصل|كل|بين) ",
}
_ONE_IN_ARABIC = "واحد|واحدة|"
_WHOLES = frozenset((2, 3, 4, 5, 6, 7, 8, 9, 10, 20, 100))


def shares_in(western: str, text: str, taken: Sequence[FoundFigure], language: str) -> list[FoundFigure]:
    """The parts of a whole in `text` (`western`: with digits 0-9) outside what is `taken`, as percentages."""
    if language not in _PARTS:
        return []
    spans = [(one.start, one.end) for one in taken if one.unit]
    found: list[FoundFigure] = []
    parts, among = _patterns(language)
    for match in parts.finditer(western):
        over, under = _PARTS[language][match["part"].lower()]
        found += _share(match, over, under, text, spans)
    for match in among.finditer(western):
        some, whole = _number(match["some"], language), _number(match["all"], language)
        if whole in _WHOLES and 0 < some < whole:
            found += _share(match, some, whole, text, spans)
    return found


def _share(
    match: re.Match[str], over: int, under: int, text: str, spans: list[tuple[int, int]]
) -> list[FoundFigure]:
    start, end = match.span()
    if any(start < right and left < end for left, right in spans):
        return []
    spans.append((start, end))
    return [FoundFigure(text[start:end], float(f"{100 * over / under:.12g}"), "percent", start, end)]


def _number(written: str, language: str) -> int:
    if written.isdecimal():
        return int(written)
    return small_numbers(language).get(written.lower(), 1)


@cache
def _patterns(language: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
    parts = "|".join(sorted(_PARTS[language], key=len, reverse=True))
    numbers = "|".join(sorted(map(re.escape, small_numbers(language)), key=len, reverse=True))
    some = (_ONE_IN_ARABIC if language == "ar" else "") + numbers
    return (
        re.compile(rf"(?<!\w){_BEFORE[language]}(?P<part>{parts})(?={_WHOLE[language]})", re.IGNORECASE),
        re.compile(
            rf"(?<!\w)(?P<some>{some}|\d{{1,2}}){_AMONG[language]}(?P<all>{numbers}|\d{{1,3}})(?![\w,.%-]\w|\w)",
            re.IGNORECASE,
        ),
    )
