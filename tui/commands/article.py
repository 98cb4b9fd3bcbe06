"""`jemaa article`: what was understood of an article."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import TYPE_CHECKING, Annotated, Any

import typer

from tui import settings
from tui.console import print_json, show
from tui.options import AsJson, Extract
from tui.safe import safe_text

if TYPE_CHECKING:
    from rich.console import RenderableType
    from rich.padding import Padding
    from rich.text import Text

    from agents.article.model import Article, Figure

MOST_FIGURES = 40
MOST_OF_ONE_REASON = 6
_LONG = 160


def command(
    article: Annotated[
        str,
        typer.Argument(metavar="ARTICLE", help="A text, Markdown, HTML, PDF or DOCX file, or an address."),
    ],
    *,
    as_json: AsJson = False,
    show_dropped: Annotated[
        bool, typer.Option("--show-dropped", help="Also show what was left out, and why.")
    ] = False,
    extract: Extract = None,
    model: Annotated[
        str | None, typer.Option(metavar="MODEL", help="The model that finds them, PROVIDER:NAME.")
    ] = None,
    yes: Annotated[bool, typer.Option("--yes", help="Ask it whatever it is estimated to cost.")] = False,
) -> None:
    """Show what is understood of an article: outline, recommendations, figures."""
    chosen = settings.load(extract=extract, model=model)
    read = partial(_searched, chosen, yes=yes) if chosen.extract == "model" else None
    show_article(article, as_json=as_json, show_dropped=show_dropped, read=read)


def _searched(chosen: settings.Settings, source: str, *, yes: bool) -> "Article":
    """The article with what a model found, after saying on standard error what that was."""
    from agents.article.read import read_article
    from tui.convene import planned
    from tui.extract import remarks, search
    from tui.hold import note
    from tui.spend import agree
    from tui.wire import Wire

    article = read_article(source)
    plan, _ = planned(chosen, article)
    alone = plan.model_copy(update={"recommendations": ()})
    asked = partial(agree, above=chosen.ask_above, yes=yes)
    searched = search(alone, Wire().backend(chosen, watched=False), asked)
    for remark in remarks(article, searched):
        note(remark)
    return searched.article


def show_article(
    source: str,
    *,
    as_json: bool,
    show_dropped: bool,
    read: "Callable[[str], Article] | None" = None,
) -> None:
    """Print what is understood of the article at `source`, by `read` if it is given.

    Raises ArticleError when it cannot be read.
    """
    from agents.article.read import read_article

    article = (read or read_article)(source)
    if as_json:
        print_json(_as_data(article, show_dropped=show_dropped))
        return
    show(*_sheet(article, show_dropped=show_dropped))


def _as_data(article: "Article", *, show_dropped: bool) -> dict[str, Any]:
    data = article.model_dump(mode="json")
    if not show_dropped:
        del data["dropped"]
    return data


def _sheet(article: "Article", *, show_dropped: bool) -> "Iterator[RenderableType]":
    yield from _head(article)
    if article.sections:
        yield _text("")
        yield from _outline(article)
    yield _text("")
    yield from _recommendations(article)
    if article.figures:
        yield _text("")
        yield from _figures(article)
    if show_dropped:
        yield _text("")
        yield from _dropped(article)


def _head(article: "Article") -> "Iterator[Text]":
    yield _text((article.title, "bold"))
    known = [
        article.language,
        article.published.isoformat() if article.published else "",
        ", ".join(article.countries),
        article.source,
    ]
    yield _text((" · ".join(part for part in known if part), "dim"))
    said = f"{len(article.body.split())} words, {len(article.spans)} spans"
    if article.dropped:
        said += f", {len(article.dropped)} piece{'s' if len(article.dropped) != 1 else ''} left out"
    yield _text((f"{said} · sha256 {article.sha256[:12]}", "dim"))


def _outline(article: "Article") -> "Iterator[RenderableType]":
    yield _text(("Outline", "bold"))
    top = min(section.level for section in article.sections)
    count = Counter(span.section for span in article.spans)
    for section in article.sections:
        indent = "  " * min(section.level - top + 1, 5)
        yield _one_line(_text(indent, section.title, (f"  {count[section.title] - 1 or ''}", "dim")))


def _recommendations(article: "Article") -> "Iterator[RenderableType]":
    from rich.table import Table

    number = len(article.recommendations)
    if not number:
        yield _text(("No recommendation", "bold"))
        yield _text("  Nothing in this text is proposed to decision-makers.")
        yield _text('  To debate it all the same, add what is to be decided: --recommendation "…"')
        return
    yield _text((f"{number} recommendation{'s' if number > 1 else ''}", "bold"))
    pages = {span.id: span.page for span in article.spans}
    grid = Table.grid(padding=(0, 1))
    grid.add_column(min_width=5, justify="right", no_wrap=True)
    grid.add_column(ratio=1)
    for one in article.recommendations:
        places = " ".join(one.spans)
        page = next((pages[span] for span in one.spans if pages[span]), None)
        where = f"  {places}" + (f", page {page}" if page else "")
        grid.add_row(_text((one.id, "bold cyan")), _text(" ".join(one.text.split()), (where, "dim")))
    yield grid


def _figures(article: "Article") -> "Iterator[RenderableType]":
    from rich.table import Table

    figures = [figure for figure in article.figures if figure.unit != "year"]
    years = sorted({int(figure.value) for figure in article.figures if figure.unit == "year"})
    yield _text((f"{len(figures)} figure{'s' if len(figures) != 1 else ''}", "bold"))
    grid = Table.grid(padding=(0, 2))
    grid.add_column(justify="right")
    grid.add_column(justify="right")
    grid.add_column()
    grid.add_column()
    for figure in figures[:MOST_FIGURES]:
        grid.add_row(
            _text("  ", figure.text), _text(_value(figure)), _text(figure.unit), _text((figure.span, "dim"))
        )
    yield grid
    if len(figures) > MOST_FIGURES:
        yield _text((f"  and {len(figures) - MOST_FIGURES} more (--json shows all)", "dim"))
    if years:
        yield _text(("  years: " + ", ".join(map(str, years)), "dim"))


def _value(figure: "Figure") -> str:
    return f"{figure.value:,.10g}".replace(",", " ")


def _dropped(article: "Article") -> "Iterator[RenderableType]":
    count = len(article.dropped)
    yield _text((f"{count} piece{'s' if count != 1 else ''} left out", "bold"))
    by_reason: dict[str, list[str]] = {}
    for one in article.dropped:
        by_reason.setdefault(one.reason, []).append(" ".join(one.text.split()))
    for reason, texts in by_reason.items():
        yield _text("  ", (f"{reason} ({len(texts)})", "yellow"))
        yield from _some(texts)


def _some(texts: Sequence[str]) -> "Iterator[RenderableType]":
    for text in texts[:MOST_OF_ONE_REASON]:
        yield _one_line(_text("    ", text[:_LONG]))
    if len(texts) > MOST_OF_ONE_REASON:
        yield _text(
            (f"    and {len(texts) - MOST_OF_ONE_REASON} more (--json --show-dropped shows all)", "dim")
        )


def _text(*parts: str | tuple[str, str]) -> "Text":
    """One text from strings and (string, style) pairs, none of them read as markup."""
    from rich.text import Text

    text = Text()
    for part in parts:
        string, style = part if isinstance(part, tuple) else (part, "")
        text.append(safe_text(string), style=style)
    return text


def _one_line(text: "Text") -> "Padding":
    """`text` cut at the edge of the screen; padded, or else it is printed as a part of its neighbours."""
    from rich.padding import Padding

    text.no_wrap, text.overflow = True, "ellipsis"
    return Padding(text, 0)
