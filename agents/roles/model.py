"""A role is data: its charter."""

from datetime import date
from typing import Annotated

from pydantic import AfterValidator, Field, StringConstraints

from agents.model import Frozen

Text = dict[str, Annotated[str, StringConstraints(pattern=r"\S")]]
"""One text in several languages, by ISO 639-1 code; French and English are required in shipped files."""


Care = Annotated[float, Field(ge=0, le=1, allow_inf_nan=False)]


def in_language(text: Text, language: str) -> str:
    """`text` in `language`, else in English, else in French, else as it is."""
    for code in (language, "en", "fr"):
        if code in text:
            return text[code]
    return next(iter(text.values()), "")


def _not_reserved(name: str) -> str:
    if name in {"moderator", "chair"}:
        raise ValueError(f"this name is kept for the {name}")
    return name


class Fact(Frozen):
    """A fact from outside the article that a role may cite, apart from spans, with source and date.

    `country` limits it to articles about that country; `as_of` is the day on which it was true, and
    `topics` are names of concepts or indicators that it bears on.
    """

    id: str
    text: Text
    source: str
    as_of: date
    country: str | None = None
    topics: tuple[str, ...] = ()


class RedLine(Frozen):
    """What a role cannot accept; `points` names the points of the knowledge base that cross it."""

    id: str
    text: Text
    points: tuple[str, ...] = Field(min_length=1)


class Charter(Frozen):
    """Who a role is, what it wants and what it cannot accept.

    `weight` is its voice in every vote (a finite number, not negative); `indicators` says how much it
    cares for each indicator of the knowledge base, from 0 (not at all) to 1. `maxims` are sentences by
    indicator and language; `counter_offers` name, by indicator, the conditions (`concept.condition`) that
    it proposes where the indicator would be harmed.
    """

    name: Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{0,31}$"), AfterValidator(_not_reserved)]
    title: Text = Field(min_length=1)
    mission: Text = Field(min_length=1)
    weight: float = Field(default=1.0, ge=0, allow_inf_nan=False, strict=True)
    indicators: dict[str, Care] = {}
    maxims: dict[str, dict[str, tuple[str, ...]]] = {}
    red_lines: tuple[RedLine, ...] = ()
    counter_offers: dict[str, tuple[str, ...]] = {}
    facts: tuple[Fact, ...] = ()
