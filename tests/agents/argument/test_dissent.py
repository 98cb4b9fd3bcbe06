"""Dissent as an output: what stays on the record, and in whose words."""

from typing import TYPE_CHECKING

import pytest

from agents.argument.dissent import kind_of
from agents.argument.model import Ground, Relation, Scheme, Stance

if TYPE_CHECKING:
    from tests.agents.argument.conftest import Assembly

SUPPORT, CONDITIONS, OPPOSE = Stance.SUPPORT, Stance.CONDITIONS, Stance.OPPOSE


def _objected(assembly: "Assembly", condition: str | None = None) -> "Assembly":
    """Energy objects; finance answers in the second round with A1.3."""
    assembly.speak(
        "energy", OPPOSE, assembly.argue("A1.1", "against", condition=condition, claim="Le réseau sature.")
    )
    assembly.speak("finance", SUPPORT, assembly.argue("A1.2", "for"))
    assembly.speak("sovereignty", SUPPORT).speak("industry", SUPPORT)
    reply = assembly.argue(
        "A1.3", targets={"A1.1": "rebut"}, claim="Le réseau est renforcé.", condition="renforcer"
    )
    return assembly.speak("finance", SUPPORT, reply, round_=2)


class TestStays:
    def test_an_objection_that_was_outvoted_and_answered_by_others_stays(self, assembly: "Assembly") -> None:
        """It is in the author's words, with the reply, the rejoinder and what its author would accept."""
        _objected(assembly, condition="raccorder d’abord")
        rejoinder = assembly.argue("A1.4", targets={"A1.3": "undercut"}, claim="Pas avant des années.")
        (dissent,) = assembly.speak("energy", OPPOSE, rejoinder, round_=3).rule().dissents

        assert ("energy", "A1.1", "Le réseau sature.") == (dissent.role, dissent.argument, dissent.objection)
        assert ("Le réseau est renforcé.", "Pas avant des années.") == (
            dissent.majority_reply,
            dissent.why_insufficient,
        )
        assert ("raccorder d’abord", ("S1",)) == (dissent.acceptance_condition, dissent.evidence)
        assert 0 < dissent.dfquad < dissent.strength < 0.6

    def test_a_supporter_keeps_its_reservation(self, assembly: "Assembly") -> None:
        """Support in the end does not erase an objection that nothing answered."""
        ruling = _objected(assembly).speak("energy", SUPPORT, round_=3).rule()

        assert ["A1.1"] == [dissent.argument for dissent in ruling.dissents]
        assert "consensus_with_reservations" == ruling.consensus

    def test_opposition_without_any_argument_is_on_the_record_too(self, assembly: "Assembly") -> None:
        """The words of its last turn stand for it, and a warning says that it gave no reason."""
        ruling = assembly.speak("energy", OPPOSE, text="Nous n’en voulons pas.").rule()

        assert ("", "Nous n’en voulons pas.") == (ruling.dissents[0].argument, ruling.dissents[0].objection)
        assert "unreasoned_opposition:energy" in ruling.warnings

    def test_opposition_that_only_attacked_others_dissents_with_its_attacks(
        self, assembly: "Assembly"
    ) -> None:
        """Its rebuttals are the reasons that it gave."""
        _objected(assembly)
        attack = assembly.argue("A1.4", targets={"A1.2": "rebut"})
        ruling = assembly.speak("industry", OPPOSE, attack, round_=2).rule()

        assert ["A1.1", "A1.4"] == [dissent.argument for dissent in ruling.dissents]

    def test_a_condition_that_was_not_adopted_is_a_dissent(self, assembly: "Assembly") -> None:
        """Also when the argument that asks for it speaks for the recommendation."""
        asks = assembly.argue("A1.1", "for", condition="chiffrer le coût")
        assembly.speak("finance", CONDITIONS, asks).speak("energy", SUPPORT, round_=2)
        (dissent,) = assembly.rule().dissents

        assert ("A1.1", "chiffrer le coût") == (dissent.argument, dissent.acceptance_condition)


class TestAnswered:
    def test_withdrawn_by_its_author(self, assembly: "Assembly") -> None:
        """An objection given up is none; opposition that goes on without it has no reason."""
        ruling = _objected(assembly).speak("energy", OPPOSE, round_=3, withdrawn=["A1.1"]).rule()

        assert [""] == [dissent.argument for dissent in ruling.dissents]

    def test_its_condition_is_accepted(self, assembly: "Assembly") -> None:
        """The author gets what it asked for."""
        _objected(assembly, condition="raccorder d’abord")
        for role in ("sovereignty", "industry"):
            assembly.speak(role, SUPPORT, round_=2, votes={"C1.1": True})

        assert () == assembly.speak("energy", CONDITIONS, round_=2).rule().dissents

    @pytest.mark.parametrize("accepts,left", [(True, 0), (False, 1)])
    def test_a_condition_offered_in_reply_needs_its_authors_acceptance(
        self, assembly: "Assembly", accepts: bool, left: int
    ) -> None:
        """Others adopting a remedy is not enough: whoever objected must accept it."""
        _objected(assembly)
        for role in ("sovereignty", "industry"):
            assembly.speak(role, SUPPORT, round_=3, votes={"C1.1": True})
        ruling = assembly.speak("energy", SUPPORT, round_=3, votes={"C1.1": accepts}).rule()

        assert left == len(ruling.dissents)

    @pytest.mark.parametrize(
        "target,relation,left", [("A1.3", "concede", 0), ("A1.3", "support", 1), ("A1.2", "concede", 1)]
    )
    def test_its_author_concedes_the_point_that_attacks_it(
        self, assembly: "Assembly", target: str, relation: Relation, left: int
    ) -> None:
        """Conceding the reply answers the objection; conceding something else does not."""
        _objected(assembly)
        concession = assembly.argue("A1.4", targets={target: relation})
        ruling = assembly.speak("energy", SUPPORT, concession, round_=3).rule()

        assert left == len(ruling.dissents)

    @pytest.mark.parametrize(
        "because,stance,left", [("A1.3", SUPPORT, 0), ("A1.2", SUPPORT, 1), (None, SUPPORT, 1)]
    )
    def test_its_author_moves_to_support_because_of_the_reply(
        self, assembly: "Assembly", because: str | None, stance: Stance, left: int
    ) -> None:
        """A move that names the reply answers the objection; another cause, or none, does not."""
        ruling = _objected(assembly).speak("energy", stance, round_=3, because=because).rule()

        assert left == len(ruling.dissents)

    def test_a_move_that_was_taken_back_answers_nothing(self, assembly: "Assembly") -> None:
        """Who opposes again in the end was not won over."""
        _objected(assembly).speak("energy", SUPPORT, round_=3, because="A1.3")

        assert ["A1.1"] == [d.argument for d in assembly.speak("energy", OPPOSE, round_=4).rule().dissents]


class TestKinds:
    @pytest.mark.parametrize(
        "claim,scheme,absence,kind",
        [
            ("Cela heurte nos principes.", Scheme.VALUES, None, "value"),
            ("Aucun texte ne l’autorise.", Scheme.RULE, None, "law"),
            ("Rien n’est dit.", Scheme.CRITICAL_QUESTION, "cost", "cost"),
            ("Rien n’est dit.", Scheme.CRITICAL_QUESTION, "deadline", "feasibility"),
            ("Le budget ne suit pas.", Scheme.CONSEQUENCES, None, "cost"),
            ("Staff cannot be recruited in time.", Scheme.CONSEQUENCES, None, "feasibility"),
            ("The figures contradict this.", Scheme.CAUSE, None, "fact"),
            ("Le réseau pourrait céder.", Scheme.CONSEQUENCES, None, "risk"),
        ],
    )
    def test_an_objection_is_about_something(
        self, assembly: "Assembly", claim: str, scheme: Scheme, absence: str | None, kind: str
    ) -> None:
        """Scheme first, then the absence that it rests on, then its words; a risk otherwise."""
        ground = Ground(id="S1", absence=absence, status="exact")
        argument = assembly.argue("A1.1", claim=claim, scheme=scheme).model_copy(
            update={"grounds": (ground,)}
        )

        assert kind == kind_of(argument)
