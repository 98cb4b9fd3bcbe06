"""What a debate may cost: the estimate before it begins, and the question whether it shall."""

import sys
from typing import TYPE_CHECKING

import typer

from agents.debate.plan import DebatePlan
from agents.errors import InputError
from tui.settings import Settings
from tui.turns import Spent

if TYPE_CHECKING:
    from agents.backends.chat.limits import Limits


def limits_of(chosen: Settings) -> "Limits":
    """The limits that the settings give. Raises InputError for a budget that cannot be read."""
    from agents.backends.chat.limits import Limits, with_budget

    limits = Limits(
        in_flight=chosen.in_flight,
        requests=chosen.requests_per_minute,
        tokens=chosen.tokens_per_minute,
        turn_seconds=chosen.turn_deadline,
        debate_seconds=chosen.deadline,
    )
    return with_budget(limits, chosen.budget)


def used(spent: Spent) -> str:
    """What a debate has used so far, in words; empty when no language model was asked."""
    if not spent.calls:
        return ""
    again = f" ({spent.retries} of them again)" if spent.retries else ""
    cached = spent.cached_tokens / spent.input_tokens if spent.input_tokens else 0.0
    price = f"${spent.cost:.4g}" if spent.priced else "price unknown"
    return (
        f"{spent.calls} calls{again}, {spent.input_tokens:,} tokens in ({cached:.0%} from a cache), "
        f"{spent.output_tokens:,} out, {price}"
    )


def agree(plan: DebatePlan, above: float, *, yes: bool) -> None:
    """Tell on standard error what a debate by models will take, and ask when it costs more than `above` dollars.

    Raises InputError when nobody is there to be asked, typer.Abort when the answer is no.
    """
    from agents.backends.speakers import all_models

    if not all_models(plan):
        return
    from agents.backends.chat.estimate import estimate
    from agents.backends.chat.price import price_list

    told = estimate(plan)
    price = "price unknown" if told.cost is None else f"about ${told.cost:.2f} by {price_list()}"
    cached = told.cached_tokens / told.input_tokens if told.input_tokens else 0.0
    typer.echo(
        f"Estimate: {told.calls} calls, {told.input_tokens:,} tokens in (up to {cached:.0%} from a cache), "
        f"{told.output_tokens:,} out, {price}."
        + (f" {told.left_out} sentences of the article are not shown to all." if told.left_out else ""),
        err=True,
    )
    if yes or told.cost is None or told.cost <= above:
        return
    if not sys.stdin.isatty():
        raise InputError(
            f"The debate may cost ${told.cost:.2f}, more than ${above:.2f}.", "Agree with --yes."
        )
    typer.confirm("Begin?", err=True, abort=True)
