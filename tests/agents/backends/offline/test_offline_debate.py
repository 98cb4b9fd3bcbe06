"""Whole embedded debates: what every one of them must be."""

import re
from typing import TYPE_CHECKING

import pytest

from agents.argument.model import Argument, Stance
from agents.backends.offline import french
from agents.backends.offline.backend import OfflineBackend
from agents.debate.turn import Address, OpeningReply, RebuttalReply, TurnRequest
from agents.roles.model import Charter

if TYPE_CHECKING:
    from agents.debate.event import Ruled
    from tests.agents.backends.offline.conftest import Table

ARTICLES = [
    "brief",
    "seed",
    "en_down_with_data_centres",
    "fr_renovation_energetique",
    "es_costa_rica_ciberseguridad_html",
]
_SENTENCE = re.compile(r"(?<=[.!?])\s+")
_LEFTOVER = re.compile(r"[{}<>]|\b(?:None|nan)\b|  |\b(?:que|de) [aeiouéè]")
_DOUBLED = re.compile(r"\b(\w{2,}) \1\b", re.IGNORECASE)
_QUOTED = re.compile(r"«[^»]*»|“[^”]*”")


def _arguments(ruled: "dict[str, Ruled]") -> list[Argument]:
    return [a for event in ruled.values() for speech in event.speeches for a in speech.arguments]


@pytest.mark.parametrize("name", ARTICLES)
class TestEveryDebate:
    def test_rests_on_verified_grounds(self, table: "Table", name: str) -> None:
        """Each argument has a verified ground and no figure of its own."""
        ruled, strategy = table.hold(table.plan(table.shared(name)))
        for argument in _arguments(ruled):
            assert any(ground.status == "exact" for ground in argument.grounds), argument
            assert () == argument.unsupported_figures, argument
        assert 0 == strategy.grounding.unverified

    def test_answers_named_arguments_of_others(self, table: "Table", name: str) -> None:
        """Each rebuttal targets an argument of another role."""
        ruled, _ = table.hold(table.plan(table.shared(name)))
        arguments = _arguments(ruled)
        authors = {argument.id: argument.role for argument in arguments}
        for argument in arguments:
            if argument.phase == "rebuttal":
                assert any(authors[t.argument] != argument.role for t in argument.targets), argument

    def test_says_nothing_twice(self, table: "Table", name: str) -> None:
        """No sentence stands in two speeches."""
        ruled, _ = table.hold(table.plan(table.shared(name)))
        seen: dict[str, str] = {}
        for event in ruled.values():
            for speech in event.speeches:
                for sentence in set(_SENTENCE.split(speech.text)):
                    if len(sentence.split()) > 3:
                        assert seen.setdefault(sentence, speech.address) == speech.address, sentence

    @pytest.mark.parametrize("language", ["fr", "en"])
    def test_is_clean(self, table: "Table", name: str, language: str) -> None:
        """No brace, empty place, doubled word or missing contraction outside quotations."""
        ruled, strategy = table.hold(table.plan(table.shared(name), language=language))
        texts = [speech.text for event in ruled.values() for speech in event.speeches]
        texts += [sentence.text for event in ruled.values() for sentence in event.reasons]
        texts += [
            s.text for s in (*strategy.summary, *strategy.diagnosis, *strategy.vision, *strategy.not_sought)
        ]
        texts += [tension.text for tension in strategy.tensions]
        for text in texts:
            own = _QUOTED.sub("Q", text)
            bad = (_LEFTOVER if language == "fr" else re.compile(r"[{}<>]|\bNone\b")).search(own)
            assert bad is None, own
            assert _DOUBLED.search(own) is None, own

    def test_moves_have_a_cause(self, table: "Table", name: str) -> None:
        """A role that changes its stance names the argument that made it do so."""
        ruled, _ = table.hold(table.plan(table.shared(name)))
        for event in ruled.values():
            held: dict[str, Stance] = {}
            for speech in event.speeches:
                if speech.role in held and held[speech.role] is not speech.stance:
                    assert speech.because is not None
                held[speech.role] = speech.stance

    def test_measures_are_deep(self, table: "Table", name: str) -> None:
        """Each measure reads as one sentence and has an owner, an indicator with a unit, and a cost band."""
        _, strategy = table.hold(table.plan(table.shared(name)))
        for measure in strategy.measures:
            assert measure.adopted_wording.endswith(".")
            assert "\n" not in measure.adopted_wording
            assert all(
                condition in measure.adopted_wording or french.to(condition) in measure.adopted_wording
                for condition in measure.conditions
            )
            assert measure.owner
            assert measure.kpi.unit
            assert measure.budget_band


class TestAlive:
    def test_stances_differ_and_move(self, table: "Table") -> None:
        """Over the bundled brief and the user's article roles differ, stances move and objections survive."""
        for name in ("brief", "seed"):
            ruled, strategy = table.hold(table.plan(table.shared(name)))
            stances = [s for event in ruled.values() for s in event.ruling.stances.values()]
            assert len({s.opening for s in stances}) >= 3
            assert any(s.opening is not s.final for s in stances)
            assert len({(e.ruling.decision, e.ruling.consensus) for e in ruled.values()}) >= 3
            assert strategy.minority
            assert len(strategy.tensions) >= 2

    def test_brief_is_examined_in_full(self, table: "Table") -> None:
        """The knowledge base covers the bundled brief but for what it openly leaves aside."""
        ruled, _ = table.hold(table.plan(table.shared("brief")))
        silent = [e for e in ruled.values() if all(s.final is Stance.NONE for s in e.ruling.stances.values())]
        assert len(silent) <= 1


class TestOutsideTheKnowledge:
    LINES = ("The choir has sung in the square since spring.", "Paint the town hall in ochre.")

    def test_is_said_openly(self, table: "Table") -> None:
        """A text that the base knows nothing of gets no position, critical questions and a deferral."""
        ruled, strategy = table.hold(table.plan(table.text(list(self.LINES), "en", 1)))
        (event,) = ruled.values()
        assert all(s.final is Stance.NONE for s in event.ruling.stances.values())
        assert "defer" == event.ruling.decision
        openings = [s for s in event.speeches if s.phase == "opening"]
        assert all(s.text for s in openings)
        questions = [a for s in openings for a in s.arguments]
        assert questions
        assert all(a.grounds[0].absence and a.grounds[0].status == "exact" for a in questions)
        assert len({a.claim for a in questions}) == len(questions)
        assert strategy.measures[0].owner


class TestRoles:
    def test_fifth_charter_debates(self, table: "Table") -> None:
        """A role known only by its indicator weights argues, votes and ranks like the others."""
        own = Charter.model_validate(
            {
                "name": "youth",
                "title": {"en": "Youth", "fr": "Jeunesse"},
                "mission": {"en": "Speak for those who come next"},
                "indicators": {"jobs": 1.0, "skills": 0.9, "emissions": 0.8, "equity": 0.7},
            }
        )
        plan = table.plan(table.english())
        ruled, _ = table.hold(plan.model_copy(update={"charters": (*plan.charters, own)}))
        speeches = [s for event in ruled.values() for s in event.speeches if s.role == "youth"]
        assert any(s.arguments for s in speeches)
        assert any(s.votes for s in speeches)
        assert any("Youth" in a.claim or "Youth" in s.text for s in speeches for a in s.arguments)


class TestTurns:
    def test_reply_to_what_was_really_said(self, table: "Table") -> None:
        """A rebuttal aims at arguments of the request, also when others said what nobody foresaw."""
        plan = table.plan(table.english())
        ruled, _ = table.hold(plan)
        event = next(iter(ruled.values()))
        openings = [s for s in event.speeches if s.phase == "opening"]
        foreign = [
            s.model_copy(
                update={
                    "arguments": tuple(
                        a.model_copy(
                            update={"point": None, "claim": "Servers hum at night, say the neighbours."}
                        )
                        for a in s.arguments
                    )
                }
            )
            for s in openings
            if s.role != "finance"
        ]
        missing = TurnRequest(
            address=Address(recommendation="R1", phase="rebuttal", round=2, role="finance"),
            recommendation=plan.recommendations[0],
            speeches=(openings[0], *foreign),
        )
        reply = OfflineBackend(plan).reply(missing)
        assert isinstance(reply, RebuttalReply)
        known = {a.id for s in foreign for a in s.arguments}
        assert all(t.argument in known for a in reply.arguments for t in a.targets)

    def test_survive_failed_turns(self, table: "Table") -> None:
        """A rebuttal after failed openings, its own included, is still a reply."""
        plan = table.plan(table.english())
        ruled, _ = table.hold(plan)
        openings = [s for s in next(iter(ruled.values())).speeches if s.phase == "opening"]
        failed = [
            s.model_copy(update={"failed": "timeout", "arguments": (), "conditions": (), "text": ""})
            for s in openings
        ]
        request = TurnRequest(
            address=Address(recommendation="R1", phase="rebuttal", round=2, role="energy"),
            recommendation=plan.recommendations[0],
            speeches=tuple(failed),
        )
        assert isinstance(OfflineBackend(plan).reply(request), RebuttalReply)

    def test_do_not_depend_on_the_order_of_asking(self, table: "Table") -> None:
        """A turn's reply is the same whichever turns were asked before it."""
        plan = table.plan(table.french())
        requests = [
            TurnRequest(
                address=Address(recommendation=r.id, phase="opening", round=1, role=c.name), recommendation=r
            )
            for r in plan.recommendations
            for c in plan.charters
        ]
        forth, back = OfflineBackend(plan), OfflineBackend(plan)
        first = [forth.reply(request) for request in requests]
        second = [back.reply(request) for request in reversed(requests)]
        assert first == second[::-1]
        assert all(isinstance(reply, OpeningReply) for reply in first)

    def test_more_rounds_bring_no_repetition(self, table: "Table") -> None:
        """With four rounds no role gives the same answer twice, and the debate may stop early."""
        ruled, _ = table.hold(table.plan(table.english(), rounds=4))
        for event in ruled.values():
            for role in event.ruling.stances:
                said = [a.claim for s in event.speeches if s.role == role for a in s.arguments]
                assert len(said) == len(set(said))

    def test_prompt_identifies_plan_and_request(self, table: "Table") -> None:
        """Another plan or another request gives another prompt; the model's name does not."""
        plan = table.plan(table.english())
        other = plan.model_copy(update={"charters": plan.charters[:3]})
        request = TurnRequest(address=Address(recommendation="R1", phase="opening", round=1, role="finance"))
        elsewhere = TurnRequest(
            address=Address(recommendation="R2", phase="opening", round=1, role="finance")
        )
        prompt = OfflineBackend(plan).render(request)
        assert prompt == OfflineBackend(plan.model_copy(update={"model": "other"})).render(request)
        assert prompt != OfflineBackend(other).render(request)
        assert prompt != OfflineBackend(plan).render(elsewhere)


class TestFacts:
    def test_are_used_only_for_their_country(self, table: "Table") -> None:
        """Facts about a country are cited only over articles about it."""
        for countries, expected in ((("MA",), True), (("FR",), False), ((), False)):
            ruled, _ = table.hold(table.plan(table.french(countries=countries)))
            cited = any(g.kind == "fact" for a in _arguments(ruled) for g in a.grounds)
            assert expected == cited

    def test_say_when_they_are_later(self, table: "Table") -> None:
        """A fact later than the article says so where it is cited."""
        text = table.shared("seed")
        plan = table.plan(text)
        ruled, _ = table.hold(plan)
        assert text.published is not None
        facts = plan.facts()
        for event in ruled.values():
            for speech in event.speeches:
                for argument in speech.arguments:
                    for ground in argument.grounds:
                        if ground.kind == "fact" and facts[ground.id].as_of > text.published:
                            assert "postérieur" in speech.text
