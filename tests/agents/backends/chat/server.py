"""A server on loopback that speaks OpenAI's protocol, fills in the form it is given, and misbehaves on demand.

Usable by itself too: `python server.py --latency 0.2` prints its address and serves until it is stopped.
"""

import argparse
import asyncio
import json
import random
import sys
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web

Body = dict[str, Any]
FAULTS = ("cut off", "drop", "html", "no choices", "short body", "stall", "torn body")
Fault = Callable[[Body, int], str | None]
"""From a request and its number (from 1) to the name of a misbehaviour, a status or a reply, or None."""


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


def first(*faults: str) -> Fault:
    """These misbehaviours, one for each request, then none."""
    return lambda _body, number: faults[number - 1] if number <= len(faults) else None


def always(fault: str) -> Fault:
    """The same misbehaviour at every request."""
    return lambda _body, _number: fault


@dataclass
class Server:
    """What was asked and what shall be answered. `latency` in seconds; `faults` decides on misbehaviour."""

    reply: Callable[[Body], str] = fill
    latency: float = 0.0
    fault: Fault = field(default_factory=first)
    retry_after: str = "0"
    rejected: tuple[str, ...] = ()
    requests: list[Body] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)
    asked: int = 0
    answered: int = 0
    in_flight: int = 0
    most_in_flight: int = 0
    seen: list[Body] = field(default_factory=list)
    keep: bool = True
    address: str = ""

    async def chat(self, request: web.Request) -> web.StreamResponse:
        began = time.monotonic()
        body = await request.json()
        self.asked += 1
        number = self.asked
        seen: Body = {"began": began, "ended": None}
        if self.keep:
            self.requests.append(body)
            self.headers.append(dict(request.headers))
            seen["parts"] = [message["content"] for message in body["messages"]]
            seen["prompt"] = "\n".join(seen["parts"])
            seen["schema"] = body.get("response_format", {}).get("json_schema", {}).get("schema")
            self.seen.append(seen)
        self.in_flight += 1
        self.most_in_flight = max(self.most_in_flight, self.in_flight)
        try:
            await asyncio.sleep(self.latency)
            return await self._answer(request, body, self.fault(body, number))
        finally:
            self.in_flight -= 1
            seen["ended"] = time.monotonic()

    async def control(self, request: web.Request) -> web.Response:
        """What was seen so far (GET); counts set to zero and behaviour changed (POST)."""
        if request.method == "POST":
            told = await request.json()
            self.latency, self.keep = told.get("latency", 0.0), told.get("keep", True)
            self.fault = sometimes(told.get("seed", 0), **told.get("faults", {}))
            self.asked = self.answered = self.most_in_flight = 0
            for kept in (self.requests, self.headers, self.seen):
                kept.clear()
        return web.json_response(
            {"asked": self.asked, "answered": self.answered, "most": self.most_in_flight, "seen": self.seen}
        )

    async def _answer(self, request: web.Request, body: Body, fault: str | None) -> web.StreamResponse:
        method = body.get("response_format", {}).get("type") or ("tools" if "tools" in body else "prompt")
        if method in self.rejected:
            return _error(400, f"response_format.type {method!r} is not supported")
        if fault is None or not (fault.isdigit() or fault in FAULTS):
            return await self._say(request, body, fault or self.reply(body), "stop")
        return await self._misbehave(request, body, fault)

    async def _misbehave(self, request: web.Request, body: Body, fault: str) -> web.StreamResponse:
        if fault.isdigit():
            said = f"as asked for, {request.headers.get('Authorization')}"
            return _error(int(fault), said, self.retry_after)
        if fault == "cut off":
            return await self._say(request, body, self.reply(body)[:-7], "length")
        whole = _completion(body, self.reply(body), "stop")
        match fault:
            case "drop":
                return await _torn(request, b"")
            case "short body":
                return await _torn(request, b'{"id":')
            case "stall":
                await asyncio.sleep(3600)
            case "html":
                return web.Response(text="<html>Bad gateway</html>", content_type="text/html")
            case "torn body":
                text = json.dumps(whole)
                return web.Response(text=text[: len(text) // 2], content_type="application/json")
        return web.json_response(whole | {"choices": []})

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


async def _torn(request: web.Request, begun: bytes) -> web.StreamResponse:
    """A response whose connection is cut after `begun`, or before anything is sent."""
    response = web.StreamResponse(headers={"Content-Length": "9999"})
    response.content_type = "application/json"
    if begun:
        await response.prepare(request)
        await response.write(begun)
    assert request.transport is not None
    request.transport.abort()
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
                return (
                    name.removeprefix("s").replace("_", " ") if name[1:].isdigit() else name.replace("_", " ")
                )
            at -= rate
        return None

    return fault


async def _serve(server: Server, port: int) -> tuple[web.AppRunner, str]:
    app = web.Application(client_max_size=10**9)
    app.router.add_post("/v1/chat/completions", server.chat)
    app.router.add_route("*", "/control", server.control)
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

    async def _end(self) -> None:
        await self._runner.cleanup()
        left = [task for task in asyncio.all_tasks() if task is not asyncio.current_task()]
        for task in left:
            task.cancel()
        await asyncio.gather(*left, return_exceptions=True)

    def stop(self) -> None:
        self._run(self._end())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(5)
        self._loop.close()


async def _main(latency: float, port: int) -> None:
    _, address = await _serve(Server(latency=latency), port)
    sys.stdout.write(f"{address}\n")
    sys.stdout.flush()
    await asyncio.Event().wait()


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--latency", type=float, default=0.0)
    parser.add_argument("--port", type=int, default=0)
    given = parser.parse_args()
    asyncio.run(_main(given.latency, given.port))
