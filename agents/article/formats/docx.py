"""Word documents, read by python-docx: headings, numbered and bulleted lists, tables."""

import io
import re
import zipfile
from collections import Counter
from collections.abc import Iterator
from typing import Any

import docx
from docx.document import Document
from docx.oxml.ns import qn
from docx.table import Table
from docx.text.paragraph import Paragraph
from lxml import etree

from agents.article.block import Block, Draft, Kind, clean_lines, one_line
from agents.article.formats.limits import SECONDS, Refused, allow

MOST_EXPANDED = 100 * 2**20
MOST_XML = 32 * 2**20
MOST_ENTRIES = 4_000
_SECONDS_PER_MEGABYTE = 2
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_SKIPPED = {qn("w:del"), qn("w:moveFrom"), qn("w:instrText"), qn("w:delText"), _FALLBACK}
_HEADING = re.compile(r"^(?:heading|titre|título|عنوان)\s*(\d)$", re.IGNORECASE)
_CONTENTS = re.compile(r"^(?:toc|table of)", re.IGNORECASE)
_CLOSED = re.compile(r"[.;,:]\W*$")
_MANUAL = re.compile(r"^(?P<marker>\(?(?:\d{1,3}|[a-z])[.)]|[-–—•·▪■●])[\s\u00a0]+(?=\S)")


def read_docx(data: bytes) -> Draft:
    """The text of a Word document. Raises Refused for archives that are none, or that expand beyond all measure."""
    _check_archive(data)
    try:
        document = docx.Document(io.BytesIO(data))
    except (KeyError, ValueError) as error:
        raise Refused("broken", "is an archive, but not a Word document (.docx).") from error
    except etree.XMLSyntaxError as error:
        if "memory" in str(error).lower():
            raise MemoryError from error
        raise Refused("broken", "holds XML that is malformed, nested too deeply or too large.") from error
    title = one_line(clean_lines(document.core_properties.title or ""))
    return Draft(blocks=tuple(_blocks(document)), title=title)


def _check_archive(data: bytes) -> None:
    """Refuse a bomb by what its directory says; no more than that is ever expanded."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = archive.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError) as error:
        raise Refused("broken", "is a damaged archive.") from error
    expanded = sum(entry.file_size for entry in entries)
    xml = sum(entry.file_size for entry in entries if entry.filename.endswith((".xml", ".rels")))
    if any(entry.flag_bits & 1 for entry in entries):
        raise Refused("encrypted", "is an encrypted archive.")
    if len(entries) > MOST_ENTRIES or expanded > MOST_EXPANDED or xml > MOST_XML:
        raise Refused(
            "too large",
            f"expands to {expanded / 2**20:.0f} MB in {len(entries)} parts; at most"
            f" {MOST_EXPANDED // 2**20} MB, of them {MOST_XML // 2**20} MB of XML, are opened.",
        )
    allow(SECONDS + _SECONDS_PER_MEGABYTE * xml / 2**20)


def _blocks(document: Document) -> Iterator[Block]:
    numbers = _Numbers(document)
    for part in document.iter_inner_content():
        if isinstance(part, Table):
            yield from _rows(part)
        else:
            yield from _paragraph(part, numbers)


def _rows(table: Table) -> Iterator[Block]:
    for row in table.rows:
        # row.cells would repeat merged cells, and is quadratic.
        cells = [one_line(" ".join(map(_text, cell.p_lst))) for cell in row._tr.tc_lst]  # noqa: SLF001
        if any(cells):
            # A table of one cell is a box around running text.
            yield Block(Kind.ROW, " | ".join(cells)) if len(cells) > 1 else Block(Kind.PARAGRAPH, cells[0])


def _paragraph(paragraph: Paragraph, numbers: "_Numbers") -> Iterator[Block]:
    style = paragraph.style.name or "" if paragraph.style is not None else ""
    lines = [line for line in (one_line(line) for line in _text(paragraph._p).split("\n")) if line]  # noqa: SLF001
    if not lines or _CONTENTS.match(style):
        return
    text = one_line(" ".join(lines))
    if level := _level(paragraph, style, text):
        yield Block(Kind.HEADING, numbers.label(paragraph, style) + text, level)
    elif marker := numbers.marker(paragraph, style):
        yield Block(Kind.ITEM, text, numbers.depth(paragraph, style), marker)
    elif match := _MANUAL.match(text):
        marker = match["marker"] if any(c.isalnum() for c in match["marker"]) else "-"
        yield Block(Kind.ITEM, text[match.end() :], 0, marker)
    else:
        for line in lines if len(lines) > 1 else (text,):
            yield Block(Kind.PARAGRAPH, line)


def _level(paragraph: Paragraph, style: str, text: str) -> int:
    """The heading level of a paragraph; 0 for running text. A short line all in bold is a heading by hand."""
    if style.lower() in {"title", "titre"}:
        return 1
    if match := _HEADING.match(style):
        return min(int(match[1]) + 1, 6)
    if len(text.split()) > 16 or _CLOSED.search(text) or _in_list(paragraph):
        return 0
    runs = [run for run in paragraph.runs if run.text.strip()]
    return 5 if runs and all(run.bold for run in runs) else 0


def _in_list(paragraph: Paragraph) -> bool:
    properties = paragraph._p.pPr  # noqa: SLF001 - python-docx has no public view of numbering
    return properties is not None and properties.numPr is not None


def _text(element: Any) -> str:
    """The words of a paragraph as they stand, insertions taken and deletions left out."""
    parts: list[str] = []
    stack = [element]
    while stack:
        node = stack.pop()
        tag = node.tag
        if tag in _SKIPPED:
            continue
        if tag == qn("w:t"):
            parts.append(node.text or "")
        elif tag == qn("w:tab"):
            parts.append(" ")
        elif tag in {qn("w:br"), qn("w:cr")}:
            parts.append("\n")
        elif tag == qn("w:noBreakHyphen"):
            parts.append("-")
        else:
            stack.extend(reversed(node))
    return clean_lines("".join(parts))


class _Numbers:
    """What Word numbers by itself: the marker of each list paragraph."""

    def __init__(self, document: Document) -> None:
        self._formats: dict[tuple[str, str], str] = {}
        self._counts: Counter[tuple[str, int]] = Counter()
        try:
            root = document.part.numbering_part.element
        except (KeyError, NotImplementedError):
            return
        abstract = {}
        for node in root.iterchildren(qn("w:abstractNum")):
            levels = {
                level.get(qn("w:ilvl")): level.find(qn("w:numFmt"))
                for level in node.iterchildren(qn("w:lvl"))
            }
            abstract[node.get(qn("w:abstractNumId"))] = levels
        for node in root.iterchildren(qn("w:num")):
            target = node.find(qn("w:abstractNumId"))
            for level, form in abstract.get(
                target.get(qn("w:val")) if target is not None else None, {}
            ).items():
                written = form.get(qn("w:val")) if form is not None else "bullet"
                self._formats[node.get(qn("w:numId")), level] = written

    def marker(self, paragraph: Paragraph, style: str) -> str:
        """A bullet or the next number of the paragraph's list; "" outside lists."""
        place = _place(paragraph)
        if place is None:
            return "-" if style.lower().startswith("list bullet") else ""
        number, level = place
        form = self._formats.get((number, str(level)), "decimal" if "number" in style.lower() else "bullet")
        if form in {"bullet", "none"}:
            return "-"
        for deeper in [key for key in self._counts if key[0] == number and key[1] > level]:
            del self._counts[deeper]
        self._counts[number, level] += 1
        count = self._counts[number, level]
        return f"{chr(96 + count)})" if form == "lowerLetter" and count <= 26 else f"{count}."

    def label(self, paragraph: Paragraph, style: str) -> str:
        """The number that stands before a heading, with a blank; "" for headings without."""
        marker = self.marker(paragraph, style) if _in_list(paragraph) else ""
        return f"{marker} " if marker not in {"", "-"} else ""

    def depth(self, paragraph: Paragraph, style: str) -> int:
        """How deep the paragraph's list is nested; 0 is the outermost."""
        place = _place(paragraph)
        if place is not None and place[1]:
            return place[1]
        deeper = re.search(r"(\d)$", style)
        return int(deeper[1]) - 1 if deeper else 0


def _place(paragraph: Paragraph) -> tuple[str, int] | None:
    """The list (its number) and level that a paragraph or its style stands in."""
    holders: list[Any] = [paragraph._p.pPr]  # noqa: SLF001 - python-docx has no public view of numbering
    style = paragraph.style
    while style is not None:
        holders.append(style.element.pPr)
        style = style.base_style
    for properties in holders:
        numbering = properties.numPr if properties is not None else None
        if numbering is not None and numbering.numId is not None:
            if numbering.numId.val == 0:
                return None
            return str(numbering.numId.val), numbering.ilvl.val if numbering.ilvl is not None else 0
    return None
