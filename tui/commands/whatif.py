"""`jemaa whatif`: agreement recomputed from what was said; nobody is asked again."""

from typing import TYPE_CHECKING, Annotated

import typer

from agents.errors import InputError
from tui import settings
from tui.console import print_json, show
from tui.options import AsJson, Reference, Transcripts

if TYPE_CHECKING:
    from rich.console import RenderableType

    from agents.argument.whatif import Outcome
    from tui.state import DebateState


def command(
    reference: Reference = "last",
    *,
    weight: Annotated[
        list[str] | None, typer.Option(metavar="ROLE=X", help="Give a role another weight; repeatable.")
    ] = None,
    without: Annotated[
        list[str] | None, typer.Option(metavar="A1.2", help="As if never said, an argument; repeatable.")
    ] = None,
    without_role: Annotated[
        list[str] | None, typer.Option(metavar="ROLE", help="As if it had not been there; repeatable.")
    ] = None,
    rule: Annotated[str | None, typer.Option(metavar="RULE", help="consent, strict or majority.")] = None,
    as_json: AsJson = False,
    transcripts: Transcripts = None,
) -> None:
    """Recompute the rulings with other weights, arguments, roles or rule.

    What was said stays as it was said: nobody is asked again, and the transcript is not touched.
    """
    chosen = settings.load(transcripts=transcripts)
    weights = dict(map(weighed, weight or ()))
    from agents.argument.whatif import Said, recompute
    from transcripts.library.find import find
    from transcripts.library.record import read_record
    from transcripts.library.result import ruling_result

    record = read_record(find(reference, chosen.transcripts))
    names = tuple(ruling.recommendation for ruling in record.rulings)
    said = Said(names, record.speeches, record.plan.charters, record.plan.rule, record.rulings)
    outcome = recompute(
        said, weights=weights, without_arguments=without or (), without_roles=without_role or (), rule=rule
    )
    if as_json:
        print_json(
            {
                "id": record.id,
                "rulings": [ruling_result(ruling) for ruling in outcome.rulings],
                "priorities": list(outcome.priorities.order),
                "changed": list(outcome.changed),
            }
        )
        return
    from tui.state import DebateState

    show(comparison(outcome, DebateState.of_record(record)))


def weighed(text: str) -> tuple[str, float]:
    """Role and weight from `ROLE=X`."""
    role, sign, number = text.partition("=")
    try:
        return role.strip(), float(number)
    except ValueError:
        what = f"--weight {text!r} has no number" if sign else f"--weight {text!r} has no ="
        raise InputError(f"{what}.", "Write it like --weight energy=2.") from None


def comparison(outcome: "Outcome", state: "DebateState") -> "RenderableType":
    """Each ruling as it was and as it would be, and the priorities likewise."""
    from rich.console import Group
    from rich.padding import Padding

    from tui.present.ruling import headline, holdings
    from tui.present.words import grid, styled, words

    label = words(state)
    parts: list[RenderableType] = []
    for ruling in outcome.rulings:
        before = state.ruling(ruling.recommendation)
        if before is None or ruling.recommendation not in outcome.changed:
            parts.append(styled(headline(ruling, state), (f" · {label('unchanged')}", "dim")))
        else:
            parts += [styled(headline(before, state)), styled(("→   ", "bold"), headline(ruling, state))]
            parts.append(Padding(holdings(ruling, state), (0, 0, 1, 4)))
    was = state.strategy.priorities if state.strategy else ()
    orders = [*([was] if was and was != outcome.priorities.order else []), outcome.priorities.order]
    rows = [
        (label("priorities") if not i else "→", styled(" > ".join(order))) for i, order in enumerate(orders)
    ]
    return Group(*parts, Padding(grid(rows), (1, 0, 0, 0)))
