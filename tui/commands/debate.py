"""`jemaa debate`: one debate, from an article to a strategy."""

from functools import partial
from typing import Annotated

import typer

from tui import settings
from tui.console import require_terminal
from tui.options import (
    MODELS,
    AsJson,
    Budget,
    Charters,
    Deadline,
    Extract,
    InFlight,
    Language,
    LogFile,
    RequestsPerMinute,
    TokensPerMinute,
    Transcripts,
    TurnDeadline,
)


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
    extract: Extract = None,
    rule: Annotated[
        str | None,
        typer.Option(metavar="RULE", help="How stances become a decision: consent, strict, majority."),
    ] = None,
    pace: Annotated[
        str | None,
        typer.Option(
            metavar="N", help="With --watch: play an offline debate at N words a minute (240; 0: at once)."
        ),
    ] = None,
    log_file: LogFile = None,
    role_model: Annotated[
        list[str] | None,
        typer.Option(
            metavar="ROLE=MODEL", help="Another model for one role; repeatable.", rich_help_panel=MODELS
        ),
    ] = None,
    fallback: Annotated[
        list[str] | None,
        typer.Option(
            metavar="MODEL", help="Asked when a model cannot answer; repeatable.", rich_help_panel=MODELS
        ),
    ] = None,
    yes: Annotated[
        bool, typer.Option("--yes", help="Begin whatever it is estimated to cost.", rich_help_panel=MODELS)
    ] = False,
    budget: Budget = None,
    deadline: Deadline = None,
    turn_deadline: TurnDeadline = None,
    in_flight: InFlight = None,
    requests_per_minute: RequestsPerMinute = None,
    tokens_per_minute: TokensPerMinute = None,
    context: Annotated[
        str | None,
        typer.Option(metavar="TOKENS", help="At most so many tokens in a request.", rich_help_panel=MODELS),
    ] = None,
    cache_first: Annotated[
        bool | None,
        typer.Option(
            "--cache-first",
            help="One call ahead of the others, to warm the provider's cache.",
            rich_help_panel=MODELS,
        ),
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
        pace=pace,
        extract=extract,
        log_file=log_file,
        budget=budget or None,
        deadline=deadline,
        turn_deadline=turn_deadline,
        in_flight=in_flight,
        requests_per_minute=requests_per_minute,
        tokens_per_minute=tokens_per_minute,
        context=context,
        cache_first=cache_first or None,
    )
    from tui.convene import convene
    from tui.hold import hold, note
    from tui.logfile import log_to
    from tui.spend import agree

    with log_to(chosen.log_file):
        session, wire, remark = convene(
            chosen,
            article,
            only.split(",") if only is not None else None,
            recommendation or (),
            watched=watch,
            agree=partial(agree, above=chosen.ask_above, yes=yes),
        )
        if remark:
            note(remark)
        hold(session, wire, as_json=as_json, watch=watch, settings=chosen)
