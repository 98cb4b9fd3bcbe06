"""Text of others in Markdown."""

import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from transcripts.export.mermaid import entities
from transcripts.export.text import address, escape, plain, quoted, typeset

MARKDOWN = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
NASTY = st.text(st.sampled_from("ab 1.)-+=*_`~[]()<>|&#!\\\"':/@$^{}\n\té«»")) | st.text()


class TestEscape:
    @given(NASTY)
    def test_it_shows_as_it_is(self, text: str) -> None:
        """Any text, escaped and rendered, is one paragraph of just that text."""
        rendered = MARKDOWN.render(escape(text))
        shown = re.sub(r"^<p>|</p>$", "", rendered.strip())

        assert "<" not in shown
        assert plain(text) == (
            shown.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", '"').replace("&amp;", "&")
        )

    @given(NASTY, NASTY)
    def test_it_stays_in_its_cell(self, left: str, right: str) -> None:
        """Two texts in a table stay two cells of one row."""
        rendered = MARKDOWN.render(f"| a | b |\n| --- | --- |\n| {escape(left)} | {escape(right)} |\n")

        assert 2 == rendered.count("<td")
        assert 2 == rendered.count("<tr")

    @pytest.mark.parametrize(
        "text",
        [
            "https://evil.example/x",
            "www.evil.example",
            "a@evil.example",
            "<https://evil.example>",
            "javascript:alert(1)",
        ],
    )
    def test_addresses_do_not_become_links(self, text: str) -> None:
        """Neither CommonMark nor the extensions of code hosts make a link of escaped text."""
        assert "<a " not in MarkdownIt("gfm-like").render(f"See {escape(text)} there")

    @given(st.text())
    def test_nothing_invisible_is_left(self, text: str) -> None:
        """No control, direction-override or unassigned character reaches a document, nor a line break."""
        kept = set(
            map(unicodedata.category, plain(text).translate(dict.fromkeys([0x200C, 0x200D, 0x200E, 0x200F])))
        )

        assert not kept & {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}


class TestTypeset:
    def test_french_gets_its_spaces_and_apostrophes(self) -> None:
        """Spaces before high punctuation do not break, and a quotation keeps its apostrophes."""
        assert "C’est dit\u202f: non\u202f!".replace("\u202f:", "\u00a0:") == typeset(
            "C'est dit : non !", "fr"
        )
        assert "«\u00a0l'eau\u202f»" == typeset("« l'eau »", "fr")

    def test_numbers_hold_together(self) -> None:
        """Thousands and units are not torn from their number."""
        assert "5\u202f000\u00a0MW" == typeset("5 000 MW", "fr")

    @given(st.text(st.characters(exclude_characters="\u202f\u00a0 '’")), st.sampled_from(["fr", "en", "ar"]))
    def test_no_word_is_changed(self, text: str, language: str) -> None:
        """Without a blank or an apostrophe there is nothing to set."""
        assert text == typeset(text, language)

    def test_quotation_marks_are_those_of_the_language(self) -> None:
        """French guillemets have no-break spaces."""
        assert "«\u00a0oui\u00a0»" == quoted("oui", "fr")
        assert "“yes”" == quoted("yes", "en")


class TestAddress:
    def test_only_plain_web_addresses_become_links(self) -> None:
        """A source that is an address is linked; everything else is text."""
        assert "<https://example.org/a?b=1>" == address("https://example.org/a?b=1")
        assert "<" not in address("https://example.org/ <script>").replace("\\<", "")
        assert "javascript" in address("javascript:alert(1)")
        assert not address("javascript:alert(1)").startswith("<")


class TestMermaid:
    @given(st.text())
    def test_labels_cannot_end_early(self, text: str) -> None:
        """No character of a label has a meaning for Mermaid, Markdown or HTML."""
        assert not set(entities(text)) & set("\"'`<>[](){}|\\\n\r-=%&:")
