"""Numbers of a text with their magnitude and unit, in French, English, Spanish and Arabic.

Values are in base units: "400 millions d'euros" is 4e8 EUR, "1 GW" 1e9 W, "3 km" 3000 m. Units are
`percent`, `point` (of percentage), ISO 4217 codes of currencies, `year` for a calendar year and `years`,
`months`, `weeks`, `days`, `hours`, `minutes` for durations, `hectare`, `m`, `m2`, `m3`, `tonne`, `W`, `Wh`,
`celsius`, `byte`, the counted things `person`, `job`, `company`, `site`, `country`, `dwelling`, and ""
when none is said. A part of a whole is a percentage: "a third of homes" is 33.3 percent. Whether a change goes
up or down is left to the words: "-3,2 %" is 3.2 percent.
"""

import re
import unicodedata
from functools import cache
from typing import NamedTuple

from agents.article import units
from agents.article.number_words import ARABIC_DUALS, number_words
from agents.article.shares import FoundFigure, shares_in


class _Number(NamedTuple):
    start: int
    end: int
    written: str
    value: float


_SPACE = "[ \u00a0\u202f\u2009]"
_SHARED = r"\d+(?:[.,]\d+)? ?(?:%|million|billion|bn|per ?cent|pour cent|por ciento)"
_RANGED = rf"(?<=\d[-–])(?={_SHARED})|(?<=(?:19|20)\d\d[-–])(?=(?:19|20)\d\d)"
_CODED = "|".join(rf"(?<={code})" for code in units.CODES)
_NUMBER = re.compile(
    rf"(?:(?<![^\W\u0621-\u064a])(?<![.,/٫٬-])|{_RANGED}|{_CODED}|(?<![\w.,/-]-)(?<=-)|(?<=−))(?:\d{{1,3}}(?:{_SPACE}\d{{3}})+(?!\d)(?:[.,]\d+)?|\d+(?:[.,٫٬'’]\d+)*)(?!\d)"
)
_FOREIGN_DIGIT = re.compile(r"(?![0-9])\d")
_SIGN_BEFORE = re.compile(
    rf"(?:US ?\$|\$ ?US|(?<![A-Za-z])[CAR]\$|[€$£¥₡]|(?<![^\W\d_])(?:{'|'.join(units.CODES)}))\s?[-–−]?$",
    re.IGNORECASE,
)
_SHORT_MAGNITUDE = re.compile(
    rf" ?(?P<magnitude>{'|'.join(sorted(units.SHORT_MAGNITUDES, key=len, reverse=True))})(?![^\W_])",
    re.IGNORECASE,
)
_SHORT_BEFORE_SIGN = re.compile(r" ?(?P<magnitude>k|M|Md|Mds|Mrd|bn|mn)[   ]?(?P<sign>[€$£])(?![^\W_])")
_YEAR = re.compile(r"(?:19|20)\d\d")
_REFERENCE = re.compile(
    r"(?:(?<!\w)(?:articles?|art\.?|n[°ºo]s?\.?|no\.?|numéros?|number|loi|law|act|ley|décrets?|decreto|directive|directriz|"
    r"règlement|regulation|sections?|chapitres?|chapters?|capítulos?|pages?|pp?\.|páginas?|figures?|tableaux?|"
    r"tables?|tablas?|annexes?|iso|recomm[ae]ndations?|recomendaci(?:ón|ones)|propositions?|axes?|version|covid|agenda)|"
    r"المادة|القانون|رقم|الصفحة|الجدول|التوصية)"
    r"[ \u00a0\u202f-]*(?:n[°ºo]\.?[ \u00a0]*)?$",
    re.IGNORECASE,
)
_RANGE = re.compile(
    r"\s*(?:à|a|au|-|–|—|to|and|et|y|e|ou|or|o|إلى|الى|و|حتى)\s*(?:les |los |el )?", re.IGNORECASE
)
_BESIDE_SIGN = re.compile(r"[\s–−-]")
_RANGE_AFTER = re.compile(rf"[-–]{_SHARED}", re.IGNORECASE)
_DUAL = re.compile(
    rf"(?<![\w٫.,])(?<!\d )(?:{'|'.join(sorted(ARABIC_DUALS, key=len, reverse=True))})(?=\s\w)"
)
_DATE_AFTER = re.compile(r" ?[-/.] ?\d{1,2} ?[-/.] ?\d{2,4}")
_DATE_BEFORE = re.compile(r"\d ?[-/] ?$")
_CLOCK_OR_MARKER = re.compile(r" ?[:/]\d|[.)] ")


def figures_in(text: str, language: str = "") -> list[FoundFigure]:
    """The figures of `text` in order.

    `language` (ISO 639-1) says how an ambiguous "1.200" or "billion" reads.

    Left out are ordinals, days of a date, clock times, numbers of articles, pages and sections, list markers,
    and digits that are part of a name (COVID-19, 5G, ISO 27001).
    """
    western = _western(text)
    numbers = [
        _Number(m.start(), m.end(), m.group(), _value(m.group(), language)) for m in _NUMBER.finditer(western)
    ]
    numbers += _in_words(western, language)
    found: list[tuple[_Number, FoundFigure]] = []
    for number in sorted(numbers, key=lambda one: (one.start, -one.end)):
        before = found[-1][1].end if found else 0
        if number.start < before:
            continue
        figure = _figure(text, western, number, language, before)
        if figure is not None:
            found.append((number, figure))
    ranged = _with_range_units(found, western)
    return sorted([*ranged, *shares_in(western, text, ranged, language)], key=lambda one: one.start)


def _in_words(western: str, language: str) -> list[_Number]:
    """The numbers in words that a magnitude or a percentage follows; Arabic duals are both in one."""
    known = number_words(language)
    scale = units.scale_pattern(language)
    found = [
        _Number(match.start(), match.end(), match.group(), known[match.group().lower()])
        for match in _words_pattern(language).finditer(western)
        if scale.match(western, match.end())
    ]
    if language == "ar":
        found += [
            _Number(match.start(), match.end(), match.group(), ARABIC_DUALS[match.group()])
            for match in _DUAL.finditer(western)
        ]
    return found


@cache
def _words_pattern(language: str) -> re.Pattern[str]:
    words = sorted(number_words(language), key=lambda word: (-len(word), word))
    return re.compile(rf"(?<![\w-])(?:{'|'.join(map(re.escape, words))})(?![\w-])", re.IGNORECASE)


def _figure(text: str, western: str, number: _Number, language: str, before: int) -> FoundFigure | None:
    """The figure that `number` makes with what stands around it; what stands before `before` is taken."""
    start, end, written, value = number
    scale, unit, factor, stop = 1.0, "", 1.0, end
    sign = _SIGN_BEFORE.search(western, max(before, start - 6), start)
    if sign is not None:
        start, unit = (
            sign.start(),
            units.SYMBOLS[_BESIDE_SIGN.sub("", sign.group()).upper()],
        )
    magnitude = units.magnitude_pattern(language).match(western, stop)
    short = (
        _SHORT_MAGNITUDE.match(western, stop) if sign is not None else _SHORT_BEFORE_SIGN.match(western, stop)
    )
    if magnitude is not None:
        scale, stop = units.magnitudes(language)[magnitude["magnitude"].lower()], magnitude.end()
        unit = "MAD" if magnitude["magnitude"].lower() in units.DIRHAMS else unit
    elif short is not None:
        scale, stop = units.SHORT_MAGNITUDES[short["magnitude"].lower()], short.end()
        unit = unit or units.SYMBOLS[short["sign"]]
    measure = units.unit_pattern().match(western, stop)
    if measure is not None and measure.lastgroup is not None and not unit:
        (unit, factor), stop = units.unit_of(measure.lastgroup), measure.end()
    if _YEAR.fullmatch(written) and (not unit or (measure is not None and measure.group().strip() == "ha")):
        if western[end : end + 1].isalpha():
            return None
        if magnitude is None:
            return FoundFigure(text[start:end], value, "year", start, end)
    elif _is_name(western, start, end, stop, named=bool(unit) or magnitude is not None):
        return None
    return FoundFigure(text[start:stop], _rounded(value * scale * factor), unit, start, stop)


def _is_name(western: str, start: int, end: int, stop: int, *, named: bool) -> bool:
    """Whether the digits name something (a law, a page, a day, an ordinal) instead of counting it."""
    after = western[stop : stop + 24]
    if after[:1].isalnum() or (after[:1] in "-–" and after[1:2].isalnum() and not _RANGE_AFTER.match(after)):
        return True
    if named or _RANGE_AFTER.match(after):
        return False
    before = western[max(0, start - 32) : start]
    short = end - start <= 2
    if short and (units.MONTH.match(after) or units.MONTH_BEFORE.search(before) or _DATE_AFTER.match(after)):
        return True
    if _DATE_BEFORE.search(before) and end - start <= 4:
        return True
    if short and (match := _CLOCK_OR_MARKER.match(after)) and (start == 0 or match.group()[-1].isdigit()):
        return True
    return _REFERENCE.search(before) is not None


def _value(written: str, language: str) -> float:
    plain = re.sub(rf"{_SPACE}|['’]", "", written)
    plain = plain.replace("٬", "").replace("٫", ".") if "٬" in plain or "٫" in plain else plain
    last_dot, last_comma = plain.rfind("."), plain.rfind(",")
    if last_dot >= 0 and last_comma >= 0:
        decimal = "." if last_dot > last_comma else ","
        plain = plain.replace("," if decimal == "." else ".", "")
        return _decimal(plain.replace(decimal, "."))
    mark = "." if last_dot >= 0 else "," if last_comma >= 0 else ""
    if not mark:
        return float(plain)
    groups = plain.split(mark)
    thousands = all(len(group) == 3 for group in groups[1:]) and 1 <= len(groups[0]) <= 3 and groups[0] != "0"
    if thousands and (len(groups) > 2 or mark != units.decimal_mark(language)):
        return float("".join(groups))
    return _decimal(plain.replace(mark, "."))


def _decimal(plain: str) -> float:
    whole, *rest = plain.split(".")
    return float(whole + "." + "".join(rest)) if rest else float(whole)


def _rounded(value: float) -> float:
    return float(f"{value:.12g}")


def _with_range_units(found: list[tuple[_Number, FoundFigure]], western: str) -> list[FoundFigure]:
    """Give one number of a range what is said of the other only: "10 à 15 %", "from 5 to 7 million", "$2-3bn"."""
    figures = [figure for _, figure in found]
    for position in range(len(figures) - 2, -1, -1):
        low, high = figures[position], figures[position + 1]
        unit = high.unit or (low.unit if low.unit in units.SYMBOLS.values() else "")
        if unit in {"", "year"} or low.unit not in {"", unit}:
            continue
        if not _RANGE.fullmatch(western, low.end, high.start):
            continue
        bare, bare_low = found[position + 1][0].value, found[position][0].value
        scale = high.value / bare if bare else 1.0
        value = low.value * scale if low.value == bare_low <= bare else low.value
        figures[position] = low._replace(value=_rounded(value), unit=unit)
        figures[position + 1] = high._replace(unit=unit)
    return figures


def _western(text: str) -> str:
    """`text` with every decimal digit written 0-9, at the same offsets; other marks stay."""
    if text.isascii():
        return text
    return _FOREIGN_DIGIT.sub(lambda match: str(unicodedata.decimal(match[0])), text).replace("٪", "%")
