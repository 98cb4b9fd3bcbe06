"""One model that can be asked, with what its answers cost."""

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator, Awaitable, Callable, Mapping, Sequence
from typing import Any, NamedTuple

from langchain_core.messages import AIMessage, AIMessageChunk, BaseMessage
from langchain_core.messages.ai import add_ai_message_chunks

from agents.backends.chat.failure import Refused, Transient, ended_by, failure
from agents.backends.chat.method import Method, rejects_method, shaped, written
from agents.backends.chat.provider import Opened

_CUT = frozenset({"length", "max_tokens", "max_output_tokens", "model_length"})


class Said(NamedTuple):
    """What came back from one call. `cached` of the input tokens were read from the provider's cache."""

    text: str
    cut: bool
    input_tokens: int = 0
    cached: int = 0
    output_tokens: int = 0


class Voice:
    """A model, asked by the best method that its server takes.

    When the server refuses a method, the next one is used for the rest of the debate.
    """

    def __init__(self, opened: Opened) -> None:
        self.name = opened.name
        self.provider = opened.provider
        self._opened = opened
        self._methods = list(opened.methods)
        self._connections: AsyncGenerator[None, None] | None = None

    @property
    def method(self) -> Method:
        """How a form is asked for at present."""
        return self._methods[0]

    async def say(
        self,
        messages: Sequence[BaseMessage],
        schema: Mapping[str, Any],
        heard: Callable[[str], None] | None = None,
    ) -> Said:
        """One request. With `heard`, the reply is streamed and `heard` gets the text so far at each piece.

        Raises CallFailure, and what is raised before it is sent.
        """
        method = self.method
        if self._connections is None:
            self._connections = _until_closed(self._opened.close)
            await anext(self._connections)
        try:
            return await self._say(method, messages, schema, heard)
        except Refused as refused:
            if len(self._methods) == 1 or not rejects_method(refused):
                raise
            if self.method == method:
                self._methods.pop(0)
            raise Transient(f"{self.name} does not take the method {method}", wait=0.0) from None

    async def close(self) -> None:
        """Close the connections to the server."""
        if self._connections is not None:
            await self._connections.aclose()

    async def _say(
        self,
        method: Method,
        messages: Sequence[BaseMessage],
        schema: Mapping[str, Any],
        heard: Callable[[str], None] | None,
    ) -> Said:
        opened = self._opened
        asked, sent = shaped(opened.model, opened.provider, method, schema, messages, bounds=opened.bounds)
        try:
            async with asyncio.timeout(self._opened.timeout):
                if heard is None:
                    message = await asked.ainvoke(sent)
                else:
                    message = await _streamed(asked.astream(sent), heard)
        except Exception as error:  # noqa: BLE001  each library raises its own; failure() tells what it means
            raise ended_by(error) or failure(error, self.name) from None
        if not isinstance(message, AIMessage):
            raise Transient(f"{self.name} sent something that is not a reply")
        return _said(message)


async def _until_closed(close: Callable[[], Awaitable[None]] | None) -> AsyncGenerator[None, None]:
    """Keeps connections open until they are closed: by its owner, by the end of the event loop, or with the last
    reference to it, since the loop looks after generators as it does not after connections.
    """
    try:
        yield
    finally:
        if close is not None:
            await close()


async def _streamed(chunks: AsyncIterator[Any], heard: Callable[[str], None]) -> AIMessageChunk | None:
    whole: list[AIMessageChunk] = []
    text = ""
    async for chunk in chunks:
        whole.append(chunk)
        calls = chunk.tool_call_chunks
        if piece := (calls[0]["args"] or "") if calls else chunk.text:
            text += piece
            heard(text)
    return add_ai_message_chunks(whole[0], *whole[1:]) if whole else None


def _said(message: AIMessage) -> Said:
    usage: Mapping[str, Any] = message.usage_metadata or {}
    details = usage.get("input_token_details") or {}
    about = message.response_metadata
    reason = about.get("finish_reason") or about.get("stop_reason") or about.get("done_reason") or ""
    return Said(
        text=written(message),
        cut=str(getattr(reason, "name", reason)).lower() in _CUT,
        input_tokens=usage.get("input_tokens", 0),
        cached=details.get("cache_read") or 0,
        output_tokens=usage.get("output_tokens", 0),
    )
