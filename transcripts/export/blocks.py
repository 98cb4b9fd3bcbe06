"""The Markdown document as blocks, for formats that are built piece by piece."""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from markdown_it import MarkdownIt
from markdown_it.token import Token


class Inline(NamedTuple):
    """A run of text; `anchor` makes it a target, `link` leads to one (`#a1.1`) or to an address."""

    text: str
    strong: bool = False
    emphasis: bool = False
    link: str | None = None
    anchor: str | None = None


Text = tuple[Inline, ...]


class Heading(NamedTuple):
    """A heading; level 1 is the title."""

    level: int
    text: Text


class Paragraph(NamedTuple):
    """A paragraph, or one of a quotation or list; `number` is set in a numbered list."""

    text: Text
    quoted: bool = False
    listed: bool = False
    number: int | None = None


class Table(NamedTuple):
    """A table; a header whose cells are all empty is no header."""

    header: tuple[Text, ...]
    rows: tuple[tuple[Text, ...], ...]

    def widths(self) -> list[int]:
        """Relative widths of the columns: room for the longest word, more for sentences."""
        found = []
        for place in range(len(self.header)):
            cells = ["".join(part.text for part in row[place]) for row in (self.header, *self.rows)]
            word = max((len(word) for cell in cells for word in cell.split()), default=1)
            found.append(max(word * 5 // 4 + 3, min(max(map(len, cells)), 48)))
        return found


class Map(NamedTuple):
    """Where the next recommendation's argument map belongs."""


Block = Heading | Paragraph | Table | Map

_ANCHOR = re.compile(r'<a id="([^"]+)">')


def blocks(markdown: str) -> Iterator[Block]:
    """The blocks of a document that `strategy_markdown` made."""
    tokens = MarkdownIt("commonmark", {"html": True}).enable("table").parse(markdown)
    quoted, ordered, at = False, list[int | None](), 0
    while at < len(tokens):
        token = tokens[at]
        match token.type:
            case "heading_open":
                yield Heading(int(token.tag[1]), _inlines(tokens[at + 1]))
            case "blockquote_open" | "blockquote_close":
                quoted = token.type == "blockquote_open"
            case "bullet_list_open" | "ordered_list_open":
                ordered.append(0 if token.type == "ordered_list_open" else None)
            case "bullet_list_close" | "ordered_list_close":
                ordered.pop()
            case "list_item_open" if (last := ordered[-1]) is not None:
                ordered[-1] = last + 1
            case "paragraph_open":
                number = ordered[-1] if ordered else None
                yield Paragraph(_inlines(tokens[at + 1]), quoted, bool(ordered), number)
            case "fence":
                yield Map()
            case "table_open":
                end = next(place for place in range(at, len(tokens)) if tokens[place].type == "table_close")
                yield _table(tokens[at:end])
                at = end
            case _:
                pass
        at += 1


def _table(tokens: Sequence[Token]) -> Table:
    rows: list[list[Text]] = []
    for place, token in enumerate(tokens):
        if token.type == "tr_open":
            rows.append([])
        elif token.type in {"th_open", "td_open"}:
            rows[-1].append(_inlines(tokens[place + 1]))
    return Table(tuple(rows[0]), tuple(tuple(row) for row in rows[1:]))


def _inlines(token: Token) -> Text:
    found: list[Inline] = []
    strong = emphasis = False
    link: str | None = None
    for child in token.children or []:
        match child.type:
            case "strong_open" | "strong_close":
                strong = child.type == "strong_open"
            case "em_open" | "em_close":
                emphasis = child.type == "em_open"
            case "link_open":
                link = str(child.attrs["href"])
            case "link_close":
                link = None
            case "html_inline":
                if anchor := _ANCHOR.fullmatch(child.content):
                    found.append(Inline("", anchor=anchor[1]))
            case "softbreak":
                found.append(Inline(" "))
            case _:
                found.append(Inline(child.content, strong, emphasis, link))
    return tuple(found)
