"""What is shown of an article that is too long to be shown whole: its outline, and what bears on a proposal.

Chosen by the words alone, reproducibly: the same article and plan always give the same choice.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from math import log
from typing import NamedTuple

from agents.article.model import Article, Recommendation, Span
from agents.article.recommend.similar import content
from agents.debate.plan import DebatePlan

CONTEXT = 64_000
"""Tokens that a request may take when the plan does not say; nearly every present model takes more."""

_CHARACTERS_A_TOKEN = 3
_FOR_THE_ARTICLE = 1 / 2
_FOR_SPEECHES = 1 / 3
_FOR_THE_OUTLINE = 3 / 4
_AROUND = 12
"""Characters that a sentence takes in a prompt beside its own."""


class Excerpt(NamedTuple):
    """What is shown: `outline` to all, `relevant` besides, by recommendation. `whole`: nothing is left out."""

    outline: tuple[Span, ...]
    relevant: dict[str, tuple[Span, ...]]
    whole: bool

    def shown(self, recommendation: str) -> tuple[str, ...]:
        """The ids of all spans that a turn on `recommendation` is shown, in the order of the article."""
        spans = {*self.outline, *self.relevant.get(recommendation, ())}
        return tuple(span.id for span in sorted(spans, key=lambda span: span.start))


def excerpt(plan: DebatePlan) -> Excerpt:
    """The whole article when it takes at most half of what a request may take, else a choice of that size."""
    article = plan.article
    room = int((plan.context or CONTEXT) * _CHARACTERS_A_TOKEN * _FOR_THE_ARTICLE)
    if _size(article.spans) <= room:
        return Excerpt(article.spans, {}, whole=True)
    outline = _outline(article, int(room * _FOR_THE_OUTLINE))
    taken = {span.id for span in outline}
    rest = [span for span in article.spans if span.id not in taken]
    words = _Words(article)
    left = room - _size(outline)
    relevant = {
        recommendation.id: _within(words.ranked(recommendation, rest), left)
        for recommendation in plan.recommendations
    }
    return Excerpt(outline, relevant, whole=False)


def room_for_speeches(plan: DebatePlan) -> int:
    """Characters that what was said may take in one prompt, in the form in which it is counted there."""
    return int((plan.context or CONTEXT) * _CHARACTERS_A_TOKEN * _FOR_SPEECHES)


def _outline(article: Article, room: int) -> tuple[Span, ...]:
    """Headings first, then what follows each heading, sentence by sentence and evenly, as far as there is room."""
    depth: list[tuple[int, int]] = []
    starts = {section.start: section.level for section in article.sections}
    since = 0
    for place, span in enumerate(article.spans):
        since = 0 if span.start in starts else since + 1
        depth.append((since, place))
    ordered = [article.spans[place] for _, place in sorted(depth)]
    if not starts:  # no headings: evenly over the text
        step = max(1, _size(article.spans) // max(room, 1) + 1)
        ordered = list(article.spans[::step])
    return _within(ordered, room)


class _Words:
    """Which spans share rare words with a text."""

    def __init__(self, article: Article) -> None:
        self._language = article.language
        self._places: dict[str, list[Span]] = defaultdict(list)
        self._all = article.spans
        for span in article.spans:
            for stem in content(span.text, article.language):
                self._places[stem].append(span)

    def ranked(self, recommendation: Recommendation, among: Sequence[Span]) -> list[Span]:
        """`among`, what the recommendation itself says first, then by shared words, rare ones counting more."""
        score: dict[str, float] = defaultdict(float)
        for stem in sorted(content(recommendation.text, self._language)):
            holding = self._places.get(stem, ())
            for span in holding:
                score[span.id] += log(len(self._all) / len(holding))
        own = set(recommendation.spans)
        near = {
            span.id
            for place, span in enumerate(self._all)
            if own & {other.id for other in self._all[max(0, place - 1) : place + 2]}
        }
        ordered = sorted(among, key=lambda s: (s.id not in own, s.id not in near, -score[s.id], s.start))
        return [span for span in ordered if span.id in near or score[span.id] > 0]


def _within(spans: Iterable[Span], room: int) -> tuple[Span, ...]:
    """The first of `spans` that have room together, in the order of the article."""
    chosen, used = [], 0
    for span in spans:
        used += len(span.text) + _AROUND
        if used > room:
            break
        chosen.append(span)
    return tuple(sorted(chosen, key=lambda span: span.start))


def _size(spans: Iterable[Span]) -> int:
    return sum(len(span.text) + _AROUND for span in spans)
