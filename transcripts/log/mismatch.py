"""Saying how a request differs from the one that was recorded."""

from collections.abc import Mapping
from itertools import zip_longest
from typing import Any

from agents.errors import TapeMismatch
from transcripts.log.blobs import canonical, stored_json
from transcripts.log.fingerprint import Fingerprint
from transcripts.log.record import Asked

_FORK = "To hold the debate under the new conditions: jemaa fork, which copies every turn that still holds."
_SHOWN = 60


def missing(address: str, name: str) -> TapeMismatch:
    """A turn that is asked for and was not recorded."""
    return TapeMismatch(
        f"Transcript {name} holds no reply at {address}.",
        "An unfinished debate goes on with: jemaa resume. A changed one: jemaa fork.",
        address=address,
    )


def different(asked: Asked, now: Fingerprint, blobs: Mapping[str, bytes], name: str) -> TapeMismatch:
    """A recorded turn whose request is another one today."""
    pairs: list[tuple[str, str | None, str | None]] = [
        ("model configuration", asked.config, now.config),
        ("reply schema", asked.reply_schema, now.schema),
    ]
    parts = enumerate(zip_longest(asked.parts, now.parts), 1)
    pairs += [(f"prompt part {number}", was, is_) for number, (was, is_) in parts]
    differences = tuple(
        (_named(what, before, after), before, after)
        for what, was, is_ in pairs
        if was != is_
        for before, after in [(_text(blobs, was), _text(now.contents, is_))]
    )
    changed = ", ".join(what for what, _, _ in differences) or "fingerprint"
    return TapeMismatch(
        f"The request at {asked.address} is not the one that transcript {name} answers: {changed} differs.",
        _FORK,
        address=asked.address,
        differences=differences,
    )


def recomputed(record_id: str, was: str, now: str, name: str) -> TapeMismatch:
    """A derived record that comes out differently today from the same turns."""
    differences = ((record_id, was, now),)
    return TapeMismatch(
        f"{record_id} is computed otherwise today than transcript {name} has it.",
        _FORK,
        address=record_id,
        differences=differences,
    )


def _text(blobs: Mapping[str, bytes], key: str | None) -> str:
    return "" if key is None else blobs.get(key, b"").decode("utf-8", "replace")


def _named(what: str, was: str, now: str) -> str:
    """The part of a request with what a reader knows it by: changed settings, the heading of changed lines."""
    if what == "model configuration":
        changed = _settings(was, now)
        return f"{what} ({', '.join(changed)})" if changed else what
    heading = ""
    for before, after in zip_longest(was.splitlines(), now.splitlines()):
        if before == after and before.startswith("# "):
            heading = before[2:]
        elif before != after:
            break
    return f"{what} ({heading[:_SHOWN]})" if heading else what


def _settings(was: str, now: str) -> list[str]:
    try:
        before, after = stored_json(was.encode()), stored_json(now.encode())
    except (ValueError, RecursionError):
        return []
    if not isinstance(before, dict) or not isinstance(after, dict):
        return []
    return [
        f"{key[:_SHOWN]} {_value(before, key)}, now {_value(after, key)}"
        for key in sorted({*before, *after})
        if before.get(key) != after.get(key)
    ]


def _value(settings: Mapping[str, Any], key: str) -> str:
    return canonical(settings[key])[:_SHOWN] if key in settings else "not set"
