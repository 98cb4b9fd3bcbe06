"""Plain text gives back paragraphs, lists and headings."""

from agents.article.block import Kind
from agents.article.formats.plain import read_plain

WRAPPED = """\
RAPPORT SUR L'EAU

La consommation a doublé en quinze ans et le pays ne dispose plus que
d'une ressource de 600 mètres cubes par habitant, ce qui est très in-
suffisant. Les sous-
préfectures le savent.

1. Constats

Les nappes baissent de deux mètres chaque année dans la plaine du sud,
où l'on pompe sans autorisation.
- un premier point qui se poursuit sur une
  seconde ligne ;
- un second point.
"""


def shapes(text: str) -> list[tuple[str, str, str]]:
    return [(str(block.kind), block.marker, block.text) for block in read_plain(text).blocks]


class TestReadPlain:
    def test_joins_wrapped_lines(self) -> None:
        """Lines broken for width become one paragraph again, words broken by a hyphen one word."""
        texts = [block.text for block in read_plain(WRAPPED).blocks]
        assert any("très insuffisant. Les sous-préfectures le savent." in text for text in texts)

    def test_finds_headings_and_items(self) -> None:
        """Short lines without a full stop are headings, marked lines are items that keep their second line."""
        found = shapes(WRAPPED)
        assert ("heading", "", "RAPPORT SUR L'EAU") == found[0]
        assert ("heading", "", "1. Constats") in found
        assert ("item", "-", "un premier point qui se poursuit sur une seconde ligne ;") in found

    def test_lines_are_paragraphs_where_nothing_is_wrapped(self) -> None:
        """In a text with one line for each paragraph, lines are not joined."""
        long = (
            "Une phrase assez longue pour ne pas être un titre, et qui se termine ici par un point final. "
            * 2
        )
        assert 3 == len([1 for kind, _, _ in shapes("\n".join([long] * 3)) if kind == "paragraph"])

    def test_numbered_lists_keep_their_numbers(self) -> None:
        """The number of an item is its marker, in Western and Arabic digits."""
        assert [("item", "1)", "Ouvrir."), ("item", "2)", "Fermer.")] == shapes("1) Ouvrir.\n2) Fermer.")
        assert ["٢."] == [
            marker for _, marker, text in shapes("مقدمة طويلة هنا.\n\n٢. فتح الباب.") if text == "فتح الباب."
        ]

    def test_nested_items_know_their_depth(self) -> None:
        """An item that is indented below another is deeper."""
        blocks = read_plain("- a b c.\n  - d e f.\n- g h i.").blocks
        assert [0, 1, 0] == [block.level for block in blocks if block.kind is Kind.ITEM]
