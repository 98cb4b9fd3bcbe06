"""Finding a quote in a text when only its typography differs.

Typography is what a copyist or a keyboard changes without changing a word: kinds of apostrophes, guillemets,
dashes and spaces, ligatures, accents, case, Arabic tatweel, diacritics and presentation forms, digits of
another script, invisible characters, and the marks around a quote. Words, their order and the punctuation
between them are never touched.
"""

import re
import unicodedata
from functools import lru_cache
from typing import Literal, NamedTuple


class Found(NamedTuple):
    """Where a quote stands: `text[start:end]` are the text's own characters."""

    status: Literal["exact", "repaired"]
    start: int
    end: int


class Folded(NamedTuple):
    """A text without its typography; `origin[i]` is the index of the character that gave `text[i]`."""

    text: str
    origin: tuple[int, ...]


_LETTERS = "A-Za-zÀ-ÅÇ-ÖØ-Ýà-åç-öø-ýÿء-غف-ي"
_PIECE = rf"[{_LETTERS}0-9,.;:!?%)-]+"
_RUN = re.compile(
    rf"{_PIECE}(?:(?:(?<=[{_LETTERS}0-9])['’](?=[{_LETTERS}0-9])| (?=[{_LETTERS}])|(?<![0-9]) (?=[0-9])){_PIECE})*"
)
"""Words and spaces that fold character by character, most of any text: folded at once they cost a tenth."""
_MARKS = frozenset("'’‘ʼ′`´‛\"“”„‟«»‹›″")
_DASHES = frozenset("-‐‑‒–—―−")
_OTHER = {
    "œ": "oe",
    "æ": "ae",
    "ٱ": "ا",
    "ی": "ي",
    "ک": "ك",
    "،": ",",
    "؛": ";",
    "؟": "?",
    "٪": "%",
    "٫": ",",
}
_TATWEEL = "ـ"
_NO_SPACE_BEFORE = frozenset(",.;:!?%)]")
_NO_SPACE_AFTER = frozenset("([")
_EDGES = " .,;:!?…'-()[]"
_THOUSANDS = re.compile(r"(?<=\d)\s(?=\d{3}(?!\d))")
_PROCLITICS = frozenset(["و", "ف", "ب", "ل", "ك", "ال", "وال", "بال", "فال", "كال", "لل", "ولل"])
_WORD = re.compile(r"\w+")
_LONG_WORD = 6


def find(quote: str, text: str) -> Found | None:
    """Where `quote` stands in `text` as whole words: verbatim, else up to typography, else None.

    A quote must say something: two words, one long one, or a number.
    """
    wanted = quote.strip()
    folded_quote = fold(wanted).text.strip(_EDGES)
    if not _says_something(folded_quote):
        return None
    at = _whole_words(wanted, text)
    if at is not None:
        return Found("exact", at, at + len(wanted))
    folded = fold(text)
    at = _whole_words(folded_quote, folded.text)
    if at is None:
        return None
    end = folded.origin[at + len(folded_quote) - 1] + 1
    while end < len(text) and not _fold_character(text[end]) and not text[end].isspace():
        end += 1
    return Found("repaired", folded.origin[at], end)


@lru_cache(maxsize=2048)
def fold(text: str) -> Folded:
    """The text without its typography, each character with its origin."""
    folded: list[str] = []
    origin: list[int] = []
    last = ""
    space_at: int | None = None
    index, end = 0, len(text)
    while index < end:
        start, character = index, text[index]
        run = _RUN.match(text, start)
        index = run.end() if run else start + 1
        if run:
            replacement = run[0].translate(_FOLDED)
        elif character in _MARKS:
            if not _between_letters(text, start):
                space_at = start if space_at is None else space_at
                continue
            replacement = "'"
        elif character.isspace():
            if space_at is None and not _THOUSANDS.match(text, start):
                space_at = start
            continue
        else:
            replacement = _fold_character(character)
        if not replacement:
            continue
        if space_at is not None:
            if last and last not in _NO_SPACE_AFTER and replacement[0] not in _NO_SPACE_BEFORE:
                folded.append(" ")
                origin.append(space_at)
            space_at = None
        folded.append(replacement)
        origin.extend(range(start, index) if run else [start] * len(replacement))
        last = replacement[-1]
    return Folded("".join(folded), tuple(origin))


def same(one: str, other: str) -> bool:
    """True when two texts differ by typography alone, outer punctuation included."""
    return fold(one).text.strip(_EDGES) == fold(other).text.strip(_EDGES)


@lru_cache(maxsize=4096)
def _fold_character(character: str) -> str:
    if character in _DASHES:
        return "-"
    digit = unicodedata.decimal(character, None)
    if digit is not None:
        return str(digit)
    kept: list[str] = []
    for part in unicodedata.normalize("NFKD", _OTHER.get(character, character)).casefold():
        if unicodedata.category(part) in {"Mn", "Cf"} or part == _TATWEEL:
            continue
        kept.append(_OTHER.get(part, part))
    return "".join(kept)


class _OneToOne(dict[int, str]):
    def __missing__(self, code: int) -> str:
        self[code] = _fold_character(chr(code))
        return self[code]


_FOLDED = _OneToOne({ord("’"): "'"})
"""What the characters of a run fold to."""


def _between_letters(text: str, index: int) -> bool:
    return 0 < index < len(text) - 1 and text[index - 1].isalnum() and text[index + 1].isalnum()


def _says_something(folded: str) -> bool:
    words = _WORD.findall(folded)
    return len(words) > 1 or any(word.isdigit() or len(word) >= _LONG_WORD for word in words)


def _whole_words(wanted: str, text: str) -> int | None:
    """The first place where `wanted` stands in `text` without cutting a word."""
    at = text.find(wanted) if wanted else -1
    while at >= 0:
        if _opens_word(text, at) and _closes_word(text, at + len(wanted)):
            return at
        at = text.find(wanted, at + 1)
    return None


def _opens_word(text: str, at: int) -> bool:
    if at == 0 or not (text[at].isalnum() and _inside_word(text[at - 1])):
        return True
    start = at
    while start > 0 and _inside_word(text[start - 1]):
        start -= 1
    return text[start:at] in _PROCLITICS


def _closes_word(text: str, end: int) -> bool:
    return end >= len(text) or not (text[end - 1].isalnum() and _inside_word(text[end]))


def _inside_word(character: str) -> bool:
    return character.isalnum() or unicodedata.category(character) == "Mn"
