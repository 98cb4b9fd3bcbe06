"""Dates as articles write them."""

import re
import unicodedata
from datetime import date

_MONTHS = {
    1: "janvier january enero jan janv ene يناير كانون_الثاني جانفي",
    2: "février fevrier february febrero feb févr fév فبراير شباط فيفري",
    3: "mars march marzo mar مارس آذار",
    4: "avril april abril apr avr abr أبريل ابريل نيسان أفريل",
    5: "mai may mayo مايو ماي أيار",
    6: "juin june junio jun يونيو حزيران جوان",
    7: "juillet july julio jul juil يوليو يوليوز تموز جويلية",
    8: "août aout august agosto aug ago أغسطس غشت آب أوت",
    9: "septembre september septiembre setiembre sep sept سبتمبر شتنبر أيلول",
    10: "octobre october octubre oct أكتوبر اكتوبر تشرين_الأول",
    11: "novembre november noviembre nov نوفمبر نونبر تشرين_الثاني",
    12: "décembre decembre december diciembre dec déc dic ديسمبر دجنبر كانون_الأول",
}
MONTH_OF = {name.replace("_", " "): month for month, names in _MONTHS.items() for name in names.split()}
_NAMES = "|".join(sorted((re.escape(name) for name in MONTH_OF), key=len, reverse=True))
_DAY_FIRST = re.compile(
    rf"(?<![\d/])(?P<day>\d{{1,2}})(?:er|st|nd|rd|th|º)?\s*(?:of\s+|de\s+|-|/)?\s*(?P<month>{_NAMES})\.?,?\s*"
    rf"(?:de[l]?\s+|-|/)?\s*(?P<year>(?:19|20)\d\d)(?!\d)",
    re.IGNORECASE,
)
_MONTH_FIRST = re.compile(
    rf"\b(?P<month>{_NAMES})\.?\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<year>(?:19|20)\d\d)(?!\d)",
    re.IGNORECASE,
)
_MONTH_ALONE = re.compile(
    rf"(?<![\w])(?P<month>{_NAMES})\.?,?\s+(?:de[l]?\s+)?(?P<year>(?:19|20)\d\d)[\s.*_)]*$", re.IGNORECASE
)
_ISO = re.compile(
    r"(?<!\d)(?P<year>(?:19|20)\d\d)\s?[-/.]\s?(?P<month>\d{1,2})\s?[-/.]\s?(?P<day>\d{1,2})(?!\d)"
)
_DIGITS = re.compile(
    r"(?<!\d)(?P<a>\d{1,2})\s?[-/.]\s?(?P<b>\d{1,2})\s?[-/.]\s?(?P<year>(?:19|20)\d\d)(?!\d)"
)

_PUBLISHED = re.compile(
    r"\b(?:publi(?:é|ée|cado|cada|shed)|posted|updated|mise? (?:à jour|en ligne)|actualizado|issued|déposé|déposée)\b"
    r"|نشر|تاريخ",
    re.IGNORECASE,
)
_DATELINE_WORDS = 14
_HEAD_LINES = 12
_FIRST_LINES = 5


def date_in(text: str, *, month_first: bool = False) -> date | None:
    """The first full date in `text`; `month_first` reads 02/07/2025 as the seventh of February."""
    text = _western_digits(text)
    found = [
        (match.start(), _named(match))
        for pattern in (_DAY_FIRST, _MONTH_FIRST)
        if (match := pattern.search(text))
    ]
    if match := _ISO.search(text):
        found.append((match.start(), _made(match["year"], match["month"], match["day"])))
    elif match := _DIGITS.search(text):
        first, second = match["a"], match["b"]
        day, month = (second, first) if month_first and int(first) <= 12 else (first, second)
        found.append((match.start(), _made(match["year"], month, day) or _made(match["year"], day, month)))
    known = [(start, day) for start, day in found if day is not None]
    return min(known)[1] if known else None


def is_dateline(line: str) -> bool:
    """Whether `line` says when (and perhaps where and by whom) an article appeared, and nothing else."""
    if len(line) > 120 or len(line.split()) > _DATELINE_WORDS or date_in(line) is None:
        return False
    rest = _western_digits(line)
    for pattern in (_DAY_FIRST, _MONTH_FIRST, _ISO, _DIGITS):
        rest = pattern.sub(" ", rest)
    words = re.findall(r"[^\W\d_]+", rest)
    if line.rstrip().endswith((".", "!", "?")) and len(words) > 4:
        return False
    return len(words) <= 5 or (_PUBLISHED.search(rest) is not None and len(words) <= 9)


def published_in(lines: list[str], language: str) -> date | None:
    """The date of an article whose first lines are `lines`, title included.

    Where only a month is said, it is the first of that month.
    """
    month_first = language == "en"
    head = [line for line in lines if line.strip()][:_HEAD_LINES]
    for line in head:
        if is_dateline(line):
            return date_in(line, month_first=month_first)
    short = [line for line in head[:_FIRST_LINES] if len(line.split()) <= _DATELINE_WORDS]
    for line in short:
        if day := date_in(line, month_first=month_first):
            return day
    return next((month for line in short if (month := _month_in(line)) is not None), None)


def _month_in(line: str) -> date | None:
    """The first day of a month and year that `line` ends with: "Note de la fondation, mai 2022"."""
    match = _MONTH_ALONE.search(_western_digits(line))
    return date(int(match["year"]), MONTH_OF[match["month"].lower()], 1) if match else None


def _named(match: re.Match[str]) -> date | None:
    return _made(match["year"], str(MONTH_OF[match["month"].lower()]), match["day"])


def _made(year: str, month: str, day: str) -> date | None:
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None


def _western_digits(text: str) -> str:
    if text.isascii():
        return text
    return "".join(
        str(unicodedata.digit(c))
        if c.isdigit() and not c.isascii() and unicodedata.category(c) == "Nd"
        else c
        for c in text
    )
