"""`jemaa fork`: another course of a recorded debate, in a transcript of its own."""

from typing import Annotated, Any

import typer

from tui import settings
from tui.options import AsJson, Charters, Reference, Transcripts

CHAIR = "The chair"
"""The panel of the help for what the person who presides can put."""


def command(
    reference: Reference = "last",
    *,
    at: Annotated[
        str | None,
        typer.Option(
            metavar="ADDRESS",
            help="Ask this turn anew, for example R3/rebuttal/2/energy; what the chair puts stands before its round.",
        ),
    ] = None,
    on: Annotated[
        str | None,
        typer.Option(metavar="R2", help="The recommendation of a question or remark.", rich_help_panel=CHAIR),
    ] = None,
    question: Annotated[
        list[str] | None,
        typer.Option(metavar="TEXT", help="Ask the roles this; repeatable.", rich_help_panel=CHAIR),
    ] = None,
    to: Annotated[
        str | None, typer.Option(metavar="A,B,…", help="Ask only these roles.", rich_help_panel=CHAIR)
    ] = None,
    remark: Annotated[
        str | None,
        typer.Option(
            metavar="TEXT", help="Put an argument of your own, which the roles answer.", rich_help_panel=CHAIR
        ),
    ] = None,
    side: Annotated[
        str | None,
        typer.Option(metavar="SIDE", help="What the remark speaks: for, or against.", rich_help_panel=CHAIR),
    ] = None,
    ground: Annotated[
        list[str] | None,
        typer.Option(
            metavar="'S4: WORDS'", help="What the remark rests on; repeatable.", rich_help_panel=CHAIR
        ),
    ] = None,
    answers: Annotated[
        list[str] | None,
        typer.Option(
            metavar="'A2.3: HOW'",
            help="What it answers: rebut, undercut, undermine, support, concede; repeatable.",
            rich_help_panel=CHAIR,
        ),
    ] = None,
    condition: Annotated[
        str | None,
        typer.Option(
            metavar="TEXT", help="What the remark asks for, put to the vote.", rich_help_panel=CHAIR
        ),
    ] = None,
    evidence: Annotated[
        str | None,
        typer.Option(
            metavar="TEXT", help="A fact of your own that the remark rests on.", rich_help_panel=CHAIR
        ),
    ] = None,
    source: Annotated[
        str | None, typer.Option(metavar="TEXT", help="The source of that fact.", rich_help_panel=CHAIR)
    ] = None,
    as_of: Annotated[
        str | None, typer.Option(metavar="DATE", help="The day on which it was true.", rich_help_panel=CHAIR)
    ] = None,
    another_round: Annotated[
        list[str] | None,
        typer.Option(metavar="R2", help="One round more on it; repeatable.", rich_help_panel=CHAIR),
    ] = None,
    close: Annotated[
        list[str] | None,
        typer.Option(
            metavar="R2", help="No round after its opening (or all); repeatable.", rich_help_panel=CHAIR
        ),
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

    Every turn whose request still holds is copied from the parent; the rest is asked. What the chair puts
    (a question, a remark, another round, an early close) takes effect before the round of --at, else
    before the ruling.
    """
    chosen = settings.load(transcripts=transcripts, charters=charters)
    from transcripts.library.find import find

    path = find(reference, chosen.transcripts)
    from agents.argument.rules import rule_named
    from agents.roles.load import choose, load_charters
    from transcripts.export.markdown import strategy_markdown
    from transcripts.library.record import read_record
    from transcripts.log.fork import fork
    from tui.chairing import Wish, inputs_of
    from tui.hold import hold
    from tui.wire import Wire

    plan = read_record(path).plan
    changes: dict[str, Any] = {"model": model, "rounds": rounds, "rule": rule and rule_named(rule).name}
    if roles:
        recorded = {charter.name: charter for charter in plan.charters}
        known = load_charters(chosen.charters) | recorded
        changes["charters"] = choose(known, [name.strip() for name in roles.split(",")])
    changed = plan.model_copy(update={name: value for name, value in changes.items() if value is not None})
    wish = Wish(
        at=at,
        on=on,
        questions=question or (),
        to=to,
        remark=remark,
        side=side,
        grounds=ground or (),
        answers=answers or (),
        condition=condition,
        evidence=evidence,
        source=source,
        as_of=as_of,
        another_round=another_round or (),
        close=close or (),
    )
    inputs = inputs_of(changed, wish)
    wire = Wire()
    session = fork(
        path,
        wire.backend(chosen, watched=False),
        chosen.transcripts,
        plan=changed,
        at=None if inputs else at,
        document=strategy_markdown,
        inputs=inputs,
    )
    hold(session, wire, as_json=as_json)
