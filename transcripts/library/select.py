"""Choosing among listed transcripts, and their order."""

import unicodedata
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from typing import Any, NamedTuple, get_args

from agents.argument.rules import Decision
from agents.errors import InputError
from transcripts.library.outline import Summary

DECISIONS = get_args(Decision)

ORDERS: dict[str, Callable[[Summary], Any] | None] = {
    "written": None,
    "date": lambda item: item.began,
    "title": lambda item: folded(item.title),
    "model": lambda item: folded(item.model),
    "status": lambda item: item.status,
}
"""What lists can be sorted by; `written` leaves the order in which they come, last written first."""


class Wanted(NamedTuple):
    """What a transcript must have to be listed; what is empty or None asks for nothing.

    `article` are words of its title and `model` a part of its model's name, case and accents aside;
    `decision` one that was taken on any recommendation; `since` when it began at the earliest, as `moment`
    writes it.
    """

    article: str = ""
    model: str = ""
    decision: str = ""
    since: str = ""


def moment(text: str) -> str:
    """A date or time as transcripts write it; without a zone it is the one of this machine.

    Raises InputError for what is not in ISO 8601.
    """
    try:
        at = datetime.fromisoformat(text).astimezone(UTC)
    except (ValueError, OverflowError) as error:
        raise InputError(
            f"{text[:40]!r} is no date.", "Write it like 2026-03-31 or 2026-03-31T14:00."
        ) from error
    return at.isoformat(timespec="milliseconds").replace("+00:00", "Z")


def select(listed: Iterable[Summary], wanted: Wanted, order: str = "written") -> list[Summary]:
    """Those of `listed` that are as wanted, sorted; equal ones, and with `written` all, stay as they come.

    What cannot be read stands last, and is left out when anything is asked for. Raises InputError for an
    unknown order or decision.
    """
    if order not in ORDERS:
        raise InputError(f"Lists cannot be sorted by {order[:40]!r}.", f"Sort by {', '.join(ORDERS)}.")
    if wanted.decision and wanted.decision not in DECISIONS:
        raise InputError(
            f"There is no decision {wanted.decision[:40]!r}.", f"Decisions are {', '.join(DECISIONS)}."
        )
    words = folded(wanted.article).split()
    model = folded(wanted.model)
    found = list(listed) if wanted == Wanted() else [x for x in listed if _fits(x, wanted, words, model)]
    key = ORDERS[order]
    if key is None:
        return found
    found.sort(key=key, reverse=order == "date")
    return sorted(found, key=lambda item: item.problem is not None)


def folded(text: str) -> str:
    """The text without case and accents."""
    if text.isascii():
        return text.lower()
    plain = unicodedata.normalize("NFKD", text)
    return "".join(letter for letter in plain if not unicodedata.combining(letter)).casefold()


def _fits(item: Summary, wanted: Wanted, words: list[str], model: str) -> bool:
    if item.problem is not None or item.began < wanted.since:
        return False
    if wanted.decision and wanted.decision not in item.decisions.values():
        return False
    if model and model not in folded(item.model):
        return False
    if not words:
        return True
    title = folded(item.title)
    return all(word in title for word in words)
