"""Arabic as a terminal that knows neither joining nor direction has to be given it."""

import re
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any
from unicodedata import bidirectional

if TYPE_CHECKING:
    from arabic_reshaper import ArabicReshaper

LEFT_TO_RIGHT = "\u200e"
"""A mark without width that counts as a letter of a text from left to right."""
RIGHT_TO_LEFT = re.compile(
    "[\u05d0-\u05ea\u0620-\u063f\u0641-\u064a\u0671-\u06d3\u06fa-\u06ff\u0750-\u077f\u08a0-\u08c7]"
)
"""Letters that are not in their joined forms: what was put in reading order has none, and stays as it is."""

_UNSEEN = re.compile(
    "[\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e8\u06ea-\u06ed\u08d4-\u08e1\u08e3-\u08ff]"
)
"""Vowel signs: a cell of a terminal has no room above it, and joined forms have none of their own."""
_MARKS = "\u200c\u200d\u200e\u200f"
_CLOSING = {"(": ")", "[": "]", "{": "}"}
_WAYS = {"R": 1, "AL": 1, "L": -1}
_LAM_ALEF = re.compile("ل[آأإا]")


@lru_cache(4096)
def in_reading_order(line: str) -> tuple[tuple[str, int], ...]:
    """The characters of a line from left to right, joined, each with the place of its source in `line`.

    By the Unicode bidirectional algorithm (UAX 9). A line may begin anywhere in a paragraph, so its direction
    is that of most of its letters; a mark (U+200E) makes it that of the first letter. What joining makes
    shorter is filled up with blanks, whose place is the last one of the line.
    """
    kept = [(sign, at) for at, sign in enumerate(line) if not _UNSEEN.match(sign)]
    joined = _joined(kept)
    order = _display_order("".join(sign for sign, _ in joined))
    shown = [(sign, joined[place][1]) for sign, place in order if sign not in _MARKS]
    missing = sum(sign not in _MARKS for sign, _ in kept) - len(shown)
    blanks = [(" ", len(line) - 1)] * missing
    # A line that begins at the right has its end at the left.
    return tuple([*blanks, *shown] if _begins_right("".join(sign for sign, _ in kept)) else [*shown, *blanks])


def _joined(signs: list[tuple[str, int]]) -> list[tuple[str, int]]:
    """Letters in their joined forms; lam with alef is one sign."""
    text = "".join(sign for sign, _ in signs)
    starts = set(range(len(text))) - {found.start() + 1 for found in _LAM_ALEF.finditer(text)}
    shaped = _reshaper().reshape(text)
    if len(shaped) != len(starts):
        return signs
    return [(sign, signs[place][1]) for sign, place in zip(shaped, sorted(starts), strict=True)]


def _display_order(text: str) -> list[tuple[str, int]]:
    from bidi import algorithm

    storage = algorithm.get_empty_storage()
    base = 1 if _begins_right(text) else 0
    storage["base_level"], storage["base_dir"] = base, "LR"[base]
    algorithm.get_embedding_levels(text, storage)
    for place, cell in enumerate(storage["chars"]):
        cell["place"] = place
    _pair_brackets(storage["chars"], "LR"[base])
    algorithm.explicit_embed_and_overrides(storage)
    algorithm.resolve_weak_types(storage)
    algorithm.resolve_neutral_types(storage, debug=False)
    algorithm.resolve_implicit_levels(storage, debug=False)
    algorithm.reorder_resolved_levels(storage, debug=False)
    algorithm.apply_mirroring(storage, debug=False)
    return [(cell["ch"], cell["place"]) for cell in storage["chars"]]


def _pair_brackets(cells: list[dict[str, Any]], base: str) -> None:
    """Both brackets of a pair go with what they enclose, or else with what stands before (rule N0).

    The library's steps, which are of the algorithm before Unicode 6.3, do not have this rule.
    """
    for start, end in _pairs([cell["ch"] for cell in cells]):
        inside = {_direction(cell["type"]) for cell in cells[start + 1 : end]} - {""}
        if not inside:
            continue
        before = next((way for cell in reversed(cells[:start]) if (way := _direction(cell["type"]))), base)
        way = base if base in inside else before if before in inside else base
        cells[start]["type"] = cells[end]["type"] = way


def _pairs(signs: list[str]) -> list[tuple[int, int]]:
    """The places of matching brackets, by their opening ones."""
    found: list[tuple[int, int]] = []
    open_: list[tuple[str, int]] = []
    for place, sign in enumerate(signs):
        if sign in _CLOSING:
            open_.append((_CLOSING[sign], place))
        elif any(sign == closing for closing, _ in open_):
            while open_[-1][0] != sign:
                open_.pop()
            found.append((open_.pop()[1], place))
    return sorted(found)


def _direction(kind: str) -> str:
    return "L" if kind == "L" else "R" if kind in {"R", "AL", "EN", "AN"} else ""


def _begins_right(text: str) -> bool:
    from bidi.algorithm import get_base_level

    if LEFT_TO_RIGHT in text:
        return bool(get_base_level(text))
    ways = [_WAYS.get(bidirectional(sign), 0) for sign in text]
    return sum(ways) > 0


@cache
def _reshaper() -> "ArabicReshaper":
    from arabic_reshaper import ArabicReshaper

    return ArabicReshaper({"RIAL SIGN": "no", "ARABIC LIGATURE ALLAH": "no", "delete_harakat": "no"})
