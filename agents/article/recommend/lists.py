"""Lists of a text and whether their items are proposals."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from agents.article.block import Block, Kind
from agents.article.body import Body, Placed
from agents.article.recommend.cues import Cues, straightened
from agents.article.recommend.force import Force
from agents.article.recommend.outline import Standing, standing_of
from agents.article.recommend.prose import force_of, is_question, opens_with_action
from agents.article.recommend.similar import content

_LEAD_WORDS = 60
_DIGITS = re.compile(r"\d+")
_CAPITALS = re.compile("[A-Z]+")
_LETTERS = re.compile("[a-z]+")
_TITLE_WORDS = 8
_MOST = 0.6


class Entry(NamedTuple):
    """An item with what belongs to it, all as positions of blocks.

    `below` are deeper items and paragraphs, `children` those of the deeper items that stand one step deeper.
    """

    item: int
    below: tuple[int, ...]
    children: tuple[int, ...]


class ItemList(NamedTuple):
    """A run of items. `lead` is the position of the block that introduces it, if any."""

    entries: tuple[Entry, ...]
    lead: int | None


def lists_of(placed: Sequence[Placed]) -> list[ItemList]:
    """The lists of a text in order; paragraphs between items belong to the item above them."""
    found: list[ItemList] = []
    position = 0
    while position < len(placed):
        if placed[position].block.kind is not Kind.ITEM:
            position += 1
            continue
        entries, end = _entries(placed, position)
        before = placed[position - 1].block if position else None
        lead = position - 1 if before is not None and before.kind is not Kind.ROW else None
        found.append(ItemList(tuple(entries), lead))
        position = end
    return found


def _entries(placed: Sequence[Placed], start: int) -> tuple[list[Entry], int]:
    entries: list[tuple[int, list[int], list[int]]] = []
    depths = _Depths()
    position = start
    while position < len(placed):
        block = placed[position].block
        if block.kind is Kind.ITEM:
            if entries and _begins_again(block, placed[entries[-1][0]].block):
                break
            depth = depths.of(block)
            if not depth:
                entries.append((position, [], []))
            else:
                entries[-1][1].append(position)
                if depth == 1:
                    entries[-1][2].append(position)
        elif block.kind is Kind.PARAGRAPH and _goes_on(placed, position, placed[entries[-1][0]]):
            entries[-1][1].append(position)
        else:
            break
        position += 1
    return [Entry(item, tuple(below), tuple(children)) for item, below, children in entries], position


def _begins_again(block: Block, before: Block) -> bool:
    """Whether a list begins to count again on the level of the item `before`, so that another one opens."""
    return (
        block.level == before.level
        and _style(block.marker) == _style(before.marker)
        and _rank(block.marker) == 1
        and (_rank(before.marker) or 0) > 1
    )


class _Depths:
    """How deep items stand: by their level or, on one level, by marks of another style after a colon."""

    def __init__(self) -> None:
        self._stack: list[tuple[int, str]] = []
        self._opened = False

    def of(self, block: Block) -> int:
        """The depth of the next item; 0 is the outermost."""
        place = (block.level, _style(block.marker))
        if place in self._stack:
            del self._stack[self._stack.index(place) + 1 :]
        else:
            while self._stack and self._stack[-1][0] > block.level:
                self._stack.pop()
            if self._stack and self._stack[-1][0] == block.level and not self._opened:
                self._stack.pop()
            self._stack.append(place)
        text = block.text.rstrip()
        titled = (
            block.marker != "-"
            and len(text.split()) <= _TITLE_WORDS
            and not text.endswith((".", ";", ",", "؛"))
        )
        self._opened = titled or text.endswith((":", "："))
        return len(self._stack) - 1


def _style(marker: str) -> str:
    return _DIGITS.sub("1", _CAPITALS.sub("A", _LETTERS.sub("a", marker)))


def _goes_on(placed: Sequence[Placed], position: int, item: Placed) -> bool:
    """Whether the paragraph at `position` belongs to the item above it: the list goes on, or it was only a title."""
    title = item.block.text.rstrip()
    titled = len(title.split()) <= 12 and not title.endswith((".", ";", ",", "!", "?", "؟", "؛", "،"))
    for following in placed[position + 1 : position + 4]:
        block = following.block
        if block.kind is Kind.ITEM:
            if block.marker == "-" or item.block.marker == "-":
                return block.marker == item.block.marker and titled
            return _rank(block.marker) in {None, (_rank(item.block.marker) or 0) + 1}
        if block.kind is not Kind.PARAGRAPH:
            break
    return titled and item.block.marker != "-"


def _rank(marker: str) -> int | None:
    """Which number a marker counts; None where it cannot be told."""
    bare = marker.strip("().°º -–—:")
    if bare.isdecimal():
        return int(bare)
    return ord(bare.lower()) - ord("a") + 1 if len(bare) == 1 and bare.isascii() else None


def proposes(items: ItemList, body: Body, standing: Standing, cues: Cues, said: Sequence[str]) -> bool:
    """Whether the entries of a list are proposals.

    `standing` is that of the section; `said` are the sentences of the section, before the list, that propose
    in so many words: a list that takes up their words spells them out.
    """
    texts = [body.placed[entry.item].block.text for entry in items.entries]
    if sum(is_question(text) for text in texts) * 2 > len(texts):
        return cues.has("asked", straightened(_above(items, body)))
    acting = sum(opens_with_action(text, cues) or force_of(text, cues) >= Force.WEAK for text in texts) / len(
        texts
    )
    lead, announced = _lead(items, body, cues)
    if not lead and _announces_without_colon(items, body, cues, acting):
        return True
    if announced is Standing.AGAINST:
        return False
    if announced is Standing.PROPOSING:
        return len(texts) > 1 or acting > 0
    if standing is Standing.AGAINST:
        return False
    if lead and any(
        len(content(lead, cues.language) & content(sentence, cues.language)) > 0 for sentence in said
    ):
        return standing is not Standing.NEUTRAL
    if standing is Standing.PROPOSING:
        return acting >= 0.5 or not lead
    return standing is Standing.PERHAPS and len(texts) > 1 and acting >= 0.6


def _above(items: ItemList, body: Body) -> str:
    """What stands above a list: its heading, or the sentence before it."""
    if items.lead is None:
        return ""
    placed = body.placed[items.lead]
    return body.spans[placed.spans[-1]].text if placed.spans else ""


def _announces_without_colon(items: ItemList, body: Body, cues: Cues, acting: float) -> bool:
    """Whether the last sentence before a list says, without a colon, that proposals follow."""
    if items.lead is None:
        return False
    placed = body.placed[items.lead]
    if placed.block.kind is not Kind.PARAGRAPH or not placed.spans:
        return False
    sentence = body.spans[placed.spans[-1]].text
    if len(sentence.split()) > _LEAD_WORDS or cues.has("decided", straightened(sentence)):
        return False
    if cues.has("following", straightened(sentence)):
        return force_of(sentence, cues) >= Force.NORM
    proposes_them = (
        force_of(sentence, cues) is Force.PROPOSED and standing_of(sentence, cues) is Standing.PROPOSING
    )
    return proposes_them and acting >= _MOST


def _lead(items: ItemList, body: Body, cues: Cues) -> tuple[str, Standing]:
    """The sentence that introduces a list, and what it announces."""
    if items.lead is None:
        return "", Standing.NEUTRAL
    placed = body.placed[items.lead]
    if placed.block.kind is not Kind.PARAGRAPH or not placed.spans:
        return "", Standing.NEUTRAL
    sentence = body.spans[placed.spans[-1]].text
    if len(sentence.split()) > _LEAD_WORDS or not sentence.rstrip().endswith((":", "：")):
        return "", Standing.NEUTRAL
    text = straightened(sentence)
    if cues.has("decided", text):
        return sentence, Standing.AGAINST
    announced = standing_of(sentence, cues)
    if force_of(sentence, cues) is Force.PROPOSED:
        return sentence, Standing.PROPOSING
    if announced is Standing.AGAINST:
        return sentence, announced
    if (
        announced is Standing.PROPOSING
        or force_of(sentence, cues) >= Force.WEAK
        or (cues.has("reported", text) and not cues.has("against", text))
    ):
        return sentence, Standing.PROPOSING
    return sentence, Standing.NEUTRAL
