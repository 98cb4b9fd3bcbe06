"""The debate as a graph: nodes and edges, nothing else.

Recommendations run side by side, each in a subgraph of its own, so that none waits for another; within
one, the roles of a phase run side by side. There is no checkpointer and no retry policy: the tape that
`Turns` may hold makes a debate resumable, and retries belong to the model call.
"""

import asyncio
from operator import add
from typing import Annotated, Any, TypedDict

from langgraph.graph import END, START, StateGraph
from langgraph.graph.state import CompiledStateGraph
from langgraph.runtime import Runtime
from langgraph.types import Send

from agents.argument.model import Speech
from agents.debate import fidelity, hearing, synthesis
from agents.debate.chair import Question, Remark
from agents.debate.course import (
    Course,
    answer_speech,
    is_over,
    next_turn,
    question_requests,
    remark_speech,
    taking,
)
from agents.debate.event import (
    ChairActed,
    Ruled,
    SpeechGiven,
    StrategyWritten,
    TurnAsked,
    TurnTaken,
)
from agents.debate.fidelity import Worded
from agents.debate.plan import DebatePlan
from agents.debate.presiding import Chair
from agents.debate.turn import Answer, OpeningReply, QuestionReply, RebuttalReply, TurnRequest, Turns


class Assembly(TypedDict):
    """What every node can see: the plan, where turns are taken from, and who presides."""

    plan: DebatePlan
    turns: Turns
    chair: Chair


class TurnInput(TypedDict):
    """One turn to take."""

    request: TurnRequest


class Hearing(TypedDict):
    """The state of one recommendation's subgraph. `taken` holds all rounds' answers in sending order."""

    recommendation: str
    course: Course
    taken: Annotated[list[tuple[TurnRequest, Answer]], add]
    speeches: Annotated[list[Speech], add]


class Heard(TypedDict):
    """What a subgraph hands up: its ruling with all that was said."""

    heard: Annotated[list[Ruled], add]


Run = Runtime[Assembly]


async def _take(request: TurnRequest, runtime: Run) -> Answer:
    address = str(request.address)
    async with runtime.context["chair"].floor(request.address):
        runtime.stream_writer(TurnAsked(address=address))
        answer = await runtime.context["turns"].take(request)
        runtime.stream_writer(_taken(address, answer))
    return answer


async def _all_taken(requests: list[TurnRequest], runtime: Run) -> list[Answer]:
    """Side by side; when one cannot be had, the others are heard before that is raised."""
    tasks = [asyncio.ensure_future(_take(request, runtime)) for request in requests]
    try:
        await asyncio.wait(tasks)
    finally:
        for task in tasks:
            task.cancel()
    return [task.result() for task in tasks]


def _taken(address: str, answer: Answer) -> TurnTaken:
    said = answer.reply if isinstance(answer.reply, OpeningReply | RebuttalReply | QuestionReply) else None
    return TurnTaken(
        address=address,
        usage=answer.usage,
        failure=answer.failure,
        stance=None if said is None or isinstance(said, QuestionReply) else said.stance,
        text=said.text if said else "",
    )


async def _worded(request: TurnRequest, runtime: Run) -> Worded:
    """The moderator's wording, sent back once when it says more than it rests on."""
    plan = runtime.context["plan"]
    first = fidelity.checked(plan, request, await _take(request, runtime))
    again = fidelity.sent_back(request, first.found)
    if again is None:
        return first
    return fidelity.better(first, fidelity.checked(plan, again, await _take(again, runtime)))


async def speak(state: TurnInput, runtime: Run) -> dict[str, Any]:
    """One role takes its turn."""
    return {"taken": [(state["request"], await _take(state["request"], runtime))]}


async def close_round(state: Hearing, runtime: Run) -> dict[str, Any]:
    """When all roles of a round have spoken: put their words on the record in the declared order.

    Then what the chair puts takes effect, until what comes next begins.
    """
    course = state["course"]
    answers = [
        (request, answer) for request, answer in state["taken"] if request.address.round == course.round
    ]
    speeches = hearing.record_round(runtime.context["plan"], state["speeches"], answers)
    for speech in speeches:
        runtime.stream_writer(SpeechGiven(speech=speech))
    return await _preside(state["recommendation"], course.after_round(), state["speeches"], speeches, runtime)


async def _preside(
    recommendation: str, course: Course, before: list[Speech], fresh: list[Speech], runtime: Run
) -> dict[str, Any]:
    plan, chair = runtime.context["plan"], runtime.context["chair"]
    said = [*before, *fresh]
    while True:
        upcoming = next_turn(plan, recommendation, course, said)
        given = await chair.next_input(upcoming)
        if given is None:
            return {"speeches": said[len(before) :], "course": course}
        runtime.stream_writer(ChairActed(act=given, before=str(upcoming)))
        course = taking(plan, course, given, said)
        added: list[Speech] = []
        if isinstance(given, Remark):
            added = [remark_speech(plan, course, given, said)]
        elif isinstance(given, Question):
            requests = question_requests(plan, course, given, said)
            added = [
                answer_speech(plan, request, answer, said)
                for request, answer in zip(requests, await _all_taken(requests, runtime), strict=True)
            ]
        for speech in added:
            runtime.stream_writer(SpeechGiven(speech=speech))
        said += added


async def rule(state: Hearing, runtime: Run) -> dict[str, Any]:
    """Compute the ruling and let the moderator word it."""
    plan = runtime.context["plan"]
    request = hearing.ruling_request(plan, state["recommendation"], state["course"], state["speeches"])
    ruled = hearing.worded(plan, request, await _worded(request, runtime), state["course"].inputs)
    runtime.stream_writer(ruled)
    return {"heard": [ruled]}


async def write_strategy(state: Heard, runtime: Run) -> None:
    """Order the priorities and let the moderator write the strategy."""
    plan = runtime.context["plan"]
    request = synthesis.synthesis_request(plan, state["heard"])
    words = await _worded(request, runtime)
    runtime.stream_writer(StrategyWritten(strategy=synthesis.strategy(plan, state["heard"], request, words)))


# The edges are coroutines, although they wait for nothing: LangGraph runs plain functions in threads.


async def _openings(state: Hearing, runtime: Run) -> list[Send]:
    requests = hearing.round_requests(runtime.context["plan"], state["recommendation"], 1, [])
    return [Send("speak", {"request": request}) for request in requests]


async def _next_round(state: Hearing, runtime: Run) -> list[Send] | str:
    plan = runtime.context["plan"]
    course = state["course"]
    if is_over(plan, course, state["speeches"]):
        return "rule"
    requests = hearing.round_requests(plan, state["recommendation"], course.round, state["speeches"])
    return [Send("speak", {"request": request}) for request in requests]


async def _hearings(state: Heard, runtime: Run) -> list[Send]:
    return [
        Send("hear", {"recommendation": recommendation.id, "course": Course()})
        for recommendation in runtime.context["plan"].recommendations
    ]


def hearing_graph() -> CompiledStateGraph[Any, Any, Any, Any]:
    """The subgraph of one recommendation: rounds of side-by-side turns, then the ruling."""
    graph = StateGraph(Hearing, context_schema=Assembly, output_schema=Heard)
    graph.add_node("speak", speak)
    graph.add_node("close_round", close_round)
    graph.add_node("rule", rule)
    graph.add_conditional_edges(START, _openings, ["speak"])
    graph.add_edge("speak", "close_round")
    graph.add_conditional_edges("close_round", _next_round, ["speak", "rule"])
    graph.add_edge("rule", END)
    return graph.compile()


def debate_graph() -> CompiledStateGraph[Any, Any, Any, Any]:
    """The whole debate: every recommendation heard side by side, then one synthesis."""
    graph = StateGraph(Heard, context_schema=Assembly)
    graph.add_node("hear", hearing_graph())
    graph.add_node("write_strategy", write_strategy)
    graph.add_conditional_edges(START, _hearings, ["hear"])
    graph.add_edge("hear", "write_strategy")
    graph.add_edge("write_strategy", END)
    return graph.compile()
