"""Configurations against articles: how much each varies, how they differ, what they cost."""

from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import groupby
from typing import Any, NamedTuple

from agents.model import Frozen
from transcripts.report.run import Configuration, Run
from transcripts.statistics.clustered import Difference, paired_difference
from transcripts.statistics.rate import Rate, flip_rate, overall_rate, usual_outcome
from transcripts.statistics.several import holm
from transcripts.statistics.size import advice

_OFFLINE = "offline"

Reference = Mapping[tuple[str, str], str]
"""The decision that is expected, by article and recommendation."""


class Cell(Frozen):
    """The debates of one configuration on one recommendation of an article.

    `outcomes` counts the decisions, the most frequent first. `flips` are those that differ from the most frequent
    one, `departures` those that differ from the `reference`.
    """

    article: str
    recommendation: str
    outcomes: dict[str, int]
    flips: Rate
    reference: str
    departures: int


class Line(Frozen):
    """One configuration over all articles.

    `flips`: its decisions that differ from what it decides most often. `departures`: those that differ from
    the reference. `difference`: how much more often it departs than the first configuration, over the
    same articles, recommendations, seeds and repeats; `p` of it, corrected by Holm for the number of configurations.
    Both are None for the first one and where nothing can be paired.
    """

    label: str
    configuration: Configuration
    debates: int
    flips: Rate
    departures: Rate
    difference: Difference | None
    p: float | None
    unverified: int
    calls: int
    input_tokens: int
    output_tokens: int
    cost: float | None
    cells: tuple[Cell, ...]

    @property
    def cost_each(self) -> float | None:
        """US dollars for each debate."""
        return None if self.cost is None else self.cost / self.debates

    def as_json(self) -> dict[str, Any]:
        """All but cells and costs, with names for every number."""
        return {
            "label": self.label,
            **self.configuration.model_dump(mode="json"),
            "debates": self.debates,
            "flips": self.flips._asdict() | {"share": self.flips.share},
            "departures": self.departures._asdict() | {"share": self.departures.share},
            "difference": None if self.difference is None else self.difference._asdict(),
            "p": self.p,
        }


class Matrix(Frozen):
    """All configurations, the first of which is what the others are held against, and what to bear in mind."""

    title: str
    lines: tuple[Line, ...]
    articles: tuple[str, ...]
    notes: tuple[str, ...]
    given: bool
    """Whether a reference was given; otherwise it is what the first configuration decides most often."""


class _Point(NamedTuple):
    """One decision and where it stands."""

    article: str
    recommendation: str
    seed: int | None
    repeat: int
    decision: str


def matrix(title: str, runs: Sequence[Run], reference: Reference | None = None) -> Matrix:
    """What the runs show; the first configuration among them is the one that others are held against.

    `runs` are at least one, in the suite's order. Without a `reference` for a recommendation, it is what the
    first configuration that debates it decides most often.
    """
    configurations = list(dict.fromkeys(run.configuration for run in runs))
    articles = tuple(dict.fromkeys(run.article for run in runs))
    points = {one: _points(one, runs, articles) for one in configurations}
    expected = _expected(points[configurations[0]], reference or {})
    for others in configurations[1:]:
        expected = _expected(points[others], expected)
    base = points[configurations[0]]
    differences = [_difference(base, points[one], expected, len(articles)) for one in configurations[1:]]
    tested = [found.p for found in differences if found is not None and found.p is not None]
    corrected = iter(holm(tested))
    lines = [_line(configurations, configurations[0], runs, base, expected)]
    for one, found in zip(configurations[1:], differences, strict=True):
        p = next(corrected) if found is not None and found.p is not None else None
        lines.append(_line(configurations, one, runs, points[one], expected, difference=found, p=p))
    return Matrix(
        title=title,
        lines=tuple(lines),
        articles=articles,
        notes=_notes(lines, articles),
        given=bool(reference),
    )


def _points(configuration: Configuration, runs: Sequence[Run], articles: Sequence[str]) -> list[_Point]:
    """By article in their order, then recommendation, seed and repeat."""
    points = [
        _Point(run.article, name, run.seed, run.repeat, decision)
        for run in runs
        if run.configuration == configuration
        for name, decision in run.decisions.items()
    ]
    return sorted(
        points,
        key=lambda p: (
            articles.index(p.article),
            _number(p.recommendation),
            -1 if p.seed is None else p.seed,
            p.repeat,
        ),
    )


def _number(recommendation: str) -> tuple[int, str]:
    digits = recommendation[1:]
    return (int(digits) if digits.isascii() and digits.isdigit() else 0, recommendation)


def _cells(points: Sequence[_Point]) -> list[tuple[tuple[str, str], list[str]]]:
    return [
        (place, [point.decision for point in group])
        for place, group in groupby(points, key=lambda point: (point.article, point.recommendation))
    ]


def _expected(points: Sequence[_Point], reference: Reference) -> dict[tuple[str, str], str]:
    return {place: usual_outcome(decisions) for place, decisions in _cells(points)} | dict(reference)


def _difference(
    base: Sequence[_Point], other: Sequence[_Point], expected: Reference, articles: int
) -> Difference | None:
    was = {point[:4]: point for point in base}
    pairs = [(was[point[:4]], point) for point in other if point[:4] in was]
    if not pairs:
        return None
    return paired_difference(
        [float(_departs(before, expected)) for before, _ in pairs],
        [float(_departs(after, expected)) for _, after in pairs],
        [_cluster(point, articles) for point, _ in pairs],
    )


def _departs(point: _Point, expected: Reference) -> bool:
    return point.decision != expected[point.article, point.recommendation]


def _cluster(point: _Point, articles: int) -> tuple[str, str]:
    """Debates on one article hang together; of a single article, those on one recommendation."""
    return (point.article, "" if articles > 1 else point.recommendation)


def _line(
    configurations: Sequence[Configuration],
    configuration: Configuration,
    runs: Sequence[Run],
    points: Sequence[_Point],
    expected: Reference,
    *,
    difference: Difference | None = None,
    p: float | None = None,
) -> Line:
    held = [run for run in runs if run.configuration == configuration]
    articles = len({run.article for run in runs})
    own = _expected(points, {})
    clusters = [_cluster(point, articles) for point in points]
    costs = [run.cost for run in held]
    known = [cost for cost in costs if cost is not None]
    return Line(
        label=label(configuration, configurations),
        configuration=configuration,
        debates=len(held),
        flips=overall_rate([_departs(point, own) for point in points], clusters),
        departures=overall_rate([_departs(point, expected) for point in points], clusters),
        difference=difference,
        p=p,
        unverified=sum(run.unverified for run in held),
        calls=sum(run.calls for run in held),
        input_tokens=sum(run.input_tokens for run in held),
        output_tokens=sum(run.output_tokens for run in held),
        cost=round(sum(known), 6) if len(known) == len(costs) else None,
        cells=tuple(
            Cell(
                article=article,
                recommendation=recommendation,
                outcomes=dict(sorted(Counter(decisions).items(), key=lambda item: (-item[1], item[0]))),
                flips=flip_rate(decisions),
                reference=expected[article, recommendation],
                departures=sum(decision != expected[article, recommendation] for decision in decisions),
            )
            for (article, recommendation), decisions in _cells(points)
        ),
    )


def label(configuration: Configuration, among: Sequence[Configuration]) -> str:
    """What sets a configuration apart among others; the model alone when nothing does."""
    parts = [
        value or "shipped"
        for name, value in (
            ("model", configuration.model),
            ("prompts", configuration.prompts),
            ("charters", configuration.charters),
        )
        if len({getattr(one, name) for one in among}) > 1
    ]
    return " · ".join(parts) or configuration.model


def _notes(lines: Sequence[Line], articles: Sequence[str]) -> tuple[str, ...]:
    repeats = min((cell.flips.runs for line in lines for cell in line.cells), default=1)
    notes = [advice(repeats)]
    if len(articles) == 1:
        notes.append("There is one article: what is shown holds for it, and says nothing about others.")
    if repeats > 1 and any(line.configuration.model == _OFFLINE for line in lines):
        notes.append(
            "Debaters that argue by rules say the same every time: repeats of them tell nothing more."
        )
    if len(lines) > 1:
        notes.append(
            f"Each configuration is held against {lines[0].label!r}, over the same articles, recommendations, seeds "
            "and repeats; standard errors are clustered by article, probabilities corrected by Holm."
        )
    return tuple(notes)
