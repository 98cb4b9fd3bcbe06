"""Every number of a claim must stand in what the claim rests on, with its unit, or it is flagged."""

import math
import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache, lru_cache
from typing import NamedTuple

from agents.argument.model import Argument, Ground
from agents.argument.typography import fold
from agents.argument.words import pattern
from agents.article.figures import figures_in
from agents.article.model import Article
from agents.article.number_words import small_numbers
from agents.roles.model import Fact


class FigureCheck(NamedTuple):
    """Numbers as written: those that none of the grounds has, and those that the argument proposes itself."""

    unsupported: tuple[str, ...]
    proposed: tuple[str, ...]


class Number(NamedTuple):
    """A number as written, its value in base units, its unit ("" when none is known), what it counts."""

    text: str
    value: float
    unit: str
    counted: str
    start: int


_REFERENCE = re.compile(r"\b(?:[ACMRS]\d+(?:\.\d+)?|F-[\w-]*\w)\b")
_WORD = re.compile(r"\w+")
_FOLLOWING = re.compile(r"[\s'’]*(?:d['’]|de |of )?([^\W\d_]{4,})")
_DETERMINED = re.compile(
    r"\b(?:les|ces|ses|leurs|nos|des|aux|the|these|those|both|its|their|los|las|estos|estas)\s+$"
)
_CLAUSE_END = re.compile(r"[.;:!?]\s")
_STEM = 5
_SMALL = 1000
_CUE_REACH = 60


def check_figures(
    claim: str,
    grounds: Iterable[Ground],
    article: Article,
    recommendation_text: str,
    facts: Mapping[str, Fact],
    *,
    language: str,
    condition: str | None = None,
    answered: Iterable[Argument] = (),
) -> FigureCheck:
    """Check the numbers of `claim`, which is in `language`; those of a `condition` are always proposed.

    A number is supported by the whole text of a span or fact of which something was verified, by the date of
    that source, or by an argument that is `answered` (cited or targeted) if it was supported there. It is
    proposed when it also stands in the recommendation or the condition, or after words that propose ("limit
    to", "by 2030"). An approximation of a number is not that number.
    """
    sources = [
        *_source_numbers(grounds, article, facts),
        *(
            number
            for argument in answered
            for number in numbers_in(argument.claim, language)
            if number.text not in argument.unsupported_figures
        ),
    ]
    asked = numbers_in(condition or "", language)
    own = [*asked, *numbers_in(recommendation_text, article.language)]
    unsupported: list[str] = []
    proposed = [number.text for number in asked]
    for number in numbers_in(claim, language):
        if any(says_same(source, number) for source in sources):
            continue
        is_own = any(says_same(other, number) for other in own) or _is_proposal(claim, number, language)
        (proposed if is_own else unsupported).append(number.text)
    return FigureCheck(tuple(dict.fromkeys(unsupported)), tuple(dict.fromkeys(proposed)))


@lru_cache(maxsize=4096)
def numbers_in(text: str, language: str) -> tuple[Number, ...]:
    """The numbers of a text: figures, and small numbers in words that are not "the two" of something."""
    return tuple(_numbers_in(text, language))


def _numbers_in(text: str, language: str) -> Iterator[Number]:
    text = _REFERENCE.sub(lambda match: "x" * len(match[0]), text)
    taken: set[int] = set()
    for figure in figures_in(text, language):
        taken.update(range(figure.start, figure.end))
        yield Number(figure.text, figure.value, figure.unit, _counted(text, figure.end), figure.start)
    values = _in_words(language)
    for match in _WORD.finditer(text):
        value = values.get(match[0].lower())
        if value is None or match.start() in taken or _DETERMINED.search(text[: match.start()].lower()):
            continue
        yield Number(match[0], value, "", _counted(text, match.end()), match.start())


def says_same(source: Number, number: Number) -> bool:
    """Whether a source's number is this number: equal values, and units that do not contradict each other."""
    if not math.isclose(source.value, number.value, rel_tol=1e-9):
        return False
    if number.unit and source.unit:
        return number.unit == source.unit
    if not number.unit and not source.unit:
        return not number.counted or not source.counted or number.counted == source.counted
    return number.value >= _SMALL or not number.unit


def _source_numbers(
    grounds: Iterable[Ground], article: Article, facts: Mapping[str, Fact]
) -> Iterator[Number]:
    for ground in grounds:
        if ground.status == "unverified":
            continue
        span = next((span for span in article.spans if span.id == ground.id), None)
        if ground.kind == "span" and span is not None:
            yield from numbers_in(span.text, article.language)
            if article.published is not None:
                yield _year(article.published.year)
        elif ground.kind == "fact" and ground.id in facts:
            fact = facts[ground.id]
            yield _year(fact.as_of.year)
            for language in sorted(fact.text):
                yield from numbers_in(fact.text[language], language)


def _year(year: int) -> Number:
    return Number(str(year), float(year), "year", "", 0)


def _counted(text: str, end: int) -> str:
    """The beginning of the word that follows a number, by which two unit-less numbers can be told apart."""
    match = _FOLLOWING.match(text, end)
    return fold(match[1]).text[:_STEM] if match else ""


def _is_proposal(claim: str, number: Number, language: str) -> bool:
    before = claim[max(0, number.start - _CUE_REACH) : number.start]
    for end in _CLAUSE_END.finditer(before):
        before = before[end.end() :]
    return pattern(language, "proposing").search(fold(before).text + " ") is not None


@cache
def _in_words(language: str) -> dict[str, float]:
    """Small numbers by their words; those that may be articles or adjectives are left out."""
    ambiguous = {"neuf", "un", "une", "one", "uno", "una"}
    known = small_numbers(language).items()
    return {word: float(value) for word, value in known if word not in ambiguous and value > 1}
