"""Text of others, made fit for a document: visible characters only, escaped, well set."""

import re
import unicodedata

_DIRECTION_MARKS = frozenset("\u200c\u200d\u200e\u200f")
"""Joiners and marks that letters need in some scripts; they cannot reorder what surrounds them."""

_SPACES = re.compile(r" {2,}")
_SPECIAL = re.compile(r"([\\`*_\[\]<>|&~$#^@])")
_BLOCK = re.compile(r"^(\d*)([-+=.)])(?=\s|$|[-=])")
_LINK = re.compile(r"(?<=\w)(:)(?=//)|(?<=www)(\.)|(:)(?=[\w+-]+:)", re.IGNORECASE)
_OUTSIDE_QUOTES = re.compile(r"(«[^»]*»)|(?<=\w)'(?=\w)")
_URL = re.compile(r"https?://[A-Za-z0-9.-]+(?::\d+)?(?:/[A-Za-z0-9._~%!$&'*+,;=:@/?#-]*)?")

_NARROW = "\u202f"
_WIDE = "\u00a0"


def plain(text: str) -> str:
    """`text` on one line, without control, format and direction-override characters."""
    if text.replace(_NARROW, "").replace(_WIDE, "").isprintable():
        return _SPACES.sub(" ", text).strip()
    kept = (
        " " if character.isspace() and character not in _NARROW + _WIDE else character
        for character in text
        if character in _DIRECTION_MARKS
        or character.isspace()
        or unicodedata.category(character) not in {"Cc", "Cf", "Cs", "Co", "Cn"}
    )
    return _SPACES.sub(" ", "".join(kept)).strip()


def escape(text: str) -> str:
    """`text` as Markdown that shows just that text: no markup, HTML, link or block can come of it."""
    escaped = _SPECIAL.sub(r"\\\1", plain(text))
    escaped = _BLOCK.sub(r"\1\\\2", escaped)
    return _LINK.sub(lambda found: f"\\{found[0]}", escaped)


def typeset(text: str, language: str) -> str:
    """`text` as a typographer of the language sets it: no-break spaces for plain ones, curved apostrophes.

    No word is changed, and what stands between guillemets keeps its apostrophes: it may be a quotation.
    """
    if language == "fr":
        text = re.sub(r" (?=[;!?»%])", _NARROW, text)
        text = re.sub(r" (?=:)", _WIDE, text)
        text = re.sub(r"« ", f"«{_WIDE}", text)
    if language != "ar":
        text = _OUTSIDE_QUOTES.sub(lambda found: found[1] or "’", text)
    text = re.sub(r"(?<=\d) (?=\d{3}\b)", _NARROW, text)
    return re.sub(r"(?<=\d) (?=(?:[kMGT]?Wh?|MMDH|MDH|€|\$|m²|m³|km|ha|t)\b|€)", _WIDE, text)


def quoted(text: str, language: str) -> str:
    """`text` in the quotation marks of the language."""
    if language == "fr":
        return f"«{_WIDE}{text}{_WIDE}»"
    return f"“{text}”" if language == "en" else f"«{text}»"


def address(source: str) -> str:
    """A source as Markdown: a link when it is a plain web address, else its escaped text."""
    text = plain(source)
    return f"<{text}>" if _URL.fullmatch(text) else escape(text)
