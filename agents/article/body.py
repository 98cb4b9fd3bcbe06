"""The body of an article from its blocks: one text, its spans and its sections, every offset exact."""

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from agents.article.block import Block, Kind
from agents.article.model import Section, Span
from agents.article.sentences import sentences


class Placed(NamedTuple):
    """A block where it stands in the body: `start` and `end` bound its text, marker excluded.

    `spans` are the positions (in the list of spans) of the spans it was cut into.
    """

    block: Block
    start: int
    end: int
    spans: range


class Body(NamedTuple):
    """The assembled text."""

    text: str
    spans: tuple[Span, ...]
    sections: tuple[Section, ...]
    placed: tuple[Placed, ...]


def assemble(blocks: Iterable[Block], language: str) -> Body:
    """Write `blocks` as one text and cut it into spans: sentences of paragraphs, headings, items, table rows."""
    parts: list[str] = []
    placed: list[Placed] = []
    spans: list[Span] = []
    length = 0
    title = ""
    for block, separator in _separated(blocks):
        lead = separator + ("  " * block.level + block.marker + " " if block.marker else "")
        start = length + len(lead)
        parts += (lead, block.text)
        length = start + len(block.text)
        if block.kind is Kind.HEADING:
            title = block.text
        first = len(spans)
        for left, right in _cut(block, language):
            spans.append(
                Span(
                    id=f"S{len(spans) + 1}",
                    text=block.text[left:right],
                    start=start + left,
                    end=start + right,
                    section=title,
                    page=block.page,
                )
            )
        placed.append(Placed(block, start, length, range(first, len(spans))))
    return Body("".join(parts), tuple(spans), _sections(placed, length), tuple(placed))


def _separated(blocks: Iterable[Block]) -> Iterator[tuple[Block, str]]:
    before: Block | None = None
    for block in blocks:
        if before is None:
            yield block, ""
        else:
            tight = block.kind is before.kind and block.kind in {Kind.ITEM, Kind.ROW}
            yield block, "\n" if tight else "\n\n"
        before = block


def _cut(block: Block, language: str) -> list[tuple[int, int]]:
    if block.kind is Kind.PARAGRAPH:
        return sentences(block.text, language)
    return [(0, len(block.text))] if block.text else []


def _sections(placed: Sequence[Placed], length: int) -> tuple[Section, ...]:
    sections: list[Section | None] = []
    open_: list[tuple[int, Placed]] = []

    def close(upto: int, level: int) -> None:
        while open_ and open_[-1][1].block.level >= level:
            index, heading = open_.pop()
            sections[index] = Section(
                title=heading.block.text, level=heading.block.level, start=heading.start, end=upto
            )

    for position, item in enumerate(placed):
        if item.block.kind is Kind.HEADING:
            close(placed[position - 1].end if position else 0, item.block.level)
            open_.append((len(sections), item))
            sections.append(None)
    close(length, 0)
    return tuple(section for section in sections if section is not None)
