"""How a fact from outside the article is introduced: its source, its date, and whether it came later."""

from datetime import date
from urllib.parse import urlsplit

from agents.article.model import Article
from agents.roles.model import Fact

_MONTHS = {
    "fr": (
        "janvier", "février", "mars", "avril", "mai", "juin",
        "juillet", "août", "septembre", "octobre", "novembre", "décembre",
    ),
    "en": (
        "January", "February", "March", "April", "May", "June",
        "July", "August", "September", "October", "November", "December",
    ),
}  # fmt: skip


def month_of(day: date, language: str) -> str:
    """A date as month and year; the last day of a year stands for a year whose month is not known."""
    if (day.month, day.day) == (12, 31):
        return str(day.year)
    return f"{_MONTHS['fr' if language == 'fr' else 'en'][day.month - 1]} {day.year}"


def source_phrase(fact: Fact, article: Article, language: str) -> str:
    """For example "selon lnt.ma (septembre 2024)"; says so when the fact is later than the article."""
    host = urlsplit(fact.source).netloc.removeprefix("www.") or fact.source
    when = month_of(fact.as_of, language)
    late = article.published is not None and fact.as_of > article.published
    undated = article.published is None
    if language == "fr":
        note = ", postérieur à l'article" if late else (", l'article n'étant pas daté" if undated else "")
        return f"selon {host} ({when}{note})"
    note = ", later than the article" if late else (", the article being undated" if undated else "")
    return f"according to {host} ({when}{note})"
