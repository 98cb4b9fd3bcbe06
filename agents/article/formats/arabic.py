"""Arabic lines of PDFs in reading order: a PDF says where ink goes, not in which order it is read."""

import re
from collections.abc import Sequence
from itertools import pairwise

_ARABIC = re.compile("[\u0600-\u06ff]")
_LETTER = re.compile(r"[^\W\d_]")
_RUN = re.compile("[\u0600-\u06ff][\u0600-\u06ff\\s.:!«»()؟،؛\"'-]*")
_SEAM = re.compile("(?<=[\u0621-\u064a،؛])(?=[0-9])|(?<=[0-9])(?=[\u0621-\u064a])")
_LOOSE = re.compile(" +(?=[،؛.])")
_FINAL = "ةى"
_MIRRORED = str.maketrans("()[]«»", ")(][»«")


def is_arabic(text: str) -> bool:
    """Whether most letters of `text` are Arabic."""
    return len(_ARABIC.findall(text)) * 2 > len(_LETTER.findall(text)) > 0


def read_order(lefts: Sequence[float], before: Sequence[float]) -> list[int]:
    """Positions of the pieces of an Arabic line in the order in which they are read.

    `lefts` is where the reader of the PDF stood when it gave out each piece, `before` where it stood at the
    piece before: depending on how the PDF was made, one or the other is where the piece begins. Pieces drawn
    from left to right are read the other way round; within a piece, letters are in order already.
    """
    order = list(range(len(lefts)))
    for places in (before, lefts):
        steps = [other - one for one, other in pairwise(places)]
        if all(step < 0 for step in steps):
            return order
        if all(step > 0 for step in steps):
            return order[::-1]
    return order


def spaced(text: str) -> str:
    """`text` with a blank between Arabic words and numbers that were drawn apart, and none before a mark."""
    return _LOOSE.sub("", _SEAM.sub(" ", text))


def is_backwards(text: str) -> bool:
    """Whether the letters of Arabic `text` stand in the order of a mirror: its final letters begin words."""
    words = [word for word in text.split() if _ARABIC.match(word)]
    first = sum(1 for word in words if word[0] in _FINAL)
    last = sum(1 for word in words if word[-1] in _FINAL)
    return first > 2 * last and first > len(words) / 40


def turned(text: str) -> str:
    """`text` with each run of Arabic turned round, numbers and foreign words left as they are."""
    return spaced(_RUN.sub(lambda run: run.group().translate(_MIRRORED)[::-1], text))
