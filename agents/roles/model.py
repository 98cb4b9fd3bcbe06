"""A role is data: its charter."""

from datetime import date

from pydantic import Field

from agents.model import Frozen

Text = dict[str, str]
"""One text in several languages, by ISO 639-1 code; French and English are required in shipped files."""


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
    points: tuple[str, ...] = ()


class Charter(Frozen):
    """Who a role is, what it wants and what it cannot accept.

    `weight` is its voice in every vote (a finite number, not negative); `indicators` says how much it
    cares for each indicator, from 0 (not at all) to 1.
    """

    name: str = Field(pattern=r"^[a-z][a-z0-9_]{0,31}$")
    title: Text
    mission: Text
    weight: float = Field(default=1.0, ge=0, allow_inf_nan=False)
    indicators: dict[str, float] = {}
    maxims: dict[str, dict[str, tuple[str, ...]]] = {}
    red_lines: tuple[RedLine, ...] = ()
    counter_offers: dict[str, tuple[str, ...]] = {}
    facts: tuple[Fact, ...] = ()
