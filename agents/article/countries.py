"""Which countries a text is about: their names and demonyms, as the text's language writes them."""

import csv
import re
from collections import Counter
from functools import cache
from importlib.resources import files

from agents.article.recommend.cues import straightened

_LANGUAGES = ("ar", "en", "es", "fr")
_WORD = re.compile(r"[^\W\d_]+(?:['.-][^\W\d_]+)*\.?")
_ELISION = re.compile(r"^(?:[lLdDjJmMnNsStTcC]|[qQ]u)'")
_ARABIC_PREFIX = re.compile("^(?:[وف]?(?:[بك]ال|ال|لل)|[وفبكل])(?=\\w{3})")
_ARABIC_ENDINGS = ("", "ة", "ون", "ين", "ات", "ا")
_HEAD_WORDS = 60
_HEAD_BONUS = 2
_ENOUGH = 3
_WORDS_FOR_ONE = 1_000

# The longest first: (words of the form, country, whether a capital is needed), by first word in lower case.
_Forms = dict[str, list[tuple[tuple[str, ...], str, bool]]]


def countries_in(text: str, language: str) -> tuple[str, ...]:
    """ISO 3166-1 alpha-2 codes of the countries that `text` is about, most spoken of first.

    A country counts that is named three times, a mention in the first lines for two more, and at least once
    in a thousand words; a name in passing does not.
    """
    forms = _forms(language if language in _LANGUAGES else "en")
    words = [_ELISION.sub("", word) for word in _WORD.findall(straightened(text))]
    keys = [_key(word, language) for word in words]
    counts: Counter[str] = Counter()
    early: set[str] = set()
    for position, key in enumerate(keys):
        country = _country_at(position, words, keys, forms.get(key, ()))
        if country:
            counts[country] += 1
            if position < _HEAD_WORDS:
                early.add(country)
    weight = {code: count + _HEAD_BONUS * (code in early) for code, count in counts.items()}
    about = [
        code
        for code, count in counts.items()
        if count * _WORDS_FOR_ONE >= len(words) and weight[code] >= _ENOUGH
    ]
    return tuple(sorted(about, key=lambda code: (-weight[code], code)))


def names_country(text: str, language: str) -> bool:
    """Whether straightened `text` names a country."""
    forms = _forms(language if language in _LANGUAGES else "en")
    words = [_ELISION.sub("", word) for word in _WORD.findall(text)]
    keys = [_key(word, language) for word in words]
    return any(_country_at(position, words, keys, forms.get(key, ())) for position, key in enumerate(keys))


def _country_at(
    position: int,
    words: list[str],
    keys: list[str],
    forms: "list[tuple[tuple[str, ...], str, bool]] | tuple[()]",
) -> str:
    for form, country, capital in forms:
        if tuple(keys[position : position + len(form)]) == form and (
            not capital or words[position][0].isupper()
        ):
            return country
    return ""


def _key(word: str, language: str) -> str:
    if language != "ar":
        return word.lower().rstrip(".").replace(".", "")
    return _ARABIC_PREFIX.sub("", word)


@cache
def _forms(language: str) -> _Forms:
    forms: _Forms = {}
    with (files("agents.article") / "countries.csv").open(encoding="utf-8") as lines:
        for row in csv.DictReader(lines):
            written = [(name, True) for name in row[f"names_{language}"].split("|")]
            for demonym in filter(None, row[f"demonyms_{language}"].split("|")):
                written += [(form, language == "en") for form in _inflected(demonym, language)]
            for text, capital in written:
                form = tuple(_key(word, language) for word in _WORD.findall(straightened(text)))
                if form:
                    forms.setdefault(form[0], []).append((form, row["code"], capital and language != "ar"))
    for candidates in forms.values():
        candidates.sort(key=lambda one: (-len(one[0]), one[1]))
    return forms


def _inflected(demonym: str, language: str) -> list[str]:
    if language == "fr":
        feminine = demonym + (
            "ne" if demonym.endswith(("en", "éen")) else "" if demonym.endswith("e") else "e"
        )
        plural = demonym if demonym.endswith("s") else demonym + "s"
        return [demonym, plural, feminine, feminine + "s"]
    if language == "es":
        if demonym.endswith("o"):
            return [demonym[:-1] + ending for ending in ("o", "a", "os", "as")]
        if demonym.endswith(("és", "án")):
            stem = demonym[:-2] + ("es" if demonym.endswith("és") else "an")
            return [demonym, stem + "a", stem + "es", stem + "as"]
        if demonym.endswith(("l", "n")):
            return [demonym + ending for ending in ("", "a", "es", "as")]
        return [demonym, demonym + "s", demonym + "es"]
    if language == "ar":
        return [demonym + ending for ending in _ARABIC_ENDINGS]
    return [demonym, demonym + "s"]
