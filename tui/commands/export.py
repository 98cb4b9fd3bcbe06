"""`jemaa export`: a finished debate in another form."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from agents.errors import InputError
from tui import settings
from tui.console import print_json
from tui.options import AsJson, Reference, Transcripts
from tui.safe import safe_text


def command(
    reference: Reference = "last",
    *,
    to: Annotated[
        str,
        typer.Option("--to", metavar="FORMAT", help="markdown, html, docx, pdf, csv, argdown, aif or json."),
    ] = "html",
    output: Annotated[
        str | None,
        typer.Option(
            "--output", "-o", metavar="FILE", help="Where to; - for standard output. Default: beside T."
        ),
    ] = None,
    as_json: AsJson = False,
    transcripts: Transcripts = None,
) -> None:
    """Write a finished debate as a document, a page, a table or an argument graph."""
    folder = settings.load(transcripts=transcripts).transcripts
    from transcripts.library.find import find

    path = find(reference, folder)
    from transcripts.export.formats import export, export_path
    from transcripts.library.record import read_record
    from transcripts.log.whole import write_whole

    record = read_record(path)
    content = export(record, to)
    if output == "-":
        sys.stdout.buffer.write(content)
        return
    target = export_path(record, to) if output is None else Path(output)
    try:
        write_whole(target, content)
    except OSError as error:
        raise InputError(
            f"{target} cannot be written: {error.strerror}.", "Name another file with --output FILE."
        ) from error
    if as_json:
        print_json({"id": record.id, "format": to, "path": str(target)})
    else:
        typer.echo(safe_text(str(target)))
