"""All that was understood of an article, for somebody who wants to check it."""

from collections import Counter
from collections.abc import Iterator, Sequence

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.text import Text
from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.widgets import Static

from agents.article.model import Article, Dropped, Figure
from tui.app.interface import say
from tui.app.page import Card
from tui.app.prepare.draft import Point
from tui.present.words import first_line, styled

MOST = 60
"""Figures and dropped pieces that are shown; the rest is counted."""


class Sheet(Card[None]):
    """Scrolled; closed by Escape."""

    ABOUT = "What was read in the article, and what was left out of it."

    def __init__(self, article: Article) -> None:
        super().__init__()
        self._article = article

    def compose(self) -> ComposeResult:
        """The sheet."""
        with VerticalScroll(id="card"):
            yield Static(sheet(self._article), markup=False)

    def on_mount(self) -> None:
        """Let the arrows scroll."""
        self.query_one(VerticalScroll).focus()


def head(article: Article, points: Sequence[Point]) -> RenderableType:
    """Title, language, date, countries, length, and how many recommendations are taken."""
    known = [
        article.language,
        article.published.isoformat() if article.published else say("no date found"),
        ", ".join(article.countries),
        say("{n} words", n=len(article.body.split())),
        say("{n} pieces left out", n=len(article.dropped)) if article.dropped else "",
    ]
    ticked = sum(point.ticked for point in points)
    told = (
        say("{n} of {all} recommendations will be debated", n=ticked, all=len(points))
        if points
        else say("No recommendation was found: add what is to be decided with a.")
    )
    return Group(
        first_line(f"{article.title}"),
        styled((" · ".join(part for part in known if part), "dim")),
        styled((told, "bold" if ticked else "bold yellow")),
    )


def sheet(article: Article) -> RenderableType:
    """Outline, figures, and what was left out with the reason."""
    return Group(*_outline(article), *_figures(article.figures), *_dropped(article.dropped))


def _outline(article: Article) -> Iterator[RenderableType]:
    yield styled((say("Outline"), "bold"))
    if not article.sections:
        yield styled((f"  {say('no headings')}", "dim"))
        return
    top = min(section.level for section in article.sections)
    count = Counter(span.section for span in article.spans)
    for section in article.sections:
        indent = "  " * min(section.level - top + 1, 5)
        yield styled(indent, " ".join(section.title.split()), (f"  {count[section.title] - 1 or ''}", "dim"))


def _figures(figures: Sequence[Figure]) -> Iterator[RenderableType]:
    told = [figure for figure in figures if figure.unit != "year"]
    if not told:
        return
    yield Padding(styled((say("Figures ({n})", n=len(told)), "bold")), (1, 0, 0, 0))
    for figure in told[:MOST]:
        yield styled("  ", figure.text, (f"  {figure.unit}  {figure.span}", "dim"))
    yield from _more(len(told))


def _dropped(dropped: Sequence[Dropped]) -> Iterator[RenderableType]:
    if not dropped:
        return
    yield Padding(styled((say("Left out ({n})", n=len(dropped)), "bold")), (1, 0, 0, 0))
    for piece in dropped[:MOST]:
        yield styled("  ", (f"{piece.reason}: ", "yellow"), " ".join(piece.text.split())[:160])
    yield from _more(len(dropped))


def _more(count: int) -> Iterator[Text]:
    if count > MOST:
        yield styled((f"  {say('and {n} more', n=count - MOST)}", "dim"))
