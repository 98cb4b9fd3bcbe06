"""Small policy texts of our own, and a way to hold a debate over them."""

import asyncio
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from agents.article.model import Article, Recommendation, Span
from agents.article.read import bundled_brief, read_article
from agents.backends.offline.backend import OfflineBackend
from agents.debate.document import Strategy
from agents.debate.event import Ruled, StrategyWritten
from agents.debate.plan import DebatePlan
from agents.debate.run import run
from agents.debate.turn import Answer, TurnRequest
from agents.roles.load import load_charters

TEXTS = Path(__file__).parent / "texts"
SHARED = Path(__file__).resolve().parents[5] / "shared" / "articles"

ENGLISH = [
    "Our towns lose a third of their evening trade to the motorway malls.",
    "Data centres put a heavy strain on the regional power grid.",
    "Cooling the servers of these data centres takes drinking water from three valleys.",
    "Data centres would bring computing within reach of the university's research teams.",
    "The regional budget is limited and the cost of infrastructure is high.",
    "Small firms lack skilled staff and have not yet adopted digital tools.",
    "Local developers welcome foreign investment in data centres.",
    "Build new data centres close to the solar farms.",
    "Launch a training programme for technicians, with the universities.",
    "Grant tax incentives to young firms for their first years.",
]
FRENCH = [
    "Le commerce du soir quitte nos centres-villes pour la rocade.",
    "Les centres de données exercent une forte pression sur le réseau électrique régional.",
    "Les données de nos hôpitaux sont stockées sur des serveurs étrangers.",
    "Le budget régional est limité et le coût des infrastructures reste élevé.",
    "Les petites entreprises manquent de personnel qualifié et n'ont pas encore adopté le numérique.",
    "Un plan de formation permettrait de pourvoir des postes vacants.",
    "Construire de nouveaux centres de données près des parcs solaires.",
    "Lancer un programme de formation des techniciens avec les universités.",
    "Accorder des incitations fiscales aux jeunes entreprises.",
]


class _Direct:
    def __init__(self, backend: OfflineBackend) -> None:
        self._backend = backend

    async def take(self, request: TurnRequest) -> Answer:
        return Answer(self._backend.reply(request))


@dataclass
class Table:
    """Texts of our own and of others, plans over them, and debates held."""

    known: dict[str, Article] = field(default_factory=lambda: {"brief": bundled_brief()})

    def text(
        self, lines: list[str], language: str, proposals: int, countries: tuple[str, ...] = ()
    ) -> Article:
        """A text of one sentence a line, whose last lines are its recommendations."""
        body = "\n".join(lines)
        spans = []
        at = 0
        for number, line in enumerate(lines, start=1):
            spans.append(Span(id=f"S{number}", text=line, start=at, end=at + len(line)))
            at += len(line) + 1
        stated = spans[len(spans) - proposals :]
        return Article(
            title="A region and its choices",
            language=language,
            sha256="0" * 64,
            body=body,
            spans=tuple(spans),
            countries=countries,
            recommendations=tuple(
                Recommendation(id=f"R{n}", text=span.text, spans=(span.id,))
                for n, span in enumerate(stated, start=1)
            ),
        )

    def english(self, *, last: str | None = None) -> Article:
        """Our English text, with another last proposal if one is given."""
        return self.text(ENGLISH if last is None else [*ENGLISH[:-1], last], "en", 3)

    def french(self, *, countries: tuple[str, ...] = ()) -> Article:
        """Our French text."""
        return self.text(FRENCH, "fr", 3, countries)

    def shared(self, name: str) -> Article:
        """A shared article by its folder's name, or a text of our own; the test is skipped where there is none."""
        own = TEXTS / f"{name}.md"
        if name not in self.known and own.is_file():
            self.known[name] = read_article(str(own))
        if name not in self.known:
            files = sorted((SHARED / name).glob("article.*"))
            if not files:
                pytest.skip(f"no article {name} beside this checkout")
            self.known[name] = read_article(str(files[0]))
        return self.known[name]

    def plan(self, text: Article, **changes: object) -> DebatePlan:
        """A debate of the shipped roles over `text`."""
        fields: dict[str, object] = {
            "article": text,
            "recommendations": text.recommendations,
            "charters": tuple(load_charters(None).values()),
            "language": text.language if text.language in {"fr", "en"} else "en",
        }
        return DebatePlan.model_validate({**fields, **changes})

    def hold(self, plan: DebatePlan) -> tuple[dict[str, Ruled], Strategy]:
        """Hold a debate; its rulings by recommendation text in the declared order, and its strategy."""

        async def held() -> tuple[dict[str, Ruled], Strategy]:
            ruled: dict[str, Ruled] = {}
            texts = {r.id: r.text for r in plan.recommendations}
            async for event in run(plan, _Direct(OfflineBackend(plan))):
                if isinstance(event, Ruled):
                    ruled[texts[event.ruling.recommendation]] = event
                elif isinstance(event, StrategyWritten):
                    strategy = event.strategy
            return {text: ruled[text] for text in texts.values()}, strategy

        return asyncio.run(held())

    def outcome(self, plan: DebatePlan) -> dict[str, tuple[str, str, dict[str, tuple[str, str]]]]:
        """Decision, consensus and stances by recommendation text."""
        ruled, _ = self.hold(plan)
        return {
            text: (
                event.ruling.decision,
                event.ruling.consensus,
                {r: (s.opening.value, s.final.value) for r, s in sorted(event.ruling.stances.items())},
            )
            for text, event in ruled.items()
        }


@pytest.fixture(scope="session")
def table() -> Table:
    return Table()
