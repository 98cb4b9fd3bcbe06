"""A difference between two debates in one line."""

from typing import Any

from transcripts.compare.compare import Change


def line(change: Change) -> str:
    """One difference: what about it, what it was and what it is."""
    about = [change.recommendation, change.role, change.what.replace("_", " ")]
    before, after = change.before, change.after
    if isinstance(before, dict) and isinstance(after, dict):
        # The last value is the one that changes; those before it say of what.
        *named, last = after
        about += [str(after[name]) for name in named]
        before, after = before[last], after[last]
    return f"{' '.join(filter(None, about))}: {value(before)} → {value(after)}"


def value(told: Any) -> str:
    """One side of a difference."""
    if isinstance(told, dict):
        return " ".join(str(part) for part in told.values() if part is not None)
    return "–" if told is None else str(told)
