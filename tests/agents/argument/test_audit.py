"""The fidelity audit: what a sentence says beyond its sources, and what a strategy leaves out."""

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

import pytest

from agents.argument.audit import Claimed, Source, Sources, audit, dropped_objections, sentences_of
from agents.argument.model import Dissent, Ruling, Scheme, Stance
from agents.argument.sources import collect_sources
from agents.article.model import Article
from agents.roles.model import Fact

if TYPE_CHECKING:
    from tests.agents.argument.conftest import Assembly

FRENCH = Sources(
    texts={
        "S1": Source("La ville perd 12 % de son eau depuis 1998.", "fr"),
        "S2": Source("La ville pourrait rénover ses conduites avec l’Office de l’eau.", "fr"),
        "S3": Source("Le maire doit publier un bilan.", "fr"),
        "A1.1": Source("Une rénovation créerait des emplois.", "fr"),
        "A1.2": Source("Rien ne le prouve.", "fr"),
    },
    rulings={},
    unverified={"A1.2"},
    context="L’eau de Tamda\nFinances",
)
ENGLISH = Sources(
    texts={
        "S1": Source("The town loses 12% of its water.", "en"),
        "S2": Source("The town could renew its pipes and might save money, the World Bank says.", "en"),
        "S3": Source("The mayor must publish a report.", "en"),
        "S4": Source("Moroccan towns recommend it.", "en"),
    },
    rulings={},
    unverified=(),
    context="Water in Tamda",
)


def _kinds(text: str, rests_on: Sequence[str], language: str = "fr") -> list[tuple[str, str]]:
    sources = FRENCH if language == "fr" else ENGLISH
    return [(f.kind, f.text) for f in audit([Claimed("summary/1", text, rests_on)], sources, language)]


class TestFaithful:
    @pytest.mark.parametrize(
        "text,rests_on",
        [
            ("La ville perd douze pour cent de son eau.", ["S1"]),
            ("Tamda pourrait rénover ses conduites.", ["S2"]),
            ("À Tamda, l’Office de l’eau rénoverait les conduites (S2).", ["S2"]),
            ("Le maire doit publier un bilan ; la ville pourrait rénover.", ["S2", "S3"]),
            ("Rénover les conduites : une mesure que Finances soutient.", ["S2"]),
            ("La mesure n’exige pas de bilan.", ["S2"]),
            ("La rénovation créerait des emplois.", ["A1.1"]),
            ("« La ville […] depuis 1998 », dit l’article.", ["S1"]),
            ("Le bilan dirait : « La ville perd 12 % de son eau ».", ["S1", "S3"]),
            ("Le KPI reste à fixer. L’État en décidera.", ["S1"]),
        ],
    )
    def test_what_the_sources_say_passes_in_french(self, text: str, rests_on: list[str]) -> None:
        """Other words, the same numbers, names and modality."""
        assert [] == _kinds(text, rests_on)

    @pytest.mark.parametrize(
        "text,rests_on",
        [
            ("Tamda loses 12 per cent of its water.", ["S1"]),
            ("The World Bank says that pipes could be renewed.", ["S2"]),
            ("It does not require a report.", ["S2"]),
            ("Morocco's towns recommend it.", ["S4"]),
            ("The mayor must publish.", ["S3"]),
        ],
    )
    def test_what_the_sources_say_passes_in_english(self, text: str, rests_on: list[str]) -> None:
        """The same in English, adjectives of a country included."""
        assert [] == _kinds(text, rests_on, "en")


class TestUnfaithful:
    @pytest.mark.parametrize(
        "text,rests_on,finding",
        [
            ("La ville perd de l’eau.", [], ("rests_on_nothing", "La ville perd de l’eau.")),
            ("La ville perd de l’eau.", ["S1", "A9.9"], ("unknown_id", "A9.9")),
            ("Rien ne le prouve.", ["A1.2"], ("unverified", "A1.2")),
            ("La ville perd 21 % de son eau.", ["S1"], ("number", "21 %")),
            ("La ville perd 12 m3 d’eau.", ["S1"], ("number", "12 m3")),
            ("D’ici 2030, la ville pourrait rénover.", ["S2"], ("number", "2030")),
            ("La ville pourrait rénover avec la Banque mondiale.", ["S2"], ("name", "Banque")),
            ("Selon l’ONEE, la ville perd de l’eau.", ["S1"], ("name", "ONEE")),
            ("La ville perd de l’eau, dit le ministère.", ["S1"], ("actor", "ministere")),
            ("« L’eau manque partout », dit la ville.", ["S2"], ("quote", "L’eau manque partout")),
            ("La ville doit rénover ses conduites.", ["S2"], ("modality", "doit")),
            ("Il faut rénover les conduites.", ["S2"], ("modality", "il faut")),
            ("La ville ne doit pas rénover.", ["S2"], ("modality", "doit")),
            ("La rénovation créera des emplois.", ["A1.1"], ("modality", "creera")),
        ],
    )
    def test_what_they_do_not_say_is_named_in_french(
        self, text: str, rests_on: list[str], finding: tuple[str, str]
    ) -> None:
        """A finding names the kind of excess and the words."""
        assert [finding] == _kinds(text, rests_on)

    @pytest.mark.parametrize(
        "text,rests_on,finding",
        [
            ("The town must renew its pipes.", ["S2"], ("modality", "must")),
            ("Renewing its pipes will save money.", ["S2"], ("modality", "will save")),
            ("The town loses 13% of its water.", ["S1"], ("number", "13%")),
            ("The town loses water, says UNESCO.", ["S1"], ("name", "UNESCO")),
            ("The ministry says so.", ["S1"], ("actor", "ministry")),
        ],
    )
    def test_what_they_do_not_say_is_named_in_english(
        self, text: str, rests_on: list[str], finding: tuple[str, str]
    ) -> None:
        """The same in English."""
        assert [finding] == _kinds(text, rests_on, "en")


class TestSentencesOf:
    def test_a_dumped_strategy_is_read_wherever_sentences_stand(self) -> None:
        """Lists, sheets, tensions and risks; what carries no ids is no sentence."""
        dump = {
            "title": "Eau",
            "summary": [{"text": "Un.", "rests_on": ["R1"]}],
            "measures": [
                {"risks": [{"text": "Deux", "mitigation": "trois.", "rests_on": [], "impact": "low"}]}
            ],
            "tensions": [{"text": "Quatre.", "rests_on": ["A1.1"], "recommendations": ["R1", "R2"]}],
        }

        assert [
            ("summary[0]", "Un.", ["R1"]),
            ("measures[0].risks[0]", "Deux ; trois.", []),
            ("tensions[0]", "Quatre.", ["A1.1", "R1", "R2"]),
        ] == [tuple(sentence) for sentence in sentences_of(dump)]


class TestSources:
    def test_a_ruling_can_be_counted_and_quoted(self, assembly: "Assembly", article: Article) -> None:
        """Votes, strengths, conditions and dissents of a ruling may be told from its id alone."""
        asks = assembly.argue("A1.1", "against", condition="publier un bilan", claim="Le coût est inconnu.")
        assembly.speak("finance", Stance.CONDITIONS, asks)
        for role in ("energy", "sovereignty", "industry"):
            assembly.speak(role, Stance.SUPPORT, round_=2, votes={"C1.1": True})
        ruling = assembly.rule()
        fact = Fact(
            id="F-1", text={"fr": "Tamda compte 40 000 habitants."}, source="HCP", as_of=date(2024, 1, 1)
        )
        sources = collect_sources(
            article=article,
            recommendations=article.recommendations,
            charters=assembly.charters(),
            facts={"F-1": fact},
            speeches=assembly.speeches,
            rulings=[ruling],
            language="fr",
        )
        told = [
            Claimed("1", "Trois des quatre rôles soutiennent sans condition.", ["R1"]),
            Claimed("2", f"La force atteint {ruling.strength:.2f}.", ["R1"]),
            Claimed("3", "Une condition : publier un bilan.", ["C1.1"]),
            Claimed("4", "Le coût est inconnu.", ["A1.1"]),
            Claimed("5", "La ville perd 12 % de son eau.", ["A1.1", "S1"]),
            Claimed("6", "En 2024, Tamda comptait 40 000 habitants, dit le HCP.", ["F-1"]),
        ]

        assert () == audit(told, sources, "fr")
        assert ["number"] == [
            f.kind for f in audit([Claimed("7", "Neuf rôles sur 17.", ["R1"])], sources, "fr")
        ]


def _dissent(objection: str, argument: str = "A1.1", role: str = "energy") -> Dissent:
    return Dissent(
        role=role,
        recommendation="R1",
        argument=argument,
        objection=objection,
        scheme=Scheme.CONSEQUENCES,
        strength=0.5,
        dfquad=0.5,
    )


OBJECTION = "Le réseau est saturé, et rien n’est prévu pour l’étendre."
SUMMARY = [Claimed("summary/1", "Energy maintient son objection.", ["R1", "A1.1"])]


TITLES = {"finance": "Finances"}


class TestDroppedObjections:
    @pytest.mark.parametrize(
        "entry", [OBJECTION, "Le réseau est saturé…", "Le réseau est saturé, et rien n'est prévu"]
    )
    def test_an_objection_may_be_shortened_at_its_end(self, entry: str) -> None:
        """Its author's words, or their beginning, up to typography."""
        assert () == dropped_objections([_dissent(OBJECTION)], [_dissent(entry)], SUMMARY, TITLES)

    @pytest.mark.parametrize("entry", ["Le réseau pourrait saturer.", "rien n’est prévu pour l’étendre."])
    def test_an_objection_may_not_be_reworded(self, entry: str) -> None:
        """Other words, or a beginning cut away, are named."""
        (finding,) = dropped_objections([_dissent(OBJECTION)], [_dissent(entry)], SUMMARY, TITLES)

        assert ("reworded_objection", "R1/A1.1", entry) == finding

    def test_an_objection_that_is_left_out_is_named(self) -> None:
        """Each computed dissent must stand in the minority report."""
        findings = dropped_objections(
            [_dissent(OBJECTION), _dissent("Autre.", "A1.2")], [_dissent(OBJECTION)], SUMMARY, TITLES
        )

        assert [("dropped_objection", "R1/A1.2", "Autre."), ("unnamed_dissent", "R1/A1.2", "Autre.")] == list(
            findings
        )

    def test_the_summary_names_every_dissent(self) -> None:
        """A dissent that only the annex mentions is named; one without an argument is named by its role."""
        silent = [Claimed("summary/1", "Tout va bien.", ["R1"])]
        unreasoned = _dissent("Non.", "", "finance")

        assert ["unnamed_dissent"] == [
            f.kind for f in dropped_objections([_dissent(OBJECTION)], [_dissent(OBJECTION)], silent, TITLES)
        ]
        assert () == dropped_objections(
            [unreasoned],
            [unreasoned],
            [Claimed("summary/1", "L’opposition des Finances demeure.", ["R1"])],
            TITLES,
        )


def _ruled(decision: str, **finals: str) -> Sources:
    stances = {role: {"opening": held, "final": held} for role, held in finals.items()}
    ruling = Ruling.model_validate(
        {
            "recommendation": "R1",
            "decision": decision,
            "consensus": "majority",
            "rule": "consent",
            "strength": 0.5,
            "dfquad": 0.5,
            "euler": 0.5,
            "stances": stances,
        }
    )
    return Sources(
        texts={"R1": Source("Build the mole.", "en"), "A1.1": Source("The mole is dear.", "en")},
        rulings={"R1": ruling},
        unverified=(),
        context="The mole\nFinance\nHarbour\nFishery",
        titles={"finance": "Finance", "harbour": "Harbour", "fishery": "Fishery"},
        authors={"A1.1": "finance"},
    )


class TestPlainWords:
    @pytest.mark.parametrize(
        "text, found",
        [
            ("R1 is deferred.", []),
            ("R1 is adopted.", [("decision", "is adopted")]),
            ("R1 was rejected by the assembly.", [("decision", "was rejected")]),
            ("R1 is not adopted.", []),
            ("Its condition is adopted.", []),
            ("R1 is deferred; Finance objects.", []),
            ("R1 is deferred; the Harbour objects.", [("speaker", "Harbour")]),
            ("R1 is deferred; Fishery keeps an objection.", []),
            ("R1 is deferred; the Harbour supports it.", []),
        ],
    )
    def test_another_decision_or_speaker_is_found(self, text: str, found: list[tuple[str, str]]) -> None:
        """A sentence that turns a decision round, or lays an objection to a role that has none, is named."""
        sources = _ruled("defer", finance="oppose", harbour="support", fishery="support_with_conditions")
        findings = audit([Claimed("summary/1", text, ["R1", "A1.1"])], sources, "en")

        assert found == [(finding.kind, finding.text) for finding in findings]
