"""The embedded debaters before the person in the chair: they answer from what they know, or say that they cannot."""

from functools import cache

import pytest

from agents.argument.model import CHAIR, GroundDraft, Side, Speech
from agents.article.read import bundled_brief
from agents.backends.open import open_backend
from agents.backends.served import Straight
from agents.debate.chair import Input, Question, Remark
from agents.debate.event import ChairActed, Ruled, SpeechGiven, StrategyWritten
from agents.debate.fidelity import document_findings
from agents.debate.plan import DebatePlan
from agents.debate.presiding import Chair, Given
from agents.debate.run import run
from agents.roles.load import load_charters

BEFORE = "R1/rebuttal/2/finance"


@cache
def _plan(language: str) -> DebatePlan:
    brief = bundled_brief()
    return DebatePlan(
        article=brief,
        recommendations=brief.recommendations[:2],
        charters=tuple(load_charters(None).values()),
        language="fr" if language == "fr" else "en",
    )


async def _speeches(language: str, *inputs: Input) -> list[Speech]:
    plan = _plan(language)
    chair = Chair(plan, recorded=[Given(BEFORE, given) for given in inputs])
    events = [event async for event in run(plan, Straight(open_backend(plan)), chair)]
    written = events[-1]
    assert isinstance(written, StrategyWritten)
    assert len(inputs) == sum(isinstance(event, ChairActed) for event in events)
    heard = [event for event in events if isinstance(event, Ruled)]
    assert () == document_findings(plan, heard, written.strategy)
    return [event.speech for event in events if isinstance(event, SpeechGiven)]


async def _answers(language: str, question: str) -> dict[str, Speech]:
    said = await _speeches(language, Question(recommendation="R1", text=question))
    return {speech.role: speech for speech in said if speech.question}


@pytest.mark.parametrize(
    "language, question",
    [("fr", "Combien cela coûterait-il ?"), ("en", "How much would this cost?")],
)
async def test_what_the_article_leaves_out_is_said_and_verified(language: str, question: str) -> None:
    """Asked for a cost that no sentence gives, every role says so, on a verified absence."""
    for answer in (await _answers(language, question)).values():
        assert [("cost", "exact")] == [(ground.absence, ground.status) for ground in answer.grounds]
        assert not answer.unable


@pytest.mark.parametrize(
    "language, question",
    [
        ("fr", "Pourquoi ?"),
        ("fr", "À quelle condition accepteriez-vous ?"),
        ("en", "Why is that your position?"),
    ],
)
async def test_reasons_and_conditions_are_those_on_the_record(language: str, question: str) -> None:
    """Asked why, or for what would win it over, a role names an argument of its own."""
    said = await _speeches(language, Question(recommendation="R1", text=question))
    own = {argument.id: argument.role for speech in said for argument in speech.arguments}
    answers = [speech for speech in said if speech.question]

    assert {"finance", "energy", "sovereignty", "industry"} == {speech.role for speech in answers}
    assert any(speech.grounds for speech in answers)
    assert all(own[ground.id] == speech.role for speech in answers for ground in speech.grounds)


async def test_an_answer_quotes_the_article_where_it_speaks_of_the_matter() -> None:
    """Asked about electricity, a role quotes a passage on it, exactly."""
    answer = (await _answers("fr", "Que sait-on de l'électricité nécessaire ?"))["finance"]

    assert [("span", "exact")] == [(ground.kind, ground.status) for ground in answer.grounds]
    assert "électri" in answer.grounds[0].quote.lower()


@pytest.mark.parametrize(
    "language, question",
    [("fr", "Que pensez-vous de la monarchie danoise ?"), ("en", "Which violin did Paganini prefer?")],
)
async def test_who_knows_nothing_says_so(language: str, question: str) -> None:
    """A question about something else is not answered, and nothing is made up."""
    for answer in (await _answers(language, question)).values():
        assert answer.unable
        assert answer.text
        assert () == answer.grounds


@pytest.mark.parametrize(
    "language, text, side",
    [
        ("fr", "Le réseau électrique ne supportera pas cette charge continue.", "against"),
        ("en", "Data centres would bring jobs to the region.", "for"),
        ("en", "The moon is made of cheese.", None),
    ],
)
async def test_every_role_answers_what_the_chair_puts(language: str, text: str, side: Side | None) -> None:
    """In the round after a remark each role attacks it, supports it, or says that it cannot tell."""
    remark = Remark(recommendation="R1", text=text, side=side)
    said = await _speeches(language, remark)
    (put,) = [argument for speech in said for argument in speech.arguments if argument.role == CHAIR]
    rebuttals = [speech for speech in said if speech.recommendation == "R1" and speech.phase == "rebuttal"]

    assert 4 == len(rebuttals)
    for speech in rebuttals:
        aimed = {target.argument for argument in speech.arguments for target in argument.targets}
        assert put.id in aimed or put.id in speech.text


async def test_a_remark_moves_only_what_it_bears_on() -> None:
    """What the chair puts on one recommendation leaves what is said on the other as it was."""
    before = await _speeches("fr")
    after = await _speeches(
        "fr",
        Remark(
            recommendation="R1",
            text="Le réseau électrique ne supportera pas cette charge continue.",
            side="against",
            grounds=(GroundDraft(id="S1", quote="not there"),),
        ),
        Question(recommendation="R1", text="Pourquoi ?"),
    )
    assert [s for s in before if s.recommendation == "R2"] == [s for s in after if s.recommendation == "R2"]
    openings = [s for s in before if s.recommendation == "R1" and s.phase == "opening"]
    assert openings == [s for s in after if s.recommendation == "R1" and s.phase == "opening"]
