"""Numbers of a claim against the numbers of its grounds."""

from datetime import date

import pytest

from agents.argument.figures import FigureCheck, check_figures
from agents.argument.model import Argument, Ground, Scheme, Stance
from agents.article.model import Article
from agents.roles.model import Fact

FACT = Fact(
    id="F-1",
    text={
        "en": "Losses reach 1.2 million m3 a year.",
        "fr": "Les pertes atteignent 1,2 million de m3 par an.",
    },
    source="Utility",
    as_of=date(2024, 9, 1),
)


def _check(
    article: Article,
    claim: str,
    *spans: str,
    language: str = "fr",
    condition: str | None = None,
    answered: tuple[Argument, ...] = (),
    recommendation: str = "La ville devrait rénover deux quartiers.",
) -> FigureCheck:
    grounds = [
        Ground(kind="fact" if name.startswith("F") else "span", id=name, quote="…", status="exact")
        for name in spans
    ]
    return check_figures(
        claim,
        grounds,
        article,
        recommendation,
        {"F-1": FACT},
        language=language,
        condition=condition,
        answered=answered,
    )


class TestSupported:
    @pytest.mark.parametrize(
        "claim,span",
        [
            ("La ville perd 12 % de son eau.", "S1"),
            ("La ville perd douze pour cent de son eau.", "S1"),
            ("Le réseau a coûté 400 millions d’euros.", "S2"),
            ("Le réseau a coûté 0,4 milliard d’euros.", "S2"),
            ("Le réseau, vieux de 1998, n’a jamais été rénové.", "S2"),
            ("Deux quartiers manquent d’eau.", "S4"),
            ("Les pertes atteignent 1,2 million de m3.", "F-1"),
            ("En 2024, les pertes étaient connues.", "F-1"),
            ("L’argument A1.2 et la recommandation R3 se contredisent.", "S1"),
        ],
    )
    def test_a_number_of_the_source_is_supported(self, article: Article, claim: str, span: str) -> None:
        """Same value and unit, in figures or words, in any magnitude; ids are no numbers."""
        assert ((), ()) == _check(article, claim, span)

    def test_another_language_reads_its_own_numbers(self, article: Article) -> None:
        """An English claim may rest on a French sentence."""
        assert ((), ()) == _check(article, "The network cost 400 million euros.", "S2", language="en")

    def test_a_number_of_the_argument_that_is_answered_is_supported(self, article: Article) -> None:
        """Who answers “400 million” may say 400 million, unless it was flagged there."""
        other = Argument(
            id="A1.1",
            role="finance",
            recommendation="R1",
            phase="opening",
            round=1,
            stance=Stance.OPPOSE,
            scheme=Scheme.CONSEQUENCES,
            side="against",
            claim="Les travaux coûteraient 70 millions d’euros, soit 9 % du budget.",
            unsupported_figures=("9 %",),
        )
        found = _check(article, "Ni 70 millions d’euros, ni 9 % ne sont prouvés.", "S1", answered=(other,))

        assert (("9 %",), ()) == found


class TestUnsupported:
    @pytest.mark.parametrize(
        "claim,span,flagged",
        [
            ("La ville perd 13 % de son eau.", "S1", "13 %"),
            ("La ville perd 12 m3 d’eau.", "S1", "12 m3"),
            ("Le réseau a coûté 400 millions de dirhams.", "S2", "400 millions de dirhams"),
            ("Le réseau a coûté 400 millions d’euros.", "S1", "400 millions d’euros"),
            ("Trois quartiers manquent d’eau.", "S4", "Trois"),
            ("Deux barrages manquent d’eau.", "S4", "Deux"),
        ],
    )
    def test_another_value_unit_thing_or_source_is_flagged(
        self, article: Article, claim: str, span: str, flagged: str
    ) -> None:
        """The number is named as it was written."""
        assert (flagged,) == _check(article, claim, span, recommendation="Rénover.").unsupported

    def test_an_unverified_ground_supports_nothing(self, article: Article) -> None:
        """What was not verified cannot vouch for a number."""
        ground = Ground(kind="span", id="S1", quote="12 %", status="unverified")
        found = check_figures("Elle perd 12 %.", [ground], article, "Rénover.", {}, language="fr")

        assert ("12 %",) == found.unsupported


class TestProposed:
    @pytest.mark.parametrize(
        "claim,number,language",
        [
            ("Il vaut mieux commencer par trois quartiers.", "trois", "fr"),
            ("On peut plafonner la dépense à 50 millions d’euros.", "50 millions d’euros", "fr"),
            ("Les travaux seraient finis d’ici 2031.", "2031", "fr"),
            ("Deux quartiers suffisent.", "Deux", "fr"),
            ("Start with three districts.", "three", "en"),
            ("Cap the expense at 50 million euros.", "50 million euros", "en"),
            ("Finish the works by 2031.", "2031", "en"),
        ],
    )
    def test_what_the_argument_or_the_recommendation_proposes_is_marked(
        self, article: Article, claim: str, number: str, language: str
    ) -> None:
        """A proposal's own number needs no source, and is not passed off as a fact."""
        assert ((), (number,)) == _check(article, claim, "S1", language=language)

    def test_a_proposing_word_in_another_clause_excuses_nothing(self, article: Article) -> None:
        """A number is a proposal only in the clause that proposes."""
        found = _check(article, "Il faut limiter la dépense. Elle atteint 90 millions d’euros.", "S1")

        assert ("90 millions d’euros",) == found.unsupported

    def test_numbers_of_a_condition_are_proposed(self, article: Article) -> None:
        """A condition is a proposal by nature."""
        found = _check(article, "Le coût inquiète.", "S1", condition="plafonner l’aide à 5 % du budget")

        assert ((), ("5 %",)) == found
