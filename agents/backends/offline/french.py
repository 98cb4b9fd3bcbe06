"""Where French phrases meet: elision, contraction, agreement, lists, quotes."""

import re
from collections.abc import Sequence

_VOWEL = re.compile(
    r"[aeiouyàâäéèêëîïôöùûüœæ]|h(?!aut|asard|aus|éros|ors|ub|all\b|ache|and|onte)", re.IGNORECASE
)
_MARK = re.compile(r"\{([^{}|]*)\|([^{}|]*)(?:\|([^{}|]*)\|([^{}|]*))?\}")
_PRONOUNS = r"(?:(?:ne|y|en|les?|la|leur|lui|se)\s|[nls]')*"
_VERB = r"\w*(?:er|ir|[dtv]re|clure|[^\Wao]ire|faire|taire)\b"
_INFINITIVE = re.compile(_PRONOUNS + _VERB)
_LINKED = re.compile(rf"(,\s(?:et\s)?|\s(?:et|ou)\s)({_PRONOUNS})({_VERB})")
_UNDER = re.compile(rf"(?:\b(?:pour|à|de|sans)\s|\bd'){_PRONOUNS}{_VERB}")
_MADE = re.compile(r"\bfaire \w+$")
_NO_VERB = frozenset(
    "contre entre autre outre notre votre leur salaire dispensaire étranger premier dernier entier hiver "
    "papier chantier atelier métier quartier fer mer pouvoir avenir centre titre registre maire affaire".split()
)
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
    return f"à {_repeated(phrase) if _INFINITIVE.match(phrase) else phrase}"


def _repeated(phrase: str) -> str:
    """`à` again before each further infinitive that depends on it, not on a verb in between."""

    def linked(match: re.Match[str]) -> str:
        join, pronouns, verb = match.groups()
        before = phrase[: match.start()]
        if verb in _NO_VERB or (", et" not in join and (_UNDER.search(before) or _MADE.search(before))):
            return match[0]
        return f"{join}à {pronouns}{verb}"

    return _LINKED.sub(linked, phrase)


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
