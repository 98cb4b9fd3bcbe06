"""HTML, PDF and Word give the same article as its text, with the pages' furniture left out."""

import io
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import docx
import docx.oxml
import pytest
from fpdf import FPDF

from agents.article.model import Article
from agents.article.read import understand

HERE = Path(__file__).parent
SAMPLES = [
    "fr_resume_chapitres.md",
    "fr_ecole_chapitres.md",
    "es_numeradas_resumen.md",
    "en_long_prose.md",
    "fr_sante_prose.md",
]
ARABIC_FONT = Path("/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf")


def lines(text: str) -> Iterator[tuple[str, int, str]]:
    """The lines of simple Markdown: kind, level, words."""
    for line in filter(str.strip, text.split("\n")):
        if match := re.match(r"(#+) (.*)", line):
            yield "heading", len(match[1]), match[2]
        elif match := re.match(r"(?:-|\d+\.) (.*)", line):
            yield ("number" if line[0].isdigit() else "bullet"), 0, match[1]
        else:
            yield "text", 0, line.replace("**", "")


def as_html(text: str) -> bytes:
    parts: list[str] = []
    open_list = ""
    for kind, level, words in lines(text):
        tag = {"bullet": "ul", "number": "ol"}.get(kind, "")
        if tag != open_list:
            parts.append((f"</{open_list}>" if open_list else "") + (f"<{tag}>" if tag else ""))
            open_list = tag
        shape = {"heading": f"h{level}", "text": "p"}.get(kind, "li")
        parts.append(f"<{shape}>{words}</{shape}>")
    menu = "".join(f"<li><a href='/{n}'>Rubrique numéro {n}</a></li>" for n in range(12))
    return (
        "<!doctype html><html><head><title>Page</title><meta property='og:title' content='Le titre de la page'>"
        f"</head><body><nav><ul>{menu}</ul></nav><div class='cookie-banner'>We use cookies, accept them all.</div>"
        f"<main><article>{''.join(parts)}</article></main>"
        "<div hidden><p>Le ministre devrait démissionner, dit une fenêtre que personne ne voit.</p></div>"
        "<section id='comments'><h3>Commentaires</h3><p>Il faut baisser les taxes, écrit un lecteur.</p></section>"
        "<footer><p>Tous droits réservés</p></footer></body></html>"
    ).encode()


def as_docx(text: str) -> bytes:
    document = docx.Document()
    document.sections[0].header.paragraphs[0].text = "Document de travail – ne pas diffuser"
    for kind, level, words in lines(text):
        if kind == "heading":
            document.add_heading(words, level - 1)
        else:
            style = {"bullet": "List Bullet", "number": "List Number"}.get(kind)
            document.add_paragraph(words, style)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


class Report(FPDF):
    def header(self) -> None:
        self.set_font("helvetica", size=8)
        self.cell(0, 8, "Rapport de la commission des finances", align="R")
        self.ln(12)

    def footer(self) -> None:
        self.set_y(-15)
        self.set_font("helvetica", size=8)
        self.cell(0, 10, f"Page {self.page_no()}", align="C")


def as_pdf(text: str) -> bytes:
    pdf = Report(format=(148, 210))
    pdf.add_page()
    numbers = 0
    for kind, level, words in lines(text.replace("’", "'").replace("–", "-").replace("—", "-")):
        numbers = numbers + 1 if kind == "number" else 0
        mark = {"bullet": "- ", "number": f"{numbers}. "}.get(kind, "")
        if kind == "heading":
            pdf.set_font("helvetica", "B", 22 - 3 * level)
        else:
            pdf.set_font("helvetica", size=11)
        pdf.multi_cell(0, 10 if kind == "heading" else 6, mark + words, new_x="LMARGIN", new_y="NEXT")
        pdf.ln(0 if mark else 4)
    return bytes(pdf.output())


WRITERS: dict[str, Callable[[str], bytes]] = {"html": as_html, "docx": as_docx, "pdf": as_pdf}


@pytest.mark.parametrize("kind", WRITERS)
@pytest.mark.parametrize("sample", SAMPLES)
def test_recommends_the_same_in_every_format(sample: str, kind: str, reading: Any) -> None:
    """What an article recommends does not depend on the format that it comes in."""
    text, labels = reading.unmarked((HERE / "examples" / sample).read_text("utf-8"))
    article = understand(WRITERS[kind](text), "document")
    score = reading.compared({"name": sample, **labels}, article)
    assert score.f1 >= 0.85, score
    assert all(article.body[span.start : span.end] == span.text for span in article.spans)


def reasons(article: Article) -> dict[str, str]:
    return {one.text: one.reason for one in article.dropped}


class TestHtml:
    def test_leaves_out_what_is_not_the_article(self, reading: Any) -> None:
        """Menus, cookie banners, hidden windows, comments and footers are dropped, each with its reason."""
        text, _ = reading.unmarked((HERE / "examples" / "fr_sante_prose.md").read_text("utf-8"))
        article = understand(as_html(text), "page.html")
        for piece in (
            "Rubrique numéro 3",
            "cookies",
            "une fenêtre que personne ne voit",
            "écrit un lecteur",
            "Tous droits",
        ):
            assert piece not in article.body
        told = reasons(article)
        assert "menu" == told["Rubrique numéro 3"]
        assert "comments" == told["Il faut baisser les taxes, écrit un lecteur."]
        assert any(reason == "hidden part of the page" for reason in told.values())

    def test_keeps_lists_and_headings(self, reading: Any) -> None:
        """Headings make sections, items stay items."""
        text, _ = reading.unmarked((HERE / "examples" / "fr_resume_chapitres.md").read_text("utf-8"))
        article = understand(as_html(text), "page.html")
        assert "Synthèse" in [section.title for section in article.sections]
        assert "1. Transférer aux communes" in article.body

    def test_takes_bold_lines_for_headings(self) -> None:
        """A paragraph that is all bold and reads like a heading is one; a bold beginning or sentence is none."""
        page = (
            "<html><body><article><h1>Livre blanc</h1>"
            "<p>Ce texte est né de trente ateliers tenus l'an dernier dans douze communes de la région.</p>"
            "<p><strong>Propositions</strong></p>"
            "<p>1.1 Lier les aides à une ouverture de deux cents jours par an.</p>"
            "<p>1.2 Garantir une connexion dans tous les villages avant 2030.</p>"
            "<p><b>Contact</b> : la mairie.</p><p><b>Rien n'est perdu.</b></p></article></body></html>"
        )
        article = understand(page.encode(), "page.html")
        assert ["Livre blanc", "Propositions"] == [section.title for section in article.sections]
        assert 2 == len(article.recommendations)

    def test_knows_its_format_by_content(self, reading: Any) -> None:
        """A page is a page whatever its name says."""
        text, _ = reading.unmarked((HERE / "examples" / "fr_sante_prose.md").read_text("utf-8"))
        assert "<p>" not in understand(as_html(text), "notes.txt").body


class TestPdf:
    def test_spans_know_their_page(self, reading: Any) -> None:
        """Every span of a PDF says on which page it begins."""
        text, _ = reading.unmarked((HERE / "examples" / "fr_resume_chapitres.md").read_text("utf-8"))
        article = understand(as_pdf(text), "rapport.pdf")
        pages = [span.page for span in article.spans if span.page is not None]
        assert len(article.spans) == len(pages)
        assert 1 == pages[0] < pages[-1]

    def test_leaves_out_headers_and_footers(self, reading: Any) -> None:
        """What repeats at the edge of pages and page numbers are no text."""
        text, _ = reading.unmarked((HERE / "examples" / "fr_resume_chapitres.md").read_text("utf-8"))
        article = understand(as_pdf(text * 2), "rapport.pdf")
        assert "commission des finances" not in article.body
        assert not re.search(r"Page \d", article.body)
        assert "page header or footer" in reasons(article).values()

    def test_mends_lines_and_hyphens(self) -> None:
        """Lines broken by the column and words broken by a hyphen are whole again."""
        pdf = FPDF()
        pdf.add_page()
        pdf.set_font("helvetica", size=11)
        for line in (
            "Les communes du littoral ont investi deux fois moins que celles de l'inté-",
            "rieur au cours des dix dernières années, et les régions n'ont pas pris le",
            "relais qu'on attendait d'elles. Une aide existe depuis 2019 mais elle est",
            "peu demandée, faute de personnel pour remplir les dossiers de subvention.",
        ):
            pdf.cell(0, 6, line, new_x="LMARGIN", new_y="NEXT")
        article = understand(bytes(pdf.output()), "x.pdf")
        assert "celles de l'intérieur au cours des dix dernières années" in article.body
        assert 2 == len(article.spans)

    @pytest.mark.skipif(not ARABIC_FONT.exists(), reason="no font with Arabic letters on this machine")
    def test_reads_arabic_from_right_to_left(self) -> None:
        """Arabic lines and the numbers in them stand in the order in which they are read."""
        pytest.importorskip("uharfbuzz")
        pdf = FPDF()
        pdf.add_page()
        pdf.add_font("arabic", "", str(ARABIC_FONT))
        pdf.set_font("arabic", size=12)
        pdf.set_text_shaping(use_shaping_engine=True)
        said = "بلغت كلفة الدعم 42 مليار درهم سنة 2022 في المدن الكبرى."
        pdf.multi_cell(0, 8, said, align="R", new_x="LMARGIN", new_y="NEXT")
        assert said == understand(bytes(pdf.output()), "x.pdf").body


class TestDocx:
    def test_keeps_numbers_tables_and_headings(self) -> None:
        """What Word numbers by itself is numbered in the body; tables keep their cells."""
        document = docx.Document()
        document.add_heading("Plan", 1)
        document.add_paragraph("Ouvrir un guichet.", "List Number")
        document.add_paragraph("Former les agents.", "List Number")
        table = document.add_table(1, 2)
        table.cell(0, 0).text, table.cell(0, 1).text = "2023", "800 MW"
        out = io.BytesIO()
        document.save(out)
        article = understand(out.getvalue(), "x.docx")
        assert "Plan\n\n1. Ouvrir un guichet.\n2. Former les agents.\n\n2023 | 800 MW" == article.body
        assert ["Plan"] == [section.title for section in article.sections]

    def test_leaves_out_headers_and_deleted_words(self) -> None:
        """Page headers and tracked deletions are no text, insertions are."""
        document = docx.Document()
        document.sections[0].header.paragraphs[0].text = "Confidentiel"
        paragraph = document.add_paragraph("Le taux est de 3 %.")
        element: Any = paragraph._p
        for tag, leaf, words in (("w:del", "w:delText", " Barré."), ("w:ins", "w:t", " Ajouté.")):
            change = docx.oxml.OxmlElement(tag)
            run = docx.oxml.OxmlElement("w:r")
            text = docx.oxml.OxmlElement(leaf)
            text.text = words
            run.append(text)
            change.append(run)
            element.append(change)
        out = io.BytesIO()
        document.save(out)
        assert "Le taux est de 3 %. Ajouté." == understand(out.getvalue(), "x.docx").body
