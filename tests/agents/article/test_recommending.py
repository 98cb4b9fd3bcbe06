"""Recommendations are found as policy texts write them, and nothing else is."""

from pathlib import Path
from typing import Any

import pytest

from agents.article.read import read_article, understand
from agents.article.recommend.cues import cues_of
from agents.article.recommend.force import Force
from agents.article.recommend.prose import force_of

HERE = Path(__file__).parent
CHECKOUT = HERE.parents[2]
SHARED = CHECKOUT.parent / "shared" / "articles"
EXAMPLES = sorted((*(HERE / "examples").iterdir(), *(HERE / "held_out").iterdir()))
LABELLED = sorted(path.parent for path in SHARED.glob("*/labels.yaml"))


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_finds_what_each_example_recommends(path: Path, reading: Any) -> None:
    """Bullets, numbers, headings, tables, prose and questions in four languages: what is marked, is found."""
    found = reading.score(path)
    assert found.f1 >= 0.85, found


@pytest.mark.skipif(not LABELLED, reason="the labelled articles stand beside the checkout")
def test_reads_labelled_articles_faithfully(reading: Any) -> None:
    """On labelled articles: mean F1 of 0.85 at least, every fact kept, none of the boilerplate."""
    scores = [reading.score(path) for path in LABELLED]
    assert sum(one.f1 for one in scores) >= 0.85 * len(scores)
    assert [] == [text for one in scores for text in (*one.facts_lost, *one.boilerplate_kept)]


@pytest.mark.skipif(not (SHARED / "seed").is_dir(), reason="the article stands beside the checkout")
def test_reads_the_seed_article() -> None:
    """The seed has six recommendations, the date and the countries it is about, and no ticker."""
    article = read_article(str(SHARED / "seed" / "article.txt"))
    assert ["R1", "R2", "R3", "R4", "R5", "R6"] == [one.id for one in article.recommendations]
    assert ("fr", "2025-02-07", ("MA", "FR")) == (article.language, str(article.published), article.countries)
    assert {"ticker or menu", "notice of a copying site", "date line"} == {
        one.reason for one in article.dropped
    }


@pytest.mark.parametrize(
    "language, sentence, force",
    [
        ("fr", "Le Maroc devrait créer une agence dédiée.", Force.NORM),
        ("fr", "Les aides doivent être réservées aux petites entreprises.", Force.NORM),
        ("fr", "Il faut ouvrir les données de transport.", Force.NORM),
        ("fr", "Nous recommandons de relever le plafond.", Force.PROPOSED),
        ("fr", "Le Conseil économique préconise une taxe affectée.", Force.PROPOSED),
        ("fr", "Pourquoi ne pas confier cette mission aux régions ?", Force.NORM),
        ("fr", "La croissance devrait atteindre 3 % l'an prochain.", Force.NONE),
        ("fr", "Le gouvernement a annoncé qu'il lancera un fonds.", Force.NONE),
        ("fr", "La loi impose aux communes de publier leurs comptes.", Force.NONE),
        ("fr", "Les candidats doivent déposer leur dossier avant lundi.", Force.NONE),
        ("fr", "Il convient de rappeler que le taux a doublé.", Force.NONE),
        ("fr", "Le Maroc doit-il adopter une stratégie similaire ?", Force.NONE),
        ("fr", "Selon ses détracteurs, l'État devrait tout arrêter.", Force.NONE),
        ("fr", "En 1998, les élus devaient trancher.", Force.NONE),
        ("en", "The government should fund apprenticeships.", Force.NORM),
        ("en", "Subsidies must be phased out by 2030.", Force.NORM),
        ("en", "We recommend that parliament adopt the bill.", Force.PROPOSED),
        ("en", "The World Bank urged the ministry to publish its data.", Force.PROPOSED),
        ("en", "Why not let cities decide?", Force.NORM),
        ("en", "Growth should reach 3% next year.", Force.NONE),
        ("en", "Under the Water Act, operators must keep a plan.", Force.NONE),
        ("en", "Applicants must register before Friday.", Force.NONE),
        ("en", "It should be noted that prices fell.", Force.NONE),
        ("en", "The report should be published by the end of the year.", Force.NONE),
        ("en", "Should cities own their networks?", Force.NONE),
        ("es", "El Estado debería garantizar el acceso.", Force.NORM),
        ("es", "Se recomienda crear un registro único.", Force.PROPOSED),
        ("es", "Hay que simplificar los trámites municipales cuanto antes.", Force.NORM),
        ("es", "La inflación debería alcanzar el 3 %.", Force.NONE),
        ("es", "La ley obliga a publicar los contratos.", Force.NONE),
        ("es", "Cabe señalar que el precio subió.", Force.NONE),
        ("ar", "يجب على الحكومة أن تستثمر في التعليم.", Force.NORM),
        ("ar", "نوصي بإحداث وكالة مستقلة.", Force.PROPOSED),
        ("ar", "وأوصى المجلس بفتح السوق أمام المنافسة.", Force.PROPOSED),
        ("ar", "لماذا لا تمنح الجهات صلاحيات أوسع؟", Force.NORM),
        ("ar", "تجدر الإشارة إلى أن الأسعار ارتفعت.", Force.NONE),
        ("ar", "ينص القانون على نشر الحسابات كل سنة.", Force.NONE),
    ],
)
def test_tells_proposals_from_other_sentences(language: str, sentence: str, force: Force) -> None:
    """What is proposed to decision-makers has force; forecasts, duties in force and calls to readers have none."""
    assert force == force_of(sentence, cues_of(language))


def found(text: str, name: str = "x.md") -> list[str]:
    return [one.text for one in understand(text.encode(), name).recommendations]


class TestRecommendationsIn:
    def test_measures_announced_are_none(self) -> None:
        """A list that a decision introduces is no list of recommendations, whatever its verbs."""
        assert [] == found(
            "# Le plan\n\nLe gouvernement a annoncé trois mesures :\n\n- Créer un fonds.\n- Ouvrir un guichet.\n"
        )

    def test_the_same_list_proposed_is(self) -> None:
        """The same items are recommendations when somebody proposes them."""
        text = "# Le plan\n\nNous proposons au gouvernement trois mesures :\n\n- Créer un fonds.\n- Ouvrir un guichet.\n"
        assert ["Créer un fonds.", "Ouvrir un guichet."] == found(text)

    def test_questions_are_none(self) -> None:
        """A list of open questions recommends nothing, even below a heading that promises it."""
        assert [] == found("## Recommandations\n\n- Que faire des déchets ?\n- Qui doit payer ?\n")

    def test_a_repeated_one_cites_both_places(self) -> None:
        """A recommendation of the summary and its chapter is one, with the spans of both."""
        text = (
            "# Rapport\n\n## Résumé\n\nNous recommandons :\n\n- Créer une agence nationale de l'eau.\n- Taxer les forages.\n\n"
            "## L'agence\n\nNous recommandons de créer une agence nationale de l'eau dès 2026.\n\n"
            "## Les forages\n\nLes nappes baissent.\n"
        )
        first, second = understand(text.encode(), "x.md").recommendations
        assert ("Créer une agence nationale de l'eau.", 2) == (first.text, len(first.spans))
        assert ("Taxer les forages.", 1) == (second.text, len(second.spans))

    def test_one_said_in_the_summary_and_in_its_chapter_cites_both(self) -> None:
        """A norm in a prose summary is cited with the labelled recommendation that says it again."""
        acts = (
            "fund a night bus line to the harbour",
            "publish the waiting times of each clinic",
            "plant lime trees",
        )
        summary = " ".join(f"The city council should {act} before the next winter." for act in acts)
        chapters = "".join(
            f"## Chapter {n}\n\n**Recommendation {n}: The council should {act} before the next winter.** "
            "Other cities did so years ago and never came to regret it.\n\n"
            for n, act in enumerate(acts, 1)
        )
        article = understand(f"# Report\n\n## Summary\n\n{summary}\n\n{chapters}".encode(), "report.md")
        assert len(article.recommendations) == len(acts)
        sections = {span.id: span.section for span in article.spans}
        for number, found in enumerate(article.recommendations, 1):
            assert {sections[span] for span in found.spans} == {"Summary", f"Chapter {number}"}

    def test_one_incidental_duty_is_not_a_recommendation(self) -> None:
        """In a long report of facts, a single "must" is a remark."""
        facts = " ".join(f"The station recorded {n} millimetres in one day." for n in range(12))
        assert [] == found(f"{facts} The council must vote soon. {facts}")

    def test_a_text_without_any_gives_an_empty_list(self) -> None:
        """Nothing proposed, nothing found."""
        assert [] == found("Le barrage contient 400 millions de mètres cubes. Il a été construit en 1976.")


def test_the_scorer_counts_hits_misses_and_errors(reading: Any) -> None:
    """One hit, one miss and one wrong give an F1 of a half; spared labels count for nothing."""
    text = "# T\n\nNous proposons :\n\n- Créer un fonds national pour l'eau.\n- Peindre les ponts en bleu.\n- Fermer trois vieilles usines.\n"
    labels: dict[str, Any] = {
        "name": "x",
        "recommendations": [
            {"text": "Créer un fonds national pour l'eau."},
            {"text": "Réformer toute la fiscalité locale."},
            {"text": "Fermer trois vieilles usines.", "core": False},
        ],
        "facts": [{"text": "Nous proposons :"}, {"text": "Absent."}],
        "boilerplate_not_in_body": ["Peindre", "Nulle part"],
    }
    score = reading.compared(labels, understand(text.encode(), "x.md"))
    assert (1, 1, 1, 0.5) == (score.hits, len(score.missed), len(score.wrong), score.f1)
    assert (1, ("Absent.",), ("Peindre",)) == (score.facts_kept, score.facts_lost, score.boilerplate_kept)
