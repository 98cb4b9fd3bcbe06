"""A language model's search for recommendations that reading by rules missed, before the debate begins."""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from agents.argument.typography import find
from agents.article.extract import with_quoted
from agents.article.model import Article
from agents.debate.plan import DebatePlan
from agents.debate.turn import Address, Answer, ExtractionReply, TurnRequest

READER = "reader"
BEFORE_THE_DEBATE = "-"
EXTRACTION = "extraction"

PASSAGE = 40_000
"""Characters that are read at a time, where the model's context takes as many: attention tires before it ends."""

_CLOSING = re.compile(r"[^\w\s]+(?=\s|\Z)")
_CHARACTERS_A_TOKEN = 3
_LEAST_PASSAGE = 4_000
_SHARE = 0.5
"""Of the context; the rest is for the rules and the reply."""


class Extracted(NamedTuple):
    """The article with what was found, and what was named as a recommendation and does not stand in it."""

    article: Article
    refused: tuple[str, ...]


def extraction_requests(plan: DebatePlan) -> list[TurnRequest]:
    """The turns of the search, one for each passage of the article; none when none is planned."""
    if plan.extraction is None:
        return []
    passages = list(_passages(plan))
    return [
        TurnRequest(
            address=Address(recommendation=BEFORE_THE_DEBATE, phase=EXTRACTION, round=number, role=READER),
            passage=passage,
            passages=len(passages),
        )
        for number, passage in enumerate(passages, 1)
    ]


def extracted(article: Article, answers: Sequence[Answer]) -> Extracted:
    """What the answers add to an article. A quote may differ from its place in the typography only."""
    replies = [answer.reply for answer in answers if isinstance(answer.reply, ExtractionReply)]
    quotes = [_as_written(quote, article.body) for reply in replies for quote in reply.quotes]
    return Extracted(*with_quoted(article, quotes))


def refused(plan: DebatePlan, answers: Sequence[Answer]) -> tuple[str, ...]:
    """What the answers named that does not stand in the plan's article."""
    return extracted(plan.article.model_copy(update={"recommendations": ()}), answers).refused


def _as_written(quote: str, body: str) -> str:
    place = find(quote, body)
    if place is None:
        return quote
    closing = _CLOSING.match(body, place.end)
    return body[place.start : closing.end() if closing else place.end]


def _passages(plan: DebatePlan) -> Iterator[tuple[str, ...]]:
    room = PASSAGE
    if plan.context is not None:
        room = min(room, max(_LEAST_PASSAGE, int(plan.context * _SHARE) * _CHARACTERS_A_TOKEN))
    passage: list[str] = []
    size = 0
    for span in plan.article.spans:
        if passage and size + len(span.text) > room:
            yield tuple(passage)
            passage, size = [], 0
        passage.append(span.text)
        size += len(span.text) + 1
    if passage:
        yield tuple(passage)
