"""`jemaa roles`: the charters, as a reader would want them."""

from typing import Annotated

import typer

from tui import settings
from tui.console import print_json, show
from tui.options import AsJson, Charters


def command(
    names: Annotated[list[str] | None, typer.Argument(metavar="[ROLE]...", help="Only these roles.")] = None,
    charters: Charters = None,
    language: Annotated[str | None, typer.Option(metavar="fr|en|ar", help="In which language.")] = None,
    as_json: AsJson = False,
) -> None:
    """Show the charters: who argues, for what, and their red lines."""
    from agents.roles.load import choose, load_charters

    chosen = settings.load(charters=charters, language=language)
    known = load_charters(chosen.charters)
    found = choose(known, names or list(known))
    if as_json:
        print_json({"roles": [charter.model_dump(mode="json") for charter in found]})
        return
    from tui.present.charter import charter_sheet

    show(*(charter_sheet(charter, chosen.language or "en") for charter in found))
