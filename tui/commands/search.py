"""`jemaa search`: words in speeches, rulings and strategies of all transcripts."""

from typing import Annotated

import typer

from tui import settings
from tui.console import print_json, show
from tui.options import AsJson, Transcripts


def command(
    words: Annotated[
        list[str],
        typer.Argument(metavar="WORDS...", help='All must be there; "two words" in quotes together.'),
    ],
    *,
    limit: Annotated[int, typer.Option(min=1, help="At most so many places.")] = 20,
    as_json: AsJson = False,
    transcripts: Transcripts = None,
) -> None:
    """Find words in the speeches, rulings and strategies of all transcripts.

    Case and accents do not matter. Exit code 1 when they stand nowhere.
    """
    folder = settings.load(transcripts=transcripts).transcripts
    from transcripts.library.search import MARK, search

    hits = search(" ".join(f'"{word}"' if " " in word else word for word in words), folder, limit)
    if as_json:
        print_json({"hits": [hit.as_json() for hit in hits]})
    elif hits:
        from rich.console import Group
        from rich.padding import Padding

        from tui.present.words import marked, styled

        for hit in hits:
            where = styled((hit.id, "bold"), f"  {hit.place}")
            show(Group(where, Padding(marked(hit.excerpt, MARK), (0, 0, 0, 4))))
    else:
        show(f"{' '.join(words)!r} stands in no transcript of {folder}.")
    if not hits:
        raise typer.Exit(1)
