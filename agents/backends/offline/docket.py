"""Everything that can be said in a debate, weighed for each role before anybody speaks.

A docket is a pure function of the plan. The order in which recommendations and roles are declared changes
nothing in it but the order of its mappings.
"""

from collections import Counter
from collections.abc import Mapping
from functools import cached_property
from typing import Literal, NamedTuple

from agents.argument.absence import is_absent
from agents.article.model import Recommendation
from agents.backends.offline.antecedents import antecedents
from agents.backends.offline.direction import Direction
from agents.backends.offline.evidence import Evidence, Finder
from agents.backends.offline.frame import Frame, Topic, frame_all, mentions
from agents.backends.offline.links import stem, stems, stems_of
from agents.backends.offline.places import foreign_spans
from agents.debate.plan import DebatePlan
from agents.knowledge.load import concept, condition_named, general, terms
from agents.knowledge.model import Point
from agents.knowledge.pattern import Passages
from agents.roles.model import Charter, Fact

Side = Literal["for", "against"]

_CARE = 0.3
"""From this weight on an indicator makes a role speak."""
_UNPROVEN = 0.7
"""What a point is worth of which the text says nothing but the proposal's own words."""
_MET = 0.35
"""What is left of an objection that the recommendation answers already."""
_TALK = 0.7
_FEW = 3
_OFTEN = 0.8
"""What a role says of most recommendations on the same account tells little about any of them."""
_CRITICAL = 2
"""A text dwells on harms when it shows at least so many and more than benefits."""


class Candidate(NamedTuple):
    """A point that one role could make about one recommendation.

    `value` (0 to 1) is weight, care, salience and evidence together; `met` names a condition that the
    recommendation asks for already; `own` are the words of the proposal that name the concept.
    """

    key: str
    topic: Topic
    point: Point
    side: Side
    value: float
    evidence: tuple[Evidence, ...]
    own: Evidence | None
    facts: tuple[Fact, ...]
    met: str | None

    @property
    def direction(self) -> Direction:
        """What the recommendation does to the concept."""
        return self.topic.direction

    @property
    def best(self) -> Evidence | None:
        """The best evidence, else the proposal's own words."""
        return self.evidence[0] if self.evidence else self.own


class Case(NamedTuple):
    """One recommendation: its frame, the passages that state it, what each role could say."""

    recommendation: Recommendation
    frame: Frame
    passages: tuple[int, ...]
    number: int
    candidates: Mapping[str, tuple[Candidate, ...]]

    def side(self, role: str, side: Side) -> tuple[Candidate, ...]:
        """What a role could say on one side, strongest first."""
        return tuple(item for item in self.candidates[role] if item.side == side)


class Docket:
    """The cases of a debate, by recommendation id in the declared order."""

    def __init__(self, plan: DebatePlan) -> None:
        self.plan = plan
        article = plan.article
        self.spans = article.spans
        self._number = {span.id: number for number, span in enumerate(article.spans)}
        recommendations = plan.recommendations
        self.passages = Passages([*(s.text for s in article.spans), *(r.text for r in recommendations)])
        self._proposals = {
            self._number[name] for r in article.recommendations for name in r.spans if name in self._number
        } | {self._number[name] for r in recommendations for name in r.spans if name in self._number}
        self.finder = Finder(
            self.passages,
            article.language,
            self._proposals,
            foreign_spans(article, self.passages),
            antecedents(article),
        )
        self._lacks: dict[tuple[str, str], bool] = {}
        self._domains: dict[tuple[str, str], frozenset[str]] = {}
        self.charters: Mapping[str, Charter] = {charter.name: charter for charter in plan.charters}

    def meets(self, reference: str, recommendation: str) -> bool:
        """Whether a recommendation asks for a condition already."""
        met = condition_named(reference).met
        owner = reference.partition(".")[0]
        case = self.cases[recommendation]
        return bool(met) and self.finder.holds(met, owner, case.number)

    def lacks(self, absence: str, recommendation: str) -> bool:
        """Whether the article leaves something out of a proposal, by a detector of the argument room."""
        key = (absence, recommendation)
        if key not in self._lacks:
            passages = self.cases[recommendation].passages
            span = self.spans[passages[0]] if passages else None
            self._lacks[key] = span is not None and is_absent(absence, span, self.plan.article)
        return self._lacks[key]

    def reference(self, condition: str) -> str | None:
        """The reference of a condition by its text in the debate's language; None for an unknown one."""
        return self._references.get(condition)

    @cached_property
    def _references(self) -> dict[str, str]:
        language = "fr" if self.plan.language == "fr" else "en"
        concepts = {
            topic.concept.name: topic.concept for case in self.cases.values() for topic in case.frame.topics
        }
        known = {
            condition.do[language]: f"{owner}.{name}"
            for owner, items in general().items()
            for name, condition in items.items()
        }
        for owner, item in sorted(concepts.items()):
            known.update((c.do[language], f"{owner}.{name}") for name, c in item.conditions.items())
            for point in item.points.values():
                for reference in point.eased_by:
                    if "." in reference:
                        known[condition_named(reference).do[language]] = reference
        return known

    def passage_of(self, span_id: str) -> int:
        """The number of the passage that a span is."""
        return self._number[span_id]

    def span_id(self, passage: int) -> str:
        """The id of the span that a passage is."""
        return self.spans[passage].id

    @cached_property
    def cases(self) -> dict[str, Case]:
        """All cases, by recommendation id."""
        offset = len(self.spans)
        numbers = {r.id: offset + n for n, r in enumerate(self.plan.recommendations)}
        language = self.plan.article.language
        named = mentions(self.passages, list(numbers.values()), language)
        names = sorted({item.concept for items in named.values() for item in items})
        critical = {name: self._critical(name) for name in names}
        frames = frame_all(self.passages, numbers, named, language, critical)
        cases: dict[str, Case] = {}
        for recommendation in self.plan.recommendations:
            own = tuple(self._number[name] for name in recommendation.spans if name in self._number)
            frame = frames[recommendation.id]
            number = numbers[recommendation.id]
            candidates = {
                role: self._candidates(charter, frame, own, number) for role, charter in self.charters.items()
            }
            cases[recommendation.id] = Case(recommendation, frame, own, number, candidates)
        return _told_apart(cases)

    def _critical(self, name: str) -> bool:
        harms: set[int] = set()
        benefits: set[int] = set()
        about = {h.passage for p in terms(name, self.plan.article.language) for h in self.passages.phrase(p)}
        for point in concept(name).points.values():
            found = {e.passage for e in self.finder.find(name, point.cues)} & about
            (harms if point.sign == "-" else benefits).update(found)
        return len(harms) >= _CRITICAL and len(harms) > len(benefits)

    def _candidates(
        self, charter: Charter, frame: Frame, own: tuple[int, ...], number: int
    ) -> tuple[Candidate, ...]:
        found: list[Candidate] = []
        names = {topic.concept.name for topic in frame.topics}
        about = stems(self.passages.words[number])
        for topic in frame.topics:
            item = topic.concept
            words = self.finder.own_words(item.name, own)
            for name, point in item.points.items():
                care = charter.indicators.get(point.indicator, 0.0)
                side = _side(point, topic.direction)
                if care < _CARE or side is None or not _applies(point, frame, names):
                    continue
                domain = self._domain(item.name, name)
                objects = side == "against"
                evidence = self.finder.shown(item.name, point.cues, domain, about, objects=objects)
                if not evidence:
                    stake = self.finder.stake(point.indicator, item.name, domain, about, objects=objects)
                    evidence = () if stake is None else (stake,)
                met = self._met(item.name, point, number) if side == "against" else None
                facts = self._facts(charter, item.name, point)
                quality = evidence[0].quality if evidence else 0.0
                value = point.weight * care * topic.salience * (_UNPROVEN + (1 - _UNPROVEN) * quality)
                value *= _MET if met else 1
                value *= _TALK if topic.direction == "talk" else 1
                found.append(
                    Candidate(f"{item.name}.{name}", topic, point, side, value, evidence, words, facts, met)
                )
        return tuple(sorted(found, key=lambda c: (-c.value, c.key)))

    def _domain(self, owner: str, name: str) -> frozenset[str]:
        """The content words of a point, in the article's language where the point speaks it."""
        if (owner, name) not in self._domains:
            item = concept(owner)
            language = self.plan.article.language
            found = {stem(term.folded) for phrase in terms(owner, language) for term in phrase}
            if language in ("fr", "en"):
                noun = item.noun.fr if language == "fr" else item.noun.en
                point = item.points[name]
                for text in (noun.text, point.handle[language], *point.says[language]):
                    found |= stems_of(text)
            self._domains[owner, name] = frozenset(found)
        return self._domains[owner, name]

    def _met(self, name: str, point: Point, number: int) -> str | None:
        for reference in point.eased_by:
            full = reference if "." in reference else f"{name}.{reference}"
            if self.finder.holds(condition_named(full).met, name, number):
                return full
        return None

    def _facts(self, charter: Charter, name: str, point: Point) -> tuple[Fact, ...]:
        """The charter's facts on a point, those known when the article appeared first."""
        published = self.plan.article.published
        found = [
            fact
            for fact in charter.facts
            if name in fact.topics and point.indicator in fact.topics and self._in_scope(fact)
        ]
        return tuple(sorted(found, key=lambda f: (published is not None and f.as_of > published, f.id)))

    def _in_scope(self, fact: Fact) -> bool:
        return fact.country is None or fact.country in self.plan.article.countries


def _told_apart(cases: dict[str, Case]) -> dict[str, Case]:
    """The cases, with less weight for what a role holds for or against most of them on the same account."""
    if len(cases) < _FEW:
        return cases
    spread = Counter(
        (role, side, indicator)
        for case in cases.values()
        for role, items in case.candidates.items()
        for side, indicator in {(item.side, item.point.indicator) for item in items}
    )

    def weighed(role: str, item: Candidate) -> Candidate:
        often = 2 * spread[role, item.side, item.point.indicator] > len(cases)
        return item._replace(value=_OFTEN * item.value) if often else item

    return {
        name: case._replace(
            candidates={
                role: tuple(sorted((weighed(role, i) for i in items), key=lambda c: (-c.value, c.key)))
                for role, items in case.candidates.items()
            }
        )
        for name, case in cases.items()
    }


def _side(point: Point, direction: Direction) -> Side | None:
    helps = point.sign == "+"
    if direction == "talk":
        return None if helps else "for"
    return "for" if helps == (direction == "build") else "against"


def _applies(point: Point, frame: Frame, names: set[str]) -> bool:
    when = point.when
    return (
        (when.strength is None or when.strength == frame.strength)
        and all(name in names for name in when.all_of)
        and not any(name in names for name in when.none_of)
    )
