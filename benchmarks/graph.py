"""The graph's own cost: processor time of a turn when every reply is there at once and nothing is written.

Run with `python benchmarks/graph.py`. Bound: 1 ms a turn. What every debate needs besides (minting, checking
quotes, computing rulings) is included.
"""

import asyncio
import gc
import statistics
import time

from agents.argument.model import ArgumentDraft, GroundDraft, Stance, Target
from agents.article.model import Article, Recommendation, Span
from agents.debate.document import Kpi, MeasureDraft, Sentence
from agents.debate.plan import DebatePlan
from agents.debate.run import run
from agents.debate.turn import (
    Answer,
    OpeningReply,
    RebuttalReply,
    Reply,
    RulingReply,
    SynthesisReply,
    TurnRequest,
)
from agents.roles.model import Charter

BOUND = 1.0
RECOMMENDATIONS = 6
ROLES = ("finance", "energy", "sovereignty", "industry")
ROUNDS = 3
DEBATES = 15


class AtOnce:
    """Answers every request without delay, and counts."""

    def __init__(self) -> None:
        self.taken = 0

    async def take(self, request: TurnRequest) -> Answer:
        """A reply of ordinary size to `request`."""
        self.taken += 1
        return Answer(reply(request))


def reply(request: TurnRequest) -> Reply:
    """What each phase asks for: one grounded argument a speech, one sentence a ruling."""
    name = request.address.recommendation
    if request.address.phase == "synthesis":
        return SynthesisReply(title="Strategy")
    if request.address.phase == "ruling":
        measure = MeasureDraft(
            title="Measure", adopted_wording="Do it.", owner="the ministry", kpi=Kpi(name="share", unit="%")
        )
        return RulingReply(reasons=(Sentence(text="It is worth it.", rests_on=(name,)),), measure=measure)
    against = request.address.role in {"finance", "energy"}
    said = [argument for speech in request.speeches for argument in speech.arguments]
    others = [argument for argument in said if argument.role != request.address.role]
    draft = ArgumentDraft(
        claim=f"Round {request.address.round} of {request.address.role} has a point about this.",
        side="against" if against else "for",
        grounds=(GroundDraft(id="S" + name[1:], quote="should be done soon"),),
        targets=tuple(Target(argument=argument.id, relation="rebut") for argument in others[-1:]),
        condition="publish the accounts every year" if against and not said else None,
    )
    stance = Stance.CONDITIONS if against else Stance.SUPPORT
    if request.address.phase == "opening":
        return OpeningReply(stance=stance, text=draft.claim, arguments=(draft,), priority=50)
    return RebuttalReply(stance=stance, text=draft.claim, arguments=(draft,), priority=60)


def plan() -> DebatePlan:
    """Six recommendations, four roles, three rounds: 79 turns."""
    numbers = range(1, RECOMMENDATIONS + 1)
    sentences = [f"Thing number {number} should be done soon by the ministry." for number in numbers]
    body = " ".join(sentences)
    spans = tuple(
        Span(id=f"S{number}", text=text, start=body.index(text), end=body.index(text) + len(text))
        for number, text in zip(numbers, sentences, strict=True)
    )
    asked = tuple(Recommendation(id=f"R{span.id[1:]}", text=span.text, spans=(span.id,)) for span in spans)
    article = Article(
        title="Things", language="en", sha256="0" * 64, body=body, spans=spans, recommendations=asked
    )
    charters = tuple(
        Charter(name=role, title={"en": role, "fr": role}, mission={"en": "m", "fr": "m"}) for role in ROLES
    )
    return DebatePlan(article=article, recommendations=asked, charters=charters, language="en", rounds=ROUNDS)


async def debate(debated: DebatePlan) -> int:
    """Hold the debate; returns how many turns it took."""
    turns = AtOnce()
    async for _ in run(debated, turns):
        pass
    return turns.taken


def main() -> None:
    """Print the median processor time of a turn."""
    debated = plan()
    turns = asyncio.run(debate(debated))
    gc.collect()
    gc.freeze()
    costs = []
    for _ in range(DEBATES):
        start = time.process_time()
        asyncio.run(debate(debated))
        costs.append((time.process_time() - start) * 1000 / turns)
    cost = statistics.median(costs)
    print(
        f"graph: {cost:.2f} ms of processor time a turn ({turns} turns, {DEBATES} debates; bound {BOUND} ms)"
    )


if __name__ == "__main__":
    main()
