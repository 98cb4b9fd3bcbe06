"""Numbers of a text with their magnitude and unit, in French, English, Spanish and Arabic.

Values are in base units: "400 millions d'euros" is 4e8 EUR, "1 GW" 1e9 W, "3 km" 3000 m. Units are
`percent`, `point` (of percentage), ISO 4217 codes of currencies, `year` for a calendar year and `years`,
`months`, `weeks`, `days`, `hours`, `minutes` for durations, `hectare`, `m`, `m2`, `m3`, `tonne`, `W`, `Wh`,
`celsius`, `byte`, the counted things `person`, `job`, `company`, `site`, `country`, `dwelling`, and ""
when none is said.
"""

import re
import unicodedata
from typing import NamedTuple

from agents.article import units


class FoundFigure(NamedTuple):
    """A number as written at `start`:`end` of its text, with its value in base units of `unit`."""

    text: str
    value: float
    unit: str
    start: int
    end: int


class _Number(NamedTuple):
    start: int
    end: int
    written: str
    value: float


_SPACE = "[ \u00a0\u202f\u2009]"
_NUMBER = re.compile(
    rf"(?<![^\W\u0621-\u064a])(?<![.,/٫٬-])(?:\d{{1,3}}(?:{_SPACE}\d{{3}})+(?!\d)(?:[.,]\d+)?|\d+(?:[.,٫٬'’]\d+)*)(?!\d)"
)
_FOREIGN_DIGIT = re.compile(r"(?![0-9])\d")
_WORD_BEFORE_SPACE = re.compile(r"\w+(?= )")
_SIGN_BEFORE = re.compile(r"(?:US ?\$|\$ ?US|[€$£¥₡])\s?$")
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
    small = units.small_numbers(language)
    numbers += [
        _Number(m.start(), m.end(), m.group(), float(small[m.group().lower()]))
        for m in _WORD_BEFORE_SPACE.finditer(western)
        if m.group().lower() in small and units.scale_pattern(language).match(western, m.end())
    ]
    found: list[tuple[_Number, FoundFigure]] = []
    for number in sorted(numbers):
        before = found[-1][1].end if found else 0
        figure = _figure(text, western, number, language, before)
        if figure is not None:
            found.append((number, figure))
    return _with_range_units(found, western)


def _figure(text: str, western: str, number: _Number, language: str, before: int) -> FoundFigure | None:
    """The figure that `number` makes with what stands around it; what stands before `before` is taken."""
    start, end, written, value = number
    scale, unit, factor, stop = 1.0, "", 1.0, end
    sign = _SIGN_BEFORE.search(western, max(before, start - 5), start)
    if sign is not None:
        start, unit = sign.start(), units.SYMBOLS[sign.group().replace(" ", "").strip()]
    magnitude = units.magnitude_pattern(language).match(western, stop)
    if magnitude is not None:
        scale, stop = units.magnitudes(language)[magnitude["magnitude"].lower()], magnitude.end()
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
    if after[:1].isalnum() or (after[:1] == "-" and after[1:2].isalnum()):
        return True
    if named:
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
    """Give the first number of a range ("10 à 15 %", "from 5 to 7 million") what is said of the second only."""
    figures = [figure for _, figure in found]
    for position in range(len(figures) - 2, -1, -1):
        low, high = figures[position], figures[position + 1]
        if low.unit or high.unit in {"", "year"} or not _RANGE.fullmatch(western, low.end, high.start):
            continue
        bare = found[position + 1][0].value
        scale = high.value / bare if bare else 1.0
        value = low.value * scale if low.value <= bare else low.value
        figures[position] = low._replace(value=_rounded(value), unit=high.unit)
    return figures


def _western(text: str) -> str:
    """`text` with every decimal digit written 0-9, at the same offsets; other marks stay."""
    if text.isascii():
        return text
    return _FOREIGN_DIGIT.sub(lambda match: str(unicodedata.decimal(match[0])), text).replace("٪", "%")
