"""A server on loopback that speaks OpenAI's protocol, fills in the form it is given, and misbehaves on demand.

Usable by itself too: `python server.py --latency 0.2` prints its address and serves until it is stopped.
"""

import argparse
import asyncio
import json
import random
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web

Body = dict[str, Any]
Fault = Callable[[Body, int], str | None]
"""From a request and its number (from 1) to the name of a misbehaviour, or None."""


def smallest(schema: Body, root: Body | None = None) -> Any:
    """The smallest value that `schema` allows: first enumeration values, shortest lists, a word for prose."""
    root = root or schema
    if "$ref" in schema:
        return smallest(root["$defs"][schema["$ref"].rpartition("/")[2]], root)
    if "enum" in schema:
        return schema["enum"][0]
    if "anyOf" in schema:
        return smallest(schema["anyOf"][0], root)
    match schema["type"]:
        case "object":
            return {name: smallest(wanted, root) for name, wanted in schema["properties"].items()}
        case "array":
            return [smallest(schema["items"], root) for _ in range(schema.get("minItems", 0))]
        case "integer":
            return schema.get("minimum", 0)
        case "boolean":
            return True
        case "null":
            return None
    return "prose"


def fill(body: Body) -> str:
    """The smallest reply to a request, whichever way it asks for a form."""
    form = body.get("response_format", {})
    if form.get("type") == "json_schema":
        return json.dumps(smallest(form["json_schema"]["schema"]))
    if "tools" in body:
        return json.dumps(smallest(body["tools"][0]["function"]["parameters"]))
    _, _, written = body["messages"][-1]["content"].partition("JSON Schema of the reply:\n")
    return json.dumps(smallest(json.loads(written)))


@dataclass
class Server:
    """What was asked and what shall be answered. `latency` in seconds; `faults` decides on misbehaviour."""

    reply: Callable[[Body], str] = fill
    latency: float = 0.0
    fault: Fault = lambda body, number: None
    retry_after: str = "0"
    rejected: tuple[str, ...] = ()
    requests: list[Body] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)
    answered: int = 0
    in_flight: int = 0
    most_in_flight: int = 0
    times: list[tuple[float, float]] = field(default_factory=list)
    address: str = ""

    async def chat(self, request: web.Request) -> web.StreamResponse:
        began = time.monotonic()
        body = await request.json()
        self.requests.append(body)
        self.headers.append(dict(request.headers))
        number = len(self.requests)
        self.in_flight += 1
        self.most_in_flight = max(self.most_in_flight, self.in_flight)
        try:
            await asyncio.sleep(self.latency)
            return await self._answer(request, body, self.fault(body, number))
        finally:
            self.in_flight -= 1
            self.times.append((began, time.monotonic()))

    async def _answer(self, request: web.Request, body: Body, fault: str | None) -> web.StreamResponse:
        method = body.get("response_format", {}).get("type") or ("tools" if "tools" in body else "prompt")
        if method in self.rejected:
            return _error(400, f"response_format.type {method!r} is not supported")
        match fault:
            case "drop":
                assert request.transport is not None
                request.transport.abort()
                return web.Response()
            case "html":
                return web.Response(text="<html>Bad gateway</html>", content_type="text/html")
            case "torn body":
                whole = json.dumps(_completion(body, self.reply(body), "stop"))
                return web.Response(text=whole[: len(whole) // 2], content_type="application/json")
            case "short body":
                response = web.StreamResponse(headers={"Content-Length": "9999"})
                response.content_type = "application/json"
                await response.prepare(request)
                await response.write(b'{"id":')
                assert request.transport is not None
                request.transport.abort()
                return response
            case "no choices":
                return web.json_response(_completion(body, "", "stop") | {"choices": []})
            case "stall":
                await asyncio.sleep(3600)
            case "cut off":
                return await self._say(request, body, self.reply(body)[:-7], "length")
            case str() if fault.isdigit():
                return _error(int(fault), f"as asked for, {request.headers.get('Authorization')}", self.retry_after)
            case str():
                return await self._say(request, body, fault, "stop")
            case None:
                return await self._say(request, body, self.reply(body), "stop")
        return web.Response(status=500)

    async def _say(self, request: web.Request, body: Body, text: str, reason: str) -> web.StreamResponse:
        self.answered += 1
        if not body.get("stream"):
            return web.json_response(_completion(body, text, reason))
        response = web.StreamResponse()
        response.content_type = "text/event-stream"
        await response.prepare(request)
        for chunk in _chunks(body, text, reason):
            await response.write(f"data: {json.dumps(chunk)}\n\n".encode())
        await response.write(b"data: [DONE]\n\n")
        return response


def _error(status: int, message: str, retry_after: str = "") -> web.Response:
    body = {"error": {"message": message, "type": "error", "code": None}}
    return web.json_response(body, status=status, headers={"Retry-After": retry_after} if retry_after else {})


def _usage(body: Body, text: str) -> Body:
    asked = sum(len(message["content"]) for message in body["messages"]) // 4
    said = len(text) // 4
    return {
        "prompt_tokens": asked,
        "completion_tokens": said,
        "total_tokens": asked + said,
        "prompt_tokens_details": {"cached_tokens": asked // 2},
    }


def _message(body: Body, text: str) -> Body:
    if "tools" not in body:
        return {"role": "assistant", "content": text}
    call = {"id": "call_1", "index": 0, "type": "function", "function": {"name": "reply", "arguments": text}}
    return {"role": "assistant", "content": None, "tool_calls": [call]}


def _completion(body: Body, text: str, reason: str) -> Body:
    return {
        "id": "chatcmpl-1",
        "object": "chat.completion",
        "created": 1,
        "model": body["model"],
        "choices": [{"index": 0, "finish_reason": reason, "message": _message(body, text)}],
        "usage": _usage(body, text),
    }


def _chunks(body: Body, text: str, reason: str, size: int = 40) -> Iterator[Body]:
    base = {"id": "chatcmpl-1", "object": "chat.completion.chunk", "created": 1, "model": body["model"]}
    for start in range(0, len(text), size):
        delta = _message(body, text[start : start + size])
        yield base | {"choices": [{"index": 0, "delta": delta, "finish_reason": None}]}
    yield base | {"choices": [{"index": 0, "delta": {}, "finish_reason": reason}]}
    yield base | {"choices": [], "usage": _usage(body, text)}


def sometimes(seed: int, **rates: float) -> Fault:
    """Faults drawn with a fixed seed; a name such as `s429` stands for the status 429."""
    drawn = random.Random(seed)

    def fault(body: Body, number: int) -> str | None:
        at = drawn.random()
        for name, rate in rates.items():
            if at < rate:
                return name.removeprefix("s").replace("_", " ") if name[1:].isdigit() else name.replace("_", " ")
            at -= rate
        return None

    return fault


async def _serve(server: Server, port: int) -> tuple[web.AppRunner, str]:
    app = web.Application(client_max_size=10**9)
    app.router.add_post("/v1/chat/completions", server.chat)
    runner = web.AppRunner(app, shutdown_timeout=0.1)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", port, backlog=1024)
    await site.start()
    host, port = runner.addresses[0][:2]
    return runner, f"http://{host}:{port}/v1"


class Running:
    """A server in a thread of its own, so that it answers whatever loop the test runs."""

    def __init__(self, server: Server) -> None:
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._thread.start()
        self._runner, server.address = self._run(_serve(server, 0))

    def _run(self, coroutine: Any) -> Any:
        return asyncio.run_coroutine_threadsafe(coroutine, self._loop).result(10)

    def stop(self) -> None:
        self._run(self._runner.cleanup())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(5)
        self._loop.close()


async def _main(latency: float, port: int) -> None:
    _, address = await _serve(Server(latency=latency), port)
    print(address, flush=True)
    await asyncio.Event().wait()


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--latency", type=float, default=0.0)
    parser.add_argument("--port", type=int, default=0)
    given = parser.parse_args()
    asyncio.run(_main(given.latency, given.port))
