"""Plain text: paragraphs, lists and headings from lines alone."""

import re
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

from agents.article.block import Block, Draft, Kind, clean_lines, one_line

_BULLET = re.compile(r"^(?P<indent>[ \t\u00a0]*)(?P<marker>[-–—*•·◦▪■●○►▶➢✓✔→‣⁃o])[ \t\u00a0]+(?=\S)")
_NUMBER = re.compile(
    r"^(?P<indent>[ \t\u00a0]*)"
    r"(?P<marker>\(?(?:\d{1,3}|[٠-٩]{1,3}|[a-zA-Z]|[ivxIVX]{1,5})[.)\-](?!\d)(?:[ \t]*-)?|\d{1,2}(?:°|º))"
    r"(?:[ \t\u00a0]+(?=\S)|(?<=\d\.)(?=[A-ZÀ-Ý][a-zà-ÿ]))"
)
_HEADING_NUMBER = re.compile(
    r"^(?:(?P<numbers>\d{1,2}(?:\.\d{1,2}){0,3})\.?[)\-–:]?\s+(?=[^\W\d])|(?P<roman>[IVX]{1,5})\s?[.)\-–:/]\s+|"
    r"(?P<letter>[A-H])[.)\-–]\s+(?=\S))"
)
_ROMAN = re.compile(r"[IVX]+\W")
_CHAPTER = re.compile(
    r"^(?:chapitre|partie|section|titre|axe|annexe|chapter|part|annex|appendix|capítulo|parte|sección|anexo|eje|"
    r"الفصل|الباب|المحور|القسم|الجزء|أولا|ثانيا|ثالثا|رابعا|خامسا|سادسا|سابعا|ثامنا|تاسعا|عاشرا)\b",
    re.IGNORECASE,
)
_CLOSED = re.compile(r"[.!?…؟;؛,،:]\W*$")
_SENTENCE_END = re.compile(r"[.!?…؟۔]['\"»”’)\]\u00a0\u202f ]*$")
_HYPHENATED = re.compile(r"[^\W\d_]{2,}-$")
_COMPOUND = re.compile(r"[^\W\d_]+-[^\W\d_]+")
_FIRST_WORD = re.compile(r"[^\W\d_]+")
_PREFIXES = frozenset(
    ("non-", "sous-", "self-", "well-", "long-", "short-", "high-", "low-", "public-", "vis-", "co-")
)
_HEADING_WORDS = 16
_HEADING_LENGTH = 130
_WRAP_LIMIT = 120


class Raw(NamedTuple):
    """A line as it stands in a source. `heading` is its level where the source shows one (0: it does not)."""

    text: str
    page: int | None = None
    heading: int = 0


class _Line(NamedTuple):
    text: str
    marker: str = ""
    indent: int = 0
    page: int | None = None
    heading: int = 0


def read_plain(text: str) -> Draft:
    """Take plain text apart, hard-wrapped or with one line for each paragraph."""
    return Draft(blocks=blocks_of([Raw(line) for line in clean_lines(text).split("\n")]))


def blocks_of(raws: Sequence[Raw]) -> tuple[Block, ...]:
    """The paragraphs, lists and headings that lines make; an empty line ends what stands before it."""
    width = _wrap_width(raws)
    compounds = _compounds(raws)
    rows: list[_Line] = []
    for blank, group in groupby(raws, key=lambda raw: not raw.text.strip()):
        if not blank:
            rows += (*_joined(list(group), width, compounds), _Line(""))
    return tuple(_blocks(rows))


def _wrap_width(raws: Sequence[Raw]) -> int:
    """The column at which the text was wrapped; 0 when each line is a paragraph of its own."""
    lengths = sorted(len(raw.text.rstrip()) for raw in raws if len(raw.text.strip()) > 40)
    if len(lengths) < 4:
        return 0
    width = lengths[int(len(lengths) * 0.95)]
    near = sum(1 for length in lengths if length >= width * 0.75)
    return width if width <= _WRAP_LIMIT and near >= len(lengths) * 0.5 else 0


def _compounds(raws: Sequence[Raw]) -> frozenset[str]:
    """Words that the text itself writes with a hyphen."""
    return frozenset(word.lower() for raw in raws for word in _COMPOUND.findall(raw.text))


def _joined(group: Sequence[Raw], width: int, compounds: frozenset[str]) -> list[_Line]:
    """The lines of a group without blank lines, wrapped ones put together again."""
    result: list[_Line] = []
    pieces: list[str] = []
    last_length = 0
    for raw in group:
        line = _marked(raw)
        if result and _continues(result[-1]._replace(text=pieces[-1]), line, last_length, width):
            pieces[-1], ending = _parted(pieces[-1], line.text, compounds)
            pieces += (ending, line.text)
        else:
            if result:
                result[-1] = result[-1]._replace(text="".join(pieces))
            result.append(line)
            pieces = [line.text]
        last_length = len(raw.text.rstrip())
    result[-1] = result[-1]._replace(text="".join(pieces))
    return result


def _marked(raw: Raw) -> _Line:
    match = _BULLET.match(raw.text) or _NUMBER.match(raw.text)
    indent = len(raw.text) - len(raw.text.lstrip())
    if match is None or raw.heading:
        return _Line(one_line(raw.text), "", indent, raw.page, raw.heading)
    marker = match["marker"]
    text = one_line(raw.text[match.end() :])
    if marker == "o" and not text[:1].isupper():
        return _Line(one_line(raw.text), "", indent, raw.page)  # "o" as a word
    shown = marker if any(c.isalnum() for c in marker) else "-"
    return _Line(text, shown, len(match["indent"]), raw.page)


def _continues(before: _Line, line: _Line, last_length: int, width: int) -> bool:
    if line.marker or not line.text or before.heading != line.heading:
        return False
    if before.heading:
        return len(before.text) + len(line.text) <= _HEADING_LENGTH
    if line.text[0].islower() and not _SENTENCE_END.search(before.text):
        return True
    if width == 0 or last_length < width * 0.7:
        return False
    if _SENTENCE_END.search(before.text):
        # A full line that ends a sentence goes on in the same paragraph unless the next is a short heading.
        return last_length >= width * 0.8 and len(line.text) >= width * 0.5
    return True


def _parted(before: str, after: str, compounds: frozenset[str]) -> tuple[str, str]:
    """What is left of `before`, and what stands between it and `after`, when the line break between them goes."""
    broken = _HYPHENATED.search(before)
    if broken is None or not after[:1].islower():
        return before, " "
    ending = _FIRST_WORD.match(after)
    whole = f"{broken.group()}{ending.group() if ending else ''}".lower()
    kept = whole in compounds or broken.group().lower() in _PREFIXES
    return (before if kept else before[:-1]), ""


def _blocks(rows: Sequence[_Line]) -> Iterator[Block]:
    numbered = any(_HEADING_NUMBER.match(_whole(row)) for row in rows if _looks_headed(_whole(row)))
    indents: list[int] = []
    for position, row in enumerate(rows):
        if not row.text:
            continue
        following = _following(rows, position)
        whole = _whole(row)
        if row.heading or _is_heading(row, whole, following):
            indents = []
            level = row.heading or _heading_level(whole, numbered=numbered)
            yield Block(Kind.HEADING, whole, level, page=row.page)
        elif row.marker:
            while indents and indents[-1] > row.indent:
                indents.pop()
            if not indents or indents[-1] < row.indent:
                indents.append(row.indent)
            yield Block(Kind.ITEM, row.text, len(indents) - 1, row.marker, row.page)
        else:
            if row.indent == 0:
                indents = []
            yield Block(Kind.PARAGRAPH, row.text, page=row.page)


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
        # "1. Title" is a heading when text follows, an item when the list goes on; "II. Title" is one anyway
        # unless "III." follows.
        match = _HEADING_NUMBER.match(whole)
        if match is None or whole[0].islower():
            return False
        if match["letter"] and following.marker[:1].isdigit():
            return True
        return not following.marker or (match["roman"] is not None and _ROMAN.match(following.marker) is None)
    return not (following.marker and len(whole.split()) > 10) if following.marker else True


def _heading_level(whole: str, *, numbered: bool) -> int:
    match = _HEADING_NUMBER.match(whole)
    if match:
        return 2 + match["numbers"].count(".") if match["numbers"] else (2 if match["roman"] else 3)
    if _CHAPTER.match(whole) or (whole.isupper() and len(whole) > 3):
        return 2
    return 3 if numbered else 2
