"""When each measure is delivered: dependencies, priorities and the article's date give the order."""

from collections.abc import Sequence
from datetime import date

import networkx as nx

from agents.debate.document import Dependency

FOUNDATIONS = 0
DELIVERY = 1

_WITHOUT_DATE = {
    "fr": ("années 1 et 2", "années 3 à 5"),
    "en": ("years 1 and 2", "years 3 to 5"),
    "ar": ("السنتان 1 و2", "السنوات 3 إلى 5"),
}


_REVIEW = {"fr": "réexamen en {year}", "en": "review in {year}", "ar": "إعادة النظر في {year}"}
_REVIEW_WITHOUT_DATE = {"fr": "réexamen en année 2", "en": "review in year 2", "ar": "إعادة النظر في السنة 2"}


def acyclic(dependencies: Sequence[Dependency], priorities: Sequence[str]) -> tuple[Dependency, ...]:
    """The dependencies between measures, without those that would close a circle.

    They are taken in the order of the priorities of what they serve, so that the one that is left out
    serves the lower priority.
    """
    rank = {name: place for place, name in enumerate(priorities)}
    usable = [
        d
        for d in dependencies
        if d.recommendation in rank and d.needs in rank and d.recommendation != d.needs
    ]
    usable.sort(key=lambda d: (rank[d.recommendation], rank[d.needs]))
    graph: nx.DiGraph[str] = nx.DiGraph()
    graph.add_nodes_from(priorities)
    kept = []
    for dependency in usable:
        if graph.has_edge(dependency.needs, dependency.recommendation) or nx.has_path(
            graph, dependency.recommendation, dependency.needs
        ):
            continue
        graph.add_edge(dependency.needs, dependency.recommendation)
        kept.append(dependency)
    return tuple(kept)


def stages(dependencies: Sequence[Dependency], priorities: Sequence[str]) -> tuple[tuple[str, ...], ...]:
    """The measures in stages: each stage needs only earlier ones; within a stage by priority."""
    graph: nx.DiGraph[str] = nx.DiGraph()
    graph.add_nodes_from(priorities)
    graph.add_edges_from((d.needs, d.recommendation) for d in dependencies)
    rank = {name: place for place, name in enumerate(priorities)}
    return tuple(tuple(sorted(stage, key=rank.__getitem__)) for stage in nx.topological_generations(graph))


def period(stage: int, as_of: date | None, language: str) -> str:
    """The years of a stage, counted from the article's date: two of foundations, then three of delivery."""
    phase = FOUNDATIONS if stage == FOUNDATIONS else DELIVERY
    if as_of is None:
        return _WITHOUT_DATE[language][phase]
    first, last = ((1, 2), (3, 5))[phase]
    return f"{as_of.year + first}–{as_of.year + last}"


def review(as_of: date | None, language: str) -> str:
    """When a deferred measure is looked at again: at the end of the foundations."""
    if as_of is None:
        return _REVIEW_WITHOUT_DATE[language]
    return _REVIEW[language].format(year=as_of.year + 2)
