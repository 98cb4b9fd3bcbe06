"""Where English phrases meet: agreement, lists, quotes."""

import re
from collections.abc import Sequence

_MARK = re.compile(r"\{([^{}|]*)\|([^{}|]*)\}")


def agree(phrase: str, gender: str, number: str) -> str:
    """`phrase` with its marks `{singular|plural}` resolved; English knows no gender here."""
    return _MARK.sub(lambda match: match[2] if number == "p" else match[1], phrase)


def of(phrase: str) -> str:
    """`of` before a noun phrase."""
    return f"of {phrase}"


def to(phrase: str) -> str:
    """`to` before a noun phrase or an infinitive."""
    return f"to {phrase}"


def that(clause: str) -> str:
    """`that` before a clause."""
    return f"that {clause}"


def join(items: Sequence[str]) -> str:
    """A list in words: "a, b and c"."""
    if len(items) < 2:
        return "".join(items)
    return f"{', '.join(items[:-1])} and {items[-1]}"


def quoted(words: str) -> str:
    """`words` between quotation marks."""
    return f"\u201c{words}\u201d"


def typeset(text: str) -> str:
    """English needs no special spaces."""
    return text
