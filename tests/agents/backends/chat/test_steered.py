"""Language models before the person in the chair."""

from datetime import date

from agents.backends.chat.ask import Patience
from agents.backends.chat.backend import ChatBackend
from agents.debate.chair import AnotherRound, Evidence, Question, Remark
from agents.debate.event import SpeechGiven
from agents.debate.presiding import Chair, Given
from agents.debate.run import run
from agents.debate.turn import Answer, TurnRequest
from tests.agents.backends.chat.conftest import article, plan_of
from tests.agents.backends.chat.server import Server
from tests.agents.backends.chat.test_backend import Direct


async def test_models_answer_what_the_chair_asks_and_puts(server: Server) -> None:
    """Questions, remarks with evidence and another round are asked without repair; what was put stands in prompts."""
    plan = plan_of(article())
    first = plan.charters[0].name
    before = f"R1/rebuttal/2/{first}"
    inputs = [
        Given(before, Question(recommendation="R1", text="Who pays for it?", to=(first,))),
        Given(
            before,
            Remark(
                recommendation="R1",
                text="The line is full.",
                side="against",
                evidence=(Evidence(text="No line is free.", source="operator", as_of=date(2024, 1, 1)),),
            ),
        ),
        Given("R1/ruling/3/moderator", AnotherRound(recommendation="R1")),
    ]
    backend = ChatBackend(plan, patience=Patience(tries=2, first=0.001))
    shown: list[str] = []
    taken = Direct(backend)

    class Listening(Direct):
        async def take(self, request: TurnRequest) -> Answer:
            shown.append("\n".join(backend.render(request).parts))
            return await taken.take(request)

    events = [event async for event in run(plan, Listening(backend), Chair(plan, recorded=inputs))]
    await backend.close()
    said = [event.speech for event in events if isinstance(event, SpeechGiven)]

    assert all(speech.failed is None for speech in said)
    assert [first] == [speech.role for speech in said if speech.question == "Who pays for it?"]
    assert {3} == {speech.round for speech in said if speech.round == 3 and speech.phase == "rebuttal"}
    assert any("Who pays for it?" in text and "Answer the question." in text for text in shown)
    assert any("The chair has put" in text and "No line is free." in text for text in shown)
