"""The strategy document in passages: each sentence or row with the ids that it rests on."""

from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import NamedTuple

from rich.console import RenderableType
from rich.padding import Padding
from rich.text import Text as RichText

from transcripts.export.blocks import Heading, Inline, Map, Paragraph, Table, Text, blocks
from transcripts.export.markdown import SECTIONS
from tui.present.words import styled

MINORITY = [name for name, _ in SECTIONS].index("minority") + 1
"""The section of the objections that were maintained."""


class Passage(NamedTuple):
    """`level` is that of a heading, 0 for other text; `section` the number of the section that it stands in."""

    id: str
    text: RichText
    sources: tuple[str, ...]
    section: int
    level: int = 0
    indent: int = 0

    def drawn(self) -> RenderableType:
        """The passage as it is shown."""
        return Padding(self.text, (1 if self.level else 0, 0, 0, self.indent))


def passages(markdown: str) -> list[Passage]:
    """The passages of a document that `strategy_markdown` made, in order.

    What names no source under the heading of a recommendation rests on that recommendation.
    """
    found: list[Passage] = []
    section = 0
    about: tuple[str, ...] = ()
    for block in blocks(markdown):
        if isinstance(block, Heading) and block.level <= 3:
            section += block.level == 2
            about = tuple(part.anchor.upper() for part in block.text if part.anchor) or _sources(block.text)
        for text, sources, level, indent in _of_block(block):
            found.append(Passage(str(len(found)), text, sources or about, section, level, indent))
    return found


_Part = tuple[RichText, tuple[str, ...], int, int]


def _of_block(block: Heading | Paragraph | Table | Map) -> Iterator[_Part]:
    match block:
        case Heading(level, text):
            yield _joined(text, "bold" if level > 1 else "bold underline"), _sources(text), level, 0
        case Paragraph(text, quoted, listed, number):
            sign = f"{number}. " if number else "• " if listed else "▏ " if quoted else ""
            for place, sentence in enumerate(sentences(text)):
                line = styled(sign if place == 0 else "", _joined(sentence, "italic" if quoted else ""))
                yield line, _sources(sentence), 0, 2 if listed or quoted else 0
        case Table(header, rows):
            named = any(_plain(cell) for cell in header)
            for row in rows:
                yield (
                    _row(header if named else (), row),
                    _sources(part for cell in row for part in cell),
                    0,
                    2,
                )
        case Map():
            return


def sentences(text: Text) -> list[Text]:
    """A paragraph cut after each group of references: what stands before them rests on them."""
    found: list[Text] = []
    for cited, run in groupby(_filled(text), key=lambda part: bool(part.link and part.link.startswith("#"))):
        if cited and found:
            found[-1] = (*found[-1], *run)
        else:
            found.append(tuple(run))
    return found


def _filled(text: Text) -> Iterator[Inline]:
    """The parts of a text; blanks between two references belong to the first."""
    waiting: Inline | None = None
    for part in text:
        if part.link and waiting is not None:
            yield waiting._replace(text=" ", link=part.link)
            waiting = None
        elif waiting is not None:
            yield waiting
            waiting = None
        if not part.text.strip() and not part.anchor:
            waiting = part
        else:
            yield part
    if waiting is not None:
        yield waiting


def _row(header: tuple[Text, ...], row: tuple[Text, ...]) -> RichText:
    """A row of a table on the width that there is: the first cell, then each other one with its heading."""
    first = _joined(row[0], "bold")
    if not header:
        return styled(first, ("  ", ""), *(_joined(cell) for cell in row[1:]))
    others = [
        styled((f"{_plain(name)} ", "dim"), _joined(cell))
        for name, cell in zip(header[1:], row[1:], strict=False)
        if _plain(cell)
    ]
    return RichText("\n  ").join([first, RichText("  ·  ").join(others)]) if others else first


def _joined(text: Iterable[Inline], style: str = "") -> RichText:
    line = RichText()
    for part in text:
        kind = "cyan" if part.link else "bold" if part.strong else "italic" if part.emphasis else ""
        line.append_text(styled((part.text, f"{style} {kind}".strip())))
    return line


def _plain(text: Text) -> str:
    return "".join(part.text for part in text).strip()


def _sources(text: Iterable[Inline]) -> tuple[str, ...]:
    """The ids that a text refers to, each once, in order."""
    named = (part.link[1:].upper() for part in text if part.link and part.link.startswith("#"))
    return tuple(dict.fromkeys(named))
