"""Each provider's adapter against a server on loopback that speaks the provider's protocol."""

import asyncio
import json
import threading
from collections.abc import Iterator
from typing import Any

import pytest
from aiohttp import web

from agents.backends.chat.backend import ChatBackend
from agents.backends.chat.method import LOOPBACK, SMALL
from agents.backends.chat.provider import bounds_of
from agents.backends.watch import Waiting, Writing
from agents.debate.turn import OpeningReply
from agents.errors import ProviderError
from tests.agents.backends.chat.conftest import IMPATIENT, article, opening_request, plan_of
from tests.agents.backends.chat.server import smallest

Body = dict[str, Any]
MODELS = {
    "anthropic": "anthropic:some-model",
    "mistralai": "mistralai:mistral-large-latest",
    "google_genai": "google_genai:gemini-2.5-flash",
    "ollama": "ollama:llama3",
}


class Speaks:
    """What the four protocols have in common: a form goes in, the smallest reply comes back."""

    def __init__(self) -> None:
        self.requests: list[Body] = []
        self.statuses: list[int] = []

    async def _form(self, request: web.Request) -> Body:
        self.requests.append(await request.json())
        if self.statuses:
            status = self.statuses.pop(0)
            said = {"error": {"message": "as asked for", "type": "error", "status": "ERROR", "code": status}}
            raise _Refusal(status, said)
        return self.requests[-1]

    async def anthropic(self, request: web.Request) -> web.StreamResponse:
        body = await self._form(request)
        text = json.dumps(smallest(body["output_config"]["format"]["schema"]))
        message = {"id": "m", "type": "message", "role": "assistant", "model": body["model"], "content": []}
        usage = {"input_tokens": 10, "output_tokens": 5, "cache_read_input_tokens": 3}
        if not body.get("stream"):
            said = {"content": [{"type": "text", "text": text}], "stop_reason": "end_turn", "usage": usage}
            return web.json_response(message | said)
        events: list[Body] = [
            {"type": "message_start", "message": message | {"usage": usage}},
            {"type": "content_block_start", "index": 0, "content_block": {"type": "text", "text": ""}},
            *(
                {"type": "content_block_delta", "index": 0, "delta": {"type": "text_delta", "text": piece}}
                for piece in (text[:9], text[9:])
            ),
            {"type": "content_block_stop", "index": 0},
            {"type": "message_delta", "delta": {"stop_reason": "end_turn"}, "usage": {"output_tokens": 5}},
            {"type": "message_stop"},
        ]
        return await _events(request, [(event["type"], event) for event in events])

    async def mistral(self, request: web.Request) -> web.StreamResponse:
        body = await self._form(request)
        text = json.dumps(smallest(body["response_format"]["json_schema"]["schema"]))
        base = {"id": "x", "created": 1, "model": body["model"]}
        usage = {"prompt_tokens": 10, "completion_tokens": 2, "total_tokens": 12}
        if not body.get("stream"):
            message = {"role": "assistant", "content": text}
            choice = {"index": 0, "finish_reason": "stop", "message": message}
            return web.json_response(
                base | {"object": "chat.completion", "choices": [choice], "usage": usage}
            )
        pieces = [
            base
            | {
                "choices": [
                    {"index": 0, "delta": {"role": "assistant", "content": piece}, "finish_reason": None}
                ]
            }
            for piece in (text[:9], text[9:])
        ]
        last = base | {
            "choices": [{"index": 0, "delta": {"content": ""}, "finish_reason": "stop"}],
            "usage": usage,
        }
        return await _events(request, [("", piece) for piece in [*pieces, last]], done="data: [DONE]\n\n")

    async def ollama(self, request: web.Request) -> web.StreamResponse:
        body = await self._form(request)
        text = json.dumps(smallest(body["format"]))
        base = {"model": body["model"], "created_at": "2025-01-01T00:00:00Z"}
        lines = [
            base | {"message": {"role": "assistant", "content": piece}, "done": False}
            for piece in (text[:9], text[9:])
        ]
        end = {"done": True, "done_reason": "stop", "prompt_eval_count": 10, "eval_count": 3}
        lines.append(base | {"message": {"role": "assistant", "content": ""}} | end)
        return web.Response(
            text="".join(json.dumps(line) + "\n" for line in lines), content_type="application/x-ndjson"
        )

    async def google(self, request: web.Request) -> web.StreamResponse:
        body = await self._form(request)
        text = json.dumps(smallest(body["generationConfig"]["responseJsonSchema"]))
        usage = {"promptTokenCount": 10, "candidatesTokenCount": 3, "totalTokenCount": 13}
        pieces = (text[:9], text[9:]) if "streamGenerateContent" in request.path else (text,)
        said: list[Body] = [
            {"candidates": [{"content": {"role": "model", "parts": [{"text": piece}]}, "index": 0}]}
            for piece in pieces
        ]
        said[-1]["candidates"][0]["finishReason"] = "STOP"
        said[-1]["usageMetadata"] = usage
        if len(pieces) == 1:
            return web.json_response(said[0])
        return await _events(request, [("", piece) for piece in said])


class _Refusal(Exception):
    def __init__(self, status: int, said: Body) -> None:
        super().__init__(status)
        self.status, self.said = status, said


@web.middleware
async def _refusing(request: web.Request, handler: Any) -> web.StreamResponse:
    try:
        response: web.StreamResponse = await handler(request)
    except _Refusal as refusal:
        return web.json_response(refusal.said, status=refusal.status)
    return response


async def _events(request: web.Request, events: list[tuple[str, Body]], done: str = "") -> web.StreamResponse:
    response = web.StreamResponse()
    response.content_type = "text/event-stream"
    await response.prepare(request)
    for name, event in events:
        head = f"event: {name}\n" if name else ""
        await response.write(f"{head}data: {json.dumps(event)}\n\n".encode())
    await response.write(done.encode())
    return response


@pytest.fixture
def speaks(monkeypatch: pytest.MonkeyPatch) -> Iterator[Speaks]:
    served = Speaks()
    app = web.Application(middlewares=[_refusing])
    app.router.add_post("/v1/messages", served.anthropic)
    app.router.add_post("/v1/chat/completions", served.mistral)
    app.router.add_post("/api/chat", served.ollama)
    app.router.add_post("/{version}/models/{model}", served.google)
    runner = web.AppRunner(app, shutdown_timeout=0.1)
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever, daemon=True)
    thread.start()

    def wait(coroutine: Any) -> Any:
        return asyncio.run_coroutine_threadsafe(coroutine, loop).result(10)

    wait(runner.setup())
    wait(web.TCPSite(runner, "127.0.0.1", 0).start())
    base = f"http://127.0.0.1:{runner.addresses[0][1]}"
    for name, value in {
        "ANTHROPIC_BASE_URL": base,
        "MISTRAL_BASE_URL": f"{base}/v1",
        "GOOGLE_GEMINI_BASE_URL": base,
        "OLLAMA_HOST": base,
    }.items():
        monkeypatch.setenv(name, value)
    for name in ("ANTHROPIC_API_KEY", "MISTRAL_API_KEY", "GOOGLE_API_KEY"):
        monkeypatch.setenv(name, "canary-key")
    yield served
    wait(runner.cleanup())
    loop.call_soon_threadsafe(loop.stop)
    thread.join(5)
    loop.close()


# Two faults of a library: a base class that aiohttp would rather not have, a body that is not awaited.
@pytest.mark.filterwarnings(
    "ignore:Inheritance class AiohttpClientSession:DeprecationWarning",
    "ignore::pytest.PytestUnraisableExceptionWarning",
    "ignore:coroutine .ClientResponse.json:RuntimeWarning",
)
@pytest.mark.parametrize("provider", MODELS)
class TestProviders:
    async def test_answers_by_its_own_protocol(self, speaks: Speaks, provider: str) -> None:
        """A form goes out as the provider wants it, and a validated reply with its tokens comes back."""
        pytest.importorskip(f"langchain_{provider}")
        answer = await self._ask(provider)

        assert isinstance(answer.reply, OpeningReply)
        assert 1 == answer.usage.calls == len(speaks.requests)
        assert answer.usage.input_tokens > 0
        assert answer.usage.output_tokens > 0

    async def test_streams_by_its_own_protocol(self, speaks: Speaks, provider: str) -> None:
        """Whoever watches sees the reply grow, whatever the provider."""
        pytest.importorskip(f"langchain_{provider}")
        seen: list[Waiting | Writing] = []
        answer = await self._ask(provider, seen)

        assert answer.reply is not None
        assert [told for told in seen if isinstance(told, Writing)][-1].text == "prose"

    async def test_retries_are_ours_alone(self, speaks: Speaks, provider: str) -> None:
        """A refusal for now is one request, then ours again: the adapter's own retries are off."""
        pytest.importorskip(f"langchain_{provider}")
        speaks.statuses = [503, 429]
        answer = await self._ask(provider)

        assert answer.reply is not None
        assert (3, 2) == (answer.usage.calls, answer.usage.retries)
        assert 3 == len(speaks.requests)

    async def test_a_wrong_key_is_met_once(self, speaks: Speaks, provider: str) -> None:
        """A refusal for good is one request, and its cause is named without the key."""
        pytest.importorskip(f"langchain_{provider}")
        speaks.statuses = [401] * 9

        with pytest.raises(ProviderError, match="401") as caught:
            await self._ask(provider)
        assert 1 == len(speaks.requests)
        assert "canary" not in str(caught.value)

    async def _ask(self, provider: str, seen: list[Waiting | Writing] | None = None) -> Any:
        plan = plan_of(article(), model=MODELS[provider])
        backend = ChatBackend(plan, patience=IMPATIENT, watch=None if seen is None else seen.append)
        request = opening_request(plan=plan)
        try:
            return await backend.answer(request, backend.render(request))
        finally:
            await backend.close()


async def test_anthropic_is_told_where_to_cache(speaks: Speaks) -> None:
    """What all turns share, and what those of a phase share, is marked for the provider's cache."""
    pytest.importorskip("langchain_anthropic")
    await TestProviders()._ask("anthropic")
    (user,) = speaks.requests[0]["messages"]
    marked = [place for place, block in enumerate(user["content"]) if "cache_control" in block]

    assert [0, len(user["content"]) - 2] == marked


class TestBounds:
    def test_a_server_on_this_machine_gets_an_end(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """Nobody but the request ends a small model that repeats itself; elsewhere the provider sees to that."""
        monkeypatch.setenv("OPENAI_BASE_URL", "http://127.0.0.1:1/v1")
        assert LOOPBACK == bounds_of("openai")
        monkeypatch.setenv("OPENAI_BASE_URL", "https://models.example/v1")
        assert bounds_of("openai") is None
        assert (SMALL, None) == (bounds_of("gguf"), bounds_of("anthropic"))
