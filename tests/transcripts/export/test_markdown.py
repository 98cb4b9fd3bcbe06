"""The strategy as a document."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from markdown_it import MarkdownIt

from agents.debate.event import Ruled, StrategyWritten
from agents.debate.plan import DebatePlan
from transcripts.export.labels import labels
from transcripts.export.markdown import SECTIONS, strategy_markdown
from transcripts.log.session import start

Scripted = Callable[..., Any]


async def _document(plan: DebatePlan, scripted: Scripted, folder: Path) -> str:
    session = start(plan, lambda _: scripted(), folder)
    events = [event async for event in session.events()]
    heard = [event for event in events if isinstance(event, Ruled)]
    heard.sort(key=lambda ruled: ruled.ruling.recommendation)
    assert isinstance(events[-1], StrategyWritten)
    return strategy_markdown(plan, events[-1].strategy, heard)


@pytest.fixture
async def document(plan: DebatePlan, scripted: Scripted, folder: Path) -> str:
    return await _document(plan, scripted, folder)


class TestStructure:
    def test_it_has_the_ten_sections_in_order(self, document: str) -> None:
        """The ten sections of a strategy stand in their order, each with something in it."""
        headings = re.findall(r"^## (.+)$", document, re.MULTILINE)
        bodies = re.split(r"^## .+$", document, flags=re.MULTILINE)[1:]

        assert [f"{n}. {labels('en')(name)}" for n, (name, _) in enumerate(SECTIONS, 1)] == headings
        assert all(body.strip() for body in bodies)

    def test_every_reference_has_a_target(self, document: str) -> None:
        """Each [id] of the text is defined, and each definition leads to an anchor of the document."""
        used = set(
            re.findall(r"(?<!\\)\[([^\]\\]+)\](?!:)", re.sub(r"```.*?```", "", document, flags=re.DOTALL))
        )
        defined = dict(re.findall(r"^\[(.+)\]: #(.+)$", document, re.MULTILINE))
        anchors = re.findall(r'<a id="(.+?)">', document)

        assert used <= set(defined)
        assert len(anchors) == len(set(anchors))
        assert set(defined.values()) == set(anchors)

    def test_a_dissent_stands_in_summary_sheet_and_report(self, document: str) -> None:
        """A maintained objection is cited in the summary, on its sheet, in the minority report and the register."""
        sections = re.split(r"^## .+$", document, flags=re.MULTILINE)[1:]

        assert all("[A2.4]" in sections[number] for number in (1, 4, 8, 9))

    def test_it_says_that_strength_is_not_truth(self, document: str) -> None:
        """The sentence that keeps strength from being read as truth is printed."""
        assert "never a probability of truth" in document

    def test_who_argued_and_about_what_is_said(self, document: str, plan: DebatePlan) -> None:
        """Model, article hash and unverified quotations stand in the first section."""
        first = document.split("\n## ")[1]

        assert "the language model scripted" in first
        assert plan.article.sha256 in first
        assert "6 unverified" in first

    def test_a_missing_baseline_is_said(self, document: str) -> None:
        """An indicator without a baseline says so."""
        assert "baseline missing" in document

    def test_nothing_injects(self, document: str) -> None:
        """The only HTML in the rendered document is our own anchors; markup in words shows as words."""
        rendered = MarkdownIt("commonmark", {"html": True}).enable("table").render(document)

        assert "two* stages" in re.sub(r"\s+", " ", rendered).replace("*two", "two")
        assert {"a"} >= set(re.findall(r"(?<!`)<(\w+)", re.sub(r"```.*?```", "", document, flags=re.DOTALL)))


class TestLanguages:
    @pytest.mark.parametrize("language", ["fr", "en", "ar"])
    async def test_no_label_is_left_in_another_language(
        self, plan: DebatePlan, scripted: Scripted, folder: Path, language: Any
    ) -> None:
        """The document's headings are those of the debate's language, all of them there."""
        document = await _document(plan.model_copy(update={"language": language}), scripted, folder)
        say = labels(language)

        assert all(f". {say(name)}\n" in document for name, _ in SECTIONS)
        assert not re.search(r"\{\w+\}", document)

    def test_all_languages_have_the_same_words(self) -> None:
        """French, English and Arabic label the same things."""
        shapes = [
            {
                (table, key)
                for table, words in labels(code).model_dump().items()
                if isinstance(words, dict)
                for key in words
            }
            for code in ("fr", "en", "ar")
        ]

        assert shapes[0] == shapes[1] == shapes[2]
