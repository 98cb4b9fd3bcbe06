"""Which sentences of a text are about another country than the text itself."""

from collections import Counter
from functools import lru_cache
from pathlib import Path

from agents.article.model import Article
from agents.data import load_yaml
from agents.knowledge.pattern import Group, Passages, parse_group

_OWN = "HOME"
_OFTEN = 3
_LEVEL = 1.5
"""Countries named almost as often as the most named one may be the text's own too."""


@lru_cache(maxsize=1)
def _places() -> dict[str, Group]:
    data = load_yaml(Path(__file__).with_name("places.yaml"))
    return {str(code): parse_group(str(written)) for code, written in data.items()}


def foreign_spans(article: Article, passages: Passages) -> frozenset[int]:
    """Numbers of the spans that tell of another country.

    A sentence that names a country sets the scene for those that follow it, until a sentence or a heading
    names the text's own. A text that is about no country in particular has no foreign sentences. Only the
    names that the text uses count, so that the same text about another country is read the same.
    """
    named: dict[int, set[str]] = {}
    counts: Counter[str] = Counter()
    for code, group in _places().items():
        for number, hits in passages.group(group).items():
            if number < len(article.spans):
                named.setdefault(number, set()).add(code)
                if code != _OWN:
                    counts[code] += len(hits)
    home = _home(counts, {code for n in _proposals(article) for code in named.get(n, ())})
    if home is None:
        return frozenset()
    away: set[int] = set()
    abroad = False
    for number in range(len(article.spans)):
        here = named.get(number, set())
        if here:
            abroad = home not in here and here != {_OWN}
        if abroad:
            away.add(number)
    return frozenset(away)


def _home(counts: Counter[str], proposed_for: set[str]) -> str | None:
    """The country that a text is about: the one most named, or of the most named that of the proposals."""
    often = [code for code, count in counts.most_common() if count >= _OFTEN]
    if not often:
        return None
    level = [code for code in often if counts[code] * _LEVEL >= counts[often[0]]]
    return next((code for code in level if code in proposed_for), level[0])


def _proposals(article: Article) -> list[int]:
    stated = {name for recommendation in article.recommendations for name in recommendation.spans}
    return [number for number, span in enumerate(article.spans) if span.id in stated]
