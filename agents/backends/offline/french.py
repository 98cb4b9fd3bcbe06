"""Where French phrases meet: elision, contraction, agreement, lists, quotes."""

import re
from collections.abc import Sequence

_VOWEL = re.compile(
    r"[aeiouyàâäéèêëîïôöùûüœæ]|h(?!aut|asard|aus|éros|ors|ub|all\b|ache|and|onte)", re.IGNORECASE
)
_MARK = re.compile(r"\{([^{}|]*)\|([^{}|]*)(?:\|([^{}|]*)\|([^{}|]*))?\}")
_SPACE = "\u00a0"
_BEFORE_STOPS = re.compile(r" (?=[:;?!»])")


def agree(phrase: str, gender: str, number: str) -> str:
    """`phrase` with its marks `{singular|plural}` or `{m.s.|f.s.|m.pl.|f.pl.}` resolved."""

    def form(match: re.Match[str]) -> str:
        a, b, c, d = match.groups()
        if c is None:
            return b if number == "p" else a
        return {"ms": a, "fs": b, "mp": c, "fp": d}[gender + number]

    return _MARK.sub(form, phrase)


def of(phrase: str) -> str:
    """`de` before a noun phrase or an infinitive."""
    for article, contracted in (("les ", "des "), ("le ", "du "), ("des ", None)):
        if phrase.startswith(article):
            rest = phrase[len(article) :]
            return contracted + rest if contracted else of(rest)
    return f"d'{phrase}" if _VOWEL.match(phrase) else f"de {phrase}"


def to(phrase: str) -> str:
    """`à` before a noun phrase or an infinitive."""
    for article, contracted in (("les ", "aux "), ("le ", "au ")):
        if phrase.startswith(article):
            return contracted + phrase[len(article) :]
    return f"à {phrase}"


def that(clause: str) -> str:
    """`que` before a clause."""
    return f"qu'{clause}" if _VOWEL.match(clause) else f"que {clause}"


def join(items: Sequence[str]) -> str:
    """A list in words: "a, b et c"."""
    if len(items) < 2:
        return "".join(items)
    return f"{', '.join(items[:-1])} et {items[-1]}"


def quoted(words: str) -> str:
    """`words` between guillemets; guillemets inside become double quotation marks outside the source."""
    return f"«{_SPACE}{words}{_SPACE}»"


def typeset(text: str) -> str:
    """No-break spaces before double punctuation."""
    return _BEFORE_STOPS.sub(_SPACE, text)
