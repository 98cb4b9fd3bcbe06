"""Which format bytes are in: by content first, by name second."""

import re
from enum import StrEnum
from pathlib import PurePosixPath

from agents.errors import ArticleError

_FORMATS_HINT = "Give an article as text, Markdown, HTML, PDF or DOCX, or its http(s) address."
_BINARY = {
    b"\x89PNG": "a PNG picture",
    b"\xff\xd8\xff": "a JPEG picture",
    b"GIF8": "a GIF picture",
    b"\x7fELF": "a program",
    b"MZ": "a program",
    b"\x1f\x8b": "a gzip archive",
    b"BZh": "a bzip2 archive",
    b"\xfd7zXZ": "an xz archive",
    b"7z\xbc\xaf": "a 7z archive",
    b"Rar!": "a RAR archive",
    b"{\\rtf": "an RTF document",
    b"\xd0\xcf\x11\xe0": "an old Word, Excel or PowerPoint file",
    b"SQLite format 3": "a database",
    b"OggS": "a sound or film",
    b"ID3": "a sound",
}
_HTML = re.compile(
    rb"^\s*(?:<!--.*?-->\s*|<\?xml[^>]*>\s*)*<(?:!doctype\s+html|html|head|body|article|main|div|section|meta|script)\b",
    re.IGNORECASE | re.DOTALL,
)
_TAGS = re.compile(rb"</(?:p|div|a|span|li|td|h[1-6]|html|body|script)>", re.IGNORECASE)
_MARKDOWN = re.compile(
    r"^#{1,6} \S|^(?:---|\+\+\+)\s*$|^```|^>\s|\[[^\]\n]+\]\(\S+\)|\*\*[^*\n]+\*\*|^\[[^\]\n]+\]:\s"
    r"|^\|.*\|\s*$|^=+\s*$",
    re.MULTILINE,
)


class Format(StrEnum):
    """A format that can be read."""

    PLAIN = "plain"
    MARKDOWN = "markdown"
    HTML = "html"
    PDF = "pdf"
    DOCX = "docx"


def format_of(data: bytes, name: str, content_type: str = "") -> Format:
    """The format of `data`. Raises ArticleError for nothing at all and for formats that are no text."""
    if not data.strip(b" \t\r\n\x00\xef\xbb\xbf"):
        raise ArticleError(f"{name} is empty.", _FORMATS_HINT)
    head = data[:1024]
    if head.lstrip()[:5] == b"%PDF-" or b"%PDF-" in head:
        return Format.PDF
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return Format.DOCX
    for magic, what in _BINARY.items():
        if data.startswith(magic) and (len(magic) > 2 or b"\x00" in data[:4096]):
            raise ArticleError(f"{name} is {what}, not a text.", _FORMATS_HINT)
    sample = _as_text(data[:65536])
    suffix = PurePosixPath(name.replace("\\", "/")).suffix.lower()
    raw = sample.encode("utf-8", "replace")
    if _HTML.match(raw) or (
        (suffix in {".html", ".htm", ".xhtml"} or "html" in content_type) and _TAGS.search(raw)
    ):
        return Format.HTML
    if suffix in {".md", ".markdown", ".mdown", ".qmd"} or "markdown" in content_type:
        return Format.MARKDOWN
    return Format.MARKDOWN if len(_MARKDOWN.findall(sample)) >= 3 else Format.PLAIN


def _as_text(head: bytes) -> str:
    """Good enough to look for markup: the encoding proper is found later."""
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return head.decode("utf-16", "replace")
    if head.count(b"\x00") > len(head) // 5:
        return head.replace(b"\x00", b"").decode("latin-1")
    return head.decode("utf-8", "replace")
