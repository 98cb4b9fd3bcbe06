"""Plain text: paragraphs, lists and headings from lines alone."""

import re
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

from agents.article.block import Block, Draft, Kind, clean_lines, one_line

_BULLET = re.compile(r"^(?P<indent>[ \t\u00a0]*)(?P<marker>[-–—*•·◦▪■●○►▶➢✓✔→‣⁃o])[ \t\u00a0]+(?=\S)")
_NUMBER = re.compile(
    r"^(?P<indent>[ \t\u00a0]*)(?P<marker>\(?(?:\d{1,3}|[٠-٩]{1,3}|[a-zA-Z]|[ivxIVX]{1,5})[.)\-](?!\d)(?:[ \t]*-)?|\d{1,2}(?:°|º))[ \t\u00a0]+(?=\S)"
)
_HEADING_NUMBER = re.compile(
    r"^(?:(?P<numbers>\d{1,2}(?:\.\d{1,2}){0,3})\.?[)\-–:]?\s+(?=[^\W\d])|(?P<roman>[IVX]{1,5})\s?[.)\-–:/]\s+|"
    r"(?P<letter>[A-H])[.)\-–]\s+(?=\S))"
)
_CHAPTER = re.compile(
    r"^(?:chapitre|partie|section|titre|axe|annexe|chapter|part|annex|appendix|capítulo|parte|sección|anexo|eje|"
    r"الفصل|الباب|المحور|القسم|الجزء|أولا|ثانيا|ثالثا|رابعا|خامسا|سادسا|سابعا|ثامنا|تاسعا|عاشرا)\b",
    re.IGNORECASE,
)
_CLOSED = re.compile(r"[.!?…؟;؛,،:]\W*$")
_SENTENCE_END = re.compile(r"[.!?…؟۔]['\"»”’)\]\u00a0\u202f ]*$")
_HYPHENATED = re.compile(r"[^\W\d_]{2,}-$")
_HEADING_WORDS = 16
_HEADING_LENGTH = 130
_WRAP_LIMIT = 120


class _Line(NamedTuple):
    text: str
    marker: str = ""
    indent: int = 0


def read_plain(text: str) -> Draft:
    """Take plain text apart, hard-wrapped or with one line for each paragraph."""
    lines = clean_lines(text).split("\n")
    width = _wrap_width(lines)
    groups = [list(group) for blank, group in groupby(lines, key=lambda line: not line.strip()) if not blank]
    rows = [line for group in groups for line in [*_joined(group, width), _Line("")]]
    return Draft(blocks=tuple(_blocks(rows)))


def _wrap_width(lines: Sequence[str]) -> int:
    """The column at which the text was wrapped; 0 when each line is a paragraph of its own."""
    lengths = sorted(len(line.rstrip()) for line in lines if len(line.strip()) > 40)
    if len(lengths) < 4:
        return 0
    width = lengths[int(len(lengths) * 0.95)]
    near = sum(1 for length in lengths if length >= width * 0.75)
    return width if width <= _WRAP_LIMIT and near >= len(lengths) * 0.5 else 0


def _joined(group: Sequence[str], width: int) -> list[_Line]:
    """The lines of a group without blank lines, wrapped ones put together again."""
    result: list[_Line] = []
    last_length = 0
    for raw in group:
        line = _marked(raw)
        if result and not line.marker and _continues(result[-1], line, last_length, width):
            result[-1] = result[-1]._replace(text=_glued(result[-1].text, line.text))
        else:
            result.append(line)
        last_length = len(raw.rstrip())
    return result


def _marked(raw: str) -> _Line:
    match = _BULLET.match(raw) or _NUMBER.match(raw)
    if match is None:
        return _Line(one_line(raw), indent=len(raw) - len(raw.lstrip()))
    marker = match["marker"]
    text = one_line(raw[match.end() :])
    if marker == "o" and not text[:1].isupper():
        return _Line(one_line(raw))  # "o" as a word
    return _Line(text, "-" if not any(c.isalnum() for c in marker) else marker, len(match["indent"]))


def _continues(before: _Line, line: _Line, last_length: int, width: int) -> bool:
    if not line.text:
        return False
    if line.text[0].islower() and not _SENTENCE_END.search(before.text):
        return True
    if width == 0 or last_length < width * 0.7:
        return False
    if _SENTENCE_END.search(before.text):
        # A full line that ends a sentence goes on in the same paragraph unless the next is a short heading.
        return last_length >= width * 0.8 and len(line.text) >= width * 0.5
    return True


def _glued(before: str, after: str) -> str:
    if _HYPHENATED.search(before) and after[:1].islower():
        return before[:-1] + after
    return f"{before} {after}"


def _blocks(rows: Sequence[_Line]) -> Iterator[Block]:
    numbered = any(_HEADING_NUMBER.match(_whole(row)) for row in rows if _looks_headed(_whole(row)))
    indents: list[int] = []
    for position, row in enumerate(rows):
        if not row.text:
            continue
        following = _following(rows, position)
        whole = _whole(row)
        if _is_heading(row, whole, following):
            indents = []
            yield Block(Kind.HEADING, whole, _heading_level(whole, numbered=numbered))
        elif row.marker:
            while indents and indents[-1] > row.indent:
                indents.pop()
            if not indents or indents[-1] < row.indent:
                indents.append(row.indent)
            yield Block(Kind.ITEM, row.text, len(indents) - 1, row.marker)
        else:
            if row.indent == 0:
                indents = []
            yield Block(Kind.PARAGRAPH, row.text)


def _whole(row: _Line) -> str:
    return f"{row.marker} {row.text}" if row.marker not in {"", "-"} else row.text


def _following(rows: Sequence[_Line], position: int) -> _Line | None:
    for row in rows[position + 1 : position + 3]:
        if row.text:
            return row
    return None


def _looks_headed(whole: str) -> bool:
    return len(whole) <= _HEADING_LENGTH and len(whole.split()) <= _HEADING_WORDS


def _is_heading(row: _Line, whole: str, following: _Line | None) -> bool:
    if row.marker == "-" or following is None or not _looks_headed(whole):
        return False
    question = whole.rstrip().endswith(("?", "؟"))
    if _CLOSED.search(whole) and not question:
        return False
    if not (whole[0].isupper() or whole[0].isdigit() or _CHAPTER.match(whole) or not whole[0].isascii()):
        return False
    if row.marker:
        # "1. Title" is a heading when text follows, an item when the list goes on.
        return bool(_HEADING_NUMBER.match(whole)) and not following.marker and not whole[0].islower()
    return not (following.marker and len(whole.split()) > 10) if following.marker else True


def _heading_level(whole: str, *, numbered: bool) -> int:
    match = _HEADING_NUMBER.match(whole)
    if match:
        return 2 + match["numbers"].count(".") if match["numbers"] else (2 if match["roman"] else 3)
    if _CHAPTER.match(whole) or (whole.isupper() and len(whole) > 3):
        return 2
    return 3 if numbered else 2
