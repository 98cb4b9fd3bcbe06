"""Markdown, with front matter, footnotes, definition lists and tags, read by markdown-it."""

import re
from collections.abc import Sequence
from html import unescape
from typing import Any

import yaml
from markdown_it import MarkdownIt
from markdown_it.token import Token
from mdit_py_plugins.deflist import deflist_plugin
from mdit_py_plugins.footnote import footnote_plugin
from mdit_py_plugins.front_matter import front_matter_plugin

from agents.article.block import Block, Draft, Kind, clean_lines, one_line
from agents.article.dates import date_in
from agents.article.model import Dropped

_TAGS = re.compile(r"(</?[a-zA-Z][a-zA-Z0-9]*(?:[\s/][^<>]*)?>)")
_TAG_NAME = re.compile(r"[a-zA-Z][a-zA-Z0-9]*")
_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
_BREAKING = _HEADINGS | frozenset(
    ("p", "div", "br", "li", "tr", "blockquote", "section", "article", "summary", "figcaption", "dt", "dd")
)
_TAG = re.compile(r"</?[a-zA-Z][^<>]*>")
_INLINE_NOTE = re.compile(r"\s?\^\[(?:[^\[\]]|\[[^\[\]]{0,300}\]){0,600}\]")
_ATTRIBUTES = re.compile(r"(?<=[)\]\w`*])\s?\{[#.:][#.:\w\s=\"'%-]*\}|(?<=\))\{[\w\s=\"'%-]*\}")
_TEX = re.compile(r"^\\[a-zA-Z]+(?:\{[^}]*\})*\s*$|^\\\s*$", re.MULTILINE)
_GENERATOR = re.compile(r"\{\{[<%]?.{0,200}?[>%]?\}\}|\{%.{0,200}?%\}", re.DOTALL)
_FENCED_DIV = re.compile(r"^:{3,}.*$|^(?:!!!|\?\?\?\+?) \w+.*$", re.MULTILINE)
_BARE_FRONT = re.compile(r"\A(?:[A-Za-zÀ-ÿ][\w -]{1,24}:[ \t]+\S.*\n(?:[ \t]+\S.*\n)*){2,}\n")
_HEADING_NUMBER = re.compile(r"(?P<numbers>\d{1,2}(?:\.\d{1,2}){0,3})\.?\s")
_CLOSED = re.compile(r"[.!…;؛,،:]\W*$")
_HEADING_WORDS = 16
_BOLD_LEVEL = 5
_NUMBERED_TERM = re.compile(r"^(?P<number>\(?\d{1,3}[.)]?)\s+(?=\S)")
_TITLE_KEYS = ("title", "titre", "título", "titulo", "العنوان")
_DATE_KEYS = ("date", "published", "publié", "fecha", "created", "publishdate", "التاريخ")
_LANGUAGE_KEYS = ("lang", "language", "langue", "idioma")


def read_markdown(text: str) -> Draft:
    """Take Markdown apart; links leave their text, while images, notes, tags and markup go."""
    source = clean_lines(text)
    front = ""
    if match := _BARE_FRONT.match(source):
        front, source = match.group(), source[match.end() :]
    source = _without_comments(source)
    for pattern in (_TEX, _INLINE_NOTE, _ATTRIBUTES, _GENERATOR, _FENCED_DIV):
        source = pattern.sub("", source)
    parser = MarkdownIt("commonmark").enable("table").use(front_matter_plugin)
    builder = _Builder()
    for token in parser.use(footnote_plugin).use(deflist_plugin).parse(source):
        builder.take(token)
    front = front or builder.front
    stated = _stated(front)
    return Draft(
        blocks=tuple(builder.blocks),
        title=_first_text(stated, _TITLE_KEYS),
        published=date_in(_first_text(stated, _DATE_KEYS)),
        language=_first_text(stated, _LANGUAGE_KEYS)[:2].lower(),
        dropped=(Dropped(text=front, reason="front matter"),) if front else (),
    )


def _without_comments(source: str) -> str:
    kept: list[str] = []
    position = 0
    while (start := source.find("<!--", position)) >= 0 and (end := source.find("-->", start)) >= 0:
        kept.append(source[position:start])
        position = end + 3
    return "".join(kept) + source[position:].replace("<!--", "")


def _stated(front: str) -> dict[str, Any]:
    try:
        stated = yaml.safe_load(front) if front else None
    except yaml.YAMLError:
        stated = dict(line.split(":", 1) for line in front.splitlines() if ":" in line)
    return (
        {str(key).strip().lower(): value for key, value in stated.items()} if isinstance(stated, dict) else {}
    )


def _first_text(stated: dict[str, Any], keys: Sequence[str]) -> str:
    for key in keys:
        value = stated.get(key)
        if value is not None and not isinstance(value, list | dict):
            return one_line(clean_lines(str(value))).strip("\"'")
    return ""


class _Builder:
    """Makes blocks of a stream of tokens."""

    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self.front = ""
        self._open: list[Token] = []
        self._counts: list[int | None] = []
        self._marker = ""
        self._row: list[str] | None = None
        self._bold = False

    def take(self, token: Token) -> None:
        """Add what `token` contributes."""
        if token.nesting > 0:
            self._open.append(token)
            self._enter(token)
        elif token.nesting < 0:
            self._open.pop()
            self._leave(token)
        elif token.type == "front_matter":
            self.front = token.content
        elif self._within("footnote_block_open"):
            return
        elif token.type == "inline":
            self._bold = _is_bold(token)
            self._text(_inline(token))
        elif token.type == "html_block":
            self.blocks += _Tags(deeper=len(self._counts)).read(token.content)
        elif token.type in {"fence", "code_block"}:
            self._text(one_line(token.content))

    def _enter(self, token: Token) -> None:
        if token.type in {"bullet_list_open", "ordered_list_open"}:
            self._counts.append(
                int(token.attrGet("start") or 1) if token.type.startswith("ordered") else None
            )
        elif token.type == "list_item_open":
            number = self._counts[-1]
            self._marker = "-" if number is None else f"{number}."
            self._counts[-1] = None if number is None else number + 1
        elif token.type == "tr_open":
            self._row = []

    def _leave(self, token: Token) -> None:
        if token.type in {"bullet_list_close", "ordered_list_close"}:
            self._counts.pop()
        elif token.type == "tr_close":
            if self._row and any(self._row):
                self.blocks.append(Block(Kind.ROW, " | ".join(self._row)))
            self._row = None

    def _within(self, name: str) -> Token | None:
        return next((token for token in reversed(self._open) if token.type == name), None)

    def _text(self, text: str) -> None:
        if self._row is not None:
            self._row.append(text)
        elif not text:
            return
        elif heading := self._within("heading_open"):
            self.blocks.append(Block(Kind.HEADING, text, int(heading.tag[1:])))
        elif self._within("dt_open") and (match := _NUMBERED_TERM.match(text)):
            self.blocks.append(Block(Kind.ITEM, text[match.end() :], 0, match["number"]))
        elif self._marker:
            self.blocks.append(Block(Kind.ITEM, text, max(len(self._counts) - 1, 0), self._marker))
            self._marker = ""
        elif level := self._headed(text):
            self.blocks.append(Block(Kind.HEADING, text, level))
        else:
            self.blocks.append(Block(Kind.PARAGRAPH, text))

    def _headed(self, text: str) -> int:
        """The level of a paragraph that is all bold and reads like a heading; 0 for any other."""
        if not self._bold or len(text.split()) > _HEADING_WORDS or _CLOSED.search(text) or self._counts:
            return 0
        number = _HEADING_NUMBER.match(text)
        return _BOLD_LEVEL + (number["numbers"].count(".") if number else 0)


def _is_bold(token: Token) -> bool:
    """Whether all the words of a paragraph are strong."""
    depth = 0
    for child in token.children or ():
        depth += child.nesting if child.type.startswith("strong") else 0
        if not depth and child.content.strip():
            return False
    return True


def _inline(token: Token) -> str:
    parts: list[str] = []
    note = False
    for child in token.children or ():
        if child.type == "link_open":
            note = str(child.attrGet("href") or "").startswith("#")
        elif child.type == "link_close":
            note = False
        elif note and child.content.strip("[]()").isdigit():
            continue  # the mark of a note
        elif child.type in {"text", "code_inline"}:
            parts.append(child.content)
        elif child.type in {"softbreak", "hardbreak"}:
            parts.append(" ")
        elif child.type == "html_inline" and not _TAG.fullmatch(child.content):
            parts.append(child.content)
    return one_line("".join(parts))


class _Tags:
    """The blocks of a stretch of HTML inside Markdown."""

    def __init__(self, deeper: int) -> None:
        self._blocks: list[Block] = []
        self._kind, self._level, self._marker = Kind.PARAGRAPH, 0, ""
        self._depth = deeper - 1
        self._parts: list[str] = []
        self._silent = False

    def read(self, source: str) -> list[Block]:
        """All blocks of `source`. Broken tags are taken for words; nothing is looked for beyond the next "<"."""
        for position, part in enumerate(_TAGS.split(source)):
            if position % 2:
                closing = part.startswith("</")
                name = _TAG_NAME.search(part)
                assert name is not None, "a tag begins with its name"
                self._tag(name.group().lower(), closing=closing)
            elif not self._silent:
                self._parts.append(unescape(part))
        self._end()
        return self._blocks

    def _tag(self, tag: str, *, closing: bool) -> None:
        if tag in {"script", "style"}:
            self._silent = not closing
        elif tag in {"ul", "ol"}:
            self._end()
            self._depth += -1 if closing else 1
        elif tag in {"td", "th"}:
            self._parts.append(" ")
        elif tag in _BREAKING and (closing or self._kind is not Kind.ITEM or "".join(self._parts).strip()):
            self._end()
        if closing:
            return
        if tag == "li":
            self._end()
            self._kind, self._level, self._marker = Kind.ITEM, max(self._depth, 0), "-"
        elif tag in _HEADINGS:
            self._kind, self._level, self._marker = Kind.HEADING, int(tag[1]), ""

    def _end(self) -> None:
        text = one_line(" ".join("".join(self._parts).split("\n")))
        if text:
            self._blocks.append(Block(self._kind, text, self._level, self._marker))
        if text or self._kind is Kind.HEADING:
            self._kind, self._level, self._marker = Kind.PARAGRAPH, 0, ""
        self._parts = []
