"""Quotes: what is the same but for typography, and what is not."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agents.argument.typography import find, fold, same

FRENCH = "Le réseau d’adduction a coûté 1 200 «\u00a0millions\u00a0» d’euros\u00a0: l’œuvre n’est pas finie."
ARABIC = "تعتمد الاستراتيجية الوطنية على الطاقة الشمسية، وتقترح إنشاء مراكز للبيانات بحلول ٢٠٣٠."


class TestExact:
    @pytest.mark.parametrize(
        "quote", ["Le réseau d’adduction a coûté", "d’euros", FRENCH, "  l’œuvre n’est pas finie  "]
    )
    def test_a_verbatim_quote_is_exact(self, quote: str) -> None:
        """Characters that stand in the text are exact, spaces around the quote aside."""
        found = find(quote, FRENCH)

        assert found is not None
        assert ("exact", quote.strip()) == (found.status, FRENCH[found.start : found.end])

    def test_an_arabic_word_may_be_quoted_without_its_proclitic(self) -> None:
        """A conjunction or preposition that is written together with a word is not part of the word."""
        found = find("تقترح إنشاء مراكز", ARABIC)

        assert found is not None
        assert found.status == "exact"


class TestRepaired:
    @pytest.mark.parametrize(
        "quote",
        [
            "Le réseau d'adduction a coûté",  # straight apostrophe
            'a coûté 1 200 "millions" d\'euros',  # other guillemets, ordinary spaces
            "a coûté 1200 millions d’euros",  # no space in the number, no guillemets
            "le reseau d’adduction a coute",  # no accents, no capital
            "l'oeuvre n'est pas finie",  # no ligature
            "L’ŒUVRE N’EST PAS FINIE",  # capitals
            "« Le réseau d’adduction »",  # guillemets around the quote
            "… a coûté 1 200 « millions » …",  # an ellipsis at the edges
            "d’euros : l’œuvre",  # no-break space before the colon
            "d’euros: l’œuvre",  # none
            "Le ré\u00adseau d’ad\u200bduction",  # soft hyphen and zero-width space
            unicodedata.normalize("NFD", "Le réseau d’adduction a coûté"),
        ],
    )
    def test_french_typography_is_repaired(self, quote: str) -> None:
        """A quote that differs by typography is found, and the text's own words are given back."""
        found = find(quote, FRENCH)

        assert found is not None
        assert found.status == "repaired"
        assert same(quote, FRENCH[found.start : found.end])

    @pytest.mark.parametrize(
        "quote",
        [
            "الطّاقة الشّمسيّة",  # diacritics
            "الطاقــة الشمسية",  # tatweel
            "انشاء مراكز للبيانات",  # hamza carrier
            "بحلول 2030",  # digits of another script
            "الشمسية, وتقترح",  # another comma
            "ﻟﻠﺒﻴﺎﻧﺎﺕ ﺑﺤﻠﻮﻝ",  # presentation forms
            "\u202bالطاقة الشمسية\u202c",  # direction marks
        ],
    )
    def test_arabic_typography_is_repaired(self, quote: str) -> None:
        """Tatweel, diacritics, hamza carriers, presentation forms, digits and direction marks are typography."""
        found = find(quote, ARABIC)

        assert found is not None
        assert found.status == "repaired"

    def test_decomposed_text_is_cut_after_its_last_accent(self) -> None:
        """The offsets take combining marks along."""
        text = unicodedata.normalize("NFD", "Un été pourri, un été brûlé.")
        found = find("un été brûlé", text)

        assert found is not None
        assert unicodedata.normalize("NFC", text[found.start : found.end]) == "un été brûlé"


class TestNotAQuote:
    @pytest.mark.parametrize(
        "quote",
        [
            "Le réseau d’adduction coûte 1 200 millions",  # a paraphrase
            "a coûté […] d’euros",  # words left out
            "l’œuvre est finie",  # a negation lost
            "a coûté 1 300 « millions »",  # another number
            "d’euros l’œuvre",  # punctuation between words
            "finie pas n’est",  # another order
            "éseau d’adduction a coû",  # cut words
            "",
            "« … »",
            "pas",  # one short word says nothing
        ],
    )
    def test_anything_but_typography_is_refused(self, quote: str) -> None:
        """Words, their order, numbers and inner punctuation are never repaired."""
        assert find(quote, FRENCH) is None

    def test_a_word_inside_a_word_is_not_found(self) -> None:
        """“formation” does not stand in “information”."""
        assert find("formation", "Une campagne d’information.") is None
        assert find("formation", "Une information sur la formation.") is not None


class TestProperties:
    @given(st.text(alphabet="abé œ’'«» \u00a0\u202fÉ-–1 2", max_size=40))
    def test_folding_is_idempotent_and_keeps_origins_in_order(self, text: str) -> None:
        """A folded text folds to itself, and every character knows where it comes from."""
        folded = fold(text)

        assert fold(folded.text).text.strip() == folded.text.strip()
        assert len(folded.text) == len(folded.origin)
        assert list(folded.origin) == sorted(folded.origin)

    @given(st.text(alphabet="abÉçœßأى ,.:()-\u00a0", max_size=40))
    def test_a_run_of_words_folds_like_its_characters_one_by_one(self, text: str) -> None:
        """Joiners between all characters, which fold to nothing, change nothing but how much folds at once."""
        assert fold("\u200d".join(text)).text == fold(text).text

    @given(
        st.lists(st.sampled_from(["réseau", "l’été", "œuvre", "1 200", "« vu »", "coûté"]), min_size=3),
        st.data(),
    )
    def test_typographic_variants_of_a_quote_are_always_found(
        self, words: list[str], data: st.DataObject
    ) -> None:
        """Whatever words are quoted, capitals, straight apostrophes, bare letters and plain spaces do not lose them."""
        text = " ".join(words)
        start = data.draw(st.integers(0, len(words) - 2))
        quote = " ".join(words[start : start + 2])
        plain = unicodedata.normalize("NFKD", quote.upper().replace("’", "'").replace("Œ", "OE"))
        bare = "".join(c for c in plain if not unicodedata.combining(c))
        found = find(bare, text)

        assert found is not None
        assert same(bare, text[found.start : found.end])
