"""What a debate is: a resume under anything else is refused."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from agents.backends.chat.backend import ChatBackend
from agents.backends.chat.schema import reply_schema
from agents.debate.plan import DebatePlan
from agents.debate.turn import Answer, Prompt, TurnRequest
from agents.errors import ProviderError, TapeMismatch
from prompts.load import SHIPPED, render
from transcripts.log.fork import fork
from transcripts.log.session import resume, start

Scripted = Callable[..., Any]
Change = Callable[[DebatePlan, pytest.MonkeyPatch], DebatePlan]


class Speaking:
    """Asks as language models are asked, and answers from the script."""

    def __init__(self, plan: DebatePlan, scripted: Any) -> None:
        self._chat = ChatBackend(plan)
        self._scripted = scripted

    def render(self, request: TurnRequest) -> Prompt:
        return self._chat.render(request)

    async def answer(self, request: TurnRequest, prompt: Prompt) -> Answer:
        answer: Answer = await self._scripted.answer(request, prompt)
        return answer


def _article(plan: DebatePlan, patch: pytest.MonkeyPatch) -> DebatePlan:
    spans = [span.model_copy(update={"text": span.text.upper()}) for span in plan.article.spans]
    return plan.model_copy(
        update={"article": plan.article.model_copy(update={"title": "Other", "spans": tuple(spans)})}
    )


def _charters(plan: DebatePlan, patch: pytest.MonkeyPatch) -> DebatePlan:
    first = plan.charters[0].model_copy(update={"mission": {"en": "Speak for nobody."}})
    return plan.model_copy(update={"charters": (first, *plan.charters[1:])})


def _prompts(plan: DebatePlan, patch: pytest.MonkeyPatch) -> DebatePlan:
    def shouted(name: str, language: str, **inputs: Any) -> tuple[str, ...]:
        return tuple(part.replace("reply", "REPLY") for part in render(name, language, **inputs))

    patch.setattr(SHIPPED, "render", shouted)
    return plan


def _protocol(plan: DebatePlan, patch: pytest.MonkeyPatch) -> DebatePlan:
    def other(*arguments: Any) -> dict[str, Any]:
        return reply_schema(*arguments) | {"title": "Another"}

    patch.setattr("agents.backends.chat.backend.reply_schema", other)
    return plan


def _model(plan: DebatePlan, patch: pytest.MonkeyPatch) -> DebatePlan:
    return plan.model_copy(update={"model": "openai:other"})


class TestIdentity:
    @pytest.mark.parametrize(
        "case",
        [
            (_article, "The article"),
            (_charters, "The charters"),
            (_prompts, "prompt part"),
            (_protocol, "reply schema"),
            (_model, 'model "openai:one", now "openai:other"'),
        ],
    )
    async def test_a_resume_under_anything_else_is_refused(
        self,
        plan: DebatePlan,
        scripted: Scripted,
        folder: Path,
        monkeypatch: pytest.MonkeyPatch,
        case: tuple[Change, str],
    ) -> None:
        """It says what changed and how to fork, asks nobody and writes nothing; a fork then goes through."""
        plan = plan.model_copy(update={"model": "openai:one"})
        cut = start(plan, lambda plan: Speaking(plan, scripted(stop_after=8)), folder)
        with pytest.raises(ProviderError):
            async for _ in cut.events():
                pass
        before = cut.path.read_bytes()
        change, said = case
        changed = change(plan, monkeypatch)
        backend = scripted()
        with pytest.raises(TapeMismatch) as caught:
            async for _ in resume(cut.path, lambda _: Speaking(changed, backend)).events():
                pass

        assert said in caught.value.message
        assert "jemaa fork" in str(caught.value)
        assert caught.value.differences
        assert [] == backend.asked
        assert before == cut.path.read_bytes()

        async for _ in fork(cut.path, lambda plan: Speaking(plan, backend), folder, plan=changed).events():
            pass
        assert 15 == len(set(backend.asked))

    async def test_where_it_runs_is_no_part_of_it(
        self, plan: DebatePlan, scripted: Scripted, folder: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """With another server and another key a debate is resumed as the same."""
        plan = plan.model_copy(update={"model": "openai:one"})
        cut = start(plan, lambda plan: Speaking(plan, scripted(stop_after=8)), folder)
        with pytest.raises(ProviderError):
            async for _ in cut.events():
                pass
        monkeypatch.setenv("OPENAI_BASE_URL", "http://127.0.0.1:9/v1")
        monkeypatch.setenv("OPENAI_API_KEY", "sk-another")
        events = [event async for event in resume(cut.path, lambda p: Speaking(p, scripted())).events()]

        assert "strategy" == events[-1].kind
