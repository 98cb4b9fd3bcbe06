"""The strategy as a Word document (DOCX)."""

import io
import zipfile
from datetime import UTC, datetime
from typing import Any

import docx
from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor

from transcripts.export.blocks import Block, Heading, Inline, Map, Paragraph, Table, Text, blocks
from transcripts.export.markdown import strategy_markdown
from transcripts.export.material import Material
from transcripts.export.text import plain

_FONT = "Cambria"
_INK = RGBColor(0x1F, 0x4E, 0x79)
_TEXT_WIDTH = Cm(15.2)
_EPOCH = datetime(2000, 1, 1, tzinfo=UTC)


def strategy_docx(of: Material) -> bytes:
    """The document of `strategy_markdown` in Word, with styles, bookmarks and links; the same bytes every time."""
    document = docx.Document()
    _style(document, of)
    writer = _Writer(document, right_to_left=of.plan.language == "ar")
    for block in blocks(strategy_markdown(of.plan, of.strategy, of.heard)):
        writer.write(block)
    out = io.BytesIO()
    document.save(out)
    return _timeless(out.getvalue())


def _style(document: Document, of: Material) -> None:
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = _FONT, Pt(11)
    for level in range(1, 5):
        heading = document.styles[f"Heading {level}"]
        heading.font.name, heading.font.color.rgb = _FONT, _INK
    properties = document.core_properties
    properties.title = plain(of.strategy.title)[:255]
    properties.author = "Jemaa"
    properties.language = of.plan.language
    properties.created = properties.modified = _EPOCH


class _Writer:
    """Puts blocks into a document; every anchor becomes a bookmark."""

    def __init__(self, document: Document, *, right_to_left: bool) -> None:
        self._document = document
        self._right_to_left = right_to_left
        self._bookmarks = 0

    def write(self, block: Block) -> None:
        """Append one block. Argument maps are left out: the table of arguments holds what they draw."""
        match block:
            case Heading(level=1):
                self._fill(self._document.add_paragraph(style="Title"), block.text)
            case Heading():
                self._fill(self._document.add_heading(level=block.level - 1), block.text)
            case Paragraph():
                style = "Intense Quote" if block.quoted else "List Bullet" if block.listed else None
                if block.number is not None:
                    style = "List Number"
                self._fill(self._document.add_paragraph(style=style), block.text)
            case Table():
                self._table(block)
            case Map():
                pass

    def _table(self, block: Table) -> None:
        rows = [*([block.header] if any(block.header) else []), *block.rows]
        table = self._document.add_table(rows=len(rows), cols=len(block.header), style="Table Grid")
        table.autofit = False
        widths = block.widths()
        shares = [int(_TEXT_WIDTH * width / sum(widths)) for width in widths]
        for column, share in zip(table.columns, shares, strict=True):
            column.width = share
        for row, texts in zip(table.rows, rows, strict=True):
            for cell, text, share in zip(row.cells, texts, shares, strict=True):
                cell.width = share
                self._fill(cell.paragraphs[0], text)
        if any(block.header):
            properties = table.rows[0]._tr.get_or_add_trPr()  # noqa: SLF001  repeated headers have no public name
            properties.append(OxmlElement("w:tblHeader"))

    def _fill(self, paragraph: Any, text: Text) -> None:
        if self._right_to_left:
            paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
            paragraph._p.get_or_add_pPr().append(OxmlElement("w:bidi"))  # noqa: SLF001  no public name either
        for inline in text:
            if inline.anchor is not None:
                self._bookmark(paragraph, inline.anchor)
            elif inline.link is not None and inline.link.startswith("#"):
                self._link(paragraph, inline)
            else:
                run = paragraph.add_run(inline.text)
                run.bold, run.italic = inline.strong or None, inline.emphasis or None

    def _bookmark(self, paragraph: Any, name: str) -> None:
        self._bookmarks += 1
        for tag in ("w:bookmarkStart", "w:bookmarkEnd"):
            mark = OxmlElement(tag)
            mark.set(qn("w:id"), str(self._bookmarks))
            if tag == "w:bookmarkStart":
                mark.set(qn("w:name"), _bookmark_name(name))
            paragraph._p.append(mark)  # noqa: SLF001  bookmarks have no public name

    def _link(self, paragraph: Any, inline: Inline) -> None:
        link = OxmlElement("w:hyperlink")
        link.set(qn("w:anchor"), _bookmark_name((inline.link or "#")[1:]))
        run = paragraph.add_run(inline.text)
        run.font.size, run.font.color.rgb = Pt(8), _INK
        link.append(run._r)  # noqa: SLF001  internal links have no public name
        paragraph._p.append(link)  # noqa: SLF001


def _bookmark_name(anchor: str) -> str:
    """Word allows letters, digits and underscores in bookmarks, forty at most."""
    return "".join(c if c.isalnum() else "_" for c in f"jemaa_{anchor}")[:40]


def _timeless(content: bytes) -> bytes:
    """The same archive with every member dated alike: the same debate gives the same file."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as source,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for member in source.infolist():
            dated = zipfile.ZipInfo(member.filename, date_time=(2000, 1, 1, 0, 0, 0))
            dated.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(dated, source.read(member.filename))
    return out.getvalue()
