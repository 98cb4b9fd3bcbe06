"""How strong arguments are: gradual semantics of quantitative bipolar argumentation graphs.

An argument has a base score (0 to 1), attackers and supporters; its strength follows from theirs. On an
acyclic graph one pass in topological order is exact. A strength is rhetorical support inside the graph,
never a probability of truth.

Sources: Quadratic Energy: Potyka, *Continuous Dynamical Systems for Weighted Bipolar Argumentation*, KR 2018.
DF-QuAD: Rago, Toni, Aurisicchio and Baroni, *Discontinuity-Free Decision Support with Quantitative
Argumentation Debates*, KR 2016. Euler: Amgoud and Ben-Naim, *Evaluation of Arguments in Weighted Bipolar
Graphs*, ECSQARU 2017.
"""

import math
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from typing import Generic, NamedTuple, TypeVar

import networkx as nx

from agents.errors import InputError

Node = TypeVar("Node", bound=Hashable)

_MAX_EXPONENT = 700.0

Semantics = Callable[[float, Sequence[float], Sequence[float]], float]
"""Strength from a base score, the attackers' strengths and the supporters' strengths."""


def quadratic_energy(base: float, attackers: Sequence[float], supporters: Sequence[float]) -> float:
    """W + (1-w)h(E) when E > 0, else w - w·h(E), with E = supporters - attackers and h(E) = E²/(1+E²)."""
    return at_energy(base, math.fsum(supporters) - math.fsum(attackers))


def at_energy(base: float, energy: float) -> float:
    """The Quadratic Energy strength of a base score under a known energy."""
    square = energy * energy
    pull = 1.0 if math.isinf(square) else square / (1.0 + square)
    return base + (1.0 - base) * pull if energy > 0 else base - base * pull


def dfquad(base: float, attackers: Sequence[float], supporters: Sequence[float]) -> float:
    """W + d(1-w) when d ≥ 0, else w + d·w, with d = F(supporters) - F(attackers), F(X) = 1 - ∏(1-x)."""
    gain = math.prod([1.0 - strength for strength in sorted(attackers)]) - math.prod(
        [1.0 - strength for strength in sorted(supporters)]
    )
    return base + gain * (1.0 - base) if gain >= 0 else base + gain * base


def euler(base: float, attackers: Sequence[float], supporters: Sequence[float]) -> float:
    """1 - (1-w²)/(1 + w·e^E), with E = supporters - attackers; never below w²."""
    energy = math.fsum(supporters) - math.fsum(attackers)
    return 1.0 - (1.0 - base * base) / (1.0 + base * math.exp(min(energy, _MAX_EXPONENT)))


SEMANTICS: dict[str, Semantics] = {"qe": quadratic_energy, "dfquad": dfquad, "euler": euler}


Pairs = Iterable[tuple[Node, Node]]
"""Edges as (source, target)."""


class Integrated(NamedTuple, Generic[Node]):
    """Strengths reached by integration; without `converged` they are only the last ones seen."""

    strengths: dict[Node, float]
    converged: bool


def strengths(
    base: Mapping[Node, float], attacks: Pairs[Node], supports: Pairs[Node], semantics: Semantics
) -> dict[Node, float]:
    """The strength of every argument of an acyclic graph.

    Raises InputError for an unknown argument, a base score outside 0 to 1, or a cycle (named).
    """
    attackers, supporters = _neighbours(base, attacks, supports)
    graph: nx.DiGraph[Node] = nx.DiGraph()
    graph.add_nodes_from(base)
    for neighbours in (attackers, supporters):
        graph.add_edges_from((source, target) for target in neighbours for source in neighbours[target])
    try:
        order = list(nx.topological_sort(graph))
    except nx.NetworkXUnfeasible:
        cycle = " → ".join(str(edge[0]) for edge in nx.find_cycle(graph))
        raise InputError(
            f"These arguments answer each other in a circle: {cycle}.",
            "An argument may only target earlier ones; integrate() handles circles.",
        ) from None
    strength: dict[Node, float] = {}
    for node in order:
        strength[node] = semantics(
            base[node],
            [strength[source] for source in attackers[node]],
            [strength[source] for source in supporters[node]],
        )
    return {node: strength[node] for node in base}


def integrate(
    base: Mapping[Node, float],
    attacks: Pairs[Node],
    supports: Pairs[Node],
    semantics: Semantics,
    *,
    step: float = 0.1,
    tolerance: float = 1e-9,
    max_steps: int = 20_000,
) -> Integrated[Node]:
    """Strengths of a graph that may have cycles: ds/dt = f(s) - s from the base scores, by Runge-Kutta (RK4).

    `converged` is False when after `max_steps` steps some derivative is still above `tolerance`. Raises
    InputError for an unknown argument or a base score outside 0 to 1.
    """
    attackers, supporters = _neighbours(base, attacks, supports)
    nodes = list(base)
    place = {node: index for index, node in enumerate(nodes)}
    weights = [base[node] for node in nodes]
    against = [[place[source] for source in attackers[node]] for node in nodes]
    behind = [[place[source] for source in supporters[node]] for node in nodes]

    def slope(state: list[float]) -> list[float]:
        return [
            semantics(weight, [state[i] for i in attacking], [state[i] for i in supporting]) - now
            for weight, attacking, supporting, now in zip(weights, against, behind, state, strict=True)
        ]

    def along(state: list[float], direction: list[float], length: float) -> list[float]:
        return [now + length * change for now, change in zip(state, direction, strict=True)]

    state = list(weights)
    for _ in range(max_steps):
        first = slope(state)
        if max(map(abs, first), default=0.0) <= tolerance:
            return Integrated(dict(zip(nodes, state, strict=True)), True)
        second = slope(along(state, first, step / 2))
        third = slope(along(state, second, step / 2))
        fourth = slope(along(state, third, step))
        state = [
            now + step / 6 * (a + 2 * b + 2 * c + d)
            for now, a, b, c, d in zip(state, first, second, third, fourth, strict=True)
        ]
    return Integrated(dict(zip(nodes, state, strict=True)), False)


def _neighbours(
    base: Mapping[Node, float], attacks: Pairs[Node], supports: Pairs[Node]
) -> tuple[dict[Node, list[Node]], dict[Node, list[Node]]]:
    for node, score in base.items():
        if not 0.0 <= score <= 1.0:
            raise InputError(f"The base score of {node} is {score}.", "A base score lies between 0 and 1.")
    return _into(base, attacks), _into(base, supports)


def _into(base: Mapping[Node, float], pairs: Pairs[Node]) -> dict[Node, list[Node]]:
    sources: dict[Node, list[Node]] = {node: [] for node in base}
    for source, target in pairs:
        for node in (source, target):
            if node not in base:
                raise InputError(f"There is no argument {node}.", "Edges may only join listed arguments.")
        sources[target].append(source)
    return sources
