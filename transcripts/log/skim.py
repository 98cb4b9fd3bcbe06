"""Going through a log quickly: each line is checked against its hash and the line before, few are parsed."""

import hashlib
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

from pydantic import ValidationError

from agents.errors import TranscriptError
from transcripts.log.chain import GENESIS, MAX_LINE, SCHEMA, parse, unseal
from transcripts.log.read import check_version
from transcripts.log.record import RECORD, AnyRecord, from_line
from transcripts.log.upgrade import upgraded_line

_BEGINNING = re.compile(rb'\{(?:"schema":\d+,)?"kind":"([a-z_]+)","id":"([^"\\]*)"')
_END = len(b',"hash":"' + GENESIS.encode() + b'"}\n')


class Passed(NamedTuple):
    """A record that nobody wanted to read."""

    kind: str
    id: str


def skim(path: Path, wants: Callable[[str, str], bool]) -> Iterator[AnyRecord | Passed]:
    """The records of a log whose kind and id are wanted, the others only by these; a torn last line is left out.

    Raises TranscriptError when the file cannot be read, is of an unknown version, or has a damaged line.
    """
    name, prev, offset, version = path.name, GENESIS, 0, SCHEMA
    try:
        with path.open("rb") as file:
            for number, raw in enumerate(iter(lambda: file.readline(MAX_LINE + 1), b""), 1):
                if not raw.endswith(b"\n"):
                    if len(raw) > MAX_LINE:
                        raise TranscriptError(
                            f"Transcript {name}: line {number} is longer than {MAX_LINE} bytes."
                        )
                    return
                if number == 1:
                    version = check_version(parse(raw, 1, name), name)
                digest = hashlib.sha256(raw[:-_END]).hexdigest()
                if raw[-_END:] != b',"hash":"%b"}\n' % digest.encode() or not raw[:-_END].endswith(
                    b',"prev":"%b"' % prev.encode()
                ):
                    unseal(raw[:-1], number, prev, name, offset)  # says what is wrong, if anything is
                yield _skimmed(raw, wants) or _read(raw, number, name, version)
                prev, offset = digest, offset + len(raw)
    except OSError as error:
        raise TranscriptError(f"Transcript {path} cannot be read: {error.strerror}.") from error


def _skimmed(raw: bytes, wants: Callable[[str, str], bool]) -> Passed | None:
    begins = _BEGINNING.match(raw)
    if begins is None:
        return None
    kind, id_ = begins[1].decode(), begins[2].decode("utf-8", "replace")
    return None if wants(kind, id_) else Passed(kind, id_)


def _read(raw: bytes, number: int, name: str, version: int) -> AnyRecord:
    if version == SCHEMA:
        try:
            return RECORD.validate_json(raw)
        except ValidationError:
            pass  # what follows says which key does not hold
    return from_line(upgraded_line(unseal(raw[:-1], number, None, name), version), name)
