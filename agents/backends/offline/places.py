"""Which sentences of a text are about another country than the text itself."""

from collections import Counter
from functools import lru_cache
from pathlib import Path

import yaml

from agents.article.model import Article
from agents.knowledge.pattern import Group, Passages, parse_group


@lru_cache(maxsize=1)
def _places() -> dict[str, Group]:
    data = yaml.load(Path(__file__).with_name("places.yaml").read_bytes(), Loader=yaml.CSafeLoader)
    return {str(code): parse_group(str(written)) for code, written in data.items()}


def foreign_spans(article: Article, passages: Passages) -> frozenset[int]:
    """Numbers of the spans that tell of another country.

    A sentence that names a country sets the scene for those that follow it, until a sentence or a heading
    names the text's own. A text that is about no country in particular has no foreign sentences.
    """
    named: dict[int, set[str]] = {}
    counts: Counter[str] = Counter()
    for code, group in _places().items():
        for number, hits in passages.group(group).items():
            if number < len(article.spans):
                named.setdefault(number, set()).add(code)
                counts[code] += len(hits)
    home = article.countries[0] if article.countries else None
    # A country the text only compares itself with may be named as often as its own.
    for code in article.countries:
        if code in counts and any(code in named.get(n, ()) for n in _proposals(article)):
            home = code
            break
    if home is None:
        return frozenset()
    away: set[int] = set()
    abroad = False
    for number in range(len(article.spans)):
        here = named.get(number, set())
        if here:
            abroad = home not in here
        if abroad:
            away.add(number)
    return frozenset(away)


def _proposals(article: Article) -> list[int]:
    stated = {name for recommendation in article.recommendations for name in recommendation.spans}
    return [number for number, span in enumerate(article.spans) if span.id in stated]
