"""`jemaa list`: the saved transcripts, last written first."""

from typing import Annotated

import typer

from tui import settings
from tui.console import print_json, show
from tui.options import AsJson, Transcripts

SHOWN = 30


def command(
    *,
    sort: Annotated[
        str, typer.Option(metavar="BY", help="By date (newest first), title, model, status or written.")
    ] = "written",
    article: Annotated[str, typer.Option(metavar="WORDS", help="Only with these words in the title.")] = "",
    model: Annotated[str, typer.Option(metavar="MODEL", help="Only of models whose name has this.")] = "",
    decision: Annotated[
        str,
        typer.Option(
            metavar="DECISION", help="Only with an adopt, adopt_with_conditions, defer or reject among them."
        ),
    ] = "",
    since: Annotated[str, typer.Option(metavar="DATE", help="Only those begun on this day or later.")] = "",
    limit: Annotated[
        int | None,
        typer.Option(min=1, metavar="N", help=f"At most so many; default: {SHOWN}, all with --json."),
    ] = None,
    as_json: AsJson = False,
    transcripts: Transcripts = None,
) -> None:
    """List the saved transcripts, last written first."""
    folder = settings.load(transcripts=transcripts).transcripts
    from transcripts.library.select import Wanted, moment, select
    from transcripts.library.summary import summaries

    wanted = Wanted(article, model, decision, since and moment(since))
    known = summaries(folder)
    found = select(known, wanted, sort)
    shown = found[: limit or (None if as_json else SHOWN)]
    if as_json:
        print_json({"folder": str(folder), "transcripts": [item.as_json() for item in shown]})
    elif shown:
        from tui.present.listing import entry

        show(*map(entry, shown))
        if len(shown) < len(found):
            show(f"{len(found) - len(shown)} more. See them with --limit {len(found)}, or ask for fewer.")
    elif known:
        show(f"None of the {len(known)} transcripts in {folder} is like that.")
    else:
        show(f"There is no transcript in {folder}. Make one with: jemaa debate")
