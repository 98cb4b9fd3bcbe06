"""Words of a text, folded so that accents, case and typography do not matter."""

import re
import unicodedata
from functools import lru_cache
from typing import NamedTuple

_WORD = re.compile(r"\w+")
_ARABIC = re.compile(r"^[\u0600-\u06ff]+$")
_ARABIC_LETTERS = str.maketrans("أإآٱةى", "ااااهي")
_ARABIC_MARKS = re.compile("[\u064b-\u065f\u0640]")


class Word(NamedTuple):
    """A word as written, with where it stands in its passage."""

    folded: str
    start: int
    end: int


@lru_cache(maxsize=65536)
def fold(word: str) -> str:
    """`word` in lower case without accents; Arabic letters and marks normalised."""
    if word.isascii():
        return word.lower()
    if _ARABIC.match(word):
        return _ARABIC_MARKS.sub("", word).translate(_ARABIC_LETTERS)
    decomposed = unicodedata.normalize("NFKD", word.casefold())
    bare = "".join(letter for letter in decomposed if not unicodedata.combining(letter))
    return bare.replace("œ", "oe").replace("æ", "ae")


def words(passage: str) -> tuple[Word, ...]:
    """The words of `passage` in order; apostrophes and hyphens separate words."""
    return tuple(Word(fold(m.group()), m.start(), m.end()) for m in _WORD.finditer(passage))


def without_clitics(word: str) -> tuple[str, ...]:
    """The shorter forms of an Arabic word: without a leading particle, without the article."""
    if not word or not _ARABIC.match(word):
        return ()
    forms = []
    bare = word
    if len(bare) > 3 and bare[0] in "وفبكل":
        bare = bare[1:]
        forms.append(bare)
    if len(bare) > 3 and bare.startswith("ال"):
        forms.append(bare[2:])
    elif len(bare) > 3 and word.startswith("لل"):
        forms.append(bare[1:])
    return tuple(forms)
