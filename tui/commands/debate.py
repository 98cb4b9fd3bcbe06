"""`jemaa debate`: one debate, from an article to a strategy."""

from functools import partial
from typing import Annotated

import typer

from tui import settings
from tui.console import require_terminal
from tui.options import AsJson, Charters, Language, Transcripts


def command(
    article: Annotated[
        str | None,
        typer.Argument(
            metavar="[ARTICLE]",
            help="A file or an address; without one, the bundled brief.",
            show_default=False,
        ),
    ] = None,
    *,
    as_json: AsJson = False,
    watch: Annotated[bool, typer.Option("--watch", help="Follow it in the terminal app.")] = False,
    model: Annotated[
        str | None, typer.Option(metavar="MODEL", help="Who speaks: offline (the default), or PROVIDER:NAME.")
    ] = None,
    role_model: Annotated[
        list[str] | None, typer.Option(metavar="ROLE=MODEL", help="Another model for one role; repeatable.")
    ] = None,
    fallback: Annotated[
        list[str] | None, typer.Option(metavar="MODEL", help="Asked when a model cannot answer; repeatable.")
    ] = None,
    budget: Annotated[
        list[str] | None,
        typer.Option(metavar="AMOUNT", help="At most so much, for example '40 calls' or '$2'; repeatable."),
    ] = None,
    cache_first: Annotated[
        bool | None,
        typer.Option("--cache-first", help="One call ahead of the others, to warm the provider's cache."),
    ] = None,
    yes: Annotated[bool, typer.Option("--yes", help="Begin whatever it is estimated to cost.")] = False,
    roles: Annotated[
        str | None, typer.Option(metavar="A,B,…", help="Only these roles, in this order.")
    ] = None,
    charters: Charters = None,
    language: Language = None,
    rounds: Annotated[
        str | None, typer.Option(metavar="N", help="Rounds of speech, the opening included (2).")
    ] = None,
    only: Annotated[str | None, typer.Option(metavar="R2,R5,…", help="Only these recommendations.")] = None,
    recommendation: Annotated[
        list[str] | None, typer.Option(metavar="TEXT", help="Add a recommendation of your own; repeatable.")
    ] = None,
    transcripts: Transcripts = None,
    rule: Annotated[
        str | None,
        typer.Option(metavar="RULE", help="How stances become a decision: consent, strict, majority."),
    ] = None,
) -> None:
    """Run one debate over an article and print the strategy.

    The transcript is saved as it grows: after Ctrl-C, jemaa resume last goes on.
    """
    if watch:
        require_terminal("Without --watch it runs here and prints its outcome.")
    chosen = settings.load(
        model=model,
        role_models=role_model or None,
        fallbacks=fallback or None,
        roles=roles,
        charters=charters,
        language=language,
        rounds=rounds,
        transcripts=transcripts,
        rule=rule,
        budget=budget or None,
        cache_first=cache_first or None,
    )
    from tui.convene import convene
    from tui.hold import hold, note
    from tui.spend import agree

    session, wire, remark = convene(
        chosen,
        article,
        only.split(",") if only else None,
        recommendation or (),
        watched=watch,
        agree=partial(agree, above=chosen.ask_above, yes=yes),
    )
    if remark:
        note(remark)
    hold(session, wire, as_json=as_json, watch=watch)
