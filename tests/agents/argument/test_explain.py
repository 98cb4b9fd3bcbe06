"""Words for what was computed: the ten lines, the codes, the moderator's wording."""

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import yaml

from agents.argument.decision import with_strengths
from agents.argument.explain import why
from agents.argument.model import Stance
from agents.argument.wording import wording_disagreements
from agents.argument.words import sentence, worded

if TYPE_CHECKING:
    from tests.agents.argument.conftest import Assembly

ROOM = Path(__file__).parents[3] / "agents" / "argument"

SUPPORT, CONDITIONS, OPPOSE = Stance.SUPPORT, Stance.CONDITIONS, Stance.OPPOSE
LANGUAGES = ("fr", "en", "ar")


def _rich(assembly: "Assembly") -> "Assembly":
    """Something of everything that can be explained."""
    assembly.speak("finance", CONDITIONS, assembly.argue("A1.1", "against", condition="chiffrer le coût"))
    assembly.speak(
        "energy", OPPOSE, assembly.argue("A1.2", "against", red_line="grid", claim="Le réseau sature.")
    )
    assembly.speak("sovereignty", OPPOSE, assembly.argue("A1.3", "for"))
    assembly.speak("industry", SUPPORT, assembly.argue("A1.4", "for"))
    assembly.speak("sovereignty", SUPPORT, round_=2, because="A1.4", votes={"C1.1": True})
    assembly.speak("industry", SUPPORT, round_=2, votes={"C1.1": True})
    return assembly.speak("energy", OPPOSE, round_=2, failed="timed out")


class TestWhy:
    @pytest.mark.parametrize("language", LANGUAGES)
    def test_a_ruling_is_told_in_ten_lines_each_with_ids(self, assembly: "Assembly", language: str) -> None:
        """Decision, votes, moves, conditions, red lines, strength, dissent, pivots, influence, notes."""
        lines = why(_rich(assembly).rule(), with_strengths(assembly.speeches), language)

        assert 7 <= len(lines) <= 10
        assert all(re.search(r"\[(?:[ACR]\d[\w.+, ]*)\]$", line) for line in lines)
        told = " ".join(lines)
        assert all(name in told for name in ("A1.4", "C1.1", "A1.2", "chiffrer le coût", "Le réseau sature."))
        assert not re.search(r"\{\w+\}", told)

    def test_roles_go_by_their_titles(self, assembly: "Assembly") -> None:
        """Names given for roles replace their identifiers."""
        ruling = _rich(assembly).rule()
        told = " ".join(why(ruling, with_strengths(assembly.speeches), "fr", {"energy": "Énergie"}))

        assert "Désaccord (Énergie)" in told
        assert "energy" not in told

    def test_nothing_said_is_explained_too(self, assembly: "Assembly") -> None:
        """A silent assembly has a ruling, and the ruling its reasons."""
        lines = why(assembly.rule(), (), "en")

        assert "Decision: deferred (not retained)" in lines[0]
        assert any("No single argument" in line for line in lines)

    def test_braces_in_what_was_said_are_left_alone(self, assembly: "Assembly") -> None:
        """Text of an argument is data, never a template."""
        claim = "Le coût {ids} est {inconnu}."
        ruling = assembly.speak("finance", OPPOSE, assembly.argue("A1.1", "against", claim=claim)).rule()

        assert any(claim in line for line in why(ruling, with_strengths(assembly.speeches), "fr"))


class TestCodes:
    @pytest.mark.parametrize("language", LANGUAGES)
    def test_every_code_that_is_given_has_a_sentence(self, assembly: "Assembly", language: str) -> None:
        """Warnings, disagreements and priority notes can be worded in each language."""
        ruling = _rich(assembly).rule()
        codes = (
            *ruling.warnings,
            *ruling.disagreements,
            "tie:worst_rank:R1,R2",
            "wording_overstates:unanime",
        )

        assert all(worded(code, language) for code in codes)

    def test_every_sentence_exists_in_three_languages_with_the_same_details(self) -> None:
        """No translation loses an id or a number."""
        table = yaml.safe_load((ROOM / "words.yaml").read_text(encoding="utf-8"))["sentences"]
        details = {
            name: {language: sorted(re.findall(r"\{\w+\}", forms[language])) for language in LANGUAGES}
            for name, forms in table.items()
        }

        assert [] == [name for name, found in details.items() if len({tuple(d) for d in found.values()}) != 1]

    def test_every_code_that_the_room_can_give_has_a_sentence(self) -> None:
        """Codes are searched in the source, so that none is forgotten."""
        text = "".join((ROOM / f"{name}.py").read_text(encoding="utf-8") for name in ("signals", "wording"))
        codes = set(re.findall(r'(?:append\(f?|f|, )"([a-z]+(?:_[a-z]+)+)[":]', text))

        assert {"instant_unanimity", "one_vote", "semantics_part", "wording_contradicts"} <= codes
        assert all(sentence(code, "en") for code in codes)

    def test_another_language_reads_english(self) -> None:
        """A Spanish debate gets English sentences rather than none."""
        assert sentence("defer", "es") == sentence("defer", "en")


class TestWording:
    def _divided(self, assembly: "Assembly") -> "Assembly":
        for role in ("finance", "energy"):
            assembly.speak(role, SUPPORT)
        for role in ("sovereignty", "industry"):
            assembly.speak(role, OPPOSE)
        return assembly

    @pytest.mark.parametrize(
        "text,language,code",
        [
            ("La mesure fait l’unanimité.", "fr", "wording_overstates:unanimite"),
            ("Un consensus s’est dégagé.", "fr", "wording_overstates:consensus"),
            ("La mesure est adoptée.", "fr", "wording_contradicts:est adoptee"),
            ("La mesure est rejetée.", "fr", "wording_contradicts:est rejetee"),
            ("All roles agree.", "en", "wording_overstates:all roles agree"),
            ("The measure was adopted without reservation.", "en", "wording_contradicts:was adopted"),
            ("تم اعتماد التدبير بالإجماع.", "ar", "wording_overstates:بالاجماع"),
        ],
    )
    def test_words_that_the_votes_do_not_bear_out_are_named(
        self, assembly: "Assembly", text: str, language: str, code: str
    ) -> None:
        """A tie is neither a consensus nor an adoption nor a rejection."""
        assert code in wording_disagreements(self._divided(assembly).rule(), [text], language)

    @pytest.mark.parametrize(
        "text,language",
        [
            ("Faute de consensus, la mesure n’est pas adoptée.", "fr"),
            ("La décision est renvoyée ; deux rôles s’opposent.", "fr"),
            ("There is no consensus, and the measure is not rejected either.", "en"),
        ],
    )
    def test_words_that_deny_it_are_not(self, assembly: "Assembly", text: str, language: str) -> None:
        """A claim that its own sentence denies is no claim."""
        assert () == wording_disagreements(self._divided(assembly).rule(), [text], language)

    def test_a_consensus_may_be_called_one(self, assembly: "Assembly") -> None:
        """What was counted may be said."""
        for place, role in enumerate(assembly.roles, start=1):
            assembly.speak(role, SUPPORT, assembly.argue(f"A1.{place}", "for"))
        text = "La mesure est adoptée à l’unanimité, sans réserve."

        assert () == wording_disagreements(assembly.rule(), [text], "fr")
