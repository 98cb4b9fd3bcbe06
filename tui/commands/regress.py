"""`jemaa regress`: whether the debates of a suite are what is expected, and what they were."""

import asyncio
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from agents.errors import ProviderError
from tui import settings
from tui.console import print_json, show
from tui.failure import INTERRUPTED, complain
from tui.options import AsJson, Budget

if TYPE_CHECKING:
    from transcripts.regress.selection import Selection
    from transcripts.regress.suite import Mode

MODES = ("replay", "record", "live")
FIRST = Path("suites", "first.yaml")


def command(
    suites: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[SUITE…]",
            help="Files, folders or names; without any, those in ./suites and ./tests/suites.",
            show_default=False,
        ),
    ] = None,
    *,
    mode: Annotated[
        str,
        typer.Option(
            metavar="MODE",
            help="replay: from recordings; record: ask what is missing in them; live: ask everything.",
        ),
    ] = "replay",
    case: Annotated[
        list[str] | None, typer.Option(metavar="CASE", help="Only this case of the suite; repeatable.")
    ] = None,
    accept: Annotated[
        bool, typer.Option("--accept", help="Take the outcome as the reference, after showing it.")
    ] = False,
    init: Annotated[
        bool, typer.Option("--init", help="Write a first suite (at SUITE, or suites/first.yaml).")
    ] = False,
    listed: Annotated[
        bool, typer.Option("--list", help="Only list the cases and what is expected of each.")
    ] = False,
    budget: Budget = None,
    yes: Annotated[bool, typer.Option("--yes", help="Begin whatever it is estimated to cost.")] = False,
    junit: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Write the verdicts as JUnit XML.")
    ] = None,
    html: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Write a report with pictures, one page.")
    ] = None,
    markdown: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Write a report for a comment on a pull request.")
    ] = None,
    annotations: Annotated[
        bool, typer.Option("--annotations", help="Print what did not pass as annotations of GitHub Actions.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Hold the debates of a suite and compare them with what is expected and was accepted.

    Exit code 1 when something changed or got worse, 2 when there is no reference or recording yet.
    """
    if mode not in MODES:
        raise typer.BadParameter(f"{mode!r} is none of {', '.join(MODES)}.", param_hint="--mode")
    named = suites or []
    if init:
        _write_first(named)
        return
    chosen = settings.load(budget=budget or None)
    from transcripts.regress.load import find_suites, load_suite
    from transcripts.regress.selection import selected

    files = selected([load_suite(path) for path in find_suites(named)], case or [])
    if listed:
        _list(files, as_json=as_json)
        return
    from tui.present.regression import regression
    from tui.regression import (
        Asked,
        accept_outcome,
        agree,
        exit_code,
        judged,
        matrix_of,
        variation,
        write_reports,
    )

    wanted: Mode = mode  # type: ignore[assignment]
    agree(files, wanted, chosen.ask_above, yes=yes)
    try:
        report, judgements = asyncio.run(judged(files, wanted, Asked(chosen, files)))
    except KeyboardInterrupt:
        complain("Interrupted.", "What was recorded stays; the same command goes on.")
        raise typer.Exit(INTERRUPTED) from None
    except ProviderError as error:
        raise ProviderError(error.message, "What was recorded stays; the same command goes on.") from error
    write_reports(report, junit=junit, html=html, markdown=markdown, annotations=annotations)
    found = matrix_of(report)
    if as_json:
        configurations = [] if found is None else [line.as_json() for line in found.lines]
        notes = [] if found is None else list(found.notes)
        print_json(report.as_json() | {"configurations": configurations, "notes": notes})
    else:
        show(regression(report, variation(report, found), accepted=accept))
    if accept:
        accept_outcome(judgements)
    raise typer.Exit(exit_code(report, accepted=accept))


def _write_first(named: list[str]) -> None:
    from transcripts.regress.first import write_first_suite

    path = Path(named[0]) if named else FIRST
    schema = write_first_suite(path)
    typer.echo(f"Wrote {path}, and {schema} for your editor. Run it: jemaa regress {path}", err=True)


def _list(files: "list[Selection]", *, as_json: bool) -> None:
    from transcripts.regress.selection import chosen, expected_of

    if as_json:
        cases = [
            {
                "suite": file.name,
                "path": str(file.path),
                "name": case.name,
                "line": case.line,
                "expectations": expected_of(file, case),
            }
            for file, only in files
            for case in chosen(file, only)
        ]
        print_json({"cases": cases})
        return
    from tui.present.words import grid, styled

    show(
        grid(
            (case.name, styled(", ".join(expected_of(file, case))))
            for file, only in files
            for case in chosen(file, only)
        )
    )
