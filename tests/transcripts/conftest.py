"""A small debate of our own, and a backend that answers it from a script."""

import asyncio
import hashlib
import json
import random
from collections.abc import Callable
from pathlib import Path

import pytest

from agents.argument.model import ArgumentDraft, ConditionVote, GroundDraft, Scheme, Stance, Target
from agents.article.model import Article, Recommendation, Section, Span
from agents.debate.document import Kpi, MeasureDraft, Risk, Sentence, Tension
from agents.debate.plan import DebatePlan
from agents.debate.turn import (
    Answer,
    ObjectionReply,
    OpeningReply,
    Prompt,
    QuestionReply,
    RebuttalReply,
    Reply,
    RulingReply,
    SynthesisReply,
    TurnRequest,
    Usage,
)
from agents.errors import ProviderError
from agents.roles.model import Charter
from transcripts.log.chain import GENESIS, seal

SENTENCES = (
    "The port of Tamda loses two ships a week to its neighbours.",
    "Its cranes run on diesel and stand still for a third of the year.",
    "The town should buy electric cranes.",
    "A crane costs 40 million dirhams.",
    "The town should train its own crane drivers.",
    "Half of the drivers retire within five years.",
)
SOURCE = (" ".join(SENTENCES) + "\r\n").encode()


def small_plan(
    roles: tuple[str, ...] = ("finance", "energy", "industry"), rounds: int = 2, added: int = 0
) -> DebatePlan:
    """Two recommendations of a made-up article and `added` ones, charters with but a name and a mission."""
    body = " ".join(SENTENCES)
    spans, at = [], 0
    for number, sentence in enumerate(SENTENCES, 1):
        spans.append(Span(id=f"S{number}", text=sentence, start=at, end=at + len(sentence)))
        at += len(sentence) + 1
    recommendations = (
        Recommendation(id="R1", text=SENTENCES[2], spans=("S3",)),
        Recommendation(id="R2", text=SENTENCES[4], spans=("S5",)),
        *(
            Recommendation(id=f"R{number}", text=f"The town should build pier {number}.")
            for number in range(3, 3 + added)
        ),
    )
    article = Article(
        title="Cranes for Tamda",
        language="en",
        sha256=hashlib.sha256(SOURCE).hexdigest(),
        body=body,
        source="cranes.txt",
        sections=(Section(title="", level=1, start=0, end=len(body)),),
        spans=tuple(spans),
        recommendations=recommendations,
    )
    return DebatePlan(
        article=article,
        recommendations=recommendations,
        charters=tuple(
            Charter(
                name=role,
                title={"en": role.title(), "fr": role.title()},
                mission={"en": f"Speak for {role}.", "fr": f"Parler pour {role}."},
            )
            for role in roles
        ),
        language="en",
        rounds=rounds,
        model="scripted",
    )


class ScriptedBackend:
    """Answers every turn from its address alone; `seed` shuffles who answers first.

    `asked` lists the addresses in the order in which they were asked; those of `failing` fail.
    """

    def __init__(
        self,
        *,
        seed: int | None = None,
        temperature: float = 0.0,
        failing: tuple[str, ...] = (),
        stop_after: int = -1,
    ) -> None:
        self.asked: list[str] = []
        self._random = None if seed is None else random.Random(seed)
        self._temperature = temperature
        self._failing = failing
        self._stop_after = stop_after

    def render(self, request: TurnRequest) -> Prompt:
        said = "\n".join(speech.text for speech in request.speeches)
        config = {"model": "scripted", "temperature": self._temperature}
        return Prompt(
            config,
            ("You argue.\nIn earnest.", f"Said so far:\n{said}", str(request.address)),
            {"type": "object"},
        )

    async def answer(self, request: TurnRequest, prompt: Prompt) -> Answer:
        address = str(request.address)
        self.asked.append(address)
        if self._stop_after == len(self.asked) - 1:
            raise ProviderError("the server went away")
        if self._random is not None:
            for _ in range(self._random.randrange(20)):
                await asyncio.sleep(0)
        if address in self._failing:
            return Answer(None, Usage(calls=3, retries=2), "the model said nothing")
        return Answer(_reply(request), Usage(calls=1, input_tokens=100, output_tokens=20, cost=0.001))


def _reply(request: TurnRequest) -> Reply:
    address = request.address
    name = address.recommendation
    span = "S3" if name == "R1" else "S5"
    against = address.role == "finance"
    if address.phase == "opening":
        draft = ArgumentDraft(
            claim=f"{address.role} finds {name} {'dear' if against else 'useful'}.",
            scheme=Scheme.CONSEQUENCES,
            side="against" if against else "for",
            grounds=(
                GroundDraft(id=span, quote="The town should"),
                GroundDraft(id=span, quote="nobody said this"),
            ),
            condition="to lend the money over ten years" if against else None,
        )
        return OpeningReply(
            stance=Stance.OPPOSE if against else Stance.SUPPORT,
            text=f"<b>{address.role}</b> speaks on {name}.",
            arguments=(draft,),
            priority=80 if name == "R1" else 60,
        )
    if address.phase == "question":
        return QuestionReply(
            able=address.role != "energy",
            text=f"{address.role} on {request.question!r} after {len(request.speeches)} speeches.",
            grounds=(GroundDraft(id="S4", quote="40 million dirhams"),) if address.role == "finance" else (),
        )
    if address.phase == "rebuttal":
        other = next(a.id for s in request.speeches for a in s.arguments if s.role != address.role)
        draft = ArgumentDraft(
            claim=f"{address.role} answers {other} on {name}.",
            grounds=(GroundDraft(id="S4", quote="40 million dirhams"),),
            targets=(Target(argument=other, relation="undercut"),),
        )
        return RebuttalReply(
            stance=Stance.OPPOSE if against and name == "R2" else Stance.CONDITIONS,
            because=other,
            text=f"{address.role} answers on {name}.",
            arguments=(draft,),
            votes=tuple(
                ConditionVote(condition=c.id, accepts=True, reason="it is fair") for c in request.conditions
            ),
            priority=80 if name == "R1" else 60,
        )
    if request.ruling is not None:
        return RulingReply(
            reasons=(Sentence(text=f"{name} was weighed.", rests_on=(name,)),),
            measure=MeasureDraft(
                title=f"Measure for {name}",
                adopted_wording=f"The town does {name} | in *two* stages.",
                owner="The town",
                budget_band="A",
                kpi=Kpi(name="ships a week", unit="ships", target="2"),
                risks=(
                    Risk(
                        text="Delay",
                        likelihood="low",
                        impact="high",
                        mitigation="Begin early",
                        holder="The town",
                        rests_on=(name,),
                    ),
                ),
            ),
            objections=tuple(
                ObjectionReply(argument=dissent.argument, majority_reply="The loan pays for itself.")
                for dissent in request.ruling.dissents
            ),
        )
    return SynthesisReply(
        title="A strategy for Tamda",
        summary=(
            Sentence(text="The town buys and trains.", rests_on=("R1", "R2")),
            *(
                Sentence(
                    text=f"{dissent.role.title()} does not agree: {dissent.objection}",
                    rests_on=(dissent.recommendation, dissent.argument),
                )
                for ruling in request.rulings
                for dissent in ruling.dissents
            ),
        ),
        tensions=(Tension(recommendations=("R1", "R2"), text="Both need the same budget."),),
    )


@pytest.fixture
def plan() -> DebatePlan:
    return small_plan()


@pytest.fixture
def scripted() -> Callable[..., ScriptedBackend]:
    return ScriptedBackend


@pytest.fixture
def source() -> bytes:
    return SOURCE


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "saved"


@pytest.fixture
def reseal() -> Callable[[Path, bytes, bytes], None]:
    """Rewrite a transcript as somebody would who knows the format: bytes replaced, chain made to hold again."""

    def rewrite(path: Path, old: bytes, new: bytes) -> None:
        lines, prev = [], GENESIS
        for line in path.read_bytes().replace(old, new).splitlines():
            record = json.loads(line)
            del record["prev"], record["hash"]
            sealed, prev = seal(json.dumps(record, ensure_ascii=False).encode(), prev)
            lines.append(sealed)
        path.write_bytes(b"".join(lines))

    return rewrite
