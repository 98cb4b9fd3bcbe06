"""`jemaa show`: what was said, what was decided, and why."""

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
    if why:
        show(*explanation(why, state))
        return
    names = [checked(name.strip(), state) for name in only.split(",")] if only else state.recommendations
    show(*(hearing(name, state) for name in names), *([] if only else [outcome(state, record)]))


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
