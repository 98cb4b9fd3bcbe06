"""Recommendations that a language model says it found, held to the letter of the article."""

import re
from collections.abc import Sequence

from agents.article.model import Article, Recommendation
from agents.article.recommend.similar import groups


def with_quoted(article: Article, quotes: Sequence[str]) -> tuple[Article, tuple[str, ...]]:
    """The article with those `quotes` that stand in its body as further recommendations, and the other quotes.

    A quote may differ from the body in its blanks only; the recommendation has the body's words. One that
    says what is known already adds nothing. New ones take the next free ids, in the order of the quotes.
    """
    known = list(article.recommendations)
    refused: list[str] = []
    for quote in quotes:
        words = quote.split()
        match = re.search(r"\s+".join(map(re.escape, words)), article.body) if words else None
        if match is None:
            refused.append(quote)
            continue
        texts = [*(one.text for one in known), match.group()]
        if len(groups(texts, [""] * len(texts), article.language)) < len(texts):
            continue
        spans = tuple(
            span.id for span in article.spans if span.start < match.end() and match.start() < span.end
        )
        known.append(Recommendation(id=f"R{len(known) + 1}", text=match.group(), spans=spans))
    return article.model_copy(update={"recommendations": tuple(known)}), tuple(refused)
