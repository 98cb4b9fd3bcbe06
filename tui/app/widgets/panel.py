"""A view that can be scrolled and that is drawn again only when what it shows has changed."""

from collections.abc import Callable

from rich.console import RenderableType
from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.widgets import Static


class Panel(VerticalScroll):
    """One of the views; `subject` is what it is about, `version` how far that has come."""

    def __init__(self, name: str) -> None:
        super().__init__(id=name, name=name)
        self._subject: object = None
        self._version: object = None

    def compose(self) -> ComposeResult:
        """One text, however long."""
        yield Static(markup=False)

    def show(self, subject: object, version: object, draw: Callable[[], RenderableType]) -> None:
        """Draw unless this version of this subject is there already; a new subject is shown from its top."""
        if (subject, version) == (self._subject, self._version):
            return
        if subject != self._subject:
            self.scroll_home(animate=False)
        self._subject, self._version = subject, version
        self.query_one(Static).update(draw())
