"""`jemaa fork`: another course of a recorded debate, in a transcript of its own."""

from typing import Annotated, Any

import typer

from tui import settings
from tui.options import AsJson, Charters, Reference, Transcripts


def command(
    reference: Reference = "last",
    *,
    at: Annotated[
        str | None,
        typer.Option(metavar="ADDRESS", help="Ask this turn anew, for example R3/rebuttal/2/energy."),
    ] = None,
    roles: Annotated[str | None, typer.Option(metavar="A,B,…", help="With these roles.")] = None,
    charters: Charters = None,
    model: Annotated[str | None, typer.Option(metavar="MODEL", help="With another model.")] = None,
    rounds: Annotated[
        int | None, typer.Option(min=1, max=9, metavar="N", help="With so many rounds.")
    ] = None,
    rule: Annotated[str | None, typer.Option(metavar="RULE", help="consent, strict or majority.")] = None,
    as_json: AsJson = False,
    transcripts: Transcripts = None,
) -> None:
    """Hold a recorded debate again under changed conditions, in a file of its own.

    Every turn whose request still holds is copied from the parent; the rest is asked.
    """
    chosen = settings.load(transcripts=transcripts, charters=charters)
    from transcripts.library.find import find

    path = find(reference, chosen.transcripts)
    from agents.argument.rules import rule_named
    from agents.roles.load import choose, load_charters
    from transcripts.export.markdown import strategy_markdown
    from transcripts.library.record import read_record
    from transcripts.log.fork import fork
    from tui.hold import hold
    from tui.wire import Wire

    plan = read_record(path).plan
    changes: dict[str, Any] = {"model": model, "rounds": rounds, "rule": rule and rule_named(rule).name}
    if roles:
        recorded = {charter.name: charter for charter in plan.charters}
        known = load_charters(chosen.charters) | recorded
        changes["charters"] = choose(known, [name.strip() for name in roles.split(",")])
    changed = plan.model_copy(update={name: value for name, value in changes.items() if value is not None})
    wire = Wire()
    session = fork(
        path,
        wire.backend(chosen, watched=False),
        chosen.transcripts,
        plan=changed,
        at=at,
        document=strategy_markdown,
    )
    hold(session, wire, as_json=as_json)
