"""Which words of a sentence to quote: whole clauses that can stand alone."""

import re
from collections.abc import Sequence

from agents.knowledge.pattern import Hit
from agents.knowledge.text import Word

EDGES = " \t\n,;:()-\u2013\u2014.\u00a0*•"
"""What a quotation neither begins nor ends with."""
_STRONG = re.compile(r"[;:]")
_BREAK = re.compile(r"[;:()\u2013\u2014]|,(?=\s)|\s-\s")
_WHOLE = 32
_SHORT = 8
_HANGING = frozenset(
    (
        "mais et ou en pour afin tout dont qui que ce cela "
        "and or but by to for which that who including while of as"
    ).split()
)
"""Words that a quotation should not begin with: the clause before them carries the verb."""
_LEADING = frozenset(("en", "pour", "afin", "by", "in", "to"))


def clauses(text: str, words: Sequence[Word], hits: Sequence[Hit]) -> str:
    """The clauses of `text` that hold all `hits`: an exact part of it, cut at punctuation."""
    if len(words) <= _WHOLE:
        return balanced(text.strip(EDGES), text)
    low, high = words[min(h.first for h in hits)].start, words[max(h.last for h in hits)].end
    start, end = _between(text, _STRONG, low, high)
    if len(text[start:end].split()) > _WHOLE:
        start, end = _between(text, _BREAK, low, high)
    return balanced(text[start:end].strip(EDGES), text)


def _between(text: str, breaks: re.Pattern[str], low: int, high: int) -> tuple[int, int]:
    """The part of `text` between two breaks that holds `low` to `high`, widened until it can stand alone."""
    cuts = [0, *(match.start() for match in breaks.finditer(text)), len(text)]
    first = max(place for place, cut in enumerate(cuts) if cut <= low)
    last = min(place for place, cut in enumerate(cuts) if cut >= high)
    while first > 0 or last < len(cuts) - 1:
        part = text[cuts[first] : cuts[last]]
        short = len(part.split()) < _SHORT
        if not short and not _hangs(part, first > 0, last < len(cuts) - 1):
            break
        if last < len(cuts) - 1 and (short or first == 0):
            last += 1
        else:
            first -= 1
    return cuts[first], cuts[last]


def _hangs(part: str, start: int, more: bool) -> bool:
    """Whether a part of a sentence leans on the clause before it or, at its head, on the one after."""
    words = part.strip(EDGES).split()
    if not words:
        return False
    first = words[0].lower().split("'")[0]
    return first in _HANGING if start > 0 else more and first in _LEADING


def balanced(quote: str, text: str) -> str:
    """Without a quotation mark or bracket that the cut has orphaned at either end."""
    for opening, closing in (("(", ")"), ("«", "»"), ("“", "”"), ("[", "]")):
        if quote.count(opening) != quote.count(closing):
            edge = quote.strip(opening + closing + " \u00a0")
            if edge in text and edge.count(opening) == edge.count(closing):
                quote = edge
    for mark in "\"'":
        if quote.count(mark) == 1 and (quote.startswith(mark) or quote.endswith(mark)):
            quote = quote.strip(mark)
    return quote
