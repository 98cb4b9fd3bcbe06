"""Magnitudes, currencies and units as written in four languages."""

import csv
import re
from collections.abc import Iterable
from functools import cache
from importlib.resources import files

_THOUSAND, _MILLION, _MILLIARD, _BILLION = 1e3, 1e6, 1e9, 1e12

_MAGNITUDES: dict[str, dict[str, float]] = {
    "fr": {
        "milliers": _THOUSAND,
        "mille": _THOUSAND,
        "millions": _MILLION,
        "million": _MILLION,
        "mln": _MILLION,
        "milliards": _MILLIARD,
        "milliard": _MILLIARD,
        "mds": _MILLIARD,
        "mrd": _MILLIARD,
        "mmdh": _MILLIARD,
        "md": _MILLIARD,
        "mdh": _MILLION,
        "kdh": _THOUSAND,
        "billions": _BILLION,
        "billion": _BILLION,
    },
    "en": {
        "thousand": _THOUSAND,
        "million": _MILLION,
        "millions": _MILLION,
        "mn": _MILLION,
        "billion": _MILLIARD,
        "billions": _MILLIARD,
        "bn": _MILLIARD,
        "trillion": _BILLION,
        "trillions": _BILLION,
        "tn": _BILLION,
    },
    "es": {
        "mil millones": _MILLIARD,
        "miles de millones": _MILLIARD,
        "millardos": _MILLIARD,
        "mil": _THOUSAND,
        "millones": _MILLION,
        "millón": _MILLION,
        "mill.": _MILLION,
        "billones": _BILLION,
        "billón": _BILLION,
    },
    "ar": {
        "ألفا": _THOUSAND,
        "ألف": _THOUSAND,
        "الف": _THOUSAND,
        "آلاف": _THOUSAND,
        "مليونا": _MILLION,
        "مليون": _MILLION,
        "ملايين": _MILLION,
        "مليارا": _MILLIARD,
        "مليار": _MILLIARD,
        "مليارات": _MILLIARD,
        "تريليون": _BILLION,
        "ترليون": _BILLION,
    },
}

SYMBOLS = {
    "€": "EUR",
    "US$": "USD",
    "$US": "USD",
    "C$": "CAD",
    "A$": "AUD",
    "R$": "BRL",
    "$": "USD",
    "£": "GBP",
    "¥": "JPY",
    "₡": "CRC",
    "DH": "MAD",
    "DHS": "MAD",
    "FCFA": "XOF",
} | {
    code: code
    for code in "AED AUD BRL CAD CHF CNY CRC DZD EGP EUR GBP JPY MAD MXN SAR TND USD XOF ZAR".split()
}
"""Currency signs and codes that may stand before the number."""
CODES = tuple(sign for sign in SYMBOLS if sign.isalpha())
SHORT_MAGNITUDES = {
    "k": _THOUSAND,
    "m": _MILLION,
    "mn": _MILLION,
    "b": _MILLIARD,
    "bn": _MILLIARD,
    "md": _MILLIARD,
    "mds": _MILLIARD,
    "mrd": _MILLIARD,
    "tn": _BILLION,
}
"""Magnitudes of one or two letters; only a currency beside them tells them from metres."""
DIRHAMS = {"mdh": _MILLION, "mmdh": _MILLIARD, "kdh": _THOUSAND}
"""Magnitudes that say their currency."""

_PERCENT = r"pour[ -]cent|per ?cent|por ciento|في المئة|في المائة|بالمئة|بالمائة|في المية|بالمية"

_LINK = "[ \u00a0\u202f\u2009-]?(?:(?:de|of|من) |d['’])?"


@cache
def _units() -> list[tuple[str, float, str, str]]:
    """Canonical unit, factor to base units, symbols and words; symbols keep their case, words do not."""
    with (files("agents.article") / "units.csv").open(encoding="utf-8") as lines:
        return [
            (row["unit"], float(row["factor"]), row["symbols"], row["words"]) for row in csv.DictReader(lines)
        ]


@cache
def unit_pattern() -> re.Pattern[str]:
    """Any unit as it may follow a number; the name of the group that matched goes to `unit_of`."""
    written = (
        f"(?P<u{position}>" + "|".join(part for part in (symbols, words and f"(?i:{words})") if part) + ")"
        for position, (_, _, symbols, words) in enumerate(_units())
    )
    return re.compile(rf"{_LINK}(?:{'|'.join(written)})(?![^\W_])")


def unit_of(group: str) -> tuple[str, float]:
    """The canonical unit and its factor for a group of `unit_pattern`."""
    unit, factor, _, _ = _units()[int(group[1:])]
    return unit, factor


@cache
def magnitude_pattern(language: str) -> re.Pattern[str]:
    """A word of magnitude as it may follow a number."""
    return re.compile(
        rf"[ \u00a0\u202f\u2009-]?(?P<magnitude>{_alternatives(magnitudes(language))})(?![^\W_])",
        re.IGNORECASE,
    )


@cache
def scale_pattern(language: str) -> re.Pattern[str]:
    """A magnitude or a percentage as it may follow a small number in words ("two millions", "five per cent")."""
    return re.compile(rf" (?:{_alternatives(magnitudes(language))}|{_PERCENT})(?!\w)", re.IGNORECASE)


_MONTH_NAMES = (
    "janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre|décembre|january|february|march|april|may|"
    "june|july|august|september|october|november|december|enero|febrero|marzo|abril|mayo|junio|julio|agosto|septiembre|"
    "setiembre|octubre|noviembre|diciembre|يناير|فبراير|مارس|أبريل|ماي|مايو|يونيو|يوليوز|يوليو|غشت|أغسطس|شتنبر|سبتمبر|"
    "أكتوبر|نونبر|نوفمبر|دجنبر|ديسمبر"
)
_DAYS = r"\s*(?:to|-|–|au|al|y|et|and|إلى)\s*"
MONTH = re.compile(
    rf"(?:{_DAYS}\d{{1,2}})?(?:er|st|nd|rd|th)?\s+(?:of |de )?(?:{_MONTH_NAMES})(?![^\W\d_])", re.IGNORECASE
)
"""A month as it follows its day, or the first of two days."""
MONTH_BEFORE = re.compile(rf"(?<!\w)(?:{_MONTH_NAMES})\s+(?:\d{{1,2}}{_DAYS})?$", re.IGNORECASE)
"""A month as it precedes its day, or the second of two days."""


@cache
def magnitudes(language: str) -> dict[str, float]:
    """Words of magnitude; those of the language read first ("billion" is 1e12 in French, 1e9 in English)."""
    known: dict[str, float] = {}
    for one in (language, "en", "fr", "es", "ar"):
        for word, value in _MAGNITUDES.get(one, {}).items():
            known.setdefault(word, value)
    return known


def decimal_mark(language: str) -> str:
    """The mark before decimals; the other of "." and "," groups thousands."""
    return "," if language in {"fr", "es"} else "."


def _alternatives(words: Iterable[str]) -> str:
    """A regular expression for any of `words`, the longest first."""
    return "|".join(re.escape(word) for word in sorted(words, key=lambda word: (-len(word), word)))
