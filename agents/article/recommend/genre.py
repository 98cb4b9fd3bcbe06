"""What kind of text states norms that are no proposals, or duties that are."""

from collections.abc import Sequence
from typing import NamedTuple

from agents.article.block import Kind
from agents.article.body import Body
from agents.article.recommend.cues import Cues, straightened
from agents.article.recommend.outline import Standing, standing_of
from agents.article.recommend.prose import is_question
from agents.article.recommend.voices import QUOTED, Voice

_HEAD_SENTENCES = 4
_QUESTIONS_OF_A_GUIDE = 2
_QUESTIONS_AND_ANSWERS = 3
_OF_ONESELF = 2


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
    headings = [placed.block.text for placed in body.placed if placed.block.kind is Kind.HEADING]
    asked = [title for title in headings if is_question(title)]
    proposing = any(standing_of(title, cues) is Standing.PROPOSING for title in headings)
    bidden = any(cues.has("reader", text) or cues.opens("reader_bidden", text.lstrip("¿ ")) for text in texts)
    of_oneself = sum(cues.has("myself", QUOTED.sub(" ", text)) for text in texts)
    mandated = cues.has("directive", head)
    impersonal = not personal and not asks
    return Genre(
        mandated=mandated,
        enacted=not mandated and (cues.has("enacted", head) or (impersonal and cues.has("decision", head))),
        guide=not personal
        and not proposing
        and len(asked) >= (_QUESTIONS_OF_A_GUIDE if bidden else _QUESTIONS_AND_ANSWERS),
        opinion=(
            asks
            or is_question(texts[0] if texts else "")
            or cues.has("opinion", head)
            or of_oneself >= _OF_ONESELF
        )
        and Voice.REPORTER not in speaking,
    )
