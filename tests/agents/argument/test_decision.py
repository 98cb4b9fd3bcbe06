"""From stances, conditions, red lines and strength to a decision and a status."""

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agents.argument.decision import moves_of, rule_on, with_strengths
from agents.argument.model import Relation, Side, Stance
from agents.argument.rules import RULES
from agents.errors import InputError
from agents.roles.model import Charter

if TYPE_CHECKING:
    from tests.agents.argument.conftest import Assembly

SUPPORT, CONDITIONS, OPPOSE, NONE = Stance.SUPPORT, Stance.CONDITIONS, Stance.OPPOSE, Stance.NONE


def _stances(assembly: "Assembly", *stances: Stance) -> "Assembly":
    """Each role says one thing, on its own side, and nobody answers."""
    for place, (role, stance) in enumerate(zip(assembly.roles, stances, strict=True), start=1):
        if stance is NONE:
            assembly.speak(role, NONE)
        else:
            side: Side = "against" if stance is OPPOSE else "for"
            assembly.speak(role, stance, assembly.argue(f"A1.{place}", side))
    return assembly


class TestLadder:
    @pytest.mark.parametrize(
        "stances,decision,consensus",
        [
            ((SUPPORT,) * 4, "adopt", "consensus"),
            ((SUPPORT, SUPPORT, SUPPORT, OPPOSE), "adopt", "qualified_majority"),
            ((SUPPORT, SUPPORT, SUPPORT, NONE), "adopt", "qualified_majority"),
            ((SUPPORT, SUPPORT, OPPOSE, OPPOSE), "defer", "majority"),
            ((SUPPORT, OPPOSE, OPPOSE, OPPOSE), "reject", "not_retained"),
            ((SUPPORT, NONE, NONE, NONE), "defer", "not_retained"),
            ((OPPOSE,) * 4, "reject", "not_retained"),
            ((NONE,) * 4, "defer", "not_retained"),
        ],
    )
    def test_shares_of_consent_give_decision_and_status(
        self, assembly: "Assembly", stances: tuple[Stance, ...], decision: str, consensus: str
    ) -> None:
        """Four equal voices, by the default rule."""
        ruling = _stances(assembly, *stances).rule()

        assert (decision, consensus) == (ruling.decision, ruling.consensus)

    def test_silence_is_no_consent(self, assembly: "Assembly") -> None:
        """A role that never speaks counts in every share, so that two of four are no majority."""
        assembly.speak("finance", SUPPORT).speak("energy", SUPPORT)
        ruling = assembly.rule()

        assert ("defer", -0.25) == (ruling.decision, ruling.margin["consent"])
        assert NONE is ruling.stances["industry"].final
        assert "silent:industry" in ruling.warnings

    def test_abstentions_weigh(self, assembly: "Assembly") -> None:
        """75 for, 62 against and 46 abstaining of 183 is no majority, whatever rule asks for one."""
        assembly.roles = ("for_", "against_", "abstaining")
        assembly.weights = {"for_": 75, "against_": 62, "abstaining": 46}
        _stances(assembly, SUPPORT, OPPOSE, NONE)

        assert "not_retained" == assembly.rule("majority").consensus
        assert all("adopt" != assembly.rule(rule).decision for rule in RULES)

    def test_three_quarters_of_the_weight_is_a_qualified_majority(self, assembly: "Assembly") -> None:
        """Weights are voices: three quarters exactly is enough, whatever rounding does."""
        assembly.weights = {"finance": 0.1, "energy": 0.1, "sovereignty": 0.1, "industry": 0.1}

        assert "qualified_majority" == _stances(assembly, SUPPORT, SUPPORT, SUPPORT, OPPOSE).rule().consensus

    def test_a_last_turn_that_failed_is_no_consensus_proper(self, assembly: "Assembly") -> None:
        """The stance once expressed stands, but who was not heard at the end leaves a reservation."""
        _stances(assembly, SUPPORT, SUPPORT, SUPPORT, SUPPORT)
        assembly.speak("energy", SUPPORT, round_=2, failed="timed out")
        ruling = assembly.rule()

        assert "consensus_with_reservations" == ruling.consensus
        assert {"energy": "timed out"} == ruling.failed
        assert "failed_turn:energy" in ruling.warnings

    def test_what_a_failed_turn_claims_is_not_counted(self, assembly: "Assembly") -> None:
        """A failed turn expresses no stance."""
        _stances(assembly, SUPPORT, SUPPORT, SUPPORT, OPPOSE)
        assembly.speak("industry", SUPPORT, round_=2, failed="timed out")

        assert OPPOSE is assembly.rule().stances["industry"].final


class TestConditions:
    def _conditional(self, assembly: "Assembly", **votes: bool | None) -> "Assembly":
        """Finance asks for a condition; the others support it, and vote in the second round."""
        asks = assembly.argue("A1.1", "against", condition="chiffrer le coût")
        assembly.speak("finance", CONDITIONS, asks)
        for place, role in enumerate(assembly.roles[1:], start=2):
            assembly.speak(role, SUPPORT, assembly.argue(f"A1.{place}", "for"))
        assembly.speak("finance", CONDITIONS, round_=2)
        for role, accepts in votes.items():
            assembly.speak(role, SUPPORT, round_=2, votes={} if accepts is None else {"C1.1": accepts})
        return assembly

    def test_an_accepted_condition_makes_its_author_consent(self, assembly: "Assembly") -> None:
        """Three of four voices accept: adopted with it, nothing is left to object."""
        ruling = self._conditional(assembly, energy=True, sovereignty=True, industry=False).rule()
        (condition,) = ruling.conditions

        assert ("adopt_with_conditions", "consensus_with_reservations") == (ruling.decision, ruling.consensus)
        assert ("accepted", ("finance", "energy", "sovereignty"), ("industry",)) == (
            condition.status,
            condition.accepted_by,
            condition.refused_by,
        )
        assert () == ruling.dissents

    def test_nobody_refused_is_not_accepted(self, assembly: "Assembly") -> None:
        """Without expressed acceptances a condition stays open, and its author does not consent."""
        ruling = self._conditional(assembly, energy=None, sovereignty=None, industry=True).rule()

        assert ("open", "qualified_majority") == (ruling.conditions[0].status, ruling.consensus)
        assert ["A1.1"] == [dissent.argument for dissent in ruling.dissents]
        assert "chiffrer le coût" == ruling.dissents[0].acceptance_condition

    def test_half_the_voices_refuse(self, assembly: "Assembly") -> None:
        """A condition that can no longer pass is refused."""
        ruling = self._conditional(assembly, energy=False, sovereignty=False, industry=True).rule()

        assert "refused" == ruling.conditions[0].status

    def test_one_refusal_is_enough_under_the_strict_rule(self, assembly: "Assembly") -> None:
        """The strict rule adopts no condition against anybody, and nothing without everybody."""
        ruling = self._conditional(assembly, energy=True, sovereignty=True, industry=False).rule("strict")

        assert ("refused", "defer") == (ruling.conditions[0].status, ruling.decision)

    def test_a_condition_of_the_last_round_was_put_to_nobody(self, assembly: "Assembly") -> None:
        """It stays open, its author does not consent, and a warning says why."""
        _stances(assembly, SUPPORT, SUPPORT, SUPPORT, SUPPORT)
        late = assembly.argue("A1.9", "against", condition="attendre")
        ruling = assembly.speak("finance", CONDITIONS, late, round_=2).rule()

        assert "qualified_majority" == ruling.consensus
        assert "unvoted_condition:C1.1" in ruling.warnings

    def test_the_same_condition_of_two_roles_is_asked_by_both(self, assembly: "Assembly") -> None:
        """Who asks for a condition accepts it, also when somebody else tabled it first."""
        for place, role in enumerate(("finance", "energy"), start=1):
            assembly.speak(
                role, CONDITIONS, assembly.argue(f"A1.{place}", "against", condition="Chiffrer le coût")
            )
        assembly.speak("sovereignty", SUPPORT, assembly.argue("A1.3", "for"))
        assembly.speak("industry", SUPPORT, assembly.argue("A1.4", "for"))
        ruling = assembly.speak("sovereignty", SUPPORT, round_=2, votes={"C1.1": True}).rule()

        assert [("accepted", ("finance", "energy", "sovereignty"))] == [
            (condition.status, condition.accepted_by) for condition in ruling.conditions
        ]
        assert () == ruling.dissents

    def test_the_last_vote_counts(self, assembly: "Assembly") -> None:
        """A role may change its mind about a condition."""
        self._conditional(assembly, energy=True, sovereignty=True, industry=True)
        ruling = assembly.speak("energy", SUPPORT, round_=3, votes={"C1.1": False}).rule()

        assert ("energy",) == ruling.conditions[0].refused_by


class TestRedLines:
    def _crossed(
        self, assembly: "Assembly", *, grounded: bool = True, condition: str | None = None
    ) -> "Assembly":
        line = assembly.argue("A1.1", "against", red_line="grid", grounded=grounded, condition=condition)
        assembly.speak("energy", OPPOSE, line)
        for place, role in enumerate(("finance", "sovereignty", "industry"), start=2):
            assembly.speak(role, SUPPORT, assembly.argue(f"A1.{place}", "for"))
        return assembly

    def test_a_grounded_red_line_blocks(self, assembly: "Assembly") -> None:
        """Three of four consent, yet the measure is deferred, and the margin shows by how many."""
        ruling = self._crossed(assembly).rule()

        assert ("defer", "qualified_majority", -1.0) == (
            ruling.decision,
            ruling.consensus,
            ruling.margin["red_lines"],
        )

    def test_only_a_reasoned_objection_blocks(self, assembly: "Assembly") -> None:
        """A red line without a verified ground warns under the default rule and blocks under the strict one."""
        ruling = self._crossed(assembly, grounded=False).rule()

        assert "adopt" == ruling.decision
        assert "ungrounded_red_line:A1.1" in ruling.warnings
        assert -1.0 == assembly.rule("strict").margin["red_lines"]

    def test_majority_rule_ignores_red_lines(self, assembly: "Assembly") -> None:
        """A rule without vetoes adopts, and the dissent is still printed."""
        ruling = self._crossed(assembly).rule("majority")

        assert "adopt" == ruling.decision
        assert ["A1.1"] == [dissent.argument for dissent in ruling.dissents]

    def test_a_red_line_that_its_author_gives_up_blocks_no_more(self, assembly: "Assembly") -> None:
        """Withdrawn by its author, it is no objection either."""
        ruling = self._crossed(assembly).speak("energy", OPPOSE, round_=2, withdrawn=["A1.1"]).rule()

        assert "adopt" == ruling.decision

    def test_nobody_can_withdraw_for_another(self, assembly: "Assembly") -> None:
        """A withdrawal of somebody else's argument changes nothing."""
        ruling = self._crossed(assembly).speak("finance", SUPPORT, round_=2, withdrawn=["A1.1"]).rule()

        assert "defer" == ruling.decision

    def test_a_condition_that_lifts_it(self, assembly: "Assembly") -> None:
        """A red line whose condition is accepted stands no longer, though its author still opposes."""
        self._crossed(assembly, condition="raccorder au réseau")
        for role in ("finance", "sovereignty"):
            assembly.speak(role, SUPPORT, round_=2, votes={"C1.1": True})

        assert "adopt_with_conditions" == assembly.rule().decision


class TestStrengthAgainstVotes:
    def test_votes_without_arguments_defer(self, assembly: "Assembly") -> None:
        """Three roles consent without a reason against three strong objections: the arguments send it back."""
        for role in ("finance", "sovereignty", "industry"):
            assembly.speak(role, SUPPORT)
        objections = [assembly.argue(f"A1.{n}", "against", base=0.9) for n in range(1, 4)]
        ruling = assembly.speak("energy", OPPOSE, *objections).rule()

        assert "defer" == ruling.decision
        assert ruling.margin["strength"] < 0
        assert {"votes_for_arguments_against", "deferred_by_strength"} <= set(ruling.disagreements)

    def test_opposition_without_arguments_does_not_reject(self, assembly: "Assembly") -> None:
        """Three roles oppose in silence against one role's strong reasons: deferred, and said so."""
        reasons = [assembly.argue(f"A1.{n}", "for", base=0.9) for n in range(1, 4)]
        assembly.speak("energy", SUPPORT, *reasons)
        for role in ("finance", "sovereignty", "industry"):
            assembly.speak(role, OPPOSE, text="Non.")
        ruling = assembly.rule()

        assert ("defer", "not_retained") == (ruling.decision, ruling.consensus)
        assert {"spared_by_strength", "votes_against_arguments_for"} <= set(ruling.disagreements)

    def test_near_misses_are_said(self, assembly: "Assembly") -> None:
        """One vote away from the threshold, the roles that could tip it are named."""
        ruling = _stances(assembly, SUPPORT, SUPPORT, SUPPORT, OPPOSE).rule()

        assert "one_vote:finance,energy,sovereignty" in ruling.warnings

    def test_instant_unanimity_is_a_warning(self, assembly: "Assembly") -> None:
        """All roles agree before they heard each other."""
        ruling = _stances(assembly, SUPPORT, SUPPORT, SUPPORT, SUPPORT).rule()

        assert {"instant_unanimity", "no_dissent:0"} <= set(ruling.warnings)


class TestMoves:
    def test_moves_have_their_cause(self, assembly: "Assembly") -> None:
        """A change of stance names the argument that its author names."""
        assembly.speak("finance", OPPOSE, assembly.argue("A1.1", "against"))
        assembly.speak("energy", SUPPORT, assembly.argue("A1.2", "for"))
        assembly.speak("finance", SUPPORT, round_=2, because="A1.2")
        (move,) = moves_of(assembly.speeches)

        assert {
            "role": "finance",
            "recommendation": "R1",
            "from": "oppose",
            "to": "support",
            "because": "A1.2",
        } == (move.model_dump(mode="json", by_alias=True))
        assert (OPPOSE, SUPPORT) == (
            assembly.rule().stances["finance"].opening,
            assembly.rule().stances["finance"].final,
        )

    def test_failed_turns_move_nothing(self, assembly: "Assembly") -> None:
        """Neither the failure nor the first word after it is a move without a stance before."""
        assembly.speak("finance", NONE, failed="refused")
        assembly.speak("finance", OPPOSE, round_=2)
        (move,) = moves_of(assembly.speeches)

        assert (NONE, OPPOSE) == (move.from_, move.to)


class TestStrengths:
    def test_every_argument_gets_its_strength(self, assembly: "Assembly") -> None:
        """One that is attacked is weaker than its base; one that was withdrawn has no strength."""
        assembly.speak(
            "finance", OPPOSE, assembly.argue("A1.1", "against"), assembly.argue("A1.2", "against")
        )
        assembly.speak("energy", SUPPORT, assembly.argue("A1.3", targets={"A1.1": "rebut"}), round_=2)
        assembly.speak("finance", OPPOSE, round_=2, withdrawn=["A1.2"])
        found = {a.id: a.strength for speech in with_strengths(assembly.speeches) for a in speech.arguments}

        assert {"A1.1": pytest.approx(0.441176), "A1.2": 0.0, "A1.3": 0.6} == found

    def test_weights_are_for_votes_not_for_reasons(self, assembly: "Assembly") -> None:
        """A role's weight changes neither strengths nor the recommendation's."""
        _stances(assembly, SUPPORT, OPPOSE, OPPOSE, SUPPORT)
        before = assembly.rule()
        assembly.weights = {"finance": 9.0}

        assert before.strength == assembly.rule().strength


class TestBadInput:
    def test_an_unknown_rule_is_refused(self, assembly: "Assembly") -> None:
        """The error lists the rules."""
        with pytest.raises(InputError, match="consent, strict, majority"):
            assembly.rule("unanimous")

    def test_weights_that_are_all_zero_are_refused(self, assembly: "Assembly") -> None:
        """Nobody could decide anything."""
        assembly.weights = dict.fromkeys(assembly.roles, 0.0)

        with pytest.raises(InputError, match="No role has any weight"):
            assembly.rule()

    def test_a_debate_in_which_nobody_spoke_is_deferred(self) -> None:
        """No speech at all is no error."""
        charter = Charter(name="finance", title={"en": "F"}, mission={"en": "F"})
        ruling = rule_on("R1", [], [charter], "consent")

        assert ("defer", "not_retained", 0.5) == (ruling.decision, ruling.consensus, ruling.strength)


STANCES = st.lists(st.sampled_from(Stance), min_size=4, max_size=4)


@st.composite
def debates(draw: st.DrawFn, new_assembly: "type[Assembly]") -> "Assembly":
    """Two rounds of four roles with any stances, targets, votes, conditions, moves and withdrawals."""
    assembly = new_assembly()
    made: list[str] = []
    for round_ in (1, 2):
        known = list(made)
        for role, stance in zip(assembly.roles, draw(STANCES), strict=True):
            arguments = []
            for _ in range(draw(st.integers(0, 2))):
                name = f"A1.{len(made) + 1}"
                made.append(name)
                relations: st.SearchStrategy[Relation] = st.sampled_from(
                    ["rebut", "undercut", "undermine", "support", "concede"]
                )
                targets = (
                    draw(st.dictionaries(st.sampled_from(known), relations, max_size=2)) if known else {}
                )
                arguments.append(
                    assembly.argue(
                        name,
                        draw(st.sampled_from(["for", "against", None])),
                        targets=targets,
                        condition=draw(st.sampled_from([None, None, "chiffrer", "nommer un pilote"])),
                        red_line=draw(st.sampled_from([None, None, "line"])),
                        base=draw(st.floats(0.05, 0.95)),
                        grounded=draw(st.booleans()),
                    )
                )
            tabled = [condition.id for speech in assembly.speeches for condition in speech.conditions]
            assembly.speak(
                role,
                stance,
                *arguments,
                round_=round_,
                because=draw(st.sampled_from([None, *known])) if round_ == 2 else None,
                votes=draw(st.dictionaries(st.sampled_from(tabled), st.booleans())) if tabled else {},
                withdrawn=[name for name in known if draw(st.booleans()) and draw(st.booleans())],
            )
    return assembly


class TestAnyDebate:
    @given(data=st.data(), rule=st.sampled_from(sorted(RULES)))
    def test_every_debate_has_one_ruling_that_can_be_repeated(
        self, new_assembly: "type[Assembly]", data: st.DataObject, rule: str
    ) -> None:
        """Whatever was said, the same words give the same ruling, within its bounds."""
        assembly = data.draw(debates(new_assembly))
        ruling = assembly.rule(rule)

        assert ruling == assembly.rule(rule)
        assert all(0 <= value <= 1 for value in (ruling.strength, ruling.dfquad, ruling.euler))
        assert ("adopt_with_conditions" == ruling.decision) <= any(
            condition.status == "accepted" for condition in ruling.conditions
        )
        if ruling.decision.startswith("adopt"):
            assert min(ruling.margin[test] for test in ("consent", "strength", "red_lines")) >= 0

    @given(data=st.data())
    def test_no_objection_is_ever_dropped(self, new_assembly: "type[Assembly]", data: st.DataObject) -> None:
        """Each argument against is withdrawn, answered to its author's consent, or in the dissents in its words."""
        assembly = data.draw(debates(new_assembly))
        ruling, speeches = assembly.rule(), assembly.speeches
        recorded = {dissent.argument: dissent.objection for dissent in ruling.dissents}
        own = {role: set[str]() for role in ruling.stances}
        for speech in speeches:
            own[speech.role].update(a.id for a in speech.arguments)
        withdrawn = {name for s in speeches for name in s.withdrawn if name in own[s.role]}
        accepted = {c.text for c in ruling.conditions if c.status == "accepted"}
        conceding = {
            (a.role, t.argument)
            for s in speeches
            for a in s.arguments
            for t in a.targets
            if t.relation == "concede"
        }
        attacks: dict[str, set[str]] = {}
        eased_by_reply: set[str] = set()
        for speech in speeches:
            for argument in speech.arguments:
                for target in argument.targets:
                    if target.relation in {"rebut", "undercut", "undermine"}:
                        attacks.setdefault(target.argument, set()).add(argument.id)
                        if argument.condition in accepted:
                            eased_by_reply.add(target.argument)
        moved = {(s.role, s.because) for s in speeches if s.round == 2 and s.because}
        for speech in speeches:
            for argument in speech.arguments:
                excused = (
                    argument.id in withdrawn
                    or argument.condition in accepted
                    or argument.id in eased_by_reply
                    or any(
                        (argument.role, point) in conceding or (argument.role, point) in moved
                        for point in attacks.get(argument.id, ())
                    )
                )
                if argument.side == "against" and not excused:
                    assert argument.claim == recorded[argument.id]
