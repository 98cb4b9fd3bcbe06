"""The debate as a graph that LangGraph's own tools can run: plain JSON in, plain JSON out.

`langgraph.json` names it. Nothing is recorded here: for a transcript, run `jemaa debate`.
"""

import asyncio
import json
import subprocess
import sys
from typing import Any, NotRequired, TypedDict

from langgraph.graph import END, START, StateGraph

from agents.article.read import bundled_brief, read_article
from agents.backends.open import fitted, open_backend
from agents.debate.event import Ruled, StrategyWritten
from agents.debate.plan import DebatePlan, debate_language
from agents.debate.run import run
from agents.debate.turn import Answer, Backend, TurnRequest
from agents.errors import JemaaError, ProviderError
from agents.roles.load import choose, load_charters


class Question(TypedDict):
    """What to debate: a file or an address (none: the bundled brief), by whom, and how."""

    article: NotRequired[str]
    model: NotRequired[str]
    language: NotRequired[str]
    roles: NotRequired[list[str]]
    rounds: NotRequired[int]


class Outcome(TypedDict):
    """The rulings, the strategy, and how the priorities stand."""

    rulings: list[dict[str, Any]]
    priorities: list[str]
    strategy: dict[str, Any]


class Straight:
    """Turns straight from a backend, without a tape."""

    def __init__(self, backend: Backend) -> None:
        self._backend = backend

    async def take(self, request: TurnRequest) -> Answer:
        """The backend's answer."""
        return await self._backend.answer(request, self._backend.render(request))


async def debate(state: Question) -> Outcome:
    """Hold a debate. Raises ProviderError, with what the debate said, when it cannot be held.

    It has a process of its own: files are read when they are needed, and a server's loop must not wait for them.
    """
    command = [sys.executable, "-m", "agents.backends.served"]
    ran = await asyncio.to_thread(
        subprocess.run, command, input=json.dumps(state), capture_output=True, text=True, check=False
    )
    if ran.returncode:
        raise ProviderError(ran.stderr.strip().rpartition("\n")[2])
    outcome: Outcome = json.loads(ran.stdout)
    return outcome


async def held(question: Question) -> Outcome:
    """Hold a debate in this process. Raises InputError for a question that does not hold."""
    plan, backend = _prepared(question)
    rulings: list[dict[str, Any]] = []
    strategy: dict[str, Any] = {}
    async for event in run(plan, Straight(backend)):
        if isinstance(event, Ruled):
            rulings.append(event.ruling.model_dump(mode="json", by_alias=True))
        elif isinstance(event, StrategyWritten):
            strategy = event.strategy.model_dump(mode="json", by_alias=True)
    return {"rulings": rulings, "priorities": list(strategy["priorities"]), "strategy": strategy}


def _prepared(question: Question) -> tuple[DebatePlan, Backend]:
    place = question.get("article")
    article = read_article(place) if place else bundled_brief()
    known = load_charters(None)
    plan = fitted(
        DebatePlan(
            article=article,
            recommendations=article.recommendations,
            charters=choose(known, question.get("roles") or list(known)),
            language=debate_language(article, question.get("language"))[0],
            rounds=question.get("rounds", 2),
            model=question.get("model", "offline"),
        )
    )
    return plan, open_backend(plan)


def served() -> Any:
    """The graph of one node that holds a debate."""
    graph = StateGraph(Outcome, input_schema=Question)
    graph.add_node("debate", debate)
    graph.add_edge(START, "debate")
    graph.add_edge("debate", END)
    return graph.compile()


graph = served()

if __name__ == "__main__":
    try:
        sys.stdout.write(json.dumps(asyncio.run(held(json.load(sys.stdin)))))
    except JemaaError as error:
        sys.exit(" ".join(str(error).split()))
