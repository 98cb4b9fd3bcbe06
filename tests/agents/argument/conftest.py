"""An assembly that says whatever a test needs, and the article that it argues about."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import pytest

from agents.argument.decision import rule_on
from agents.argument.grounding import mint_conditions
from agents.argument.model import (
    Argument,
    ConditionVote,
    Ground,
    Relation,
    Ruling,
    Scheme,
    Side,
    Speech,
    Stance,
    Target,
)
from agents.argument.whatif import Said
from agents.article.model import Article, Recommendation, Span
from agents.roles.model import Charter

SENTENCES = (
    "La ville de Tamda perd 12 % de son eau dans ses conduites.",
    "Le réseau d’adduction a coûté 400 millions d’euros en 1998 ; il n’a « jamais » été rénové.",
    "La ville devrait rénover ses conduites d’eau potable.",
    "Deux quartiers manquent d’eau l’été.",
    "Le maire doit publier un bilan annuel de l’eau.",
)


@dataclass
class Assembly:
    """Collects speeches on R1 in the order in which they are given, minting conditions as a debate does."""

    roles: tuple[str, ...] = ("finance", "energy", "sovereignty", "industry")
    weights: dict[str, float] = field(default_factory=dict)
    recommendation: str = "R1"
    speeches: list[Speech] = field(default_factory=list)

    def argue(
        self,
        name: str,
        side: Side | None = None,
        *,
        targets: Mapping[str, Relation] | None = None,
        condition: str | None = None,
        red_line: str | None = None,
        base: float = 0.6,
        grounded: bool = True,
        claim: str | None = None,
        scheme: Scheme = Scheme.CONSEQUENCES,
    ) -> Argument:
        """An argument; who makes it, and when, is filled in by `speak`."""
        ground = Ground(kind="span", id="S1", quote="", status="exact" if grounded else "unverified")
        return Argument(
            id=name,
            role="?",
            recommendation=self.recommendation,
            phase="?",
            round=1,
            stance=Stance.NONE,
            scheme=scheme,
            side=side,
            claim=claim or f"What {name} says.",
            grounds=(ground,),
            targets=tuple(Target(argument=to, relation=how) for to, how in (targets or {}).items()),
            condition=condition,
            red_line=red_line,
            base=base,
        )

    def speak(
        self,
        role: str,
        stance: Stance,
        *arguments: Argument,
        round_: int = 1,
        because: str | None = None,
        votes: Mapping[str, bool] | None = None,
        withdrawn: Sequence[str] = (),
        failed: str | None = None,
        priority: int | None = None,
        text: str = "",
    ) -> "Assembly":
        """One turn."""
        phase = "opening" if round_ == 1 else "rebuttal"
        made = tuple(
            argument.model_copy(update={"role": role, "phase": phase, "round": round_, "stance": stance})
            for argument in arguments
        )
        tabled = [condition for speech in self.speeches for condition in speech.conditions]
        self.speeches.append(
            Speech(
                address=f"{self.recommendation}/{phase}/{round_}/{role}",
                recommendation=self.recommendation,
                phase=phase,
                round=round_,
                role=role,
                stance=stance,
                because=because,
                text=text,
                arguments=made,
                conditions=mint_conditions(made, tabled),
                votes=tuple(ConditionVote(condition=c, accepts=yes) for c, yes in (votes or {}).items()),
                withdrawn=tuple(withdrawn),
                failed=failed,
                priority=priority,
            )
        )
        return self

    def charters(self) -> tuple[Charter, ...]:
        """The voters."""
        return tuple(
            Charter(name=role, title={"en": role}, mission={"en": role}, weight=self.weights.get(role, 1.0))
            for role in self.roles
        )

    def rule(self, rule: str = "consent") -> Ruling:
        """The ruling on what was said so far."""
        return rule_on(self.recommendation, self.speeches, self.charters(), rule)

    def said(self, rule: str = "consent") -> Said:
        """What a recomputation starts from."""
        return Said((self.recommendation,), tuple(self.speeches), self.charters(), rule)


@pytest.fixture(scope="session")
def new_assembly() -> type[Assembly]:
    """What makes an assembly, for tests that need many."""
    return Assembly


@pytest.fixture
def assembly() -> Assembly:
    """Four roles of equal weight, silent so far."""
    return Assembly()


@pytest.fixture
def article() -> Article:
    """Five French sentences; the third is a recommendation, the fifth another."""
    body, spans = "", []
    for number, sentence in enumerate(SENTENCES, 1):
        spans.append(Span(id=f"S{number}", text=sentence, start=len(body), end=len(body) + len(sentence)))
        body += sentence + " "
    return Article(
        title="L’eau de Tamda",
        language="fr",
        sha256="0" * 64,
        body=body,
        spans=tuple(spans),
        recommendations=(
            Recommendation(id="R1", text=SENTENCES[2], spans=("S3",)),
            Recommendation(id="R2", text=SENTENCES[4], spans=("S5",)),
        ),
    )
