"""Detectors of what a proposal does not say: a cost, a deadline, an owner.

That something is missing is verified where it would stand: in the proposal's own spans, in the two that
follow under the same heading, and in every span of the body that speaks of the same thing.
"""

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from pathlib import Path

from agents.argument.typography import fold
from agents.article.model import Article, Span
from agents.data import load_yaml

NUMERIC = ("figure", "target")
"""Absences found by reading numbers: any figure, or one that could be measured against (dates aside)."""

_FOLLOWING = 2
_SHARED_WORDS = 3
_SHARED_PART = 0.5
_COMMON_PART = 0.25
_STEM = 6
_SHORT = 4
_DATE_UNITS = frozenset({"year", "date"})
_WORD = re.compile(r"[^\W\d_]+")


def absences() -> tuple[str, ...]:
    """The names of all detectors."""
    return (*_forms(), *NUMERIC)


def is_absent(name: str, span: Span, article: Article) -> bool:
    """True when no text on `span`'s proposal holds anything of the kind; False for an unknown detector."""
    if name not in absences():
        return False
    return not any(_detects(name, place, article) for place in _places(span, article))


def _detects(name: str, span: Span, article: Article) -> bool:
    if name in NUMERIC:
        return any(
            figure.span == span.id and (name == "figure" or figure.unit not in _DATE_UNITS)
            for figure in article.figures
        )
    return _pattern(name, article.language).search(fold(span.text).text) is not None


def _places(span: Span, article: Article) -> Iterator[Span]:
    own = {span.id}
    proposals: set[str] = set()
    for recommendation in article.recommendations:
        proposals.update(recommendation.spans)
        if span.id in recommendation.spans:
            own.update(recommendation.spans)
    words = frozenset().union(*(_words(s.text) for s in article.spans if s.id in own))
    words -= _common_words(tuple(other.text for other in article.spans))
    last_own = -1
    for place, other in enumerate(article.spans):
        if other.id in own:
            last_own = place
            yield other
        elif other.id in proposals:
            last_own = -1
        elif (
            last_own >= 0 and place - last_own <= _FOLLOWING and other.section == span.section
        ) or _speaks_of(words, other):
            yield other


def _speaks_of(words: frozenset[str], other: Span) -> bool:
    shared = len(words & _words(other.text))
    return shared >= _SHARED_WORDS and shared >= _SHARED_PART * len(words)


@lru_cache(maxsize=2048)
def _words(text: str) -> frozenset[str]:
    """The beginnings of a text's longer words, so that inflected forms meet."""
    return frozenset(word[:_STEM] for word in _WORD.findall(fold(text).text) if len(word) >= _SHORT)


@lru_cache(maxsize=8)
def _common_words(texts: tuple[str, ...]) -> frozenset[str]:
    """Words that stand in so many spans that sharing them means nothing."""
    counts: dict[str, int] = {}
    for text in texts:
        for word in _words(text):
            counts[word] = counts.get(word, 0) + 1
    most = max(2, round(_COMMON_PART * len(texts)))
    return frozenset(word for word, count in counts.items() if count > most)


@cache
def _pattern(name: str, language: str) -> re.Pattern[str]:
    forms = _forms()[name]
    return re.compile("|".join(forms.get(language, forms["en"])))


@cache
def _forms() -> dict[str, dict[str, list[str]]]:
    forms: dict[str, dict[str, list[str]]] = load_yaml(Path(__file__).parent / "absences.yaml")
    return forms
