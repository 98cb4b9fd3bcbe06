"""A server that misbehaves on demand, and a small debate to have there."""

import hashlib
from collections.abc import Callable, Iterator
from datetime import date

import pytest

from agents.article.model import Article, Recommendation, Span
from agents.backends.chat.ask import Patience
from agents.backends.chat.backend import ChatBackend
from agents.debate.plan import DebatePlan
from agents.debate.turn import Address, TurnRequest
from agents.roles.model import Charter, Fact, RedLine
from tests.agents.backends.chat.server import Running, Server

SENTENCES = (
    "The port of Tamda loses two ships a week to its neighbours.",
    "Its cranes run on diesel and stand still for a third of the year.",
    "The town should buy electric cranes.",
    "The town should train its own crane drivers.",
)
IMPATIENT = Patience(tries=6, first=0.001, longest=5.0)

MakeBackend = Callable[..., ChatBackend]


def charter(name: str) -> Charter:
    return Charter(
        name=name,
        title={"en": name.title(), "fr": name.title()},
        mission={"en": f"Answer for {name}.", "fr": f"Répondre de {name}."},
        indicators={"jobs": 1.0},
        red_lines=(
            RedLine(
                id=f"{name}-1",
                text={"en": "no ruin", "fr": "pas de ruine"},
                points=("data_centre.fossil_power",),
            ),
        ),
        facts=(
            Fact(
                id=f"F-{name}-1",
                text={
                    "en": "A crane costs 40 million dirhams.",
                    "fr": "Une grue coûte 40 millions de dirhams.",
                },
                source="port statutes",
                as_of=date(2024, 1, 1),
            ),
        ),
    )


def article(language: str = "en", sentences: tuple[str, ...] = SENTENCES) -> Article:
    body = " ".join(sentences)
    spans, start = [], 0
    for number, text in enumerate(sentences, 1):
        spans.append(Span(id=f"S{number}", text=text, start=start, end=start + len(text)))
        start += len(text) + 1
    return Article(
        title="A port of our own",
        language=language,
        sha256=hashlib.sha256(body.encode()).hexdigest(),
        body=body,
        published=date(2025, 2, 7),
        countries=("MA",),
        spans=tuple(spans),
        recommendations=(
            Recommendation(id="R1", text=sentences[2], spans=("S3",)),
            Recommendation(id="R2", text=sentences[3], spans=("S4",)),
        ),
    )


def plan_of(read: Article, **changes: object) -> DebatePlan:
    settings: dict[str, object] = {
        "article": read,
        "recommendations": read.recommendations,
        "charters": (charter("finance"), charter("energy")),
        "language": read.language,
        "model": "openai:fake",
    }
    return DebatePlan.model_validate(settings | changes)


def opening_request(role: str = "finance", plan: DebatePlan | None = None) -> TurnRequest:
    plan = plan or plan_of(article())
    return TurnRequest(
        address=Address(recommendation="R1", phase="opening", round=1, role=role),
        recommendation=plan.recommendations[0],
    )


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    """What `openai:` talks to in this test."""
    served = Server()
    running = Running(served)
    monkeypatch.setenv("OPENAI_BASE_URL", served.address)
    monkeypatch.setenv("OPENAI_API_KEY", "sk-canary-0123456789abcdef")
    yield served
    running.stop()
