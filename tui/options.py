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

MODELS = "Language models"
"""The panel of the help for options that matter only when a language model speaks."""

Budget = Annotated[
    list[str] | None,
    typer.Option(
        "--budget",
        metavar="AMOUNT",
        help="At most so much in this run: '40 calls', '200k tokens', '$2'; repeatable.",
        rich_help_panel=MODELS,
    ),
]
Deadline = Annotated[
    str | None,
    typer.Option(
        "--deadline",
        metavar="TIME",
        help="End the run after so long: 90s, 10m, 2h; resume goes on.",
        rich_help_panel=MODELS,
    ),
]
TurnDeadline = Annotated[
    str | None,
    typer.Option(
        "--turn-deadline", metavar="TIME", help="At most so long for one turn (30m).", rich_help_panel=MODELS
    ),
]
InFlight = Annotated[
    str | None,
    typer.Option("--in-flight", metavar="N", help="At most N calls at a time (24).", rich_help_panel=MODELS),
]
RequestsPerMinute = Annotated[
    str | None,
    typer.Option(
        "--requests-per-minute",
        metavar="N",
        help="At most N requests a minute to each provider, or openai=N,….",
        rich_help_panel=MODELS,
    ),
]
TokensPerMinute = Annotated[
    str | None,
    typer.Option(
        "--tokens-per-minute",
        metavar="N",
        help="At most N tokens a minute to each provider, or openai=N,….",
        rich_help_panel=MODELS,
    ),
]
Extract = Annotated[
    str | None,
    typer.Option(
        "--extract",
        metavar="rules|model",
        help="Who finds the recommendations; the model's must stand in the article word for word.",
    ),
]
LogFile = Annotated[
    str | None,
    typer.Option(
        "--log-file", metavar="FILE", help="Append what happens to FILE, as JSON lines without any prompt."
    ),
]
