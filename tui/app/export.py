"""Writing a strategy down: the formats that can be made here."""

from importlib.util import find_spec
from pathlib import Path

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from agents.errors import StorageError
from transcripts.export.formats import FORMATS, export, export_path
from transcripts.library.record import DebateRecord
from transcripts.log.whole import write_whole
from tui.app.interface import say
from tui.app.page import Card
from tui.app.widgets.choices import Choices
from tui.present.words import styled

MEANS = {
    "html": "a page with tables, maps and links, for any browser",
    "pdf": "a document to print",
    "docx": "a document for Word and LibreOffice",
    "markdown": "text with references",
    "csv": "the arguments as a table",
    "argdown": "the arguments as Argdown",
    "aif": "the arguments in the Argument Interchange Format",
    "json": "everything, for programs",
}
"""What each format is for."""


class Export(Card[str | None]):
    """Gives the name of a format, or None."""

    ABOUT = "The strategy is written beside the transcript, under its name."

    def compose(self) -> ComposeResult:
        """One line for each format; what cannot be made here says why."""
        with Vertical(id="card"):
            yield Static(styled((say("Write the strategy as"), "bold")), id="about", markup=False)
            yield Choices("formats")

    def on_mount(self) -> None:
        """List the formats."""
        formats = self.query_one(Choices)
        for name, means in MEANS.items():
            missing = lacking(name)
            line = styled((f"{name:10}", "bold"), say(means), (f"  {missing}", "yellow"))
            formats.add_option(Option(line, id=name, disabled=bool(missing)))
        formats.highlighted = 0
        formats.focus()

    @on(OptionList.OptionSelected)
    def _chosen(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        _ = self.dismiss(event.option_id)  # a screen that waited for its own end would wait for ever


def lacking(form: str) -> str:
    """What a format lacks on this machine; nothing when it can be written."""
    if form == "pdf" and find_spec("typst") is None:
        return say("needs: pip install 'jemaa[pdf]'")
    return ""


def write(record: DebateRecord, form: str) -> Path:
    """Write a debate in a format beside its transcript; gives the place.

    Raises InputError when it cannot be made, StorageError when it cannot be written.
    """
    assert form in FORMATS
    target = export_path(record, form)
    try:
        write_whole(target, export(record, form))
    except OSError as error:
        raise StorageError(
            f"{target} cannot be written: {error.strerror}.", "Choose another folder: jemaa export -o FILE."
        ) from error
    return target.absolute()
