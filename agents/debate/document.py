"""The strategy as data: every sentence with what it rests on."""

from datetime import date
from typing import Literal

from agents.argument.model import Dissent, Ruling
from agents.model import Frozen

BudgetBand = Literal["A", "B", "C", "D", "not costed"]


class Sentence(Frozen):
    """A sentence and the ids that it rests on: arguments, conditions, recommendations, spans, facts."""

    text: str
    rests_on: tuple[str, ...]


class Kpi(Frozen):
    """One indicator of success. A `baseline` of None is printed as "baseline missing"."""

    name: str
    unit: str
    target: str | None = None
    baseline: str | None = None
    year: int | None = None
    rests_on: tuple[str, ...] = ()


class Risk(Frozen):
    """What may go wrong with a measure, and who watches it. `likelihood` and `impact`: low, medium, high."""

    text: str
    likelihood: Literal["low", "medium", "high"]
    impact: Literal["low", "medium", "high"]
    mitigation: str = ""
    holder: str = ""
    rests_on: tuple[str, ...] = ()


class MeasureDraft(Frozen):
    """What the moderator words for one recommendation once its ruling is computed."""

    title: str
    adopted_wording: str
    changes: tuple[Sentence, ...] = ()
    owner: str
    partners: tuple[str, ...] = ()
    budget_band: BudgetBand = "not costed"
    financing: tuple[Sentence, ...] = ()
    kpi: Kpi
    risks: tuple[Risk, ...] = ()
    legal_basis: tuple[Sentence, ...] = ()
    energy_water_note: tuple[Sentence, ...] = ()
    rests_on: tuple[str, ...] = ()


class Measure(MeasureDraft):
    """One sheet of the strategy: the moderator's wording completed by what was computed."""

    id: str
    recommendation: str
    source_recommendation: str
    status: str
    decision: str
    period: str
    depends_on: tuple[str, ...] = ()
    conditions: tuple[str, ...] = ()
    support: tuple[str, ...] = ()
    reservations: tuple[str, ...] = ()
    opposed: tuple[str, ...] = ()
    evidence: tuple[str, ...] = ()


class Tension(Frozen):
    """Recommendations that pull against each other, and over what."""

    recommendations: tuple[str, ...]
    text: str
    rests_on: tuple[str, ...] = ()


class Dependency(Frozen):
    """`recommendation` can only be delivered after `needs`."""

    recommendation: str
    needs: str
    because: str = ""


class CrossCutting(Frozen):
    """What several measures share."""

    energy_water: tuple[Sentence, ...] = ()
    financing: tuple[Sentence, ...] = ()
    law: tuple[Sentence, ...] = ()
    skills: tuple[Sentence, ...] = ()


class Grounding(Frozen):
    """How many quoted grounds stood exactly, after typographic repair, or not at all."""

    exact: int = 0
    repaired: int = 0
    unverified: int = 0


class Strategy(Frozen):
    """The document: computed parts and worded parts, ready to be rendered.

    `as_of` is the article's date, `facts_as_of` that of the latest outside fact when it is later.
    """

    title: str
    language: str
    model: str
    article_title: str
    article_sha256: str
    as_of: date | None
    facts_as_of: date | None = None
    country: str | None = None
    roles: tuple[str, ...] = ()
    rule: str = ""
    summary: tuple[Sentence, ...] = ()
    diagnosis: tuple[Sentence, ...] = ()
    vision: tuple[Sentence, ...] = ()
    not_sought: tuple[Sentence, ...] = ()
    measures: tuple[Measure, ...] = ()
    rulings: tuple[Ruling, ...] = ()
    tensions: tuple[Tension, ...] = ()
    cross_cutting: CrossCutting = CrossCutting()
    priorities: tuple[str, ...] = ()
    priority_notes: tuple[str, ...] = ()
    sequence: tuple[tuple[str, ...], ...] = ()
    governance: tuple[Sentence, ...] = ()
    minority: tuple[Dissent, ...] = ()
    grounding: Grounding = Grounding()
    cut: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
