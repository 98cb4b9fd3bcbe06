"""Which sentences of a text are about another country than the text itself."""

from agents.article.model import Article


def foreign_spans(article: Article) -> frozenset[int]:
    """Numbers of spans that speak of another country only."""
    return frozenset()
