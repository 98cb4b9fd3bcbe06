from typing import get_args

import pytest

from agents.argument.model import RuledCondition, Ruling, Stance, Target
from agents.debate.document import BudgetBand
from tui.labels import labels

LANGUAGES = ("fr", "en", "ar")


@pytest.mark.parametrize("language", LANGUAGES)
class TestEveryLanguage:
    def test_models(self, language: str) -> None:
        """Every value that a model can have has a word."""
        document = labels(language).document
        fields = Ruling.model_fields

        assert {stance.value for stance in Stance} <= document.stance.keys()
        assert set(get_args(fields["decision"].annotation)) <= document.decision.keys()
        assert set(get_args(fields["consensus"].annotation)) <= document.consensus.keys()
        assert set(get_args(Target.model_fields["relation"].annotation)) <= document.relation.keys()
        assert set(get_args(RuledCondition.model_fields["status"].annotation)) <= document.condition.keys()
        assert set(get_args(BudgetBand)) <= document.band.keys()

    def test_same_words(self, language: str) -> None:
        """No language lacks a word that another has."""
        assert labels("fr").word.keys() == labels(language).word.keys()
        assert labels("fr").test.keys() == labels(language).test.keys()


def test_other_language() -> None:
    """A language without labels reads English."""
    assert labels("en") == labels("es")
