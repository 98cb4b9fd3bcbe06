"""The ways to ask a model for a form: JSON schema, a tool to call, JSON mode, or words alone."""

import json
from collections.abc import AsyncIterator, Mapping, Sequence
from typing import Any, Literal, NamedTuple

from langchain_core.language_models import BaseChatModel
from langchain_core.messages import AIMessage, BaseMessage, HumanMessage
from langchain_core.runnables import Runnable, RunnableGenerator

from agents.backends.chat.failure import Refused

Method = Literal["json_schema", "tools", "json_mode", "prompt"]

TOOL = "reply"
IN_PROCESS = "gguf"
SPEAKS_OPENAI = frozenset({"openai", IN_PROCESS})
_REJECTING = (400, 404, 415, 422, 500, 501)
_SIGNS = (
    "response_format",
    "json_schema",
    "json_object",
    "schema",
    "structured",
    "tool",
    "function",
    "grammar",
    "format",
)
_LANGCHAIN_NAMES = {"json_schema": "json_schema", "tools": "function_calling", "json_mode": "json_mode"}


class Bounds(NamedTuple):
    """Limits to a reply of a model on this machine, where nobody else ends one that repeats itself.

    Characters of a text, members of a list, tokens of the whole.
    """

    text: int
    members: int
    tokens: int


SMALL = Bounds(text=400, members=4, tokens=1536)
"""For a model file run in this process."""
LOOPBACK = Bounds(text=600, members=6, tokens=4096)
"""For a server on this machine; llama.cpp slows down with the length that a text may have."""


def rejects_method(refused: Refused) -> bool:
    """True when a server refused the way in which a form was asked for rather than the request itself."""
    said = refused.text.lower()
    return refused.status in _REJECTING and any(sign in said for sign in _SIGNS)


def shaped(
    model: BaseChatModel,
    provider: str,
    method: Method,
    schema: Mapping[str, Any],
    messages: Sequence[BaseMessage],
    *,
    bounds: Bounds | None,
) -> tuple[Runnable[Any, Any], list[BaseMessage]]:
    """What to call, and with which messages, so that `model` answers in the form of `schema` within `bounds`."""
    asked = list(messages)
    if method in {"json_mode", "prompt"}:
        form = json.dumps(schema, ensure_ascii=False, separators=(",", ":"))
        asked.append(HumanMessage(f"JSON Schema of the reply:\n{form}"))
    if bounds is not None:
        schema = bounded(schema, bounds)
    if provider in SPEAKS_OPENAI:
        return _openai(model, method, schema), asked
    if method == "prompt":
        return model, asked
    named = {"title": TOOL, "description": "What the speaker says.", **schema}
    structured = model.with_structured_output(named, method=_LANGCHAIN_NAMES[method], include_raw=True)
    return structured | RunnableGenerator(_raw), asked  # a generator, so that streaming goes through it


def bounded(schema: Any, bounds: Bounds) -> Any:
    """`schema` with limits to texts and lists: a small model that repeats itself must come to an end."""
    if isinstance(schema, list):
        return [bounded(item, bounds) if isinstance(item, dict) else item for item in schema]
    if not isinstance(schema, dict):
        return schema
    held = {name: bounded(item, bounds) for name, item in schema.items()}
    if schema.get("type") == "string" and "enum" not in schema:
        held["maxLength"] = bounds.text
    if schema.get("type") == "array":
        held["maxItems"] = bounds.members
    return held


def _openai(model: BaseChatModel, method: Method, schema: Mapping[str, Any]) -> Runnable[Any, Any]:
    """The fields of OpenAI's protocol, past the client's own walk through the schema at every call."""
    match method:
        case "json_schema":
            form = {"type": "json_schema", "json_schema": {"name": TOOL, "strict": True, "schema": schema}}
            return model.bind(extra_body={"response_format": form})
        case "tools":
            tool = {"type": "function", "function": {"name": TOOL, "parameters": schema}}
            choice = {"type": "function", "function": {"name": TOOL}}
            return model.bind(extra_body={"tools": [tool], "tool_choice": choice})
        case "json_mode":
            return model.bind(extra_body={"response_format": {"type": "json_object"}})
        case "prompt":
            return model


async def _raw(outputs: AsyncIterator[Any]) -> AsyncIterator[Any]:
    async for output in outputs:
        if "raw" in output:
            yield output["raw"]


def written(message: AIMessage) -> str:
    """The reply's text: the arguments of the tool that was called, else what was said."""
    calls = message.tool_calls or message.invalid_tool_calls
    if calls:
        arguments = calls[0]["args"]
        return arguments if isinstance(arguments, str) else json.dumps(arguments, ensure_ascii=False)
    return message.text
