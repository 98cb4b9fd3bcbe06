"""Bytes to text."""

import codecs
import re

from agents.errors import ArticleError

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_STATED = re.compile(r"charset\s*=\s*[\"']?\s*([\w.:-]+)", re.IGNORECASE)
_CANDIDATES = ["cp1252", "cp1256", "iso8859_15", "cp1250", "cp1251", "mac_roman", "iso8859_6"]
_CONTROL = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_ONLY_LATIN_9 = re.compile(rb"[\xa4\xa6\xa8\xb4\xb8\xbc\xbd\xbe]")
_ONLY_WINDOWS = re.compile(rb"[\x80-\x9f]")


def decoded(data: bytes, name: str, content_type: str = "") -> str:
    """`data` as text: by its byte order mark, as UTF-8, by what it states, or by what its letters look like.

    Raises ArticleError when it is no text in any encoding that can be told.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _checked(data, encoding, name)
    if wide := _wide(data):
        return _checked(data, wide, name)
    try:
        return _without_controls(data.decode("utf-8"), name)
    except UnicodeDecodeError:
        pass
    stated = _STATED.search(content_type) or _STATED.search(data[:2048].decode("latin-1"))
    if stated is not None and stated[1].lower() not in {"utf-8", "utf8"}:
        try:
            return _without_controls(data.decode(stated[1]), name)
        except (LookupError, UnicodeDecodeError):
            pass
    return _without_controls(_guessed(data, name), name)


def _wide(data: bytes) -> str:
    """UTF-16 without a mark: every other byte of Western text is zero, of Arabic text 6."""
    head = data[:4096]
    pairs = len(head) // 2
    if pairs < 4:
        return ""
    even, odd = head[0 : 2 * pairs : 2], head[1 : 2 * pairs : 2]
    for high, low, encoding in ((odd, even, "utf-16-le"), (even, odd, "utf-16-be")):
        plain = high.count(0) + high.count(6) + high.count(0x20)
        if plain > pairs * 0.7 and low.count(0) < pairs * 0.05 and high.count(0x20) < pairs * 0.2:
            return encoding
    return ""


def _guessed(data: bytes, name: str) -> str:
    from charset_normalizer import from_bytes  # noqa: PLC0415 - needed for old encodings only

    best = from_bytes(data, cp_isolation=_CANDIDATES).best()
    if best is None:
        raise ArticleError(
            f"{name} is not text in an encoding that can be told.",
            "Save it as UTF-8. Also read: UTF-16, Windows-1252, Windows-1256, ISO-8859-15.",
        )
    encoding = best.encoding
    if encoding in {"cp1252", "iso8859_15", "cp1250", "mac_roman"} and not _ONLY_WINDOWS.search(data):
        # Without the bytes that only Windows uses, letters that the two Latin encodings differ in decide.
        encoding = "iso8859_15" if _ONLY_LATIN_9.search(data) else "cp1252"
    return data.decode(encoding, "replace")


def _checked(data: bytes, encoding: str, name: str) -> str:
    try:
        return _without_controls(data.decode(encoding), name)
    except UnicodeDecodeError as error:
        raise ArticleError(
            f"{name} begins as {encoding.upper()} but is not: byte {error.start} does not fit.",
            "Save it as UTF-8.",
        ) from error


def _without_controls(text: str, name: str) -> str:
    if len(_CONTROL.findall(text[:20_000])) > max(2, len(text[:20_000]) // 200):
        raise ArticleError(
            f"{name} is a binary file, not a text.", "Give an article as text, Markdown, HTML, PDF or DOCX."
        )
    return text
