"""Markdown as people really write it gives clean blocks."""

from datetime import date

from agents.article.formats.markdown import read_markdown


def texts(source: str) -> list[str]:
    return [block.text for block in read_markdown(source).blocks]


class TestReadMarkdown:
    def test_front_matter_is_read_and_left_out(self) -> None:
        """Title, date and language come from the front matter, which is no part of the text."""
        draft = read_markdown("---\ntitle: L'eau\ndate: 2023-05-04\nlang: fr\n---\n\nDu texte.\n")
        assert ("L'eau", date(2023, 5, 4), "fr") == (draft.title, draft.published, draft.language)
        assert ["Du texte."] == [block.text for block in draft.blocks]
        assert ["front matter"] == [one.reason for one in draft.dropped]

    def test_metadata_lines_without_fences_count_as_front_matter(self) -> None:
        """Lines of keys at the very top are metadata too."""
        draft = read_markdown("title: Free software\ndate: 2016-04-12\ntags: a, b\n\nSome text.\n")
        assert ("Free software", date(2016, 4, 12)) == (draft.title, draft.published)

    def test_broken_front_matter_does_no_harm(self) -> None:
        """Front matter that is no YAML still gives its title and is left out."""
        draft = read_markdown("---\ntitle: A: b: c\n\tx: [\n---\n\nText.\n")
        assert ["Text."] == [block.text for block in draft.blocks]

    def test_markup_goes_and_words_stay(self) -> None:
        """Emphasis, links, images, notes, comments, attributes and generator tags leave only words."""
        source = (
            "**Gras** et [lien](https://example.org){.class} ^[une note <https://x.org>] fin[^1].\n\n"
            "![image](a.png){width=3}\n\n<!-- caché -->\n\n{{< shortcode >}}\n\n\\newpage\n\nvu[2](#note2).\n\n[^1]: Note.\n"
        )
        assert ["Gras et lien fin.", "vu."] == [text for text in texts(source) if text]

    def test_lists_tables_and_definitions_keep_their_shape(self) -> None:
        """Numbers, nesting, cells and numbered terms are kept."""
        source = "3. trois\n4. quatre\n   - a\n\n| x | y |\n| - | - |\n| 1 | 2 |\n\n1 Term one:\n\n: What it means.\n"
        found = [(str(b.kind), b.level, b.marker, b.text) for b in read_markdown(source).blocks]
        assert [
            ("item", 0, "3.", "trois"),
            ("item", 0, "4.", "quatre"),
            ("item", 1, "-", "a"),
            ("row", 0, "", "x | y"),
            ("row", 0, "", "1 | 2"),
            ("item", 0, "1", "Term one:"),
            ("paragraph", 0, "", "What it means."),
        ] == found

    def test_tags_are_read_as_blocks(self) -> None:
        """Paragraphs, headings and lists written as HTML are blocks, scripts are nothing."""
        source = "<h2>Titre</h2>\n<P>Un\nparagraphe.</P>\n\n<UL>\n<LI>un\n<LI>deux\n</UL>\n\n<script>x()</script>\n"
        found = [(str(b.kind), b.text) for b in read_markdown(source).blocks]
        assert [
            ("heading", "Titre"),
            ("paragraph", "Un paragraphe."),
            ("item", "un"),
            ("item", "deux"),
        ] == found
