"""Options that several commands share."""

from typing import Annotated

import typer

AsJson = Annotated[bool, typer.Option("--json", help="One JSON object on standard output.")]
Transcripts = Annotated[
    str | None, typer.Option("--transcripts", metavar="DIR", help="Folder of the transcripts.")
]
Charters = Annotated[
    str | None, typer.Option("--charters", metavar="DIR", help="A folder with charters of your own.")
]
Language = Annotated[
    str | None,
    typer.Option("--language", metavar="fr|en|ar", help="In which language; default: the article's."),
]
Reference = Annotated[str, typer.Argument(metavar="[T]", help="A path, an id, its beginning, or last.")]
