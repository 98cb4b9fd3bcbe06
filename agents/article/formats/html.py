"""HTML pages: trafilatura finds the article, this module keeps its structure and tells what was left out."""

import re
from collections.abc import Iterator
from datetime import date
from typing import Any

import trafilatura
from lxml import html as lxml_html

from agents.article.block import Block, Draft, Kind, clean_lines, one_line
from agents.article.formats.limits import Refused, allow
from agents.article.model import Dropped

_SECONDS_PER_MEGABYTE = 6
_UNSEEN = "//script|//style|//noscript|//template|//svg|//iframe|//object"
_HIDDEN = (
    "//*[@hidden or @aria-hidden='true' or @role='dialog' or @role='alertdialog' or @aria-modal='true'"
    " or contains(translate(@style, ' ', ''), 'display:none')]"
)
_TEXT_BLOCKS = "//p|//li|//h1|//h2|//h3|//h4|//h5|//h6|//td|//a|//label|//button|//blockquote|//figcaption"
_REASONS = (
    (re.compile(r"cookie|consent|gdpr|rgpd", re.IGNORECASE), "cookie notice"),
    (re.compile(r"comment|respond|disqus", re.IGNORECASE), "comments"),
    (
        re.compile(r"related|recommend|popular|trending|more-|similar|latest|recent", re.IGNORECASE),
        "related articles",
    ),
    (re.compile(r"share|social|sharedaddy", re.IGNORECASE), "share buttons"),
    (
        re.compile(r"newsletter|subscri|login|signup|register|modal|popup", re.IGNORECASE),
        "subscription notice",
    ),
    (re.compile(r"\bnav|menu|breadcrumb|ticker|header|topbar", re.IGNORECASE), "menu"),
    (re.compile(r"foot|copyright|legal", re.IGNORECASE), "page footer"),
    (re.compile(r"side|widget|aside|banner|\bad", re.IGNORECASE), "side column"),
)
_NUMBERED = re.compile(r"^(?P<number>\(?\d{1,3}[.)]|[a-z][.)])\s+(?=\S)")
_BULLETED = re.compile(r"^[-–—•·*▪■●]\s+(?=\S)")
_BOLD_LINES = "//p[strong or b][not(ancestor::li or ancestor::td or ancestor::th or ancestor::blockquote)]"
_HEADING_NUMBER = re.compile(r"(?P<numbers>\d{1,2}(?:\.\d{1,2}){0,3})\.?\s")
_CLOSED = re.compile(r"[.!…;؛,،:]\W*$")
_HEADING_WORDS = 16
_MOST_DROPPED = 400


def read_html(text: str) -> Draft:
    """The article of a page. Raises Refused when the page has no text."""
    allow(3 + _SECONDS_PER_MEGABYTE * len(text) / 2**20)
    tree = lxml_html.fromstring(text.encode("utf-8"), parser=lxml_html.HTMLParser(encoding="utf-8"))
    stated = _stated_language(tree)
    dropped = list(_remove_unseen(tree))
    _raise_bold_lines(tree)
    rest = _visible(tree)
    page = trafilatura.bare_extraction(
        tree, include_comments=False, include_tables=True, include_formatting=False, with_metadata=True
    )
    if page is None or isinstance(page, dict):
        raise Refused("broken", "is a page without an article's text.")
    blocks = tuple(_blocks(page.body))
    kept = " ".join(_words(block.text) for block in blocks)
    for piece, reason in rest:
        if len(dropped) < _MOST_DROPPED and _words(piece) not in kept:
            dropped.append(Dropped(text=piece, reason=reason))
    return Draft(
        blocks=blocks,
        title=one_line(clean_lines(page.title or "")),
        published=date.fromisoformat(page.date[:10]) if page.date else None,
        language=stated,
        dropped=tuple(dict.fromkeys(dropped)),
    )


def _stated_language(tree: Any) -> str:
    return str(tree.get("lang") or "")[:2].lower()


def _remove_unseen(tree: Any) -> Iterator[Dropped]:
    """Take out what no reader of the page sees, unless it is most of the page."""
    for element in tree.xpath(_UNSEEN):
        element.drop_tree()
    whole = len(_words(tree.text_content()))
    for element in tree.xpath(_HIDDEN):
        if element.getparent() is None:
            continue
        text = one_line(clean_lines(element.text_content()))
        if len(_words(text)) < whole / 2:
            element.drop_tree()
            if text:
                yield Dropped(text=text, reason="hidden part of the page")


def _raise_bold_lines(tree: Any) -> None:
    """Make headings of the paragraphs that are all bold and read like headings."""
    for element in tree.xpath(_BOLD_LINES):
        text = one_line(clean_lines(element.text_content()))
        bold = "".join(one.text_content() for one in element.xpath("./strong|./b"))
        if (
            0 < len(text.split()) <= _HEADING_WORDS
            and not _CLOSED.search(text)
            and _words(bold) == _words(element.text_content())
        ):
            number = _HEADING_NUMBER.match(text)
            element.tag = "h6" if number and "." in number["numbers"] else "h5"


def _visible(tree: Any) -> list[tuple[str, str]]:
    """Pieces of the page's text with what they would be if they are not of the article."""
    pieces: dict[str, str] = {}
    for element in tree.xpath(_TEXT_BLOCKS):
        text = one_line(clean_lines(element.text_content()))
        if text and text not in pieces:
            pieces[text] = _reason(element)
    return list(pieces.items())


def _reason(element: Any) -> str:
    for ancestor in (element, *element.iterancestors()):
        names = f"{ancestor.tag} {ancestor.get('class', '')} {ancestor.get('id', '')}"
        for pattern, reason in _REASONS:
            if pattern.search(names):
                return reason
    return "outside the article"


def _blocks(body: Any) -> Iterator[Block]:
    for element in body:
        yield from _block(element, 0)


def _block(element: Any, depth: int) -> Iterator[Block]:
    tag = element.tag
    if tag == "head":
        level = str(element.get("rend") or "h2")[1:]
        yield from _one(Kind.HEADING, element, int(level) if level.isdigit() else 2)
    elif tag == "list":
        yield from _list(element, depth)
    elif tag == "table":
        for row in element.iter("row"):
            cells = [_text(cell) for cell in row.iter("cell")]
            if any(cells):
                yield Block(Kind.ROW, " | ".join(cells))
    elif tag in {"quote", "div"} and len(element):
        yield from _mixed(element, depth)
    elif tag not in {"graphic", "lb"}:
        yield from _paragraphs(element, depth)


def _mixed(element: Any, depth: int) -> Iterator[Block]:
    """A block that holds others: its own words first, then theirs."""
    if element.text and element.text.strip():
        yield Block(Kind.PARAGRAPH, one_line(clean_lines(element.text)))
    for child in element:
        yield from _block(child, depth)
        if child.tail and child.tail.strip():
            yield Block(Kind.PARAGRAPH, one_line(clean_lines(child.tail)))


def _list(element: Any, depth: int) -> Iterator[Block]:
    ordered = element.get("rend") == "ol"
    for number, item in enumerate(element.iterchildren("item"), 1):
        marker = f"{number}." if ordered else "-"
        nested = [child for child in item if child.tag == "list"]
        text = _text(item, without=("list",))
        if text:
            yield _item(text, depth, marker)
        for child in nested:
            yield from _list(child, depth + 1 if text else depth)


def _paragraphs(element: Any, depth: int) -> Iterator[Block]:
    """A paragraph, or several where line breaks set off a list written by hand."""
    lists = [child for child in element if child.tag == "list"]
    lines = [line for line in _lines(element) if line]
    handmade = sum(1 for line in lines if _NUMBERED.match(line) or _BULLETED.match(line)) > 1
    for text in lines if handmade or len(lines) > 1 else [" ".join(lines)]:
        if match := _NUMBERED.match(text) or _BULLETED.match(text):
            marker = match.groupdict().get("number") or "-"
            yield (
                Block(Kind.ITEM, text[match.end() :], depth, marker)
                if handmade or marker == "-"
                else Block(Kind.PARAGRAPH, text)
            )
        elif text:
            yield Block(Kind.PARAGRAPH, text)
    for child in lists:
        yield from _list(child, depth)


def _item(text: str, depth: int, marker: str) -> Block:
    if match := _NUMBERED.match(text):
        return Block(Kind.ITEM, text[match.end() :], depth, match["number"])
    if match := _BULLETED.match(text):
        return Block(Kind.ITEM, text[match.end() :], depth, "-")
    return Block(Kind.ITEM, text, depth, marker)


def _one(kind: Kind, element: Any, level: int) -> Iterator[Block]:
    if text := _text(element):
        yield Block(kind, text, level)


def _text(element: Any, without: tuple[str, ...] = ()) -> str:
    return one_line(" ".join(part for part in _lines(element, without) if part))


def _lines(element: Any, without: tuple[str, ...] = ("list",)) -> list[str]:
    """The text of an element, cut at its line breaks."""
    parts: list[str] = []

    def gather(node: Any) -> None:
        parts.append(node.text or "")
        for child in node:
            if child.tag == "lb":
                parts.append("\x00")
            elif child.tag == "p" and child is not element:
                parts.append("\x00")
                gather(child)
            elif child.tag not in without:
                gather(child)
            parts.append(child.tail or "")

    gather(element)
    return [
        one_line(clean_lines(" ".join(line.split()) if line else "")) for line in "".join(parts).split("\x00")
    ]


def _words(text: str) -> str:
    return "".join(text.split())
