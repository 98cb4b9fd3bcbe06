"""Every span and section indexes the body exactly."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agents.article.block import Block, Kind
from agents.article.body import assemble
from agents.article.read import understand
from agents.errors import ArticleError

LINES = st.lists(
    st.sampled_from(
        [
            "# Titre du rapport",
            "## Recommandations",
            "- Créer un fonds d'amorçage.",
            "  - Doter le fonds de 10 %.",
            "1. Réviser la loi.",
            "| a | b |\n| --- | --- |\n| 1 | 2 |",
            "Le gouvernement devrait agir. Il ne le fait pas !",
            "يجب على الدولة أن تستثمر. هذا واضح.",
            "",
            "A line that goes on\nand on without end",
            "[lien](https://example.org) et **gras**",
            "<div>texte</div>",
            "\x00\x1b[31mrouge\u202e",
            "a\u2028b\x0bc",
        ]
    )
    | st.text(max_size=60),
    max_size=25,
)


def blocks() -> st.SearchStrategy[Block]:
    text = st.text(alphabet="ab .!?é\u00a0ع", min_size=1, max_size=50).map(str.strip).filter(bool)
    shape = st.sampled_from(
        [
            (Kind.HEADING, 1, ""),
            (Kind.HEADING, 2, ""),
            (Kind.HEADING, 4, ""),
            (Kind.PARAGRAPH, 0, ""),
            (Kind.ITEM, 0, "-"),
            (Kind.ITEM, 2, "a)"),
            (Kind.ROW, 0, ""),
        ]
    )
    return st.tuples(shape, text).map(lambda made: Block(made[0][0], made[1], made[0][1], made[0][2]))


@given(st.lists(blocks(), max_size=20))
def test_spans_stand_where_they_say(written: list[Block]) -> None:
    """Whatever the blocks, `body[start:end] == text`, in order, and ids count from one."""
    body = assemble(written, "fr")
    end = 0
    for number, span in enumerate(body.spans, 1):
        assert f"S{number}" == span.id
        assert span.text == body.text[span.start : span.end]
        assert end <= span.start
        end = span.end


@given(st.lists(blocks(), max_size=20))
def test_sections_nest(written: list[Block]) -> None:
    """A section begins with its title, and two sections are apart or one inside the other."""
    body = assemble(written, "fr")
    for section in body.sections:
        assert body.text.startswith(section.title, section.start)
        for other in body.sections:
            apart = section.end <= other.start or other.end <= section.start
            inside = section.start <= other.start and other.end <= section.end
            assert apart or inside or (other.start <= section.start and section.end <= other.end)


@given(LINES, st.sampled_from(["x.txt", "x.md", "x"]))
def test_any_document_keeps_the_promise(lines: list[str], name: str) -> None:
    """Random documents give exact spans, verbatim recommendations and no control characters, or a clear refusal."""
    try:
        article = understand("\n".join(lines).encode("utf-8", "surrogatepass"), name)
    except ArticleError:
        return
    known = {span.id: span for span in article.spans}
    for span in article.spans:
        assert span.text == article.body[span.start : span.end]
    for one in article.recommendations:
        assert one.text in article.body
        assert one.spans
        assert set(one.spans) <= known.keys()
    for figure in article.figures:
        assert figure.text in known[figure.span].text
    assert not [c for c in article.body if ord(c) < 32 and c != "\n"]
    assert not set(article.body) & set("\u202d\u202e\x1b\u2028")


@pytest.mark.parametrize(
    "menu, comment, cookies, related",
    [
        (
            "Home News Opinion Subscribe",
            "And you? Leave a comment.",
            "We use cookies on this page.",
            "Related reading",
        ),
        (
            "Accueil Actualités Opinions Contact",
            "Laissez un commentaire !",
            "Nous utilisons des cookies.",
            "À lire aussi",
        ),
        ("Inicio Noticias Opinión Contacto", "Deje su comentario.", "Usamos cookies propias.", "Lea también"),
        ("الرئيسية أخبار رأي رياضة", "اترك تعليقك هنا.", "نستعمل ملفات تعريف الارتباط.", "اقرأ أيضا"),
    ],
)
def test_what_stands_around_a_plain_text_is_left_out(
    menu: str, comment: str, cookies: str, related: str
) -> None:
    """Menu words, invitations to comment, cookie lines and lists of other articles are no part of the text."""
    text = "The river rose by two metres in March."
    source = (
        f"{menu}\n\n{text}\n\n{comment}\n\n{cookies}\n\n## {related}\n\n- One more headline\n- Another one\n"
    )
    assert understand(source.encode(), "page.md").body == text
