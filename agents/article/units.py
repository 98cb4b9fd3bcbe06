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

_SMALL: dict[str, dict[str, int]] = {
    "fr": {
        word: number
        for number, words in enumerate(
            [
                "un,une",
                "deux",
                "trois",
                "quatre",
                "cinq",
                "six",
                "sept",
                "huit",
                "neuf",
                "dix",
                "onze",
                "douze",
                "treize",
                "quatorze",
                "quinze",
            ],
            1,
        )
        for word in words.split(",")
    }
    | {"vingt": 20, "trente": 30, "quarante": 40, "cinquante": 50, "soixante": 60, "cent": 100},
    "en": {
        word: number
        for number, word in enumerate(
            [
                "one",
                "two",
                "three",
                "four",
                "five",
                "six",
                "seven",
                "eight",
                "nine",
                "ten",
                "eleven",
                "twelve",
                "thirteen",
                "fourteen",
                "fifteen",
            ],
            1,
        )
    }
    | {"twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "hundred": 100},
    "es": {
        word: number
        for number, words in enumerate(
            [
                "un,una",
                "dos",
                "tres",
                "cuatro",
                "cinco",
                "seis",
                "siete",
                "ocho",
                "nueve",
                "diez",
                "once",
                "doce",
            ],
            1,
        )
        for word in words.split(",")
    }
    | {"quince": 15, "veinte": 20, "treinta": 30, "cuarenta": 40, "cincuenta": 50, "cien": 100},
    "ar": {
        "ثلاثة": 3,
        "أربعة": 4,
        "خمسة": 5,
        "ستة": 6,
        "سبعة": 7,
        "ثمانية": 8,
        "تسعة": 9,
        "عشرة": 10,
        "عشرين": 20,
        "عشرون": 20,
        "مائة": 100,
        "مئة": 100,
    },
}

SYMBOLS = {"€": "EUR", "US$": "USD", "$US": "USD", "$": "USD", "£": "GBP", "¥": "JPY", "₡": "CRC"}
"""Currency signs that may stand before the number."""

_PERCENT = r"pour[ -]cent|per ?cent|por ciento|في المئة|في المائة|بالمئة|بالمائة|في المية|بالمية"

_LINK = "[ \u00a0\u202f\u2009]?(?:(?:de|of|من) |d['’])?"


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


@cache
def small_numbers(language: str) -> dict[str, int]:
    """Numbers written as words; all languages together when `language` is not one of the four."""
    if language in _SMALL:
        return _SMALL[language]
    return {word: number for one in sorted(_SMALL) for word, number in _SMALL[one].items()}


def decimal_mark(language: str) -> str:
    """The mark before decimals; the other of "." and "," groups thousands."""
    return "," if language in {"fr", "es"} else "."


def _alternatives(words: Iterable[str]) -> str:
    """A regular expression for any of `words`, the longest first."""
    return "|".join(re.escape(word) for word in sorted(words, key=lambda word: (-len(word), word)))
