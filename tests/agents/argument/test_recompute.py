"""What if, pivots and influence: leaving something out undoes what it caused."""

import math
from itertools import combinations
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from agents.argument.model import Relation, Stance
from agents.argument.whatif import Outcome, Said, recompute
from agents.errors import InputError

if TYPE_CHECKING:
    from tests.agents.argument.conftest import Assembly

SUPPORT, CONDITIONS, OPPOSE = Stance.SUPPORT, Stance.CONDITIONS, Stance.OPPOSE


def _debate(assembly: "Assembly") -> "Assembly":
    """Energy opposes, finance wants its condition; A1.3 wins energy over, A1.6 defends A1.3 only."""
    assembly.speak(
        "finance", CONDITIONS, assembly.argue("A1.1", "against", condition="chiffrer le coût"), priority=40
    )
    assembly.speak("energy", OPPOSE, assembly.argue("A1.2", "against", red_line="grid"), priority=10)
    assembly.speak("sovereignty", SUPPORT, assembly.argue("A1.3", "for"), priority=80)
    assembly.speak("industry", SUPPORT, assembly.argue("A1.4", "for"), priority=70)
    yes = {"C1.1": True}
    answer = assembly.argue("A1.5", targets={"A1.2": "rebut"})
    assembly.speak("finance", CONDITIONS, answer, round_=2)
    assembly.speak(
        "energy",
        SUPPORT,
        assembly.argue("A1.6", targets={"A1.5": "concede"}),
        round_=2,
        because="A1.5",
        votes=yes,
    )
    assembly.speak(
        "sovereignty", SUPPORT, assembly.argue("A1.7", targets={"A1.5": "support"}), round_=2, votes=yes
    )
    return assembly.speak("industry", SUPPORT, round_=2, votes=yes)


def _what_if(
    assembly: "Assembly", *, arguments: tuple[str, ...] = (), roles: tuple[str, ...] = ()
) -> Outcome:
    return recompute(assembly.said(), without_arguments=arguments, without_roles=roles)


class TestLeavingOut:
    def test_nothing_left_out_is_the_ruling_itself(self, assembly: "Assembly") -> None:
        """The recomputation of what was said equals the ruling, and nothing has changed."""
        outcome = recompute(_debate(assembly).said())

        assert ((assembly.rule(),), ()) == (outcome.rulings, outcome.changed)
        assert ("adopt_with_conditions", "consensus_with_reservations") == (
            outcome.rulings[0].decision,
            outcome.rulings[0].consensus,
        )

    def test_an_argument_takes_the_moves_that_it_caused_with_it(self, assembly: "Assembly") -> None:
        """Without what won it over energy still opposes, its red line stands, and its concession never was."""
        (ruling,) = _what_if(_debate(assembly), arguments=("A1.5",)).rulings

        assert OPPOSE is ruling.stances["energy"].final
        assert ("defer", "qualified_majority", -1.0) == (
            ruling.decision,
            ruling.consensus,
            ruling.margin["red_lines"],
        )
        assert ["A1.2"] == [dissent.argument for dissent in ruling.dissents]

    def test_an_undone_move_stays_undone_in_later_rounds(self, assembly: "Assembly") -> None:
        """Repeating a stance is no new move."""
        _debate(assembly).speak("energy", SUPPORT, round_=3)
        (ruling,) = _what_if(assembly, arguments=("A1.5",)).rulings

        assert OPPOSE is ruling.stances["energy"].final

    def test_an_argument_takes_its_condition_with_it(self, assembly: "Assembly") -> None:
        """Without the argument that asks for it there is no condition, and no votes on it."""
        outcome = _what_if(_debate(assembly), arguments=("A1.1",))

        assert () == outcome.rulings[0].conditions
        assert ("adopt", ("R1",)) == (outcome.rulings[0].decision, outcome.changed)

    def test_a_condition_that_somebody_else_asks_for_too_stays(self, assembly: "Assembly") -> None:
        """It is no longer accepted by the one who never asked."""
        _debate(assembly).speak(
            "industry", SUPPORT, assembly.argue("A1.8", condition="chiffrer le coût"), round_=2
        )
        (ruling,) = _what_if(assembly, arguments=("A1.1",)).rulings

        assert ("energy", "sovereignty", "industry") == ruling.conditions[0].accepted_by

    def test_arguments_aimed_only_at_it_go_too(self, assembly: "Assembly") -> None:
        """What supports, attacks or concedes only the missing argument no longer counts; what has a side does."""
        _debate(assembly)
        assembly.speak(
            "industry", SUPPORT, assembly.argue("A1.8", "for", targets={"A1.5": "support"}), round_=2
        )
        without = _what_if(assembly, arguments=("A1.5",)).rulings[0]
        also = _what_if(assembly, arguments=("A1.5", "A1.6", "A1.7")).rulings[0]
        fewer = _what_if(assembly, arguments=("A1.5", "A1.8")).rulings[0]

        assert without == also
        assert fewer.strength < without.strength

    def test_withdrawals_that_it_caused_are_undone(self, assembly: "Assembly") -> None:
        """An objection given up because of an argument is back without that argument."""
        assembly.speak("energy", OPPOSE, assembly.argue("A1.1", "against"))
        assembly.speak("finance", SUPPORT, assembly.argue("A1.2", "for"))
        assembly.speak("energy", SUPPORT, round_=2, because="A1.2", withdrawn=["A1.1"])

        assert () == assembly.rule().dissents
        assert ["A1.1"] == [d.argument for d in _what_if(assembly, arguments=("A1.2",)).rulings[0].dissents]

    def test_a_role_takes_all_that_it_said_with_it(self, assembly: "Assembly") -> None:
        """Its stance, votes, arguments, conditions and what they caused are gone."""
        (ruling,) = _what_if(_debate(assembly), roles=("finance",)).rulings

        assert ["energy", "sovereignty", "industry"] == list(ruling.stances)
        assert ((), OPPOSE) == (ruling.conditions, ruling.stances["energy"].final)

    def test_a_roles_ballot_goes_too(self, assembly: "Assembly") -> None:
        """Priorities are those of the roles that are left."""
        said = assembly.said()._replace(recommendations=("R1", "R2"))
        for role, first, second in (("finance", 90, 10), ("energy", 90, 10), ("industry", 10, 90)):
            for recommendation, score in (("R1", first), ("R2", second)):
                assembly.recommendation = recommendation
                assembly.speak(role, SUPPORT, priority=score)
        said = said._replace(speeches=tuple(assembly.speeches))

        assert ("R1", "R2") == recompute(said).priorities.order
        assert ("R2", "R1") == recompute(said, without_roles=["finance", "energy"]).priorities.order


class TestOtherWeightsAndRules:
    def test_weights_replace_those_of_the_charters(self, assembly: "Assembly") -> None:
        """A weight given for one role leaves the others as they are."""
        _debate(assembly).weights = {"energy": 5.0}
        outcome = recompute(assembly.said(), weights={"energy": 1.0})
        assembly.weights = {}

        assert assembly.rule() == outcome.rulings[0]

    def test_another_rule(self, assembly: "Assembly") -> None:
        """The ruling is that of the rule asked for, and says so."""
        outcome = recompute(_debate(assembly).said(), rule="strict")

        assert ((assembly.rule("strict"),), "strict") == (outcome.rulings, outcome.rulings[0].rule)

    @pytest.mark.parametrize(
        "options,message",
        [
            ({"without_arguments": ["A1.12"]}, r"No argument 'A1.12'.*\nDid you mean A1"),
            ({"without_arguments": ["zzz"]}, r"They run from A1.1 to A1.7"),
            ({"without_roles": ["health"]}, r"No role 'health'.*\n.*finance, energy, sovereignty, industry"),
            ({"weights": {"health": 1.0}}, "No role 'health'"),
            ({"weights": {"energy": -1.0}}, "The weight of energy is -1.0"),
            ({"weights": {"energy": math.nan}}, "The weight of energy is nan"),
            ({"weights": {"energy": math.inf}}, "finite number"),
            ({"rule": "dictator"}, "no decision rule 'dictator'"),
            ({"without_roles": ["finance", "energy", "sovereignty", "industry"]}, "there is no role"),
            (
                {
                    "without_roles": ["finance"],
                    "weights": dict.fromkeys(("energy", "sovereignty", "industry"), 0.0),
                },
                "No role has",
            ),
        ],
    )
    def test_what_cannot_be_asked_is_refused(
        self, assembly: "Assembly", options: dict[str, object], message: str
    ) -> None:
        """The error names what is wrong and what would do."""
        with pytest.raises(InputError, match=message):
            recompute(_debate(assembly).said(), **options)  # type: ignore[arg-type]


class TestPivots:
    def test_the_arguments_on_which_the_decision_hangs(self, assembly: "Assembly") -> None:
        """The condition's argument and the one that won energy over decide alone."""
        assert (("A1.1",), ("A1.5",)) == _debate(assembly).rule().pivotal[:2]

    def test_an_empty_list_says_that_none_does(self, assembly: "Assembly") -> None:
        """Where everybody agrees for several reasons, no argument is indispensable."""
        for place, role in enumerate(assembly.roles, start=1):
            assembly.speak(role, SUPPORT, assembly.argue(f"A1.{place}", "for"))

        assert () == assembly.rule().pivotal

    @settings(max_examples=40)
    @given(data=st.data())
    def test_the_search_is_exact(self, new_assembly: "type[Assembly]", data: st.DataObject) -> None:
        """Every set up to two is pivotal if and only if recomputing without it, and no part of it, decides otherwise."""
        assembly = data.draw(debates(new_assembly))
        said, ruling = assembly.said(), assembly.rule()

        def decides_otherwise(*names: str) -> bool:
            outcome = recompute(said, without_arguments=names, pivots=False)
            return outcome.rulings[0].decision != ruling.decision

        names = [argument.id for speech in said.speeches for argument in speech.arguments]
        alone = [name for name in names if decides_otherwise(name)]
        pairs = [
            pair for pair in combinations(names, 2) if not set(pair) & set(alone) and decides_otherwise(*pair)
        ]

        assert [*((name,) for name in alone), *pairs] == list(ruling.pivotal)

    @given(data=st.data())
    def test_influence_is_the_recomputation_without_the_role(
        self, new_assembly: "type[Assembly]", data: st.DataObject
    ) -> None:
        """Each role's influence is what `--without-role` shows."""
        assembly = data.draw(debates(new_assembly))
        ruling = assembly.rule()

        assert {entry.role: entry.decision for entry in ruling.influence} == {
            role: recompute(assembly.said(), without_roles=[role], pivots=False).rulings[0].decision
            for role in assembly.roles
        }
        assert all(entry.changes == (entry.decision != ruling.decision) for entry in ruling.influence)

    @given(data=st.data())
    def test_leaving_out_leaves_nothing_behind(
        self, new_assembly: "type[Assembly]", data: st.DataObject
    ) -> None:
        """A ruling without an argument never mentions it, whatever hung on it."""
        assembly = data.draw(debates(new_assembly))
        names = [argument.id for speech in assembly.speeches for argument in speech.arguments]
        if not names:
            return
        name = data.draw(st.sampled_from(names))
        (ruling,) = recompute(assembly.said(), without_arguments=[name]).rulings

        mentioned = {
            *ruling.standing,
            *(d.argument for d in ruling.dissents),
            *(n for s in ruling.pivotal for n in s),
        }
        assert name not in mentioned


class TestWholeDebates:
    def test_changed_names_the_recommendations_that_changed(self, assembly: "Assembly") -> None:
        """Only the recommendation of the argument that was left out is computed otherwise."""
        _debate(assembly)
        assembly.recommendation = "R2"
        assembly.speak("finance", SUPPORT, assembly.argue("A2.1", "for"))
        said = Said(("R1", "R2"), tuple(assembly.speeches), assembly.charters(), "consent")

        assert ("R1",) == recompute(said, without_arguments=["A1.1"]).changed


@st.composite
def debates(draw: st.DrawFn, new_assembly: "type[Assembly]") -> "Assembly":
    """Small debates in which much hangs together: moves with causes, concessions, withdrawals, shared conditions."""
    assembly = new_assembly()
    made: list[str] = []
    for round_ in (1, 2, 3):
        known = list(made)
        for role in assembly.roles:
            arguments = []
            for _ in range(draw(st.integers(0, 2 if round_ == 1 else 1))):
                name = f"A1.{len(made) + 1}"
                made.append(name)
                relation: st.SearchStrategy[Relation] = st.sampled_from(
                    ["rebut", "undercut", "support", "concede"]
                )
                arguments.append(
                    assembly.argue(
                        name,
                        draw(st.sampled_from(["for", "against", None])),
                        targets=draw(st.dictionaries(st.sampled_from(known), relation, max_size=2))
                        if known
                        else {},
                        condition=draw(st.sampled_from([None, None, "chiffrer", "nommer"])),
                        red_line=draw(st.sampled_from([None, "line"])),
                        base=draw(st.sampled_from([0.2, 0.5, 0.9])),
                    )
                )
            tabled = [condition.id for speech in assembly.speeches for condition in speech.conditions]
            assembly.speak(
                role,
                draw(st.sampled_from(Stance)),
                *arguments,
                round_=round_,
                because=draw(st.sampled_from([None, *known, *tabled])) if round_ > 1 else None,
                votes=draw(st.dictionaries(st.sampled_from(tabled), st.booleans())) if tabled else {},
                withdrawn=[name for name in known if draw(st.integers(0, 5)) == 0],
            )
    return assembly


def test_the_moderators_words_beside_an_objection_are_kept(assembly: "Assembly") -> None:
    """An objection that stands as it stood keeps the reply that the moderator worded; nothing else does."""
    assembly.speak("finance", SUPPORT, assembly.argue("A1.1", "for"))
    assembly.speak("energy", OPPOSE, assembly.argue("A1.2", "against"))
    assembly.speak("industry", SUPPORT, assembly.argue("A1.3", targets={"A1.2": "rebut"}), round_=2)
    said = assembly.said()
    (ruling,) = recompute(said).rulings
    worded = tuple(
        dissent.model_copy(update={"majority_reply": "In the moderator's words."})
        for dissent in ruling.dissents
    )
    assert worded
    on_record = said._replace(rulings=(ruling.model_copy(update={"dissents": worded}),))

    assert worded == recompute(on_record).rulings[0].dissents
    assert worded == recompute(on_record, weights={"energy": 2.0}).rulings[0].dissents
    (unanswered,) = recompute(on_record, without_arguments=["A1.3"]).rulings[0].dissents
    assert unanswered.majority_reply is None
