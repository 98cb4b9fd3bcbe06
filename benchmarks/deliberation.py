"""How good the embedded debates are, by measures that can be counted.

`python -m benchmarks.deliberation [ARTICLE ...]`

Without arguments: the bundled brief and every article under ../shared/articles, those in French in English
too. Prints one line for each debate and the averages, with what is asked for beside each measure.
"""

import asyncio
import re
import sys
import time
from collections import Counter
from itertools import combinations
from pathlib import Path
from typing import NamedTuple

from agents.argument.model import Argument
from agents.article.model import Article
from agents.article.read import bundled_brief, read_article
from agents.backends.offline.backend import OfflineBackend
from agents.backends.offline.docket import Docket
from agents.debate.event import Ruled, StrategyWritten
from agents.debate.plan import DebatePlan, debate_language
from agents.debate.run import run
from agents.debate.turn import Answer, TurnRequest
from agents.roles.load import load_charters

SHARED = Path(__file__).resolve().parents[2] / "shared" / "articles"
_WORD = re.compile(r"[^\W\d_]{3,}")
_SENTENCE = re.compile(r"(?<=[.!?])\s+")
_REFERENCE = re.compile(r"\bR\d+\b")
ALIKE = 0.6


class Debate(NamedTuple):
    """One debate that was held: its plan, what was ruled, the strategy, processor seconds."""

    name: str
    plan: DebatePlan
    ruled: tuple[Ruled, ...]
    written: StrategyWritten
    seconds: float


class Measures(NamedTuple):
    """What is counted of one debate; shares are from 0 to 1, times in milliseconds."""

    name: str
    recommendations: int
    alike: int
    shared_sentences: int
    condition_spread: float
    grounded: float
    unverified: int
    loose_figures: int
    with_evidence: float
    responsive: float
    statuses: int
    moved: float
    tensions: int
    dissents: int
    conditions: float
    unexamined: float
    milliseconds: float


WANTED = Measures("wanted", 0, 0, 0, 1 / 3, 1.0, 0, 0, 0.8, 1.0, 3, 0.2, 2, 1, 2.0, 0.0, 250.0)


class _Direct:
    """Takes every turn from the backend, with no tape between."""

    def __init__(self, backend: OfflineBackend) -> None:
        self._backend = backend

    async def take(self, request: TurnRequest) -> Answer:
        return Answer(self._backend.reply(request))


async def _hold(plan: DebatePlan) -> tuple[tuple[Ruled, ...], StrategyWritten]:
    ruled: list[Ruled] = []
    written: StrategyWritten | None = None
    async for event in run(plan, _Direct(OfflineBackend(plan))):
        if isinstance(event, Ruled):
            ruled.append(event)
        elif isinstance(event, StrategyWritten):
            written = event
    assert written is not None, "a debate ends with its strategy"
    order = [recommendation.id for recommendation in plan.recommendations]
    return tuple(sorted(ruled, key=lambda r: order.index(r.ruling.recommendation))), written


def hold(name: str, article: Article, language: str | None = None, rounds: int = 2) -> Debate:
    """Hold the debate of `article` with the shipped roles."""
    spoken, _ = debate_language(article, language)
    plan = DebatePlan(
        article=article,
        recommendations=article.recommendations,
        charters=tuple(load_charters(None).values()),
        language=spoken,
        rounds=rounds,
    )
    start = time.process_time()
    ruled, written = asyncio.run(_hold(plan))
    return Debate(f"{name}/{spoken}", plan, ruled, written, time.process_time() - start)


def arguments(debate: Debate) -> list[Argument]:
    """All arguments of a debate."""
    return [a for ruled in debate.ruled for speech in ruled.speeches for a in speech.arguments]


def measure(debate: Debate) -> Measures:
    """Count everything that can be counted of one debate."""
    every = arguments(debate)
    rebuttals = [a for a in every if a.phase == "rebuttal"]
    roles = {a.id: a.role for a in every}
    proposals = {s for r in debate.plan.article.recommendations for s in r.spans}
    openings = [a for a in every if a.phase == "opening" and a.side]
    stances = [s for ruled in debate.ruled for s in ruled.ruling.stances.values()]
    strategy = debate.written.strategy
    measures = [m for m in strategy.measures if m.decision.startswith("adopt")]
    return Measures(
        name=debate.name,
        recommendations=len(debate.ruled),
        alike=len(alike_claims(debate)),
        shared_sentences=len(shared_sentences(debate)),
        condition_spread=_spread(debate),
        grounded=_share(sum(any(g.status != "unverified" for g in a.grounds) for a in every), len(every)),
        unverified=strategy.grounding.unverified,
        loose_figures=sum(len(a.unsupported_figures) for a in every),
        with_evidence=_share(
            sum(any(g.kind == "fact" or g.id not in proposals for g in a.grounds) for a in openings),
            len(openings),
        ),
        responsive=_share(
            sum(any(roles.get(t.argument, a.role) != a.role for t in a.targets) for a in rebuttals),
            len(rebuttals),
        ),
        statuses=len({(r.ruling.decision, r.ruling.consensus) for r in debate.ruled}),
        moved=_share(sum(s.opening != s.final for s in stances), len(stances)),
        tensions=len(strategy.tensions),
        dissents=len(strategy.minority),
        conditions=_share(sum(len(m.conditions) for m in measures), len(measures)),
        unexamined=_share(sum(s.final == "no_position" for s in stances), len(stances)),
        milliseconds=1000 * debate.seconds,
    )


def alike_claims(debate: Debate) -> list[tuple[str, str, float]]:
    """Pairs of claims about different recommendations that are too much alike, references to others aside."""
    own = {r.id: _words(r.text) for r in debate.plan.recommendations}
    claims = [
        (a.id, a.recommendation, _words(a.claim) - own[a.recommendation])
        for a in arguments(debate)
        if not _REFERENCE.search(a.claim)
    ]
    found = []
    for (a, one, first), (b, other, second) in combinations(claims, 2):
        if one != other and first | second:
            share = len(first & second) / len(first | second)
            if share > ALIKE:
                found.append((a, b, round(share, 2)))
    return found


def shared_sentences(debate: Debate) -> list[str]:
    """Sentences that stand in more than one speech."""
    counts = Counter(
        sentence
        for ruled in debate.ruled
        for speech in ruled.speeches
        for sentence in {s.strip() for s in _SENTENCE.split(speech.text)}
        if len(sentence.split()) > 3
    )
    return [sentence for sentence, count in counts.items() if count > 1]


def condition_texts(debate: Debate) -> set[str]:
    """The texts of all conditions on the table."""
    return {c.text for ruled in debate.ruled for c in ruled.ruling.conditions}


def _spread(debate: Debate) -> float:
    """The largest share of recommendations under which one condition stands.

    Where one concept is what several recommendations are about, its conditions may stand under all of them.
    """
    docket = Docket(debate.plan)
    about: dict[str, set[str]] = {}
    for name, case in docket.cases.items():
        for topic in case.frame.topics[:2]:
            about.setdefault(topic.concept.name, set()).add(name)
    under: dict[str, set[str]] = {}
    for ruled in debate.ruled:
        for condition in ruled.ruling.conditions:
            under.setdefault(condition.text, set()).add(ruled.ruling.recommendation)
    third = len(debate.ruled) / 3
    largest = 0
    for text, names in under.items():
        owner = (docket.reference(text) or "").partition(".")[0]
        if not (len(about.get(owner, ())) > third and names <= about[owner]):
            largest = max(largest, len(names))
    return largest / len(debate.ruled)


def _share(part: float, whole: int) -> float:
    return part / whole if whole else 0.0


def _words(text: str) -> frozenset[str]:
    return frozenset(word.lower() for word in _WORD.findall(text))


def debates(paths: list[str]) -> list[Debate]:
    """The debates that are measured."""
    articles = {Path(path).stem: read_article(path) for path in paths}
    if not paths:
        articles["brief"] = bundled_brief()
        folders = sorted(SHARED.glob("*/article.*"))
        articles |= {path.parent.name: read_article(str(path)) for path in folders}
    held = []
    for name, article in articles.items():
        if article.recommendations:
            held.append(hold(name, article))
            if article.language == "fr":
                held.append(hold(name, article, "en"))
    return held


def main(paths: list[str]) -> None:
    """Hold, measure and print."""
    held = debates(paths)
    rows = [measure(debate) for debate in held]
    width = max(len(row.name) for row in [*rows, WANTED])
    for field in Measures._fields[1:]:
        values = [getattr(row, field) for row in rows]
        mean = sum(values) / len(values)
        cells = "".join(f"{value:9.2f}" if isinstance(value, float) else f"{value:9d}" for value in values)
        print(f"{field:18}{cells} | mean {mean:7.2f}  wanted {getattr(WANTED, field):.2f}")
    print(" " * 18 + "".join(f"{row.name[-9:]:>9}" for row in rows), f"({width=})")
    for one, other in combinations(held, 2):
        if one.plan.article.sha256 != other.plan.article.sha256 and one.plan.language == other.plan.language:
            first, second = condition_texts(one), condition_texts(other)
            overlap = _share(len(first & second), min(len(first), len(second)))
            if overlap:
                print(f"conditions of {one.name} and {other.name}: overlap {overlap:.2f}")


if __name__ == "__main__":
    main(sys.argv[1:])
