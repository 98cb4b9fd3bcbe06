"""Finding words in what has happened, whatever their accents and capitals."""

import unicodedata
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from agents.debate.event import Event, Ruled, SpeechGiven

MOST = 200
"""So many places are told; who finds more should say more words."""
AROUND = 30
"""Characters that are shown before what was found."""


class Hit(NamedTuple):
    """Something found: shown once `position` events are; `piece` is its id in the minutes of `recommendation`."""

    position: int
    recommendation: str
    piece: str
    extract: str


def find(words: str, events: Sequence[Event]) -> list[Hit]:
    """Where all of the words stand in one text, in the order in which it was said."""
    wanted = folded(words).split()
    hits: list[Hit] = []
    for position, event in enumerate(events, 1):
        for recommendation, piece, text in _texts(event) if wanted else ():
            plain = folded(text)
            if all(word in plain for word in wanted):
                hits.append(Hit(position, recommendation, piece, extract(text, plain.find(wanted[0]))))
                if len(hits) == MOST:
                    return hits
    return hits


class _Folding(dict[int, str]):
    """Each character without accent and capital, found out once."""

    def __missing__(self, code: int) -> str:
        plain = self[code] = unicodedata.normalize("NFD", chr(code))[0].lower()[0]
        return plain


_FOLDING = _Folding()


def folded(text: str) -> str:
    """`text` without accents and capitals, character by character."""
    return text.translate(_FOLDING)


def extract(text: str, at: int) -> str:
    """The words around a place."""
    start = max(0, at - AROUND)
    start = text.find(" ", start) + 1 if start else 0
    return ("… " if start else "") + " ".join(text[start : start + 160].split())


def _texts(event: Event) -> Iterator[tuple[str, str, str]]:
    match event:
        case SpeechGiven(speech=speech):
            yield speech.recommendation, speech.address, f"{speech.question or ''} {speech.text}".strip()
            for argument in speech.arguments:
                yield speech.recommendation, argument.id, argument.claim
            for condition in speech.conditions:
                yield speech.recommendation, condition.id, condition.text
        case Ruled(ruling=ruling, reasons=reasons):
            yield ruling.recommendation, "ruling", " ".join(reason.text for reason in reasons)
