"""Places of a text where something is proposed."""

from typing import NamedTuple

from agents.article.block import Kind
from agents.article.body import Body

WHOLE_WORDS = 110
"""A longer proposal is quoted by its beginning."""

_CUT_WORDS = 65


class Found(NamedTuple):
    """A place where something is proposed: offsets into the body, those of its title or first words (`key_end`).

    `explicit` says that its place announces it; `series` names the list or the row of headings it stands in.
    """

    start: int
    end: int
    key_end: int
    explicit: bool = True
    series: str = ""


def beginning(body: Body, position: int, start: int) -> int:
    """Where a text that begins at `start` and goes on in the block at `position` ends.

    Whole when it is of a length that can be quoted, else after the sentence that comes nearest to one.
    """
    placed = body.placed[position]
    if len(body.text[start : placed.end].split()) <= WHOLE_WORDS:
        return placed.end
    ends = [body.spans[index].end for index in placed.spans] or [placed.end]
    return min(ends, key=lambda end: abs(len(body.text[start:end].split()) - _CUT_WORDS))


def below(body: Body, position: int) -> list[int]:
    """Positions of the blocks below the heading at `position`, headings of deeper levels included."""
    level = body.placed[position].block.level
    inside: list[int] = []
    for here in range(position + 1, len(body.placed)):
        block = body.placed[here].block
        if block.kind is Kind.HEADING and block.level <= level:
            break
        inside.append(here)
    return inside
