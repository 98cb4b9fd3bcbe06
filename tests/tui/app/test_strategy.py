"""The strategy and its sources, by their keys."""

from pathlib import Path

import pytest
from rich.console import Console

from tests.tui.app.conftest import settle
from tui.app.evidence import Evidence
from tui.app.export import MEANS
from tui.app.main import Jemaa
from tui.app.strategy import StrategyPage, document
from tui.app.widgets.reel import Reel
from tui.present.passages import MINORITY, passages
from tui.present.sources import sources
from tui.safe import released
from tui.settings import Settings

SMALL, LARGE = (80, 24), (200, 60)

MARKDOWN = """# A title

## 1. First

One thing is so. [S1] Another is not. [A1.1] [C1.2] And this stands alone.

> Quoted \\[foo\\]. [F-energy-2]

| Name | Share |
| --- | ---: |
| [R1] roads | 12 % |

### <a id="r1"></a>M1. Build

Without a source.

[S1]: #s1
[A1.1]: #a1.1
[C1.2]: #c1.2
[F-energy-2]: #f-energy-2
[R1]: #r1
"""


def test_passages() -> None:
    """Each sentence has the ids that stand behind it; what has none under a recommendation rests on that."""
    found = [(passage.text.plain.strip(), passage.sources) for passage in passages(MARKDOWN)]
    assert [
        ("A title", ()),
        ("1. First", ()),
        ("One thing is so. S1", ("S1",)),
        ("Another is not. A1.1 C1.2", ("A1.1", "C1.2")),
        ("And this stands alone.", ()),
        ("▏ Quoted [foo]. F-energy-2", ("F-ENERGY-2",)),
        ("R1 roads\n  Share 12 %", ("R1",)),
        ("M1. Build", ("R1",)),
        ("Without a source.", ("R1",)),
    ] == found


@pytest.fixture
def page(saved: Path) -> StrategyPage:
    return StrategyPage(document(saved))


def test_every_source_is_known(page: StrategyPage) -> None:
    """Whatever id a sentence names leads somewhere: to the article, to a fact, to an argument."""
    shown = page.shown
    for passage in shown.passages:
        for name in passage.sources:
            assert sources([name], shown.state), (name, passage.text.plain)


def test_nothing_lost(page: StrategyPage) -> None:
    """All that the audit traces is in the passages, each measure's wording among them."""
    shown = page.shown
    strategy = shown.record.strategy
    assert strategy is not None
    text = " ".join(" ".join(passage.text.plain.split()) for passage in shown.passages)
    assert all(measure.id in text for measure in strategy.measures)
    assert any(passage.section == MINORITY for passage in shown.passages)


async def test_sources(page: StrategyPage, settings: Settings) -> None:
    """Enter on a sentence opens the article where it rests; Escape leads back to the same sentence."""
    app = Jemaa(page, settings)
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot)
        reel = page.query_one("#document", Reel)
        cited = next(
            passage for passage in page.shown.passages if passage.sources and passage.sources[0][0] in "SR"
        )
        reel.move_to(cited.id)
        await pilot.press("enter")
        await settle(pilot)
        assert isinstance(app.screen, Evidence)
        await pilot.press("escape")
        await settle(pilot)
        assert isinstance(app.screen, StrategyPage)
        assert cited.id == reel.current


async def test_minority(page: StrategyPage, settings: Settings) -> None:
    """In a small terminal a key switches to the minority report and back; in a wide one both are seen."""
    app = Jemaa(page, settings)
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot)
        seen = [page.query_one(f"#{name}").display for name in ("document", "minority")]
        await pilot.press("m")
        await settle(pilot)
        seen += [page.query_one(f"#{name}").display for name in ("document", "minority")]
        assert [True, False, False, True] == seen
        await pilot.press("m")
        await pilot.resize_terminal(*LARGE)
        await settle(pilot)
        assert page.query_one("#minority").display


async def test_export(page: StrategyPage, settings: Settings) -> None:
    """X writes the chosen format beside the transcript and tells where."""
    app = Jemaa(page, settings)
    async with app.run_test(size=SMALL, notifications=True) as pilot:
        await settle(pilot)
        await pilot.press("x", "enter")
        await settle(pilot)
        target = page.shown.record.path.with_suffix(".html")
        assert target.exists()
        assert any(str(target) in notice.message for notice in app._notifications)


async def test_copy(page: StrategyPage, settings: Settings) -> None:
    """Y copies the passage under the cursor, as text."""
    app = Jemaa(page, settings)
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot)
        await pilot.press("y")
        assert released(page.shown.passages[0].text.plain).split() == app.clipboard.split()


def test_formats() -> None:
    """Every format of the export command can be chosen."""
    from transcripts.export.formats import FORMATS

    assert set(FORMATS) == set(MEANS)


def test_drawn_text_is_text(page: StrategyPage) -> None:
    """Markup in the article shows as it is written and sends no escape."""
    console = Console(width=80, force_terminal=False, markup=False)
    with console.capture() as capture:
        for passage in page.shown.passages:
            console.print(passage.drawn())
    assert "[link=file:///etc]here[/link]" in " ".join(capture.get().split())
    assert "\x1b]" not in capture.get()
