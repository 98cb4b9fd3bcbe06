"""`jemaa debate`: one debate, from an article to a strategy."""

from typing import Annotated

import typer

from tui import settings
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
    chosen = settings.load(
        model=model,
        roles=roles,
        charters=charters,
        language=language,
        rounds=rounds,
        transcripts=transcripts,
        rule=rule,
    )
    from agents.argument.rules import rule_named
    from agents.article.read import bundled_brief, pick, read_article, with_recommendations
    from agents.debate.plan import DebatePlan, debate_language
    from agents.roles.load import choose, load_charters

    known = load_charters(chosen.charters)
    charters_chosen = choose(known, chosen.roles if chosen.roles is not None else list(known))
    rule_named(chosen.rule)
    read = read_article(article) if article is not None else bundled_brief()
    read = with_recommendations(read, recommendation or ())
    held_in, remark = debate_language(read, chosen.language)
    plan = DebatePlan(
        article=read,
        recommendations=pick(read, only.split(",") if only else None),
        charters=charters_chosen,
        language=held_in,
        rounds=chosen.rounds,
        rule=chosen.rule,
        model=chosen.model,
    )
    from agents.backends.open import open_backend
    from transcripts.export.markdown import strategy_markdown
    from transcripts.log.session import start
    from tui.hold import hold, note

    if remark:
        note(remark)
    hold(
        start(plan, open_backend, chosen.transcripts, document=strategy_markdown),
        as_json=as_json,
        watch=watch,
    )
