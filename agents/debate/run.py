"""Run a debate and yield what happens."""

from collections.abc import AsyncIterator
from functools import cache
from typing import Any, cast

from langgraph.graph.state import CompiledStateGraph

from agents.argument.tally import check_weights
from agents.debate.event import Event, TurnAsked, TurnTaken
from agents.debate.extraction import extraction_requests
from agents.debate.graph import Assembly, debate_graph
from agents.debate.plan import DebatePlan
from agents.debate.presiding import Chair
from agents.debate.turn import Turns
from agents.errors import InputError


@cache
def _graph() -> CompiledStateGraph[Any, Any, Any, Any]:
    return debate_graph()


async def run(plan: DebatePlan, turns: Turns, chair: Chair | None = None) -> AsyncIterator[Event]:
    """Hold the debate that `plan` defines, taking every turn from `turns`; `chair` presides, if anybody does.

    Yields events as they happen; speeches and rulings come in the declared order within their
    recommendation, recommendations in the order in which they finish. Closing the iterator cancels the
    turns in flight.

    Raises InputError when there is nothing or nobody to debate or no role has any weight, ChairStop when the
    chair ends it early, and whatever `turns` raises.
    """
    if not plan.recommendations:
        raise InputError(
            "There is no recommendation to debate.",
            'Add one with --recommendation "…".',
        )
    if not plan.charters:
        raise InputError("There is no role to debate.", "Name at least one with --roles.")
    check_weights({charter.name: charter.weight for charter in plan.charters})
    for request in extraction_requests(plan):
        yield TurnAsked(address=str(request.address))
        answer = await turns.take(request)
        yield TurnTaken(address=str(request.address), usage=answer.usage, failure=answer.failure)
    context = Assembly(plan=plan, turns=turns, chair=chair or Chair(plan))
    stream = _graph().astream({"heard": []}, context=context, stream_mode="custom", subgraphs=True)
    async for _, event in stream:
        yield cast("Event", event)
