"""Chapters that are titled by what they propose."""

import re
from collections import Counter
from collections.abc import Sequence
from statistics import median

from agents.article.block import Kind
from agents.article.body import Body
from agents.article.recommend.cues import Cues
from agents.article.recommend.force import Force
from agents.article.recommend.outline import Standing, standing_of
from agents.article.recommend.place import Found, beginning, below
from agents.article.recommend.prose import force_of, opens_with_action

_NUMBER = re.compile(r"^\W*(?:\d{1,2}(?:\.\d{1,2})*|[IVX]+|[A-Ha-h])[.)\s:–—-]+")
_FEWEST = 2
_FEWEST_NUMBERED = 3
_MOST = 0.7
_FIRST_SPANS = 8
_WORDS_OF_A_PROPOSAL = 4


def headed(body: Body, standing: Sequence[Standing], cues: Cues, taken: set[int]) -> list[Found]:
    """What the headings of one level say is to be done, two of them at least; what stands below them is taken.

    They stand below a proposing heading or, numbered and three at least, in a text that announces proposals.
    """
    found: list[Found] = []
    for level, positions in _rows(body, standing, cues, taken).items():
        words = median(
            len(_NUMBER.sub("", body.placed[position].block.text).split()) for position in positions
        )
        for position in positions:
            placed = body.placed[position]
            inside = [here for here in below(body, position) if here not in taken]
            end = placed.end
            if (
                words < _WORDS_OF_A_PROPOSAL
                and inside
                and body.placed[inside[0]].block.kind is Kind.PARAGRAPH
            ):
                end = beginning(body, inside[0], placed.start)
            taken.update((position, *inside))
            found.append(Found(placed.start, end, placed.end, series=f"headings {level}"))
    return found


def _rows(body: Body, standing: Sequence[Standing], cues: Cues, taken: set[int]) -> dict[int, list[int]]:
    """Positions of proposing headings by level."""
    acting: dict[int, list[int]] = {}
    chapters: dict[int, list[int]] = {}
    numbered: Counter[int] = Counter()
    for position, placed in enumerate(body.placed):
        block = placed.block
        if block.kind is not Kind.HEADING or block.level == 1 or position in taken:
            continue
        if any(inside in taken for inside in below(body, position)):
            continue  # it heads a group of proposals
        text = _NUMBER.sub("", block.text)
        numbered[block.level] += text != block.text
        if opens_with_action(text, cues) or force_of(text, cues) >= Force.WEAK:
            below_proposing = standing[position] is Standing.PROPOSING
            if below_proposing or text != block.text:
                (acting if below_proposing else chapters).setdefault(block.level, []).append(position)
    acting = {
        level: _with_siblings(body, standing, positions, taken)
        for level, positions in acting.items()
        if len(positions) >= _FEWEST
    }
    if acting or not _announces(body, cues):
        return acting
    return {
        level: positions
        for level, positions in chapters.items()
        if len(positions) >= max(_FEWEST_NUMBERED, _MOST * numbered[level])
    }


def _with_siblings(body: Body, standing: Sequence[Standing], acting: list[int], taken: set[int]) -> list[int]:
    """The row of headings that `acting` stand in, where most of it is acting; else `acting` alone."""
    level = body.placed[acting[0]].block.level
    row = [
        position
        for position in range(acting[0], acting[-1] + 1)
        if body.placed[position].block.kind is Kind.HEADING
        and body.placed[position].block.level == level
        and standing[position] is Standing.PROPOSING
        and position not in taken
    ]
    return row if len(acting) >= _MOST * len(row) else acting


def _announces(body: Body, cues: Cues) -> bool:
    """Whether the title or the first sentences promise proposals."""
    return any(standing_of(span.text, cues) is Standing.PROPOSING for span in body.spans[:_FIRST_SPANS])
