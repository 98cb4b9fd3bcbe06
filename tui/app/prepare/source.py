"""The first step: a file from the tree or by its path, an address, or a pasted text."""

from collections.abc import Iterable
from pathlib import Path
from typing import Literal

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.message import Message
from textual.suggester import Suggester
from textual.widgets import DirectoryTree, Input, Static, TabbedContent, TabPane, TextArea

from tui.app.interface import say
from tui.app.prepare.draft import Draft, completed
from tui.present.words import styled
from tui.safe import safe_text

READABLE = {
    ".txt",
    ".text",
    ".md",
    ".markdown",
    ".html",
    ".htm",
    ".xhtml",
    ".pdf",
    ".docx",
    ".qmd",
    ".rst",
    ".org",
    "",
}

Kind = Literal["place", "pasted"]


class Articles(DirectoryTree):
    """Folders and the files that can be articles; names are shown as text."""

    ICON_NODE_EXPANDED = "▾ "
    ICON_NODE = "▸ "
    ICON_FILE = "  "

    def filter_paths(self, paths: Iterable[Path]) -> Iterable[Path]:
        """Leave out what is hidden and what no article is written in."""
        return [path for path in paths if not path.name.startswith(".") and _may_be_article(path)]


class Completion(Suggester):
    """Suggests the rest of a path while one types."""

    async def get_suggestion(self, value: str) -> str | None:
        """The first path that begins like this."""
        return completed(value)


class Source(Vertical):
    """Posts `Given` when the person has said where the article is."""

    BINDINGS = [Binding("ctrl+t", "other", "File or paste")]

    class Given(Message):
        """Read this."""

        def __init__(self, kind: Kind, text: str) -> None:
            super().__init__()
            self.kind = kind
            self.text = text

    def __init__(self, draft: Draft) -> None:
        super().__init__(id="source")
        self._draft = draft

    def compose(self) -> ComposeResult:
        """Two tabs: where it lies, or its text."""
        with TabbedContent(initial="paste" if self._draft.pasted else "place"):
            with TabPane(say("File or address"), id="place"):
                yield Input(
                    safe_text(self._draft.place),
                    placeholder=say("A path, or an address that begins with https://"),
                    suggester=Completion(use_cache=False, case_sensitive=True),
                    id="path",
                )
                yield Static(
                    styled((say("Enter reads it; → completes a path. Or choose a file:"), "dim")),
                    markup=False,
                )
                yield Articles(Path.cwd(), id="tree")
            with TabPane(say("Paste"), id="paste"):
                yield Static(styled((say("Paste the text here, then Ctrl+N."), "dim")), markup=False)
                yield TextArea(self._draft.pasted, id="pasted", soft_wrap=True, tab_behavior="focus")

    def action_other(self) -> None:
        """Change between a file and a pasted text."""
        tabs = self.query_one(TabbedContent)
        tabs.active = "place" if tabs.active == "paste" else "paste"
        self.call_after_refresh(self.query_one("#pasted" if tabs.active == "paste" else "#path").focus)

    def give(self) -> None:
        """Say what was typed or pasted."""
        if self.query_one(TabbedContent).active == "paste":
            self._draft.pasted = self.query_one("#pasted", TextArea).text
            self.post_message(self.Given("pasted", self._draft.pasted))
        else:
            typed = self.query_one("#path", Input).value
            if typed != safe_text(self._draft.place):  # the name of a file may hold what no field can show
                self._draft.place = typed
            self.post_message(self.Given("place", self._draft.place))

    @on(Input.Submitted)
    def _typed(self) -> None:
        self.give()

    @on(DirectoryTree.FileSelected)
    def _picked(self, event: DirectoryTree.FileSelected) -> None:
        event.stop()
        path = event.path
        here = Path.cwd()
        place = str(path.relative_to(here) if path.is_relative_to(here) else path)
        self.query_one("#path", Input).value = safe_text(place)
        self._draft.place = place
        self.post_message(self.Given("place", place))


def _may_be_article(path: Path) -> bool:
    try:
        return path.is_dir() or path.suffix.lower() in READABLE
    except OSError:
        return False
