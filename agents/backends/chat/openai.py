"""OpenAI's protocol at less than half of the usual processor time for each call."""

import os
from typing import Any

from langchain_core.language_models import LanguageModelInput
from langchain_openai import ChatOpenAI
from openai import DefaultAioHttpClient

from agents.backends.chat.ahead import BEFORE_SENDING


class LeanChatOpenAI(ChatOpenAI):
    """ChatOpenAI whose messages go past the client's own walk through them, which checks nothing."""

    def _get_request_payload(
        self, input_: LanguageModelInput, *, stop: list[str] | None = None, **kwargs: Any
    ) -> dict[str, Any]:
        payload: dict[str, Any] = super()._get_request_payload(input_, stop=stop, **kwargs)
        payload["extra_body"] = {**(payload.get("extra_body") or {}), "messages": payload["messages"]}
        payload["messages"] = []
        return payload


def openai_model(model: str, timeout: float, **options: Any) -> LeanChatOpenAI:
    """The chat model `model`, on aiohttp, without retries; address and key from the usual variables.

    Servers of one's own ask for no key, but the client insists on one.
    """
    if not os.environ.get("OPENAI_API_KEY"):
        options.setdefault("api_key", "none")
    return LeanChatOpenAI(
        model_name=model,
        max_retries=0,
        request_timeout=timeout,
        use_responses_api=False,
        stream_usage=True,
        http_async_client=DefaultAioHttpClient(event_hooks={"request": [_before_sending]}),
        **options,
    )


async def _before_sending(request: Any) -> None:
    if wait := BEFORE_SENDING.get():
        await wait()
