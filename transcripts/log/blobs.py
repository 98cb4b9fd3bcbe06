"""Texts and bytes that are stored once, by the SHA-256 of their bytes."""

import binascii
import hashlib
import json
from base64 import b64decode, b64encode
from typing import Any

from agents.errors import TranscriptError
from transcripts.log.record import Blob, Time


def canonical(value: Any) -> str:
    """The one JSON text of a value: keys sorted, no blanks, no escapes beyond JSON's own."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False)


def digest(content: bytes) -> str:
    """SHA-256 in hexadecimal."""
    return hashlib.sha256(content).hexdigest()


def blob(content: bytes, time: Time) -> Blob:
    """The record that stores `content`: as text when it is UTF-8, else in base64."""
    name = f"blob/{digest(content)}"
    try:
        return Blob(id=name, time=time, text=content.decode("utf-8"))
    except UnicodeDecodeError:
        return Blob(id=name, time=time, base64=b64encode(content).decode("ascii"))


def content(record: Blob, name: str) -> bytes:
    """What a blob holds. Raises TranscriptError when it is not what its id says."""
    try:
        found = (
            record.text.encode() if record.text is not None else b64decode(record.base64 or "", validate=True)
        )
    except (UnicodeEncodeError, binascii.Error) as error:
        raise TranscriptError(f"Transcript {name}: {record.id[:80]} cannot be decoded.") from error
    if record.id != f"blob/{digest(found)}":
        raise TranscriptError(f"Transcript {name}: {record.id[:80]} holds something else than its id says.")
    return found


def stored_json(content: bytes) -> Any:
    """The value that `canonical` made into `content`. Raises ValueError when it is not JSON."""
    return json.loads(content)
