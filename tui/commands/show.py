"""`jemaa show`: what was said, what was decided, and why."""

from typing import Annotated

import typer

from agents.errors import InputError
from tui import settings
from tui.console import print_json, show
from tui.options import AsJson, Reference, Transcripts


def command(
    reference: Reference = "last",
    as_json: AsJson = False,
    only: Annotated[str | None, typer.Option(metavar="R2,R5,…", help="Only these recommendations.")] = None,
    transcripts: Transcripts = None,
) -> None:
    """Print what was said, decided and why."""
    chosen = settings.load(transcripts=transcripts)
    from transcripts.library.find import find
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
    names = [name.strip() for name in only.split(",")] if only else list(state.recommendations)
    for name in names:
        if name not in state.recommendations:
            known = ", ".join(state.recommendations)
            raise InputError(f"{record.id} has no recommendation {name!r}.", f"It has {known}.")
    show(*(hearing(name, state) for name in names), *([] if only else [outcome(state, record)]))
