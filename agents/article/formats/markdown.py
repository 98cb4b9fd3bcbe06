"""Markdown, with front matter, footnotes and definition lists, read by markdown-it."""

import re
from collections.abc import Iterator, Sequence
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

_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_TAG = re.compile(r"</?[a-zA-Z][^<>]*>")
_INLINE_NOTE = re.compile(r"\s?\^\[(?:[^\[\]]|\[[^\[\]]*\])*\]")
_ATTRIBUTES = re.compile(r"(?<=[)\]\w`*])\s?\{[#.:\w\s=\"'%-]*\}")
_TEX = re.compile(r"^\\[a-zA-Z]+(?:\{[^}]*\})*\s*$|^\\\s*$", re.MULTILINE)
_NUMBERED_TERM = re.compile(r"^(?P<number>\(?\d{1,3}[.)]?)\s+(?=\S)")
_TITLE_KEYS = ("title", "titre", "título", "titulo", "العنوان")
_DATE_KEYS = ("date", "published", "publié", "fecha", "created", "publishdate")
_LANGUAGE_KEYS = ("lang", "language", "langue", "idioma")


def read_markdown(text: str) -> Draft:
    """Take Markdown apart; links leave their text, images, notes and markup go."""
    source = _TEX.sub("", _COMMENT.sub("", clean_lines(text)))
    source = _ATTRIBUTES.sub("", _INLINE_NOTE.sub("", source))
    parser = MarkdownIt("commonmark").enable("table").use(front_matter_plugin)
    parser.use(footnote_plugin).use(deflist_plugin)
    tokens = parser.parse(source)
    front = next((token.content for token in tokens if token.type == "front_matter"), "")
    stated = _stated(front)
    return Draft(
        blocks=tuple(_blocks(tokens)),
        title=_first_text(stated, _TITLE_KEYS),
        published=date_in(_first_text(stated, _DATE_KEYS)),
        language=_first_text(stated, _LANGUAGE_KEYS)[:2].lower(),
        dropped=(Dropped(text=front, reason="front matter"),) if front else (),
    )


def _stated(front: str) -> dict[str, Any]:
    try:
        stated = yaml.safe_load(front) if front else None
    except yaml.YAMLError:
        return {}
    return {str(key).lower(): value for key, value in stated.items()} if isinstance(stated, dict) else {}


def _first_text(stated: dict[str, Any], keys: Sequence[str]) -> str:
    for key in keys:
        value = stated.get(key)
        if value is not None and not isinstance(value, list | dict):
            return one_line(str(value))
    return ""


def _blocks(tokens: Sequence[Token]) -> Iterator[Block]:
    depth = -1
    counters: list[int | None] = []
    marker, level, row = "", 0, None
    inside: list[str] = []
    for token in tokens:
        kind = token.type
        if kind in {"footnote_block_open", "dt_open", "heading_open"}:
            inside.append(kind)
        elif kind in {"footnote_block_close", "dt_close", "heading_close"}:
            inside.pop()
        if "footnote_block_open" in inside:
            continue
        if kind in {"bullet_list_open", "ordered_list_open"}:
            depth += 1
            counters.append(int(token.attrGet("start") or 1) if kind.startswith("ordered") else None)
        elif kind in {"bullet_list_close", "ordered_list_close"}:
            depth -= 1
            counters.pop()
        elif kind == "list_item_open":
            number = counters[-1]
            marker = "-" if number is None else f"{number}."
            counters[-1] = None if number is None else number + 1
        elif kind == "heading_open":
            level = int(token.tag[1:])
        elif kind == "tr_open":
            row = []
        elif kind == "tr_close":
            if row and any(row):
                yield Block(Kind.ROW, " | ".join(row))
            row = None
        elif kind == "inline":
            text = _inline(token)
            if row is not None:
                row.append(text)
                continue
            if not text:
                continue
            if "heading_open" in inside:
                yield Block(Kind.HEADING, text, level)
            elif "dt_open" in inside and (match := _NUMBERED_TERM.match(text)):
                yield Block(Kind.ITEM, text[match.end() :], 0, match["number"])
            elif marker:
                yield Block(Kind.ITEM, text, max(depth, 0), marker)
                marker = ""
            else:
                yield Block(Kind.PARAGRAPH, text)
        elif kind in {"fence", "code_block"} and (text := one_line(token.content)):
            yield Block(Kind.PARAGRAPH, text)


def _inline(token: Token) -> str:
    parts: list[str] = []
    for child in token.children or ():
        if child.type in {"text", "code_inline"}:
            parts.append(child.content)
        elif child.type in {"softbreak", "hardbreak"}:
            parts.append(" ")
        elif child.type == "html_inline" and not _TAG.fullmatch(child.content):
            parts.append(child.content)
    return one_line("".join(parts))
