"""`jemaa compare`: what differs between two debates."""

from typing import TYPE_CHECKING, Annotated

import typer

from tui import settings
from tui.console import print_json, show
from tui.failure import NO
from tui.options import AsJson, Transcripts

if TYPE_CHECKING:
    from rich.text import Text

    from transcripts.compare.compare import Comparison

PARTS = {
    "recommendations": "Recommendations",
    "decisions": "Decisions",
    "stances": "Stances",
    "conditions": "Conditions",
    "priorities": "Priorities",
    "arguments": "Arguments",
    "quotes": "Quotes",
    "effort": "Effort",
}


def command(
    first: Annotated[
        str, typer.Argument(metavar="A", help="A transcript: path, id, its beginning, or last.")
    ],
    second: Annotated[str, typer.Argument(metavar="B", help="Another one.")],
    *,
    as_json: AsJson = False,
    transcripts: Transcripts = None,
) -> None:
    """Tell what differs between two debates: decisions, stances, arguments, priorities.

    Exit code 1 when a decision differs.
    """
    folder = settings.load(transcripts=transcripts).transcripts
    from transcripts.library.find import find

    paths = find(first, folder), find(second, folder)
    from transcripts.compare.compare import compare

    found = compare(*paths)
    if as_json:
        print_json(found.as_json())
    else:
        from tui.present.words import grid

        show(grid(lines(found)))
    if any(change.what == "decision" for change in found.decisions):
        raise typer.Exit(NO)


def lines(found: "Comparison") -> "list[tuple[str, Text]]":
    """What differs, part by part; one line when nothing does."""
    from transcripts.compare.words import line
    from tui.present.words import named, styled

    rows = [("A", styled((found.first, "bold"))), ("B", styled((found.second, "bold")))]
    if found.same:
        rows.append(("", styled("Everything that was said and decided is the same.")))
    for part, title in PARTS.items():
        rows += named(title, (styled(line(change)) for change in getattr(found, part)))
    if found.parting:
        rows.append(("First parting", styled(f"{found.parting.address}: {found.parting.what}")))
    return rows
