"""The graph of a recommendation: what attacks, supports, concedes and eases, and how strong all is in the end."""

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agents.argument.case import Case, build_case
from agents.argument.graph import NEUTRAL, all_strengths
from agents.argument.model import Relation, Side, Stance
from agents.argument.strength import SEMANTICS, strengths

if TYPE_CHECKING:
    from tests.agents.argument.conftest import Assembly

SUPPORT, OPPOSE = Stance.SUPPORT, Stance.OPPOSE


def _case(assembly: "Assembly") -> Case:
    return build_case("R1", assembly.speeches)


def _strength(assembly: "Assembly", name: str) -> float:
    case = _case(assembly)
    return all_strengths(case).quadratic.arguments[case.place[name]]


class TestEdges:
    @pytest.mark.parametrize("relation", ["rebut", "undercut", "undermine"])
    def test_every_attack_weakens(self, assembly: "Assembly", relation: Relation) -> None:
        """The three kinds of attack differ in what they say, not in how they count."""
        assembly.speak("finance", SUPPORT, assembly.argue("A1.1", "for"))
        assembly.speak("energy", OPPOSE, assembly.argue("A1.2", targets={"A1.1": relation}), round_=2)

        assert 0.6 - 0.6 * 0.36 / 1.36 == pytest.approx(_strength(assembly, "A1.1"))

    def test_a_concession_supports_and_silences_its_authors_attack(self, assembly: "Assembly") -> None:
        """Who grants a point no longer attacks it; somebody else's attack goes on."""
        assembly.speak("finance", SUPPORT, assembly.argue("A1.1", "for"))
        assembly.speak("energy", OPPOSE, assembly.argue("A1.2", targets={"A1.1": "rebut"}), round_=2)
        attacked = _strength(assembly, "A1.1")
        assembly.speak("energy", SUPPORT, assembly.argue("A1.3", targets={"A1.1": "concede"}), round_=3)
        conceded = _strength(assembly, "A1.1")
        assembly.speak("industry", OPPOSE, assembly.argue("A1.4", targets={"A1.1": "rebut"}), round_=3)

        assert attacked < 0.6 < conceded
        assert 0.6 == pytest.approx(_strength(assembly, "A1.1"))

    def test_an_argument_never_acts_on_a_later_one_or_on_itself(self, assembly: "Assembly") -> None:
        """Edges that would make a cycle are not there, whoever wrote the transcript."""
        assembly.speak(
            "finance", SUPPORT, assembly.argue("A1.1", "for", targets={"A1.1": "support", "A1.2": "rebut"})
        )
        assembly.speak("energy", OPPOSE, assembly.argue("A1.2", "against", targets={"A1.1": "rebut"}))

        assert 0.6 == _strength(assembly, "A1.2")

    def test_base_scores_are_clamped(self, assembly: "Assembly") -> None:
        """An argument of base 1 is still moved, one of base 0 still counts."""
        assembly.speak("finance", SUPPORT, assembly.argue("A1.1", base=1.0), assembly.argue("A1.2", base=0.0))

        assert (0.95, 0.05) == (_strength(assembly, "A1.1"), _strength(assembly, "A1.2"))


class TestEasing:
    def _asked(self, assembly: "Assembly", **votes: bool) -> float:
        assembly.speak("finance", OPPOSE, assembly.argue("A1.1", "against", condition="chiffrer"))
        for role in assembly.roles[1:]:
            answer = {"C1.1": votes[role]} if role in votes else {}
            assembly.speak(role, SUPPORT, round_=2, votes=answer)
        return _strength(assembly, "A1.1")

    def test_a_condition_that_only_its_author_wants_eases_nothing(self, assembly: "Assembly") -> None:
        """Asking for something is not getting it."""
        assert 0.6 == self._asked(assembly)

    def test_each_acceptance_eases_and_each_refusal_takes_it_back(
        self, new_assembly: "type[Assembly]"
    ) -> None:
        """The share of the others that accept minus the share that refuses, without a threshold."""
        one = self._asked(new_assembly(), energy=True)
        two = self._asked(new_assembly(), energy=True, industry=True)
        three = self._asked(new_assembly(), energy=True, industry=True, sovereignty=True)
        divided = self._asked(new_assembly(), energy=True, industry=False)

        assert three < two < one < 0.6 == divided

    def test_an_author_who_refuses_its_own_condition_is_not_eased(self, assembly: "Assembly") -> None:
        """What no longer satisfies its author answers nothing."""
        self._asked(assembly, energy=True, industry=True)
        assembly.speak("finance", OPPOSE, round_=2, votes={"C1.1": False})

        assert 0.6 == _strength(assembly, "A1.1")


@st.composite
def arguments(draw: st.DrawFn) -> list[tuple[Side | None, dict[str, Relation], float]]:
    """Sides, targets and bases of up to nine arguments, each of which targets earlier ones."""
    relations: st.SearchStrategy[Relation] = st.sampled_from(["rebut", "undercut", "undermine", "support"])
    sides: st.SearchStrategy[Side | None] = st.sampled_from(["for", "against", None])
    made: list[tuple[Side | None, dict[str, Relation], float]] = []
    for number in range(draw(st.integers(1, 9))):
        earlier = [f"A1.{n + 1}" for n in range(number)]
        targets = draw(st.dictionaries(st.sampled_from(earlier), relations, max_size=3)) if earlier else {}
        made.append((draw(sides), targets, draw(st.floats(0.05, 0.95))))
    return made


class TestAgainstTheGeneralPass:
    @given(made=arguments())
    def test_strengths_are_those_of_the_general_semantics(
        self,
        new_assembly: "type[Assembly]",
        made: list[tuple[Side | None, dict[str, Relation], float]],
    ) -> None:
        """The fast pass gives what the general one gives on the same graph, by all three semantics."""
        assembly = new_assembly()
        base = {"R1": NEUTRAL}
        attacks: list[tuple[str, str]] = []
        supports: list[tuple[str, str]] = []
        for number, (side, targets, score) in enumerate(made, start=1):
            name = f"A1.{number}"
            base[name] = score
            assembly.speak(
                assembly.roles[number % 4],
                SUPPORT,
                assembly.argue(name, side, targets=targets, base=score),
                round_=number,
            )
            if side is not None:
                (supports if side == "for" else attacks).append((name, "R1"))
            for target, relation in targets.items():
                (supports if relation == "support" else attacks).append((name, target))
        found = all_strengths(_case(assembly))
        for fast, semantics in zip(found, SEMANTICS.values(), strict=True):
            expected = strengths(base, attacks, supports, semantics)

            assert expected["R1"] == pytest.approx(fast.recommendation, abs=1e-9)
            assert [expected[f"A1.{n}"] for n in range(1, len(made) + 1)] == pytest.approx(
                fast.arguments, abs=1e-9
            )
