"""Patterns over words: what they match, and what they must never match."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agents.errors import KnowledgeError
from agents.knowledge.pattern import Passages, parse_cue, parse_phrase
from agents.knowledge.text import fold, words


def _found(text: str, cue: str, own: str = "") -> bool:
    phrases = tuple(parse_phrase(part) for part in own.split("|") if part.strip())
    return bool(Passages([text]).cue(cue, phrases))


class TestWords:
    @pytest.mark.parametrize(
        "text,cue,expected",
        [
            ("Un plan de formation.", "formation", True),
            ("Une information utile.", "formation", False),
            ("Le pays émerge.", "merge", False),
            ("Les centres de données.", "centre de donnees", True),
            ("Un centre-de-données.", "centre de données", True),
            ("Nos énergies vertes.", "energ*", True),
            ("La synergie.", "energ*", False),
            ("L'IA progresse.", "=IA", True),
            ("Via Appia, ia.", "=IA", False),
            ("Les réseaux.", "reseau", True),
        ],
    )
    def test_match_whole_words_with_plural_endings(self, text: str, cue: str, expected: bool) -> None:
        """A pattern matches whole words, plural or not, whatever their case and accents."""
        assert expected == _found(text, cue)

    @pytest.mark.parametrize("text", ["ومراكز البيانات", "مراكز بيانات", "لمراكز البيانات"])
    def test_see_through_arabic_particles(self, text: str) -> None:
        """An Arabic term is recognised with a leading particle and with or without its article."""
        assert _found(text, "مراكز البيانات")

    @pytest.mark.parametrize(
        "text,cue",
        [
            ("تمديد الخط الجديد", "خط"),
            ("بالخط الجديد", "الخط"),
            ("من المدن الى القرى", "الى"),
            ("خط", "الخط"),
        ],
    )
    def test_see_through_the_article_of_short_arabic_words(self, text: str, cue: str) -> None:
        """A word of two letters is found behind its article, and a particle that begins like it stays whole."""
        assert _found(text, cue)

    @given(st.text(alphabet=st.characters(max_codepoint=0x24F), max_size=60))
    def test_folding_is_stable(self, text: str) -> None:
        """Folding a folded word changes nothing."""
        assert fold(fold(text)) == fold(text)

    @given(st.text(max_size=80))
    def test_words_stand_where_they_say(self, text: str) -> None:
        """Each word's offsets point at letters of the passage, in order and without overlap."""
        found = words(text)
        assert all(0 <= word.start < word.end <= len(text) for word in found)
        assert all(a.end <= b.start for a, b in pairwise(found))


class TestCues:
    def test_ask_for_every_group(self) -> None:
        """All groups of a cue must match in the same passage."""
        assert _found("Data centres strain the grid.", "data centre & strain* | load")
        assert not _found("Data centres hum.", "data centre & strain* | load")

    def test_forbid_a_group(self) -> None:
        """A group behind an exclamation mark must not match."""
        assert not _found("The tax cut reduces costs.", "cost & !reduc*")
        assert _found("The tax cut raises costs.", "cost & !reduc*")

    def test_put_own_terms_for_the_at_sign(self) -> None:
        """`@` stands for the concept's terms."""
        assert _found("Heat pumps save energy.", "@ & energy", own="heat pump")

    def test_ask_for_closeness(self) -> None:
        """Groups at the two ends of a very long sentence are not one statement."""
        assert not _found("Water " + "and so on " * 20 + "shortage.", "water & shortage")

    @pytest.mark.parametrize("cue", ["a & ", "!a", "a* b | *c", " | a"])
    def test_refuse_what_they_cannot_read(self, cue: str) -> None:
        """A malformed pattern is refused with a message, never skipped."""
        with pytest.raises(KnowledgeError):
            parse_cue(cue)

    @given(st.lists(st.sampled_from(["water", "grid", "jobs", "tax", "of", "the"]), max_size=12))
    def test_find_what_is_there(self, text: list[str]) -> None:
        """A phrase is found exactly where its words stand side by side."""
        passage = " ".join(text)
        hits = Passages([passage]).phrase(parse_phrase("water grid"))
        expected = [n for n in range(len(text) - 1) if text[n : n + 2] == ["water", "grid"]]
        assert expected == [hit.first for hit in hits]
