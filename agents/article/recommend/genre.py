"""What kind of text states norms that are no proposals, or duties that are."""

from collections.abc import Sequence
from typing import NamedTuple

from agents.article.block import Kind
from agents.article.body import Body
from agents.article.recommend.cues import Cues, straightened
from agents.article.recommend.prose import is_question
from agents.article.recommend.voices import Voice

_HEAD_SENTENCES = 4
_QUESTIONS_OF_A_GUIDE = 2


class Genre(NamedTuple):
    """`mandated`: a directive, whose measures are proposals too. `enacted`: tells of a law or a decision, whose
    duties are none. `guide`: answers the questions of those who apply for something, and proposes nothing.
    `opinion`: argues in its author's own voice.
    """

    mandated: bool
    enacted: bool
    guide: bool
    opinion: bool


def genre_of(body: Body, speaking: Sequence[Voice], cues: Cues) -> Genre:
    """What the first sentences of a text, its questions and its voices (`speaking`, for each span) tell of its kind."""
    head = straightened(" ".join(span.text for span in body.spans[:_HEAD_SENTENCES]))
    texts = [straightened(span.text) for span in body.spans]
    personal = any(cues.has("first_person", text) for text in texts)
    asks = any(
        is_question(texts[index]) and not cues.has("reader", texts[index])
        for placed in body.placed
        if placed.block.kind is not Kind.HEADING
        for index in placed.spans
    )
    headed = sum(
        placed.block.kind is Kind.HEADING and is_question(placed.block.text) for placed in body.placed
    )
    mandated = cues.has("directive", head)
    impersonal = not personal and not asks
    return Genre(
        mandated=mandated,
        enacted=not mandated and (cues.has("enacted", head) or (impersonal and cues.has("decision", head))),
        guide=headed >= _QUESTIONS_OF_A_GUIDE
        and not personal
        and any(cues.has("reader", text) or cues.opens("reader_bidden", text.lstrip("¿ ")) for text in texts),
        opinion=(asks or cues.has("opinion", head)) and Voice.REPORTER not in speaking,
    )
