"""What is shown of an article that is too long to be shown whole: its outline, and what bears on a proposal.

Chosen by the words alone, reproducibly: the same article and plan always give the same choice.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from math import log
from typing import NamedTuple

from agents.article.model import Article, Recommendation, Span
from agents.article.recommend.similar import content
from agents.debate.plan import DebatePlan
from agents.roles.model import Charter, in_language

CONTEXT = 64_000
"""Tokens that a request may take when the plan does not say; nearly every present model takes more."""

_CHARACTERS_A_TOKEN = 3
_RULES = 9_000
_REPLY = 1_536 * _CHARACTERS_A_TOKEN
_FOR_SPEECHES = 1 / 4
_FOR_THE_ARTICLE = 1 / 8
_FOR_THE_OUTLINE = 3 / 4
_FACTS = (12, 6, 3, 1, 0)
_AROUND = 12
"""Characters that a sentence takes in a prompt beside its own."""


class Room(NamedTuple):
    """Characters for the article and for what was said, and the ids of the charters' facts that are shown."""

    article: int
    speeches: int
    facts: tuple[str, ...]


def room(plan: DebatePlan) -> Room:
    """How the context of a model is shared out: rules, charters and reply first, then speeches and article.

    Facts of the charters give way, the last of each role first, before the article has less than an eighth.
    """
    whole = (plan.context or CONTEXT) * _CHARACTERS_A_TOKEN
    speeches = int(whole * _FOR_SPEECHES)
    least = min(_size(plan.article.spans), int(whole * _FOR_THE_ARTICLE))
    usable = plan.facts()
    left, shown = 0, tuple(usable)
    for most in (max((len(charter.facts) for charter in plan.charters), default=0), *_FACTS):
        shown = tuple(
            fact.id
            for charter in plan.charters
            for fact in [fact for fact in charter.facts if fact.id in usable][:most]
        )
        charters = sum(_charter_size(charter, plan.language, shown) for charter in plan.charters)
        proposals = sum(len(item.text) + _AROUND for item in plan.recommendations)
        left = whole - _RULES - _REPLY - speeches - charters - proposals
        if left >= least:
            break
    return Room(max(left, 0), speeches, shown)


def _charter_size(charter: Charter, language: str, facts: Collection[str]) -> int:
    texts = [charter.mission, *(line.text for line in charter.red_lines)]
    texts += [fact.text for fact in charter.facts if fact.id in facts]
    sources = sum(len(fact.source) for fact in charter.facts if fact.id in facts)
    return sources + sum(len(in_language(text, language)) + 3 * _AROUND for text in texts)


class Excerpt(NamedTuple):
    """What is shown: `outline` to all, `relevant` besides, by recommendation. `whole`: nothing is left out."""

    outline: tuple[Span, ...]
    relevant: dict[str, tuple[Span, ...]]
    whole: bool

    def shown(self, recommendation: str) -> tuple[str, ...]:
        """The ids of all spans that a turn on `recommendation` is shown, in the order of the article."""
        spans = {*self.outline, *self.relevant.get(recommendation, ())}
        return tuple(span.id for span in sorted(spans, key=lambda span: span.start))


def excerpt(plan: DebatePlan, size: int) -> Excerpt:
    """The whole article when it takes at most `size` characters, else a choice of that size."""
    article = plan.article
    if _size(article.spans) <= size:
        return Excerpt(article.spans, {}, whole=True)
    outline = _outline(article, int(size * _FOR_THE_OUTLINE))
    taken = {span.id for span in outline}
    rest = [span for span in article.spans if span.id not in taken]
    words = _Words(article)
    left = size - _size(outline)
    relevant = {
        recommendation.id: _within(words.ranked(recommendation, rest), left)
        for recommendation in plan.recommendations
    }
    return Excerpt(outline, relevant, whole=False)


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
