"""What a format reader hands over: the text as blocks, in order."""

import re
from collections.abc import Sequence
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from agents.article.model import Dropped


class Kind(StrEnum):
    """What a block is in the text's structure."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    ITEM = "item"
    ROW = "row"


class Block(NamedTuple):
    """A heading, paragraph, list item or table row on one line, without its marker.

    `level` is a heading's level (1 is the title's) or the depth of an item (0 is the outermost); `marker`
    the bullet or number as it is to stand in the body; `page` counts from 1 where the source has pages.
    """

    kind: Kind
    text: str
    level: int = 0
    marker: str = ""
    page: int | None = None


class Draft(NamedTuple):
    """A source taken apart: what its format says for certain. Empty or None where it says nothing."""

    blocks: Sequence[Block]
    title: str = ""
    published: date | None = None
    language: str = ""
    dropped: Sequence[Dropped] = ()


_WITHOUT_MEANING = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u00ad\u061c\u180e\u200b\u2060-\u2064\ufeff\ufffe\uffff\ufff9-\ufffb"
    "\u202a-\u202e\u2066-\u206f\U000e0000-\U000e007f\ud800-\udfff]"
)
_BREAKS = re.compile("\r\n?|[\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
_SPACES = re.compile(r"[ \t]{2,}|\t| ?\n ?")


def clean_lines(text: str) -> str:
    """`text` without control, override and invisible characters, its line breaks all line feeds."""
    return _WITHOUT_MEANING.sub("", _BREAKS.sub("\n", text))


def one_line(text: str) -> str:
    """`text` on one line, runs of blanks as one; no-break spaces stay as they are."""
    return _SPACES.sub(" ", text).strip()
