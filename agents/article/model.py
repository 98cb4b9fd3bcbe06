"""What was understood of a text: the context that all roles share."""

from datetime import date

from agents.model import Frozen


class Section(Frozen):
    """A headed part of the body; `start` and `end` index the body, heading included."""

    title: str
    level: int
    start: int
    end: int


class Span(Frozen):
    """A numbered sentence, heading or list item: `body[start:end] == text`."""

    id: str
    text: str
    start: int
    end: int
    section: str = ""
    page: int | None = None


class Recommendation(Frozen):
    """Something that the text proposes to decision-makers, in its own words.

    `spans` names every place where it is said; it is empty for one that was added by hand.
    """

    id: str
    text: str
    spans: tuple[str, ...] = ()


class Figure(Frozen):
    """A number as written (`text`), with its value in base units and a canonical unit name."""

    text: str
    value: float
    unit: str
    span: str


class Dropped(Frozen):
    """A piece of the source that was left out of the body, and why."""

    text: str
    reason: str


class Article(Frozen):
    """A text, understood: body without boilerplate, spans, sections, figures, recommendations.

    `sha256` is that of the source's bytes, `language` an ISO 639-1 code, `countries` ISO 3166-1 alpha-2
    codes of the countries that the text is about, most spoken of first, and `source` a file name or an
    address, never a path.
    """

    title: str
    language: str
    sha256: str
    body: str
    source: str = ""
    published: date | None = None
    countries: tuple[str, ...] = ()
    sections: tuple[Section, ...] = ()
    spans: tuple[Span, ...] = ()
    recommendations: tuple[Recommendation, ...] = ()
    figures: tuple[Figure, ...] = ()
    dropped: tuple[Dropped, ...] = ()
