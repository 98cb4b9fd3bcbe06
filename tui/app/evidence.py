"""Evidence: the article at the places that somebody cites, what is quoted there highlighted."""

from functools import partial
from typing import ClassVar

from rich.console import RenderableType
from rich.padding import Padding
from rich.text import Text
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Footer, Static

from agents.article.model import Article, Span
from tui.app.interface import say
from tui.app.page import Page
from tui.app.widgets.reel import Reel
from tui.present.grounds import Citation
from tui.present.piece import Piece
from tui.present.words import grid, styled
from tui.safe import safe_text


class Evidence(Page[None]):
    """The sentences of the article with their ids, the cited ones marked; facts from elsewhere stand above."""

    ABOUT = "The article. What is cited is marked; n and p, or a number, lead from one citation to the next."
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("n,right", "cite(1)", "Next", key_display="n"),
        Binding("p,left", "cite(-1)", "Previous", key_display="p"),
        Binding("y", "copy", "Copy"),
        *(
            Binding(str(number), f"number({number})", "Citation by its number", show=False)
            for number in range(1, 10)
        ),
        Binding("escape,e", "back", "Back", key_display="esc"),
    ]

    def __init__(self, article: Article, citations: tuple[Citation, ...]) -> None:
        super().__init__()
        self.article = article
        self.citations = citations
        self.place = 0

    def compose(self) -> ComposeResult:
        """What is cited, then the article."""
        yield Static(
            styled(("Jemaa", "bold"), (" · ", "dim"), " ".join(self.article.title.split())),
            id="title",
            markup=False,
        )
        yield Static(id="citation", markup=False)
        yield Reel("article")
        yield Footer()

    def on_mount(self) -> None:
        """Begin at the first citation."""
        self.query_one(Reel).focus()
        self.call_after_refresh(self.action_cite, 0)

    def action_cite(self, by: int) -> None:
        """Go to another citation, round and round."""
        if self.citations:
            self.place = (self.place + by) % len(self.citations)
        self._show()

    def action_number(self, number: int) -> None:
        """Go to the citation of that number."""
        if number <= len(self.citations):
            self.place = number - 1
            self._show()

    def action_copy(self) -> None:
        """Copy the sentence under the cursor."""
        span = next((span for span in self.article.spans if span.id == self.query_one(Reel).current), None)
        if span is not None:
            self.app.copy_to_clipboard(safe_text(span.text))
            self.notify(say("Copied."), markup=False)

    def _show(self) -> None:
        here = self.citations[self.place] if self.citations else None
        about = self.query_one("#citation", Static)
        if here is not None:
            count = f"{self.place + 1}/{len(self.citations)}  " if len(self.citations) > 1 else ""
            about.update(styled((count, "dim"), here.about))
        about.display = here is not None
        cited = {citation.span for citation in self.citations if citation.span}
        pieces = [
            Piece(
                span.id,
                (span.id in cited, here if here is not None and here.span == span.id else None),
                len(span.text) + 8,
                partial(self._drawn, span, here, span.id in cited),
            )
            for span in self.article.spans
        ]
        reel = self.query_one(Reel)
        reel.show(None, pieces)
        spans = [citation.span for citation in self.citations[self.place :] if citation.span]
        if spans:
            reel.move_to(spans[0])

    def _drawn(self, span: Span, here: Citation | None, cited: bool) -> RenderableType:
        current = here is not None and here.span == span.id
        text = highlighted(span, here.quote) if here is not None and current else styled(span.text)
        if cited and not current:
            text.stylize("bold")
        sign = "▸" if current else "·" if cited else " "
        line = grid([(f"{sign} {span.id}", text)], 6)
        before = self.article.body[: span.start]
        paragraph = before.endswith("\n\n") or not before
        return Padding(line, (1, 0, 0, 0)) if paragraph else line


def highlighted(span: Span, quote: tuple[int, int] | None) -> Text:
    """A sentence of which what is quoted stands out, or all of it when nothing in particular is."""
    start, end = quote if quote is not None else (span.start, span.end)
    start, end = max(start, span.start) - span.start, min(end, span.end) - span.start
    if start >= end:
        start, end = 0, len(span.text)
    parts = (span.text[:start], span.text[start:end], span.text[end:])
    before, quoted, after = (part.replace("\n", " ") for part in parts)
    return styled(before, (quoted, "bold reverse"), after)
