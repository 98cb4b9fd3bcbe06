"""`jemaa show`: what was said, what was decided, and why."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from agents.errors import InputError
from tui import settings
from tui.console import print_json, show
from tui.options import AsJson, Reference, Transcripts

if TYPE_CHECKING:
    from rich.text import Text

    from tui.state import DebateState


def command(
    reference: Reference = "last",
    *,
    as_json: AsJson = False,
    only: Annotated[str | None, typer.Option(metavar="R2,R5,…", help="Only these recommendations.")] = None,
    why: Annotated[
        str | None, typer.Option(metavar="R6", help="Only how this decision came about, in ten lines.")
    ] = None,
    records: Annotated[
        bool, typer.Option("--records", help="The transcript itself, line by line: its last page, or --page.")
    ] = False,
    page: Annotated[int | None, typer.Option(metavar="N", min=1, help="Which page of the records.")] = None,
    transcripts: Transcripts = None,
) -> None:
    """Print what was said, decided and why."""
    chosen = settings.load(transcripts=transcripts)
    from transcripts.library.find import find

    if records or page is not None:
        _show_records(find(reference, chosen.transcripts), page, as_json=as_json)
        return
    from transcripts.library.record import read_record
    from transcripts.library.result import show_result

    record = read_record(find(reference, chosen.transcripts))
    if as_json:
        print_json(show_result(record))
        return
    from tui.present.hearing import hearing
    from tui.present.summary import outcome
    from tui.state import DebateState

    state = DebateState.of_record(record)
    if why:
        show(*explanation(why, state))
        return
    names = [checked(name.strip(), state) for name in only.split(",")] if only else state.recommendations
    show(*(hearing(name, state) for name in names), *([] if only else [outcome(state, record)]))


def _show_records(path: Path, number: int | None, *, as_json: bool) -> None:
    """One page of a transcript, however long it is; nothing else of it is read."""
    from transcripts.log.pages import open_pages

    pages = open_pages(path)
    number = pages.count if number is None else number
    lines = pages.page(number)
    if as_json:
        found = {"transcript": str(path), "lines": pages.lines, "pages": pages.count, "page": number}
        print_json(found | {"records": [line.record for line in lines]})
        return
    from tui.present.records import line_of_record

    show(*map(line_of_record, lines))
    show(f"Page {number} of {pages.count}, {pages.lines} lines.")


def explanation(recommendation: str, state: "DebateState") -> "list[Text]":
    """At most ten lines on how a decision came about, each with the ids that it rests on."""
    from agents.argument.explain import why
    from tui.present.words import styled

    ruling = state.ruling(checked(recommendation, state))
    if ruling is None:
        raise InputError(f"{recommendation} is not decided yet.", "Go on with: jemaa resume")
    told = why(ruling, state.speeches.get(recommendation, []), state.language, state.roles)
    return [styled(line) for line in told]


def checked(recommendation: str, state: "DebateState") -> str:
    """The id, if the debate has a recommendation of that id. Raises InputError with those that it has."""
    if recommendation not in state.recommendations:
        known = ", ".join(state.recommendations)
        raise InputError(f"There is no recommendation {recommendation!r}.", f"The debate has {known}.")
    return recommendation
