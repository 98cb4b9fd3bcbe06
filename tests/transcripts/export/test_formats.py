"""Every form in which a debate can be handed on."""

import csv
import importlib.util
import io
import json
import re
import zipfile
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

from agents.debate.plan import DebatePlan
from agents.errors import InputError
from transcripts.export.formats import FORMATS, export, export_path
from transcripts.library.record import DebateRecord, read_record
from transcripts.log.session import start

Scripted = Callable[..., Any]

HERE = [form for form in FORMATS if form != "pdf" or importlib.util.find_spec("typst")]
"""The formats that can be made with what is installed."""

HOSTILE = '</title><script>alert(1)</script>"\'><img src=x onerror=alert(1)>](javascript:x) | =HYPERLINK("x")\n# \x1b[31m\u202e`'
"""Markup, script, link, table, formula, heading, escape sequence and direction override in one text."""


@pytest.fixture
async def record(plan: DebatePlan, scripted: Scripted, folder: Path) -> DebateRecord:
    session = start(plan, lambda _: scripted(), folder)
    async for _ in session.events():
        pass
    return read_record(session.path)


def _poisoned(record: DebateRecord) -> DebateRecord:
    """The record with hostile text in every text that somebody else may have written, ids included."""
    data = record.model_dump(mode="json", exclude={"path", "source"})
    keys = {"text", "claim", "title", "quote", "objection", "adopted_wording", "owner", "partners", "name", "unit",
            "majority_reply", "why_insufficient", "alternative_wording", "acceptance_condition", "review_trigger",
            "source_recommendation", "condition", "article_title", "source", "mitigation", "holder", "notes", "model"}  # fmt: skip

    def poison(value: Any, key: str = "") -> Any:
        if isinstance(value, dict):
            return {k: v if key == "charters" and k == "name" else poison(v, k) for k, v in value.items()}
        if isinstance(value, list):
            return [poison(item, key) for item in value]
        return f"{HOSTILE}{value}" if isinstance(value, str) and key in keys else value

    poisoned = poison(data)
    poisoned["plan"]["charters"] = data["plan"]["charters"]
    body = record.plan.article.body + HOSTILE
    poisoned["plan"]["article"] = data["plan"]["article"] | {
        "body": body,
        "title": HOSTILE,
        "source": HOSTILE,
    }
    poisoned["strategy"]["measures"][0]["id"] = HOSTILE
    return DebateRecord.model_validate(poisoned | {"path": str(record.path), "source": None})


class Tags(HTMLParser):
    """Every tag and attribute of a page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: set[str] = set()
        self.addresses: set[str] = set()
        self.ids: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        for name, value in attrs:
            self.attributes.add(name)
            if name == "id":
                self.ids.append(value or "")
            if name in {"href", "src"}:
                self.addresses.add(value or "")


class TestAll:
    @pytest.mark.parametrize("form", HERE)
    def test_the_same_debate_gives_the_same_bytes(self, record: DebateRecord, form: str) -> None:
        """An export says nothing of the moment in which it was made."""
        assert export(record, form) == export(record, form)

    @pytest.mark.parametrize("form", HERE)
    def test_nothing_hostile_stops_an_export(self, record: DebateRecord, form: str) -> None:
        """Whatever people or models wrote, a document comes out."""
        assert export(_poisoned(record), form)

    @pytest.mark.parametrize("form", ["", "exe", "../md"])
    def test_an_unknown_format_is_refused(self, record: DebateRecord, form: str) -> None:
        """The error names the formats that there are."""
        with pytest.raises(InputError, match="argdown"):
            export(record, form)

    def test_an_unfinished_debate_has_no_document(
        self, plan: DebatePlan, scripted: Scripted, folder: Path
    ) -> None:
        """The error says how to finish it."""
        session = start(plan, lambda _: scripted(), folder)
        session.close()
        with pytest.raises(InputError, match="jemaa resume"):
            export(read_record(session.path), "html")

    def test_it_lies_beside_the_transcript(self, record: DebateRecord) -> None:
        """Without another place an export takes the transcript's name."""
        assert record.path.with_suffix(".html") == export_path(record, "html")


class TestPage:
    def test_it_stands_alone(self, record: DebateRecord) -> None:
        """The page has no script, loads nothing, and every link leads to a place of its own."""
        page = export(record, "html").decode()
        tags = Tags(page)

        assert not tags.tags & {"script", "iframe", "img", "link", "object", "embed", "form", "base"}
        assert all(address.startswith("#") for address in tags.addresses)
        assert {address[1:] for address in tags.addresses} <= set(tags.ids)
        assert len(tags.ids) == len(set(tags.ids))
        assert "default-src 'none'" in page

    def test_nothing_injects(self, record: DebateRecord) -> None:
        """Hostile text adds no tag, attribute or address to those of a harmless page."""
        harmless, hostile = (
            Tags(export(record, "html").decode()),
            Tags(export(_poisoned(record), "html").decode()),
        )

        assert hostile.tags <= harmless.tags
        assert hostile.attributes <= harmless.attributes
        assert not [address for address in hostile.addresses if not address.startswith("#")]
        assert not {"\x1b", "\u202e"} & set(export(_poisoned(record), "html").decode())

    def test_quotes_are_highlighted_in_the_article(self, record: DebateRecord) -> None:
        """The passage that an argument quotes is marked in the article's text, and the source list leads there."""
        page = export(record, "html").decode()

        assert "<mark>The town should</mark>" in re.sub(r"<a id=[^>]*><sup>\w+</sup></a>", "", page)
        assert 'href="#text-s3"' in page

    def test_maps_are_drawn(self, record: DebateRecord) -> None:
        """Each recommendation has its map, each argument its box."""
        page = export(record, "html").decode()

        assert 2 == page.count("<svg")
        assert all(f">{argument.id} " in page for argument in record.arguments)


class TestTables:
    def test_no_cell_is_a_formula(self, record: DebateRecord) -> None:
        """Cells that a spreadsheet would compute are text."""
        rows = list(csv.DictReader(io.StringIO(export(_poisoned(record), "csv").decode("utf-8-sig"))))

        assert not [
            cell for row in rows for cell in row.values() if cell.startswith(("=", "+", "@", "-", "\t", "\r"))
        ]

    def test_every_argument_and_ballot_has_a_row(self, record: DebateRecord) -> None:
        """Rows of both kinds are there, complete."""
        rows = list(csv.DictReader(io.StringIO(export(record, "csv").decode("utf-8-sig"))))

        assert [a.id for a in record.arguments] == [row["id"] for row in rows if row["record"] == "argument"]
        assert 6 == sum(row["record"] == "ballot" for row in rows)


class TestArgumentGraphs:
    def test_argdown_has_every_argument_and_relation(self, record: DebateRecord) -> None:
        """Each argument is defined once, each side and target is an arrow."""
        text = export(record, "argdown").decode()
        arrows = sum(len(a.targets) + (a.side is not None) for a in record.arguments)

        assert text.startswith("===\ntitle: ")
        assert [a.id for a in record.arguments] == re.findall(r"^<(.+?)>:", text, re.MULTILINE)
        assert arrows == len(re.findall(r"^  (?:\+|-|_)> ", text, re.MULTILINE))

    def test_argdown_text_has_no_markup(self, record: DebateRecord) -> None:
        """Hostile text begins no line of its own and opens nothing."""
        lines = export(_poisoned(record), "argdown").decode().splitlines()

        assert all(
            re.match(r"(===|title: |# |\[[\w. -]+\]: |<[\w. -]+>: |  (\+|-|_)> |$)", line) for line in lines
        )
        assert not [
            line
            for line in lines
            if re.search(r"(?<!\\)[{}*`]", line.partition(": ")[2]) and "title" not in line
        ]

    def test_aif_joins_claims_through_inferences_and_conflicts(self, record: DebateRecord) -> None:
        """Edges lead from information to inference or conflict and on; no two claims are joined directly."""
        graph = json.loads(export(record, "aif"))
        kinds = {node["nodeID"]: node["type"] for node in graph["nodes"]}

        assert {"I", "RA", "CA"} == set(kinds.values())
        assert len(kinds) == len(graph["nodes"])
        assert all("I" not in kinds[e["fromID"]] or kinds[e["toID"]] in {"RA", "CA"} for e in graph["edges"])


class TestDocuments:
    def test_word_is_whole(self, record: DebateRecord) -> None:
        """Every bookmark that a link leads to is there, and headings are headings."""
        with zipfile.ZipFile(io.BytesIO(export(record, "docx"))) as archive:
            body = archive.read("word/document.xml").decode()
        links = set(re.findall(r'w:anchor="(\w+)"', body))

        assert links <= set(re.findall(r'<w:bookmarkStart [^>]*w:name="(\w+)"', body))
        assert body.count('w:val="Heading1"') == 10

    def test_pdf_is_tagged_and_titled(self, record: DebateRecord) -> None:
        """The PDF carries its title and its text."""
        pytest.importorskip("typst", reason="the extra pdf is not installed")
        from pypdf import PdfReader

        reader = PdfReader(io.BytesIO(export(record, "pdf")))

        assert reader.metadata is not None
        assert "A strategy for Tamda" == reader.metadata.title
        assert "Minority report" in "".join(page.extract_text() for page in reader.pages)
