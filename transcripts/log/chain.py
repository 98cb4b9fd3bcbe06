"""One record, one line, chained to the line before by SHA-256.

A line is a JSON object whose last two keys are `prev`, the hash of the line before (GENESIS in the first),
and `hash`, the SHA-256 of the line's own bytes up to the comma before `"hash"`. A changed bit anywhere in
a line therefore shows in that very line. Only the standard library is used: lists of transcripts are
printed without loading anything heavier.
"""

import hashlib
import json
from typing import Any, NamedTuple, NoReturn

from agents.errors import TranscriptError

GENESIS = "0" * 64
SCHEMA = 2
"""Version of the record format that is written."""

MAX_LINE = 64 * 1024 * 1024
"""Longest line that is written or read, in bytes: an article of 48 MB in base64, or its text."""

_MARK = b',"hash":"'
_TAIL = len(_MARK) + 64 + len(b'"}')

Record = dict[str, Any]


class Line(NamedTuple):
    """A record that was read: `number` counts from 1, `offset` in bytes from 0, `hash` is its place in the chain.

    `version` is that of its file's format; the record is in the present one.
    """

    number: int
    record: Record
    hash: str
    offset: int
    version: int = SCHEMA


def seal(record: bytes, prev: str) -> tuple[bytes, str]:
    """`record`, a JSON object, as a chained line with its newline; and the hash to chain the next one to."""
    body = record[:-1] + b',"prev":"' + prev.encode() + b'"'
    digest = hashlib.sha256(body).hexdigest()
    return body + _MARK + digest.encode() + b'"}\n', digest


def unseal(raw: bytes, number: int, prev: str | None, name: str, offset: int = 0) -> Line:
    """The record of a line without its newline; `prev` is the hash of the line before, None if unknown.

    Raises TranscriptError naming file and line when the bytes are not those that were written.
    """
    body, mark, digest = raw[:-_TAIL], raw[-_TAIL : -_TAIL + len(_MARK)], raw[-_TAIL + len(_MARK) : -2]
    if not body or mark != _MARK or raw[-2:] != b'"}':
        raise _damaged(name, number, "it does not end as a record does")
    if hashlib.sha256(body).hexdigest().encode() != digest:
        raise _damaged(name, number, "its hash does not match its bytes")
    record = parse(raw, number, name)
    if prev is not None and record.get("prev") != prev:
        raise _damaged(
            name, number, "it does not follow the line before it; lines were removed, added or moved"
        )
    return Line(number, record, digest.decode(), offset)


def parse(raw: bytes, number: int, name: str) -> Record:
    """The JSON object in `raw`, from anybody: raises TranscriptError for everything that is not one."""
    try:
        record = json.loads(raw, parse_constant=_refuse_constant)
        if b"\\ud" in raw or b"\\uD" in raw:
            # Half of a surrogate pair, written as an escape, is no text: nothing could store or print it.
            json.dumps(record, ensure_ascii=False).encode()
    except (ValueError, RecursionError) as error:
        raise _damaged(name, number, f"it is not a JSON record ({type(error).__name__})") from error
    if not isinstance(record, dict):
        raise _damaged(name, number, "it is not a JSON object")
    return record


def _refuse_constant(constant: str) -> NoReturn:
    raise ValueError(f"{constant} is not JSON")


def _damaged(name: str, number: int, why: str) -> TranscriptError:
    return TranscriptError(
        f"Transcript {name} is damaged at line {number}: {why}.",
        "Restore the file from a copy; the lines before it are intact.",
    )
