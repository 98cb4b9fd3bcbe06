"""Older versions of the record format, brought up to the present one step by step.

A step turns a record of one version into one of the next; it sees every record of a file, the header first.
Files are never rewritten: the chain is checked on what is on disk, then the record is brought up.
"""

from collections.abc import Callable
from typing import NamedTuple

from transcripts.log.chain import SCHEMA, Line, Record


class Step(NamedTuple):
    """From version `of` to the next one. `name` says what changed."""

    of: int
    name: str
    change: Callable[[Record], Record]


def _the_chair(record: Record) -> Record:
    """Version 2 has records of what the chair did; a debate of version 1 had nobody in the chair."""
    return record | {"schema": 2} if record.get("kind") == "header" else record


STEPS = (Step(1, "the_chair", _the_chair),)
"""Every step, in the order of versions."""

READABLE = (*(step.of for step in STEPS), SCHEMA)
"""Versions of the record format that can be read."""


def upgraded(record: Record, version: int) -> Record:
    """A record of a file of `version` as a record of the present version."""
    for step in STEPS:
        if step.of >= version:
            record = step.change(record)
    return record


def upgraded_line(line: Line, version: int) -> Line:
    """The same for a line that was read."""
    if version == SCHEMA:
        return line
    return line._replace(record=upgraded(line.record, version), version=version)
