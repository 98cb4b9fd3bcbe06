"""The strategy as PDF, typeset by Typst."""

from collections.abc import Iterator
from importlib import import_module

from agents.errors import InputError
from transcripts.export.blocks import Block, Heading, Map, Paragraph, Table, Text, blocks
from transcripts.export.drawing import argument_drawing
from transcripts.export.markdown import strategy_markdown
from transcripts.export.material import Material
from transcripts.export.text import plain

_PAGE = """
#set page(paper: "a4", margin: (x: 22mm, y: 24mm), numbering: "1 / 1")
#set text(font: ("Libertinus Serif", "Noto Naskh Arabic", "Amiri", "DejaVu Sans"), size: 10.5pt, fallback: true)
#set par(justify: false, leading: 0.68em)
#set table(stroke: 0.5pt + luma(200), inset: 5pt, align: start)
#show heading: set text(fill: rgb("#1f4e79"))
#show heading: set block(above: 1.5em, below: 0.8em)
#show quote.where(block: true): set block(fill: luma(246), inset: 8pt, width: 100%)
#show link: set text(size: 0.8em, fill: rgb("#1f4e79"))
#show table.cell: set text(size: 0.92em)
"""


def strategy_pdf(of: Material) -> bytes:
    """The document of `strategy_markdown` as a tagged PDF with outline, links and drawn argument maps.

    All text enters as string literals, so that nothing in it is read as Typst. Raises InputError when the
    extra `pdf` is not installed.
    """
    try:
        typst = import_module("typst")
    except ImportError as error:
        raise InputError(
            "PDF needs an extra that is not installed.", "Install it with: pip install 'jemaa[pdf]'"
        ) from error
    source = "".join(_source(of))
    document: bytes = typst.compile(source.encode(), format="pdf")
    return document


def _source(of: Material) -> Iterator[str]:
    direction = "rtl" if of.plan.language == "ar" else "ltr"
    yield f'#set document(title: {_literal(plain(of.strategy.title))}, author: "Jemaa", date: none)\n'
    yield f'#set text(lang: "{of.plan.language}", dir: {direction})\n{_PAGE}'
    maps = iter([item.id for item in of.plan.recommendations if item.id in of.rulings])
    known = {f"#{name.lower()}" for name in of.anchors}
    for block in blocks(strategy_markdown(of.plan, of.strategy, of.heard)):
        if isinstance(block, Map):
            drawing = argument_drawing(of, next(maps))
            yield f'#image(bytes({_literal(drawing)}), format: "svg", width: 100%)\n'
        else:
            yield f"#{_block(block, known)}\n\n"


def _block(block: Block, known: set[str]) -> str:
    match block:
        case Heading():
            return f"heading(level: {block.level}, {_text(block.text, known)})"
        case Paragraph(quoted=True):
            return f"quote(block: true, {_text(block.text, known)})"
        case Paragraph(listed=True, number=None):
            return f"list({_text(block.text, known)})"
        case Paragraph(listed=True):
            return f"enum(start: {block.number}, {_text(block.text, known)})"
        case Paragraph() if block.text and all(part.strong for part in block.text):
            return f"block(sticky: true, {_text(block.text, known)})"
        case Paragraph():
            return f"par({_text(block.text, known)})"
        case Table():
            columns = "".join(f"{width}fr, " for width in block.widths())
            header = ""
            if any(block.header):
                header = (
                    f"table.header({', '.join(f'strong({_text(cell, known)})' for cell in block.header)}), "
                )
            cells = ", ".join(_text(cell, known) for row in block.rows for cell in row)
            return f"table(columns: ({columns}), {header}{cells})"
        case _:
            return "none"


def _text(text: Text, known: set[str]) -> str:
    """Content that shows the text: strings joined by `+`, never markup."""
    parts = ["[]"]
    for inline in text:
        shown = f"text({_literal(inline.text)})"
        if inline.anchor is not None:
            parts.append(f"[#metadata(none)#label({_literal(inline.anchor)})]")
            continue
        if inline.strong:
            shown = f"strong({shown})"
        if inline.emphasis:
            shown = f"emph({shown})"
        if inline.link in known:
            shown = f"link(label({_literal((inline.link or '#')[1:])}), {shown})"
        elif inline.link is not None and inline.link.startswith(("http://", "https://")):
            shown = f"link({_literal(inline.link)}, {shown})"
        parts.append(shown)
    return " + ".join(parts)


def _literal(text: str) -> str:
    """A Typst string literal."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{escaped}"'
