"""What each call leaves for those who observe: a span by OpenTelemetry's GenAI conventions, a line in the log.

Neither holds a prompt, a reply or a key. Spans need the extra `otel` and go wherever the process sends its
traces; the logger is called `jemaa.models`, and a record's `call` holds the figures.
"""

import logging
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any

_PROVIDERS = {"google_genai": "gcp.gemini", "mistralai": "mistral_ai", "gguf": "llama_cpp"}
_LOG = logging.getLogger("jemaa.models")


@contextmanager
def observed(provider: str, model: str, address: str) -> Iterator[dict[str, Any]]:
    """Observe one call for the turn `address`. What is put into the mapping, by its conventional name, is told.

    Whoever empties the mapping says that there was no call.
    """
    told: dict[str, Any] = {
        "gen_ai.operation.name": "chat",
        "gen_ai.provider.name": _PROVIDERS.get(provider, provider),
        "gen_ai.request.model": model,
        "jemaa.turn": address,
    }
    began = time.perf_counter()
    span = _span(f"chat {model}")
    try:
        yield told
    finally:
        if span is not None and told:
            span.set_attributes(told)
            if "error.type" in told:
                span.set_status(_error())
            span.end()
        if told and _LOG.isEnabledFor(logging.INFO):
            seconds = round(time.perf_counter() - began, 3)
            _LOG.info("chat %s for %s", model, address, extra={"call": told | {"seconds": seconds}})


def _span(name: str) -> Any:
    if (tracer := _tracer()) is None:
        return None
    from opentelemetry.trace import SpanKind  # noqa: PLC0415  an extra

    return tracer.start_span(name, kind=SpanKind.CLIENT)


def _error() -> Any:
    from opentelemetry.trace import Status, StatusCode  # noqa: PLC0415  an extra

    return Status(StatusCode.ERROR)


@cache
def _tracer() -> Any:
    try:
        from opentelemetry import trace  # noqa: PLC0415  an extra
    except ImportError:
        return None
    return trace.get_tracer("jemaa")
