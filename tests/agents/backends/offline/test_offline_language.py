"""Grammar at the joints of phrases, and phrases that are always filled."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agents.backends.offline import english, french
from agents.backends.offline.voice import Voice, upper_first


class TestFrench:
    @pytest.mark.parametrize(
        "phrase,expected",
        [
            ("le réseau", "du réseau"),
            ("les centres", "des centres"),
            ("la ville", "de la ville"),
            ("l'eau", "de l'eau"),
            ("des bourses", "de bourses"),
            ("des experts", "d'experts"),
            ("adosser chaque centre", "d'adosser chaque centre"),
            ("héberger les données", "d'héberger les données"),
            ("Énergie", "d'Énergie"),
            ("Finance", "de Finance"),
            ("un pôle", "d'un pôle"),
        ],
    )
    def test_contracts_and_elides_of(self, phrase: str, expected: str) -> None:
        """The word "de" is contracted with the article and elided before a vowel or a mute h."""
        assert expected == french.of(phrase)

    def test_contracts_to(self) -> None:
        """The word "à" is contracted with the article."""
        assert ["au réseau", "aux villes", "à l'eau"] == [
            french.to(phrase) for phrase in ("le réseau", "les villes", "l'eau")
        ]

    def test_elides_that(self) -> None:
        """The word "que" is elided before a vowel."""
        assert "qu'un mot" == french.that("un mot")
        assert "que les mots" == french.that("les mots")

    @pytest.mark.parametrize(
        "gender,number,expected",
        [
            ("m", "s", "est soumis"),
            ("f", "s", "est soumise"),
            ("m", "p", "sont soumis"),
            ("f", "p", "sont soumises"),
        ],
    )
    def test_agrees(self, gender: str, number: str, expected: str) -> None:
        """Number marks follow the subject, gender marks too."""
        marked = "{est|sont} {soumis|soumise|soumis|soumises}"
        assert expected == french.agree(marked, gender, number)

    def test_sets_no_break_spaces(self) -> None:
        """Guillemets and double punctuation take no-break spaces."""
        assert "«\u00a0mot\u00a0»" == french.quoted("mot")
        assert "a\u00a0: b\u00a0; c\u00a0?" == french.typeset("a : b ; c ?")

    @pytest.mark.parametrize(
        "phrase,expected",
        [
            ("recruter et former les agents", "à recruter et à former les agents"),
            ("trier les dossiers, inspecter les lieux", "à trier les dossiers, à inspecter les lieux"),
            ("aider à acheter et vendre ensemble", "à aider à acheter et vendre ensemble"),
            ("faire choisir et évaluer les projets", "à faire choisir et évaluer les projets"),
            ("verser un revenu, contre engagement", "à verser un revenu, contre engagement"),
            ("le réseau et le quartier", "au réseau et le quartier"),
        ],
    )
    def test_repeats_the_preposition_before_each_infinitive(self, phrase: str, expected: str) -> None:
        """The preposition stands before each infinitive that depends on it, and before nothing else."""
        assert expected == french.to(phrase)

    def test_lists(self) -> None:
        """The last two items of a list are joined by "et"."""
        assert ["", "a", "a et b", "a, b et c"] == [french.join(list("abc")[:n]) for n in range(4)]


class TestEnglish:
    def test_agrees(self) -> None:
        """Number marks follow the subject."""
        assert "adds" == english.agree("{adds|add}", "m", "s")
        assert "add" == english.agree("{adds|add}", "m", "p")

    def test_lists_and_quotes(self) -> None:
        """Lists end in "and"; quotations stand in curly marks."""
        assert "a, b and c" == english.join(["a", "b", "c"])
        assert "\u201cword\u201d" == english.quoted("word")


class TestVoice:
    @pytest.mark.parametrize("language", ["fr", "en"])
    def test_has_the_same_kinds_of_phrases_in_both_languages(self, language: str) -> None:
        """What can be said in one language can be said in the other, with as many variants of slots."""
        slots = re.compile(r"<(?:of_|to_|that_|since_)?(\w+)>")
        mine, other = Voice(language), Voice("en" if language == "fr" else "fr")
        for kind, phrases in mine._phrases.items():
            if isinstance(phrases, dict):
                assert set(phrases) == set(other._phrases[kind])
            else:
                known = {s.lower() for p in other.variants(kind) for s in slots.findall(p)}
                assert known == {s.lower() for p in mine.variants(kind) for s in slots.findall(p)}, kind

    @given(st.text(max_size=30))
    def test_takes_values_as_they_are(self, value: str) -> None:
        """What looks like a slot in a value is text, and stays."""
        assert f"{value} and {value}" == Voice("en").fill("<a> and <a>", a=value)

    def test_fails_loudly_on_a_missing_value(self) -> None:
        """A slot without a value is an error, never an empty place."""
        with pytest.raises(KeyError):
            Voice("en").fill("<nothing>")

    def test_leaves_quotations_their_first_letter(self) -> None:
        """A capital at the start of a sentence never changes a quotation."""
        assert "\u201cword\u201d stands." == upper_first("\u201cword\u201d stands.")
        assert "Word" == upper_first("word")
