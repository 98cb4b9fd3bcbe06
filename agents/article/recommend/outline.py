"""What the headings of a text say about what stands below them."""

from collections.abc import Sequence
from enum import IntEnum

from agents.article.block import Kind
from agents.article.body import Placed
from agents.article.recommend.cues import Cues, straightened

_WORDS_OF_A_PART = 4
"""A title with more words is that of an article, whose theme may be proposals without the text making any."""


class Standing(IntEnum):
    """How far a heading or a lead-in announces proposals."""

    AGAINST = -1
    NEUTRAL = 0
    PERHAPS = 1
    PROPOSING = 2


def standing_of(title: str, cues: Cues) -> Standing:
    """What `title` announces: "Recommandations" proposes, "Contexte" and "Mesures annoncées" do not."""
    text = straightened(title)
    proposing, against = cues.search("proposing", text), cues.search("not_proposing", text)
    if proposing and against:
        apart = proposing.end() <= against.start() or against.end() <= proposing.start()
        linked = apart and abs(proposing.start() - against.end()) > 2
        return Standing.PERHAPS if linked else Standing.AGAINST
    if proposing:
        return Standing.PROPOSING
    if against:
        return Standing.AGAINST
    return Standing.PERHAPS if cues.has("perhaps_proposing", text) else Standing.NEUTRAL


def standings(placed: Sequence[Placed], cues: Cues) -> list[Standing]:
    """For each block, what the headings above it announce.

    A heading inherits from the one above its level. Where a proposing heading has nothing below it but a
    heading of the same level (texts whose levels were lost), what follows inherits from it as well.
    """
    result: list[Standing] = []
    stack: list[tuple[int, Standing]] = []
    flat: tuple[int, Standing] | None = None
    for position, item in enumerate(placed):
        block = item.block
        if block.kind is Kind.HEADING:
            while stack and stack[-1][0] >= block.level:
                stack.pop()
            own = standing_of(block.text, cues)
            if block.level == 1 and len(block.text.split()) > _WORDS_OF_A_PART:
                own = min(own, Standing.NEUTRAL)
            above = stack[-1][1] if stack else Standing.NEUTRAL
            if flat and (block.level < flat[0] or (block.level == flat[0] and own is not Standing.NEUTRAL)):
                flat = None
            if above is Standing.NEUTRAL and flat:
                above = flat[1]
            standing = _inherited(own, above)
            if own is Standing.PERHAPS and cues.has("concluding", straightened(block.text)):
                standing = own
            if own is Standing.PROPOSING and _is_bare(placed, position):
                flat = (block.level, own)
            stack.append((block.level, standing))
        result.append(stack[-1][1] if stack else Standing.NEUTRAL)
    return result


def _inherited(own: Standing, above: Standing) -> Standing:
    if own is Standing.NEUTRAL:
        return above
    if own is Standing.PERHAPS and above is Standing.PROPOSING:
        return above
    return own


def _is_bare(placed: Sequence[Placed], position: int) -> bool:
    following = placed[position + 1].block if position + 1 < len(placed) else None
    return (
        following is not None
        and following.kind is Kind.HEADING
        and following.level == placed[position].block.level
    )
