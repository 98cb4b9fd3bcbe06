"""PDF with a text layer, read by pypdf; structure from font sizes, gaps between lines and what repeats."""

import io
import re
import time
import unicodedata
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

import pypdf
from pypdf import PasswordType
from pypdf.errors import DependencyError, PdfReadError

from agents.article.block import Draft, clean_lines, one_line
from agents.article.formats import arabic
from agents.article.formats.limits import SECONDS, Refused, allow
from agents.article.formats.pages import Line, raws, usual_size, without_edges, without_notes
from agents.article.formats.plain import blocks_of
from agents.article.model import Dropped

MOST_PAGES = 2_000
MOST_CHARACTERS = 20_000_000
_SECONDS_PER_PAGE = 0.15
_SCANNED = 12  # characters a page, on average, below which there is no text layer to speak of
_PRESENTATION = re.compile("[\ufb00-\ufb06\ufb50-\ufdff\ufe70-\ufefc]")
_JUNK_TITLE = re.compile(
    r"\.(?:docx?|indd|qxd|pdf|rtf|odt|tex)\b|^microsoft|untitled|sans titre|^\W*$", re.IGNORECASE
)


class _Piece(NamedTuple):
    text: str
    size: float
    bold: bool
    top: float
    left: float
    before: float


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
    if arabic.is_backwards(" ".join(line.text for lines in pages for line in lines)):
        pages = [[line._replace(text=arabic.turned(line.text)) for line in lines] for lines in pages]
    usual = usual_size(pages)
    dropped: list[Dropped] = []
    pages = [without_notes(lines, usual, dropped) for lines in without_edges(pages, dropped)]
    return Draft(
        blocks=blocks_of(list(raws(pages, usual))),
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


def _pages(reader: pypdf.PdfReader) -> list[list[Line]]:
    """The lines of each page. Each page earns the time of an ordinary one; no single page may take long."""
    pages: list[list[Line]] = []
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


def _lines(page: pypdf.PageObject, number: int) -> list[Line]:
    pieces: list[_Piece] = []

    def visit(text: str, cm: Any, tm: Any, font: Any, size: float) -> None:
        scale = (abs(tm[3]) or abs(tm[1]) or 1.0) * (abs(cm[3]) or abs(cm[1]) or 1.0)
        name = str(font.get("/BaseFont", "")) if font else ""
        bold = any(mark in name.lower() for mark in ("bold", "black", "heavy", "semib", "demi"))
        top, left = tm[5] * (cm[3] or 1.0) + cm[5], tm[4] * (cm[0] or 1.0) + cm[4]
        before = pieces[-1].left if pieces else left
        pieces.append(_Piece(text, (size or 1.0) * scale, bold, top, left, before))

    page.extract_text(visitor_text=visit)
    return list(_assembled(pieces, number))


def _assembled(pieces: Sequence[_Piece], page: int) -> Iterator[Line]:
    """Lines from the pieces of a page."""
    line: list[_Piece] = []
    for piece in pieces:
        first, *more = piece.text.split("\n")
        line.append(piece._replace(text=first))
        for text in more:
            yield from _line(line, page)
            line = [piece._replace(text=text)]
    yield from _line(line, page)


def _line(pieces: Sequence[_Piece], page: int) -> Iterator[Line]:
    """One line, if it has text; superscript numbers (marks of notes) are left out."""
    written = [piece for piece in pieces if piece.text.strip()]
    if not written:
        return
    size = max(written, key=lambda piece: len(piece.text.strip())).size
    marks = [p for p in written if p.size < 0.8 * size and p.text.strip().isdigit() and len(written) > 1]
    kept = [piece for piece in pieces if piece not in marks]
    text = "".join(piece.text for piece in kept)
    if arabic.is_arabic(text):
        drawn = [piece for piece in kept if piece.text.strip()]
        order = arabic.read_order([piece.left for piece in drawn], [piece.before for piece in drawn])
        text = arabic.spaced("".join(drawn[position].text for position in order))
    text = clean_lines(text).replace("\n", " ")
    text = _PRESENTATION.sub(lambda match: unicodedata.normalize("NFKC", match.group()), text)
    if text.strip():
        letters = sum(len(piece.text) for piece in written)
        bold = sum(len(piece.text) for piece in written if piece.bold) > letters / 2
        yield Line(text.rstrip(), round(size, 1), bold, written[0].top, page)


def _title(reader: pypdf.PdfReader) -> str:
    stated = reader.metadata.title if reader.metadata else None
    title = one_line(clean_lines(str(stated or "")))
    return "" if _JUNK_TITLE.search(title) or len(title) < 8 else title
