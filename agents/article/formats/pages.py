"""What the layout of pages says: headers, footers and notes, headings by their type, paragraphs by gaps."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from agents.article.block import one_line
from agents.article.formats.plain import Raw
from agents.article.model import Dropped

_EDGE_LINES = 3
_DIGITS = re.compile(r"\d+|(?<!\w)[ivxlc]+(?!\w)")
_FOLIO = re.compile(r"^\W*(?:page |página |صفحة )?(\d{1,4})(?!\d)|(?<!\d)(\d{1,4})\W*$", re.IGNORECASE)
_NOTE = re.compile(r"^\(?\d{1,3}\)?[\s.]*\S")


class Line(NamedTuple):
    """A line of a page: its type size in points, and how far its foot stands from the page's."""

    text: str
    size: float
    bold: bool
    top: float
    page: int


def usual_size(pages: Sequence[Sequence[Line]]) -> float:
    """The type size of most of the text."""
    sizes: Counter[float] = Counter()
    for lines in pages:
        for line in lines:
            sizes[line.size] += len(line.text)
    return max(sizes, key=lambda size: (sizes[size], size))


def without_edges(pages: list[list[Line]], dropped: list[Dropped]) -> list[list[Line]]:
    """Leave out page headers and footers: lines at the edge of pages that repeat, and page numbers."""
    forms = Counter(form for lines in pages for form in {_form(line) for line in _edges(lines)})
    often = max(3, len(pages) * 0.25)

    folios = _folios(pages)

    def repeated(line: Line) -> bool:
        return forms[_form(line)] >= often or (line.page, line.text) in folios

    kept_pages: list[list[Line]] = []
    for lines in pages:
        start, end = 0, len(lines)
        while start < min(_EDGE_LINES, end) and repeated(lines[start]):
            start += 1
        while end > max(start, len(lines) - _EDGE_LINES) and repeated(lines[end - 1]):
            end -= 1
        gone = (*lines[:start], *lines[end:])
        dropped.extend(Dropped(text=one_line(line.text), reason="page header or footer") for line in gone)
        kept_pages.append(lines[start:end])
    return kept_pages


def _folios(pages: Sequence[Sequence[Line]]) -> frozenset[tuple[int, str]]:
    """First and last lines that carry the page number: a number that grows by one from page to page."""
    seen: Counter[int] = Counter()
    carrying: list[tuple[int, Line]] = []
    for lines in pages:
        for line in dict.fromkeys((*lines[:1], *lines[-1:])):
            match = _FOLIO.search(line.text.strip())
            if match is not None and len(line.text) <= 120:
                offset = int(match[1] or match[2]) - line.page
                seen[offset] += 1
                carrying.append((offset, line))
    usual = max(seen, key=lambda offset: (seen[offset], -abs(offset)), default=0)
    if seen[usual] < max(2, len(pages) * 0.4):
        return frozenset()
    return frozenset((line.page, line.text) for offset, line in carrying if offset == usual)


def _edges(lines: Sequence[Line]) -> Sequence[Line]:
    return (*lines[:_EDGE_LINES], *lines[-_EDGE_LINES:])


def _form(line: Line) -> str:
    return _DIGITS.sub("#", " ".join(line.text.split()).lower())


def without_notes(lines: list[Line], usual: float, dropped: list[Dropped]) -> list[Line]:
    """Leave out footnotes: small lines at the foot of a page, the first of them numbered."""
    end = len(lines)
    while end > 0 and lines[end - 1].size < 0.92 * usual:
        end -= 1
    start = next((p for p in range(end, len(lines)) if _NOTE.match(lines[p].text.strip())), None)
    if start is None or start == 0:
        return lines
    dropped.extend(Dropped(text=one_line(line.text), reason="footnote") for line in lines[start:])
    return lines[:start]


def raws(pages: Sequence[Sequence[Line]], usual: float) -> Iterator[Raw]:
    """Lines for the reader of plain text, an empty one wherever a gap on the page ends a paragraph."""
    spacing = _spacing(pages)
    before: Line | None = None
    for lines in pages:
        for line in lines:
            level = _level(line, usual)
            if before is not None and before.page == line.page:
                gap = before.top - line.top
                if gap > 1.35 * spacing * max(1.0, before.size / usual) or gap < -spacing:
                    yield Raw("")
            yield Raw(line.text, line.page, level)
            before = line


def _spacing(pages: Sequence[Sequence[Line]]) -> float:
    gaps = Counter(
        round(one.top - other.top, 1)
        for lines in pages
        for one, other in pairwise(lines)
        if 0 < one.top - other.top < 60
    )
    return max(gaps, key=lambda gap: (gaps[gap], -gap)) if gaps else 12.0


def _level(line: Line, usual: float) -> int:
    """The heading level that a line's type shows; 0 for running text."""
    words = len(line.text.split())
    if words > 25 or not any(c.isalpha() for c in line.text):
        return 0
    ratio = line.size / usual
    if ratio >= 1.6:
        return 1 if line.page <= 2 and ratio >= 1.8 else 2
    if ratio >= 1.25:
        return 2
    if ratio >= 1.1:
        return 3
    closed = line.text.rstrip().endswith((".", ",", ";", ":"))
    return 4 if line.bold and ratio >= 0.95 and words <= 16 and not closed else 0
