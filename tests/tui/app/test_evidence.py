"""The article at what is cited."""

import pytest
from textual.pilot import Pilot

from agents.argument.model import Ground
from agents.article.model import Article, Span
from agents.debate.event import Event
from agents.debate.plan import DebatePlan
from tui.app.evidence import Evidence, highlighted
from tui.app.main import Jemaa
from tui.app.widgets.reel import Reel
from tui.present.grounds import Citation, citations, of_spans
from tui.present.words import styled
from tui.state import DebateState

SENTENCES = [f"Sentence {number} tells of cranes that stand still in every storm." for number in range(1, 41)]


def article() -> Article:
    spans, at = [], 0
    for number, sentence in enumerate(SENTENCES, 1):
        spans.append(Span(id=f"S{number}", text=sentence, start=at, end=at + len(sentence)))
        at += len(sentence) + 1
    return Article(
        title="Cranes", language="en", sha256="ab" * 32, body=" ".join(SENTENCES), spans=tuple(spans)
    )


def on_screen(pilot: Pilot[None]) -> str:
    lines = pilot.app.screen._compositor.render_strips()
    return "\n".join("".join(segment.text for segment in strip) for strip in lines)


@pytest.fixture
def page() -> Evidence:
    """Three citations: a quote far down, a fact, another sentence."""
    cranes = article()
    start = cranes.spans[29].start
    fact = styled("F-energy-1\nThe grid lost 14 %.\nregulator.example, 3 May 2025")
    return Evidence(
        cranes,
        (
            Citation("S30", "S30", (start + 12, start + 27), styled("A1.1 Energy · S30 · exact")),
            Citation("F-energy-1", None, None, fact),
            *of_spans(cranes, ("S2", "S99")),
        ),
    )


async def test_opens_at_the_citation(page: Evidence) -> None:
    """The cited sentence is in sight, with what is said of it above."""
    async with Jemaa(page).run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        shown = on_screen(pilot)

    assert "1/3  A1.1 Energy · S30 · exact" in shown
    assert "▸ S30" in shown
    assert "Sentence 30 tells" in shown


async def test_from_one_to_the_next(page: Evidence) -> None:
    """n, p and numbers lead to the citations; facts show their text and source; unknown spans are left out."""
    async with Jemaa(page).run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await pilot.press("n")
        await pilot.pause()
        assert "The grid lost 14 %." in on_screen(pilot)
        await pilot.press("3")
        await pilot.pause()
        assert "S2" == page.query_one(Reel).current
        await pilot.press("p", "p")
        assert 0 == page.place


def test_quote_stands_out() -> None:
    """Only what is quoted is marked; without a quote, the whole sentence is."""
    span = article().spans[3]
    text = highlighted(span, (span.start + 11, span.start + 16))
    assert ["tells"] == [text.plain[mark.start : mark.end] for mark in text.spans]

    text = highlighted(span, None)
    assert [span.text] == [text.plain[mark.start : mark.end] for mark in text.spans]


def test_what_an_argument_rests_on(plan: DebatePlan, events: list[Event]) -> None:
    """Of an argument that cites another one, the grounds of that one are led to as well."""
    state = DebateState.of(plan).apply_all(events)
    citing = state.arguments["A1.2"].model_copy(
        update={"grounds": (Ground(kind="argument", id="A1.1", status="exact"),)}
    )
    state.arguments["A1.2"] = citing

    assert ["A1.1", "S1"] == [citation.id for citation in citations("A1.2", "R1", state)]
    assert ["S1", "S1"] == [citation.id for citation in citations("C1.1", "R1", state)] * 2
    assert [] == citations("silent", "R1", state)
