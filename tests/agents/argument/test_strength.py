"""Gradual semantics: published and hand-made vectors, and the properties that they must have."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agents.argument.strength import (
    SEMANTICS,
    Semantics,
    dfquad,
    euler,
    integrate,
    quadratic_energy,
    strengths,
)
from agents.errors import InputError

Graph = tuple[dict[str, float], list[tuple[str, str]], list[tuple[str, str]]]

Q1: Graph = ({"a": 0.5, "b": 0.8}, [("b", "a")], [])
Q2: Graph = ({"a": 0.5, "b": 0.8}, [], [("b", "a")])
Q3: Graph = ({"a": 0.7, "b": 0.6, "c": 0.6}, [("b", "a")], [("c", "a")])
Q4: Graph = ({"a": 0.6, "b": 0.7, "c": 0.4}, [("c", "b"), ("b", "a")], [])
# Rago et al., e-democracy: file bags/RagoEtAlEDemocracy.bag of github.com/nicopotyka/Uncertainpy.
Q5: Graph = (
    {"A1": 0.5, "A2": 0.5, "P1": 0.7, "P2": 0.5, "P3": 0.9, "C1": 0.2, "C2": 0.2, "C3": 0.6, "C4": 0.5},
    [("C1", "A2"), ("C2", "P2"), ("C3", "P2"), ("C4", "P2")],
    [("P1", "A1"), ("P2", "A1"), ("P3", "A2")],
)
Q6: Graph = (
    {"a": 0.5, "b": 1.0, "c": 1.0, "d": 0.9, "e": 0.9},
    [("b", "a")],
    [("c", "a"), ("d", "a"), ("e", "a")],
)
Q7: Graph = (
    {"a": 0.5} | {f"b{n}": 1.0 for n in range(20)},
    [(f"b{n}", "a") for n in range(20)],
    [],
)
# The stock example: file bags/stock_example.bag of the same repository.
Q8: Graph = (
    {"Buy": 0.5, "Sell": 0.5, "n1": 0.8, "n2": 0.7, "n3": 0.3, "n4": 0.9, "n5": 0.9},
    [("Buy", "Sell"), ("Sell", "Buy"), ("n2", "n1"), ("n3", "n2"), ("n4", "n3"), ("n5", "n1")],
    [("n1", "Sell"), ("n2", "Buy"), ("n4", "n2"), ("n5", "Buy")],
)
Q9: Graph = ({"a": 1.0, "b": 1.0}, [("a", "b"), ("b", "a")], [])
Q10: Graph = (
    dict.fromkeys("abcd", 0.8),
    [(one, other) for one in "abcd" for other in "abcd" if one != other],
    [],
)


class TestVectors:
    @pytest.mark.parametrize(
        "graph,node,expected",
        [
            (Q1, "a", (0.1, 0.304878, 0.387587)),
            (Q2, "a", (0.9, 0.695122, 0.645016)),
            (Q3, "a", (0.7, 0.7, 0.7)),
            (Q4, "b", (0.42, 0.603448, 0.652878)),
            (Q4, "a", (0.348, 0.439834, 0.512317)),
            (Q5, "P2", (0.08, 0.185874, 0.339943)),
            (Q5, "A1", (0.862, 0.719852, 0.689380)),
            (Q5, "A2", (0.85, 0.664430, 0.626285)),
            (Q6, "a", (0.5, 0.882075, 0.813656)),
        ],
    )
    def test_acyclic_graphs_give_the_published_strengths(
        self, graph: Graph, node: str, expected: tuple[float, float, float]
    ) -> None:
        """DF-QuAD, Quadratic Energy and Euler agree with the reference implementations to six decimals."""
        found = tuple(strengths(*graph, semantics)[node] for semantics in (dfquad, quadratic_energy, euler))

        assert expected == pytest.approx(found, abs=1e-6)

    def test_twenty_attackers_crush_all_but_euler(self) -> None:
        """Euler cannot fall below the square of the base score, which is why it is not the default."""
        found = [strengths(*Q7, semantics)["a"] for semantics in (dfquad, quadratic_energy, euler)]

        assert [0.0, 0.00124688] == pytest.approx(found[:2], abs=1e-8)
        assert pytest.approx(0.25, abs=1e-8) == found[2]

    @pytest.mark.parametrize(
        "semantics,expected",
        [
            (dfquad, {"Buy": 0.996360, "Sell": 0.003380}),
            (
                quadratic_energy,
                {"Buy": 0.821646, "Sell": 0.362170, "n1": 0.204744, "n2": 0.805085, "n3": 0.165746},
            ),
            (euler, {"Buy": 0.717141, "Sell": 0.494889}),
        ],
    )
    def test_the_stock_example_converges(self, semantics: Semantics, expected: dict[str, float]) -> None:
        """A graph with a cycle is integrated to the published fixed point."""
        found = integrate(*Q8, semantics)

        assert found.converged
        assert expected == pytest.approx({name: found.strengths[name] for name in expected}, abs=1e-6)

    @pytest.mark.parametrize(
        "graph,expected",
        [(Q9, (0.5, 0.682328, 1.0)), (Q10, (0.288341, 0.364424, 0.674436))],
    )
    def test_mutual_attacks_settle(self, graph: Graph, expected: tuple[float, float, float]) -> None:
        """Continuous updating settles where discrete updating oscillates or diverges."""
        for semantics, strength in zip((dfquad, quadratic_energy, euler), expected, strict=True):
            found = integrate(*graph, semantics)

            assert found.converged
            assert all(strength == pytest.approx(value, abs=1e-6) for value in found.strengths.values())

    def test_integration_that_is_cut_short_says_so(self) -> None:
        """Without enough steps, the last strengths come with converged set to False."""
        assert not integrate(*Q8, quadratic_energy, max_steps=3).converged

    def test_integration_agrees_with_one_pass_on_acyclic_graphs(self) -> None:
        """Both ways give the same strengths where both apply."""
        for semantics in SEMANTICS.values():
            exact = strengths(*Q5, semantics)
            found = integrate(*Q5, semantics)

            assert found.converged
            assert exact == pytest.approx(found.strengths, abs=1e-6)


class TestBadInput:
    def test_a_cycle_is_refused_by_name(self) -> None:
        """The error names the arguments that answer each other."""
        with pytest.raises(InputError, match=r"Buy → Sell|Sell → Buy"):
            strengths(*Q8, quadratic_energy)

    def test_an_unknown_argument_is_refused(self) -> None:
        """An edge from nowhere is an error, not an argument of strength 0."""
        with pytest.raises(InputError, match="no argument z"):
            strengths({"a": 0.5}, [("z", "a")], [], quadratic_energy)

    @pytest.mark.parametrize("score", [-0.1, 1.1, math.nan, math.inf])
    def test_a_base_score_outside_the_unit_interval_is_refused(self, score: float) -> None:
        """A base score below 0, above 1 or not a number is an error that names the argument."""
        with pytest.raises(InputError, match="base score of a"):
            strengths({"a": score}, [], [], quadratic_energy)


UNIT = st.floats(min_value=0, max_value=1)
INNER = st.floats(min_value=0.05, max_value=0.95)
NEIGHBOURS = st.lists(UNIT, max_size=8)
ALL = pytest.mark.parametrize("semantics", SEMANTICS.values(), ids=SEMANTICS)


@st.composite
def acyclic_graphs(draw: st.DrawFn) -> Graph:
    """Arguments that only target earlier ones, as in a debate."""
    size = draw(st.integers(min_value=1, max_value=8))
    base = {f"A{n}": draw(INNER) for n in range(size)}
    pairs = [(f"A{n}", f"A{m}") for n in range(size) for m in range(n)]
    chosen = draw(st.lists(st.sampled_from(pairs), unique=True, max_size=12)) if pairs else []
    cut = draw(st.integers(min_value=0, max_value=len(chosen)))
    return base, chosen[:cut], chosen[cut:]


@ALL
class TestProperties:
    @given(base=UNIT)
    def test_alone_an_argument_keeps_its_base(self, semantics: Semantics, base: float) -> None:
        """Without neighbours, strength is the base score."""
        assert base == pytest.approx(semantics(base, [], []), abs=1e-12)

    @given(base=UNIT, attackers=NEIGHBOURS, supporters=NEIGHBOURS)
    def test_strength_stays_in_the_unit_interval(
        self, semantics: Semantics, base: float, attackers: list[float], supporters: list[float]
    ) -> None:
        """Whatever attacks and supports it, an argument's strength lies between 0 and 1."""
        assert -1e-12 <= semantics(base, attackers, supporters) <= 1 + 1e-12

    @given(base=INNER, neighbours=NEIGHBOURS)
    def test_equal_attack_and_support_balance(
        self, semantics: Semantics, base: float, neighbours: list[float]
    ) -> None:
        """Attackers as strong as the supporters cancel out."""
        assert base == pytest.approx(semantics(base, neighbours, neighbours), abs=1e-9)

    @given(base=INNER, attackers=NEIGHBOURS, supporters=NEIGHBOURS, more=UNIT)
    def test_more_support_never_lowers_and_more_attack_never_raises(
        self,
        semantics: Semantics,
        base: float,
        attackers: list[float],
        supporters: list[float],
        more: float,
    ) -> None:
        """Monotony in each neighbour."""
        now = semantics(base, attackers, supporters)

        assert semantics(base, attackers, [*supporters, more]) >= now - 1e-12
        assert semantics(base, [*attackers, more], supporters) <= now + 1e-12

    @given(base=INNER, attackers=NEIGHBOURS, supporters=NEIGHBOURS, data=st.data())
    def test_order_does_not_matter(
        self,
        semantics: Semantics,
        base: float,
        attackers: list[float],
        supporters: list[float],
        data: st.DataObject,
    ) -> None:
        """Neighbours in any order give the same strength to the last bit."""
        shuffled = semantics(
            base, data.draw(st.permutations(attackers)), data.draw(st.permutations(supporters))
        )

        assert semantics(base, attackers, supporters) == shuffled

    @given(graph=acyclic_graphs(), data=st.data())
    def test_insertion_order_and_strangers_change_nothing(
        self, semantics: Semantics, graph: Graph, data: st.DataObject
    ) -> None:
        """Listing arguments and edges otherwise, or adding an unrelated component, leaves each strength as it was."""
        base, attacks, supports = graph
        before = strengths(base, attacks, supports, semantics)
        names = data.draw(st.permutations(list(base)))
        shuffled = {name: base[name] for name in names} | {"other": 0.4, "its attacker": 0.9}
        after = strengths(
            shuffled,
            [*data.draw(st.permutations(attacks)), ("its attacker", "other")],
            data.draw(st.permutations(supports)),
            semantics,
        )

        assert before == {name: after[name] for name in base}


class TestDuality:
    @given(base=INNER, attackers=NEIGHBOURS, supporters=NEIGHBOURS)
    def test_swapping_sides_mirrors_the_strength(
        self, base: float, attackers: list[float], supporters: list[float]
    ) -> None:
        """For DF-QuAD and Quadratic Energy, attack on w is support of 1-w mirrored; Euler has no such symmetry."""
        for semantics in (dfquad, quadratic_energy):
            mirrored = 1 - semantics(1 - base, supporters, attackers)

            assert semantics(base, attackers, supporters) == pytest.approx(mirrored, abs=1e-9)

    def test_a_flood_of_support_does_not_overflow(self) -> None:
        """A thousand supporters push every semantics to the top without an arithmetic error."""
        assert all(semantics(0.5, [], [1.0] * 1000) > 0.999 for semantics in SEMANTICS.values())
