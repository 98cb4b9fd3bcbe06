"""A debate by language models against a server on loopback that answers after 200 ms.

Run with `python benchmarks/models.py [wall|cpu|prefix|faults|large]`; without a name, all of them. Six
recommendations, four roles, two rounds: 55 calls, the critical path four of them. Each debate runs in a new
process, as `jemaa debate` does; clients are built before the clock starts, at the first event, and it stops
when the transcript is on disk. Exit code 1 when a bound is missed.
"""

import argparse
import asyncio
import contextlib
import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator, Sequence
from datetime import date
from hashlib import sha256
from itertools import product
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
SERVER = ROOT / "tests" / "agents" / "backends" / "chat" / "server.py"
LATENCY = 0.2
CALLS = 55
CRITICAL_PATH = 4 * LATENCY
RUNS = 7
WALL, STREAMED, PROCESSOR, PREFIX, WARM = 1.25, 1.75, 1.3, 0.85, 0.80
SEEDS = 10
FAULTS = ({"s429": 0.10, "s500": 0.05, "drop": 0.05}, {"torn_body": 0.05, "short_body": 0.05})
LARGE = (125, 250, 500)

Figures = dict[str, Any]


class LoopbackServer:
    """The server in a process of its own, so that its work is not counted as ours."""

    def __init__(self) -> None:
        self._process = subprocess.Popen([sys.executable, str(SERVER)], stdout=subprocess.PIPE, text=True)
        assert self._process.stdout is not None
        self.address = self._process.stdout.readline().strip()

    def set(self, **behaviour: Any) -> None:
        """Count from zero and behave like this from now on."""
        self._control(json.dumps(behaviour).encode())

    def seen(self) -> Figures:
        """What was asked since."""
        return self._control(None)

    def stop(self) -> None:
        """End the process."""
        self._process.terminate()
        self._process.wait()

    def _control(self, data: bytes | None) -> Figures:
        request = urllib.request.Request(  # noqa: S310  an address of our own
            self.address.removesuffix("/v1") + "/control", data, {"Content-Type": "application/json"}
        )
        with urllib.request.urlopen(request, timeout=60) as response:  # noqa: S310
            answer: Figures = json.load(response)
        return answer


@contextlib.contextmanager
def server() -> Iterator[LoopbackServer]:
    """A server for the time of a benchmark."""
    running = LoopbackServer()
    os.environ |= {"OPENAI_BASE_URL": running.address, "OPENAI_API_KEY": "none"}
    try:
        yield running
    finally:
        running.stop()


def in_new_process(what: str, **options: Any) -> Figures:
    """The figures that this file prints when it is told to do `what`."""
    command = [sys.executable, "-P", __file__, "--child", what, "--options", json.dumps(options)]
    out = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    figures: Figures = json.loads(out.splitlines()[-1])
    return figures


def plan(recommendations: int, proposals: int) -> Any:
    """An article with so many proposals, of which so many are debated, and the shipped roles."""
    from agents.article.model import Article, Recommendation, Span
    from agents.debate.plan import DebatePlan
    from agents.roles.load import load_charters

    things = product(("a fund for", "a map of", "a school of", "a rule on"), range(10_000))
    proposed = [f"The country should set up {what} shared computing, number {n}." for what, n in things]
    filler = [
        f"Site {n} draws {3 * n} megawatts from a grid that was built for half of that, says its operator."
        for n in range(60)
    ]
    sentences = filler + proposed[:proposals]
    spans, start = [], 0
    for number, text in enumerate(sentences, 1):
        spans.append(Span(id=f"S{number}", text=text, start=start, end=start + len(text)))
        start += len(text) + 1
    body = " ".join(sentences)
    article = Article(
        title="Shared computing",
        language="en",
        sha256=sha256(body.encode()).hexdigest(),
        body=body,
        published=date(2025, 2, 7),
        countries=("MA",),
        spans=tuple(spans),
        recommendations=tuple(
            Recommendation(id=f"R{n}", text=span.text, spans=(span.id,))
            for n, span in enumerate(spans[len(filler) :][:recommendations], 1)
        ),
    )
    return DebatePlan(
        article=article,
        recommendations=article.recommendations,
        charters=tuple(load_charters(None).values()),
        language="en",
        model="openai:loopback",
    )


async def debate(
    recommendations: int = 6, proposals: int = 6, *, streamed: bool = False, cache_first: bool = False
) -> Figures:
    """One debate with its transcript."""
    from agents.backends.open import open_backend
    from agents.debate.event import TurnTaken
    from transcripts.log.session import start

    heard: list[Any] = []
    with tempfile.TemporaryDirectory() as folder:
        session = start(
            plan(recommendations, proposals),
            lambda asked: open_backend(
                asked, watch=heard.append if streamed else None, cache_first=cache_first
            ),
            Path(folder),
        )
        began = used = 0.0
        taken: list[TurnTaken] = []
        async for event in session.events():
            if not began:
                began, used = time.perf_counter(), time.process_time()
            if isinstance(event, TurnTaken):
                taken.append(event)
        wall, processor = time.perf_counter() - began, time.process_time() - used
    return {
        "wall": wall,
        "processor": processor,
        "turns": len(taken),
        "failed": sum(turn.failure is not None for turn in taken),
        "calls": sum(turn.usage.calls for turn in taken),
        "memory": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
        "pieces": len(heard),
    }


async def plain(calls: Sequence[Figures]) -> Figures:
    """The same calls from a plain LangGraph program: a node a call, ChatOpenAI with structured output."""
    from operator import add
    from typing import Annotated, TypedDict

    from langchain_core.messages import HumanMessage, SystemMessage
    from langchain_openai import ChatOpenAI
    from langgraph.graph import END, START, StateGraph
    from langgraph.types import Send

    model = ChatOpenAI(model_name="loopback", max_retries=0)

    class State(TypedDict):
        said: Annotated[list[Any], add]
        level: int

    async def call(state: Any) -> Figures:
        system, user = state["parts"]
        schema = {"title": "reply", "description": "What is said.", **state["schema"]}
        asking = model.with_structured_output(schema, method="json_schema", include_raw=True)
        return {"said": [await asking.ainvoke([SystemMessage(system), HumanMessage(user)])]}

    def fan_out(state: Figures) -> list[Send] | str:
        first, last = ((0, 24), (24, 48), (48, 54), (54, 55), (55, 55))[state["level"]]
        return [Send("call", made) for made in calls[first:last]] or END

    graph = StateGraph(State)
    graph.add_node("call", call)
    graph.add_node("level", lambda state: {"level": state["level"] + 1})
    graph.add_conditional_edges(START, fan_out, ["call"])
    graph.add_edge("call", "level")
    graph.add_conditional_edges("level", fan_out, ["call", END])
    compiled = graph.compile()
    began, used = time.perf_counter(), time.process_time()
    out = await compiled.ainvoke({"said": [], "level": 0})
    assert len(out["said"]) == CALLS
    return {"wall": time.perf_counter() - began, "processor": time.process_time() - used}


def wall(loopback: LoopbackServer) -> bool:
    """Time of a whole debate, unwatched and watched, as a multiple of the critical path."""
    good = True
    for streamed, bound in ((False, WALL), (True, STREAMED)):
        loopback.set(latency=LATENCY)
        runs = [in_new_process("debate", streamed=streamed) for _ in range(RUNS)]
        asked = loopback.seen()["asked"]
        ratio = statistics.median(run["wall"] for run in runs) / CRITICAL_PATH
        best = min(run["wall"] for run in runs) / CRITICAL_PATH
        name = "wall, streamed" if streamed else "wall"
        print(
            f"{name}: {ratio:.3f} x the critical path (best {best:.3f}, at most {bound}), {asked / RUNS:g} calls"
        )
        good &= ratio <= bound and asked == RUNS * CALLS
    return good


def cpu(loopback: LoopbackServer) -> bool:
    """Processor time of a call beside a plain LangGraph program that makes the same calls."""
    loopback.set(latency=LATENCY)
    in_new_process("debate")
    calls = loopback.seen()["seen"]
    with tempfile.NamedTemporaryFile("w", suffix=".json") as file:
        json.dump(calls, file)
        file.flush()
        pairs = [(in_new_process("debate"), in_new_process("plain", calls=file.name)) for _ in range(RUNS)]
    ours = statistics.median(ours["processor"] for ours, _ in pairs) / CALLS * 1000
    theirs = statistics.median(plain["processor"] for _, plain in pairs) / CALLS * 1000
    print(
        f"processor: {ours:.2f} ms a call, plain {theirs:.2f} ms: {ours / theirs:.2f} (at most {PROCESSOR})"
    )
    return bool(ours <= PROCESSOR * theirs)


def prefix(loopback: LoopbackServer) -> bool:
    """Share of prompt characters that begin an earlier call, and with --cache-first an answered one."""
    loopback.set(latency=LATENCY)
    in_new_process("debate")
    sent = _shared(loopback.seen()["seen"], answered=False)
    loopback.set(latency=LATENCY)
    in_new_process("debate", cache_first=True)
    warm = _shared(loopback.seen()["seen"], answered=True)
    print(
        f"prefix: {sent:.1%} sent before (at least {PREFIX:.0%}), {warm:.1%} answered before (at least {WARM:.0%})"
    )
    return sent >= PREFIX and warm >= WARM


def _shared(calls: Sequence[Figures], *, answered: bool) -> float:
    total = shared = 0
    ordered = sorted(calls, key=lambda call: call["began"])
    for place, call in enumerate(ordered):
        earlier = [c for c in ordered if c["ended"] <= call["began"]] if answered else ordered[:place]
        total += len(call["prompt"])
        shared += max((_same(call["prompt"], other["prompt"]) for other in earlier), default=0)
    return shared / total


def _same(one: str, other: str) -> int:
    """How many characters both begin with."""
    shortest = min(len(one), len(other))
    low, high = 0, shortest
    while low < high:
        middle = (low + high + 1) // 2
        if one.startswith(other[:middle]):
            low = middle
        else:
            high = middle - 1
    return low


def faults(loopback: LoopbackServer) -> bool:
    """All results arrive through refusals, drops and broken bodies, for fixed seeds."""
    good = True
    for rates in FAULTS:
        arrived, retries = [], 0
        for seed in range(SEEDS):
            loopback.set(latency=0.01, seed=seed, faults=rates, keep=False)
            run = in_new_process("debate")
            arrived.append(run["turns"] - run["failed"])
            retries += run["calls"] - run["turns"]
        print(f"faults {rates}: {arrived} of {CALLS} arrived, {retries} calls made again")
        good &= set(arrived) == {CALLS}
    return good


def large(loopback: LoopbackServer) -> bool:
    """Many recommendations at once: calls in flight within the limit, memory linear."""
    memory, most = [], []
    for recommendations in LARGE:
        loopback.set(latency=0.01, keep=False)
        run = in_new_process("debate", recommendations=recommendations, proposals=LARGE[-1])
        memory.append(run["memory"])
        most.append(loopback.seen()["most"])
    first, second = memory[1] - memory[0], memory[2] - memory[1]
    print(f"large: {LARGE} recommendations, {[round(m) for m in memory]} MB, at most {most} calls in flight")
    return bool(max(most) <= 24 and second <= 2.5 * first)


BENCHMARKS = {"wall": wall, "cpu": cpu, "prefix": prefix, "faults": faults, "large": large}


def child(what: str, options: Figures) -> Figures:
    """What a new process does."""
    if what == "debate":
        return asyncio.run(debate(**options))
    calls = json.loads(Path(options["calls"]).read_text(encoding="utf-8"))
    return asyncio.run(plain(calls))


def main() -> int:
    """Run what was asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("names", nargs="*", choices=[*BENCHMARKS, []], default=[])
    parser.add_argument("--child", help=argparse.SUPPRESS)
    parser.add_argument("--options", type=json.loads, default={}, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.child:
        print(json.dumps(child(given.child, given.options)))
        return 0
    with server() as loopback:
        results = [BENCHMARKS[name](loopback) for name in given.names or BENCHMARKS]
    return 0 if all(results) else 1


if __name__ == "__main__":
    sys.exit(main())
