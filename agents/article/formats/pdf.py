"""PDF with a text layer, read by pypdf; structure from font sizes, gaps between lines and what repeats."""

import io
import re
import time
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Any, NamedTuple

import pypdf
from pypdf import PasswordType
from pypdf.errors import DependencyError, PdfReadError

from agents.article.block import Draft, clean_lines, one_line
from agents.article.formats.limits import SECONDS, Refused, allow
from agents.article.formats.plain import Raw, blocks_of
from agents.article.model import Dropped

MOST_PAGES = 2_000
MOST_CHARACTERS = 20_000_000
_SECONDS_PER_PAGE = 0.15
_SCANNED = 12  # characters a page, on average, below which there is no text layer to speak of
_EDGE_LINES = 3
_DIGITS = re.compile(r"\d+|(?<!\w)[ivxlc]+(?!\w)")
_FOLIO = re.compile(r"^\W*(?:page |página |صفحة )?(\d{1,4})(?!\d)|(?<!\d)(\d{1,4})\W*$", re.IGNORECASE)
_NOTE = re.compile(r"^\(?\d{1,3}\)?[\s.]*\S")
_PRESENTATION = re.compile("[\ufb00-\ufb06\ufb50-\ufdff\ufe70-\ufefc]")
_JUNK_TITLE = re.compile(
    r"\.(?:docx?|indd|qxd|pdf|rtf|odt|tex)\b|^microsoft|untitled|sans titre|^\W*$", re.IGNORECASE
)


class _Line(NamedTuple):
    text: str
    size: float
    bold: bool
    top: float
    page: int


def read_pdf(data: bytes) -> Draft:
    """The text of a PDF. Raises Refused for one that is encrypted, scanned or too large."""
    reader = _opened(data)
    count = len(reader.pages)
    if count > MOST_PAGES:
        raise Refused("too large", f"has {count} pages; at most {MOST_PAGES} are read.")
    pages = _pages(reader)
    characters = sum(len(line.text) for lines in pages for line in lines)
    if characters < _SCANNED * count or not characters:
        raise Refused("scanned", "is a scanned PDF: its pages are pictures without text.")
    usual = _usual_size(pages)
    dropped: list[Dropped] = []
    pages = [_without_notes(lines, usual, dropped) for lines in _without_edges(pages, dropped)]
    return Draft(
        blocks=blocks_of(list(_raws(pages, usual))),
        title=_title(reader),
        dropped=tuple(dict.fromkeys(dropped)),
    )


def _opened(data: bytes) -> pypdf.PdfReader:
    reader = pypdf.PdfReader(io.BytesIO(data))
    if reader.is_encrypted:
        try:
            opened = reader.decrypt("")
        except (PdfReadError, DependencyError, NotImplementedError):
            opened = PasswordType.NOT_DECRYPTED
        if opened is PasswordType.NOT_DECRYPTED:
            raise Refused("encrypted", "is an encrypted PDF: it opens with a password only.")
    return reader


def _pages(reader: pypdf.PdfReader) -> list[list[_Line]]:
    """The lines of each page. Each page earns the time of an ordinary one; no single page may take long."""
    pages: list[list[_Line]] = []
    start = time.process_time()
    characters = 0
    for number, page in enumerate(reader.pages, 1):
        left = SECONDS + _SECONDS_PER_PAGE * number - (time.process_time() - start)
        if left <= 0:
            raise Refused("too large", "takes too long to read: its pages are far more complex than text is.")
        allow(min(SECONDS, left))
        lines = _lines(page, number)
        characters += sum(len(line.text) for line in lines)
        if characters > MOST_CHARACTERS:
            raise Refused("too large", f"holds more than {MOST_CHARACTERS // 10**6} million characters.")
        pages.append(lines)
    allow(SECONDS + characters / 10**6)
    return pages


def _lines(page: pypdf.PageObject, number: int) -> list[_Line]:
    pieces: list[tuple[str, float, bool, float]] = []

    def visit(text: str, cm: Any, tm: Any, font: Any, size: float) -> None:
        scale = (abs(tm[3]) or abs(tm[1]) or 1.0) * (abs(cm[3]) or abs(cm[1]) or 1.0)
        name = str(font.get("/BaseFont", "")) if font else ""
        bold = any(mark in name.lower() for mark in ("bold", "black", "heavy", "semib", "demi"))
        pieces.append((text, (size or 1.0) * scale, bold, tm[5] * (cm[3] or 1.0) + cm[5]))

    page.extract_text(visitor_text=visit)
    return list(_assembled(pieces, number))


def _assembled(pieces: Sequence[tuple[str, float, bool, float]], page: int) -> Iterator[_Line]:
    """Lines from the pieces of a page; superscript numbers (marks of notes) are left out."""
    texts: list[tuple[str, float, bool, float]] = []
    for text, size, bold, top in pieces:
        first, *more = text.split("\n")
        texts.append((first, size, bold, top))
        for line in more:
            yield from _line(texts, page)
            texts = [(line, size, bold, top)]
    yield from _line(texts, page)


def _line(texts: Sequence[tuple[str, float, bool, float]], page: int) -> Iterator[_Line]:
    written = [piece for piece in texts if piece[0].strip()]
    if not written:
        return
    size = max(written, key=lambda piece: len(piece[0].strip()))[1]
    kept = [p for p in texts if not (p[1] < 0.8 * size and p[0].strip().isdigit() and len(written) > 1)]
    text = clean_lines("".join(piece[0] for piece in kept)).replace("\n", " ")
    text = _PRESENTATION.sub(lambda match: unicodedata.normalize("NFKC", match.group()), text)
    if text.strip():
        bold = sum(len(p[0]) for p in written if p[2]) > sum(len(p[0]) for p in written) / 2
        yield _Line(text.rstrip(), round(size, 1), bold, written[0][3], page)


def _usual_size(pages: Sequence[Sequence[_Line]]) -> float:
    sizes: Counter[float] = Counter()
    for lines in pages:
        for line in lines:
            sizes[line.size] += len(line.text)
    return max(sizes, key=lambda size: (sizes[size], size))


def _without_edges(pages: list[list[_Line]], dropped: list[Dropped]) -> list[list[_Line]]:
    """Leave out page headers and footers: lines at the edge of pages that repeat, and page numbers."""
    forms = Counter(form for lines in pages for form in {_form(line) for line in _edges(lines)})
    often = max(3, len(pages) * 0.25)

    folios = _folios(pages)

    def repeated(line: _Line) -> bool:
        return forms[_form(line)] >= often or (line.page, line.text) in folios

    kept_pages: list[list[_Line]] = []
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


def _folios(pages: Sequence[Sequence[_Line]]) -> frozenset[tuple[int, str]]:
    """First and last lines that carry the page number: a number that grows by one from page to page."""
    seen: Counter[int] = Counter()
    carrying: list[tuple[int, _Line]] = []
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


def _edges(lines: Sequence[_Line]) -> Sequence[_Line]:
    return (*lines[:_EDGE_LINES], *lines[-_EDGE_LINES:])


def _form(line: _Line) -> str:
    return _DIGITS.sub("#", " ".join(line.text.split()).lower())


def _without_notes(lines: list[_Line], usual: float, dropped: list[Dropped]) -> list[_Line]:
    """Leave out footnotes: small lines at the foot of a page, the first of them numbered."""
    end = len(lines)
    while end > 0 and lines[end - 1].size < 0.92 * usual:
        end -= 1
    start = next((p for p in range(end, len(lines)) if _NOTE.match(lines[p].text.strip())), None)
    if start is None or start == 0:
        return lines
    dropped.extend(Dropped(text=one_line(line.text), reason="footnote") for line in lines[start:])
    return lines[:start]


def _raws(pages: Sequence[Sequence[_Line]], usual: float) -> Iterator[Raw]:
    """Lines for the reader of plain text, an empty one wherever a gap on the page ends a paragraph."""
    spacing = _spacing(pages)
    before: _Line | None = None
    for lines in pages:
        for line in lines:
            level = _level(line, usual)
            if before is not None and before.page == line.page:
                gap = before.top - line.top
                if gap > 1.35 * spacing * max(1.0, before.size / usual) or gap < -spacing:
                    yield Raw("")
            yield Raw(line.text, line.page, level)
            before = line


def _spacing(pages: Sequence[Sequence[_Line]]) -> float:
    gaps = Counter(
        round(one.top - other.top, 1)
        for lines in pages
        for one, other in pairwise(lines)
        if 0 < one.top - other.top < 60
    )
    return max(gaps, key=lambda gap: (gaps[gap], -gap)) if gaps else 12.0


def _level(line: _Line, usual: float) -> int:
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


def _title(reader: pypdf.PdfReader) -> str:
    stated = reader.metadata.title if reader.metadata else None
    title = one_line(clean_lines(str(stated or "")))
    return "" if _JUNK_TITLE.search(title) or len(title) < 8 else title
