"""`jemaa sweep`: all debates of a suite, as many at a time as can be."""

import asyncio
from contextlib import aclosing
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tui import settings
from tui.console import print_json, show
from tui.failure import ENDED_EARLY, INTERRUPTED, MUST_CHANGE, complain
from tui.options import AsJson, Transcripts
from tui.safe import safe_text

if TYPE_CHECKING:
    from transcripts.report.matrix import Matrix
    from transcripts.sweep.task import Terms
    from tui.sweeping import Sweep

AGAIN = "The same command does what is left."


def command(
    suite: Annotated[
        list[str], typer.Argument(metavar="SUITE…", help="A suite: a file, a folder or a name.")
    ],
    *,
    shard: Annotated[
        str | None,
        typer.Option(metavar="I/N", help="Only the I-th of N equal shares; nobody coordinates them."),
    ] = None,
    cluster: Annotated[
        str | None,
        typer.Option(
            metavar="ADDRESS", help="A Dask scheduler that hands debates out, or local for one of its own."
        ),
    ] = None,
    workers: Annotated[
        int | None,
        typer.Option(
            metavar="N", min=1, help="Processes of a local cluster; default: one for each processor."
        ),
    ] = None,
    at_once: Annotated[int, typer.Option(metavar="N", min=1, help="Debates at a time in each process.")] = 4,
    budget: Annotated[
        list[str] | None,
        typer.Option(
            metavar="AMOUNT",
            help="At most so much in each process, for example '400 calls' or '$2'; repeatable.",
        ),
    ] = None,
    cache_first: Annotated[
        bool | None,
        typer.Option("--cache-first", help="One call of each debate ahead, to warm the provider's cache."),
    ] = None,
    yes: Annotated[bool, typer.Option("--yes", help="Begin whatever it is estimated to cost.")] = False,
    html: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Write a report with pictures, one page.")
    ] = None,
    markdown: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Write a report for a comment on a pull request.")
    ] = None,
    as_json: AsJson = False,
    transcripts: Transcripts = None,
) -> None:
    """Hold all debates of a suite side by side, each with a transcript of its own.

    What is finished is not held again, what was interrupted goes on: after any end, however sudden, the same
    command does what is left. Exit code 3 when something is.
    """
    chosen = settings.load(transcripts=transcripts, budget=budget or None, cache_first=cache_first or None)
    from agents.backends.chat.limits import with_budget
    from transcripts.regress.load import find_suites, load_suite
    from transcripts.sweep.plan import trials_in
    from transcripts.sweep.task import Terms, read_shard
    from tui.spend import limits_of
    from tui.sweeping import Sweep, consent, exposed

    share = None if shard is None else read_shard(shard)
    files = [load_suite(path) for path in find_suites(suite)]
    trials = trials_in(files)
    if share is not None:
        trials = {name: trials[name] for name in share.share(list(trials))}
    folder = chosen.transcripts.absolute()
    limits = with_budget(limits_of(chosen), [amount for file in files for amount in file.suite.budget])
    terms = Terms(folder=folder, at_once=at_once, limits=limits, cache_first=chosen.cache_first)
    sweep = Sweep(", ".join(file.name for file in files), trials, folder)
    consent(sweep.missing(), chosen.ask_above, yes=yes)
    if cluster not in {None, "local"} and exposed(str(cluster)):
        complain(
            "The connection to the scheduler is not encrypted.",
            "Whoever reaches it can run code on its workers. With TLS: tls://HOST:PORT (docs/sweep.md).",
        )
    try:
        with sweep.progress():
            asyncio.run(_held(sweep, terms, cluster, workers))
    except KeyboardInterrupt:
        complain(f"Interrupted: {len(sweep.finished)} of {len(trials)} debates are finished.", AGAIN)
        raise typer.Exit(INTERRUPTED) from None
    found = sweep.matrix(costs=bool(html or markdown))
    if found is not None:
        _report(found, html, markdown)
    if as_json:
        print_json(sweep.as_data(found))
    else:
        from rich.console import Group
        from rich.text import Text

        # In a group: bare texts are joined into one, which forgets that its lines are not to be broken.
        show(Group(Text(safe_text(sweep.told(found)), no_wrap=True, overflow="ignore")))
    if sweep.left:
        *causes, last = [*sweep.causes(), f"{len(sweep.left)} of {len(trials)} debates are left."]
        for cause in causes:
            complain(cause)
        complain(last, sweep.hint or AGAIN)
        raise typer.Exit(MUST_CHANGE if sweep.hopeless else ENDED_EARLY)


async def _held(sweep: "Sweep", terms: "Terms", cluster: str | None, workers: int | None) -> None:
    """Hold what is left, here or over a cluster."""
    from transcripts.sweep.plan import task_of
    from transcripts.sweep.process import in_process
    from transcripts.sweep.several import several

    tasks = [task_of(trial) for trial in sweep.trials.values()]
    dispatch = partial(in_process, terms=terms)
    if cluster is not None:
        from transcripts.sweep.cluster import over_cluster

        dispatch = partial(over_cluster, address=cluster, terms=terms, workers=workers)
    async with aclosing(several(tasks, dispatch)) as outcomes:
        async for outcome in outcomes:
            sweep.note(outcome)


def _report(found: "Matrix", html: Path | None, markdown: Path | None) -> None:
    from transcripts.report.html import matrix_html
    from transcripts.report.markdown import matrix_markdown

    if html is not None:
        html.write_text(matrix_html(found), encoding="utf-8")
    if markdown is not None:
        markdown.write_text(matrix_markdown(found), encoding="utf-8")
