"""`jemaa models`: who can speak here, what the others lack, and what they cost."""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from tui.console import print_json, show
from tui.options import AsJson

if TYPE_CHECKING:
    from rich.text import Text


def command(
    names: Annotated[
        list[str] | None,
        typer.Argument(metavar="[PROVIDER:NAME]...", help="Tell the price of these models."),
    ] = None,
    *,
    as_json: AsJson = False,
) -> None:
    """Show which models can be used here, what is missing for the others, and known prices."""
    from agents.backends.chat.price import price, price_list
    from agents.backends.chat.provider import PROVIDERS, missing_for

    providers: list[dict[str, Any]] = [
        {"provider": "offline", "usable": True, "missing": None, "remedy": None}
    ]
    for kind in PROVIDERS:
        lack = missing_for(kind)
        told = {"missing": lack.what, "remedy": lack.remedy} if lack else {"missing": None, "remedy": None}
        providers.append({"provider": kind, "usable": lack is None, **told})
    prices = {name: found._asdict() if (found := price(name)) else None for name in names or ()}
    if as_json:
        print_json({"providers": providers, "prices": prices, "price_list": price_list()})
        return
    from tui.present.words import grid, styled

    rows = [(item["provider"], availability(item)) for item in providers]
    for name, known in prices.items():
        rows.append((name, styled(cost(known) if known else "price unknown")))
    if prices:
        rows.append(("", styled((f"US dollars for a million tokens, {price_list()}", "dim"))))
    show(grid(rows))


def availability(item: dict[str, Any]) -> "Text":
    """Whether a provider can be used, or how to make it usable."""
    from tui.present.words import styled

    if item["usable"]:
        return styled(("ready", "green"))
    return styled((item["missing"], "yellow"), f". {item['remedy']}")


def cost(known: dict[str, float]) -> str:
    """A price in words."""
    return f"{known['input']:g} for input, {known['cached']:g} when cached, {known['output']:g} for output"
