"""A small debate made by hand, with hostile texts, so that the screen can be tested without holding one."""

from datetime import date

import pytest

from agents.argument.model import (
    Argument,
    Condition,
    ConditionVote,
    Dissent,
    Ground,
    RuledCondition,
    Ruling,
    Scheme,
    Speech,
    Stance,
    Stances,
    Target,
)
from agents.article.model import Article, Recommendation
from agents.debate.document import Grounding, Kpi, Measure, MeasureDraft, Sentence, Strategy
from agents.debate.event import Event, Ruled, SpeechGiven, StrategyWritten, TurnAsked, TurnTaken
from agents.debate.plan import DebatePlan
from agents.roles.model import Charter
from tui.state import DebateState

HOSTILE = (
    "[bold red]no markup[/] [link=file:///etc]here[/link] \x1b]52;c;aGk=\x07\x1b[31mred\x1b[0m \u202eesrever"
)

RECOMMENDATIONS = (
    Recommendation(id="R1", text="Bâtir un centre national de calcul ouvert aux chercheurs."),
    Recommendation(id="R2", text=f"Former les agents publics. {HOSTILE}"),
)
ROLES = (
    Charter(
        name="energy",
        title={"fr": "Énergie", "en": "Energy"},
        mission={"en": "Keep the lights on."},
        indicators={"grid": 1.0},
    ),
    Charter(
        name="finance",
        title={"fr": "Finances", "en": "Finance"},
        mission={"en": "Count."},
        indicators={"public_budget": 1.0},
    ),
)


def argument(id_: str, role: str, side: str, claim: str, *targets: Target) -> Argument:
    return Argument.model_validate(
        {
            "id": id_,
            "role": role,
            "recommendation": f"R{id_[1]}",
            "phase": "rebuttal" if targets else "opening",
            "round": 2 if targets else 1,
            "stance": Stance.SUPPORT if side == "for" else Stance.OPPOSE,
            "scheme": Scheme.PRACTICAL,
            "side": side,
            "claim": claim,
            "grounds": (Ground(id="S1", quote="un centre", status="exact"),),
            "targets": targets,
            "strength": 0.5,
        }
    )


def speech(
    rec: str, phase: str, round_: int, role: str, stance: Stance, *arguments: Argument, **more: object
) -> Speech:
    return Speech.model_validate(
        {
            "address": f"{rec}/{phase}/{round_}/{role}",
            "recommendation": rec,
            "phase": phase,
            "round": round_,
            "role": role,
            "stance": stance,
            "text": f"{role} parle de {rec}.",
            "arguments": arguments,
            "priority": 50,
            **more,
        }
    )


def ruling(rec: str, decision: str, consensus: str, stances: dict[str, Stances], **more: object) -> Ruling:
    return Ruling.model_validate(
        {
            "recommendation": rec,
            "decision": decision,
            "consensus": consensus,
            "rule": "consent",
            "strength": 0.61,
            "dfquad": 0.58,
            "euler": 0.6,
            "margin": {"support": 0.25},
            "stances": stances,
            **more,
        }
    )


@pytest.fixture
def plan() -> DebatePlan:
    """Two roles debate two recommendations in French, in two rounds."""
    article = Article(title=f"Un plan {HOSTILE}", language="fr", sha256="ab" * 32, body="Un plan.")
    return DebatePlan(article=article, recommendations=RECOMMENDATIONS, charters=ROLES, language="fr")


@pytest.fixture
def events() -> list[Event]:
    """The whole debate: on R1 energy comes round under a condition; on R2 finance dissents."""
    a11 = argument("A1.1", "energy", "against", f"Le réseau est saturé. {HOSTILE}")
    a12 = argument("A1.2", "finance", "for", "Le coût est partagé.")
    a13 = argument(
        "A1.3",
        "finance",
        "for",
        "Le site voisin a du courant.",
        Target(argument="A1.1", relation="rebut"),
    )
    a21 = argument("A2.1", "energy", "for", "Les agents formés consomment moins.")
    a22 = argument("A2.2", "finance", "against", "Personne ne dit qui paie.")
    condition = Condition(
        id="C1.1", recommendation="R1", text="raccorder le site", role="energy", argument="A1.1"
    )
    spoken = {
        "R1": [
            speech("R1", "opening", 1, "energy", Stance.OPPOSE, a11, conditions=(condition,)),
            speech("R1", "opening", 1, "finance", Stance.SUPPORT, a12),
            speech("R1", "rebuttal", 2, "energy", Stance.CONDITIONS, because="A1.3", withdrawn=("A1.1",)),
            speech(
                "R1",
                "rebuttal",
                2,
                "finance",
                Stance.SUPPORT,
                a13,
                votes=(ConditionVote(condition="C1.1", accepts=True),),
            ),
        ],
        "R2": [
            speech("R2", "opening", 1, "energy", Stance.SUPPORT, a21),
            speech("R2", "opening", 1, "finance", Stance.OPPOSE, a22),
            speech("R2", "rebuttal", 2, "energy", Stance.SUPPORT, failed="server gone"),
            speech("R2", "rebuttal", 2, "finance", Stance.OPPOSE),
        ],
    }
    rulings = {
        "R1": ruling(
            "R1",
            "adopt_with_conditions",
            "consensus_with_reservations",
            {
                "energy": Stances(opening=Stance.OPPOSE, final=Stance.CONDITIONS),
                "finance": Stances(opening=Stance.SUPPORT, final=Stance.SUPPORT),
            },
            conditions=(
                RuledCondition(
                    id="C1.1",
                    text="raccorder le site",
                    role="energy",
                    argument="A1.1",
                    accepted_by=("energy", "finance"),
                    status="accepted",
                ),
            ),
            pivotal=(("A1.3",),),
        ),
        "R2": ruling(
            "R2",
            "defer",
            "majority",
            {
                "energy": Stances(opening=Stance.SUPPORT, final=Stance.SUPPORT),
                "finance": Stances(opening=Stance.OPPOSE, final=Stance.OPPOSE),
            },
            dissents=(
                Dissent(
                    role="finance",
                    recommendation="R2",
                    argument="A2.2",
                    objection="Personne ne dit qui paie.",
                    scheme=Scheme.PRACTICAL,
                    strength=0.5,
                    dfquad=0.5,
                    acceptance_condition="un financement est inscrit",
                ),
            ),
        ),
    }
    happened: list[Event] = []
    for rec, speeches in spoken.items():
        for said in speeches:
            happened += [
                TurnAsked(address=said.address),
                TurnTaken(address=said.address, failure=said.failed),
                SpeechGiven(speech=said),
            ]
        address = f"{rec}/ruling/3/moderator"
        reasons = (Sentence(text="Le courant est là.", rests_on=("A1.3",)),)
        happened += [
            TurnAsked(address=address),
            TurnTaken(address=address),
            Ruled(ruling=rulings[rec], reasons=reasons, speeches=tuple(speeches)),
        ]
    return [*happened, StrategyWritten(strategy=strategy(list(rulings.values())))]


def strategy(rulings: list[Ruling]) -> Strategy:
    draft = MeasureDraft(
        title="Centre de calcul",
        adopted_wording="Bâtir un centre national, une fois le site raccordé.",
        owner="Ministère de la Transition numérique",
        budget_band="C",
        kpi=Kpi(name="heures de calcul", unit="h/an", target="1 M", year=2028),
    )
    measure = Measure(
        **draft.model_dump(),
        id="M1",
        recommendation="R1",
        source_recommendation=RECOMMENDATIONS[0].text,
        status="consensus_with_reservations",
        decision="adopt_with_conditions",
        period="2026-2027",
    )
    return Strategy(
        title="Stratégie de calcul",
        language="fr",
        model="offline",
        article_title=f"Un plan {HOSTILE}",
        article_sha256="ab" * 32,
        as_of=date(2025, 2, 11),
        roles=("energy", "finance"),
        rule="consent",
        summary=(Sentence(text="Une mesure est retenue.", rests_on=("R1",)),),
        measures=(measure,),
        rulings=tuple(rulings),
        priorities=("R1", "R2"),
        minority=rulings[1].dissents,
        grounding=Grounding(exact=5),
    )


@pytest.fixture
def state(plan: DebatePlan, events: list[Event]) -> DebateState:
    """The debate, finished."""
    return DebateState.of(plan).apply_all(events)
