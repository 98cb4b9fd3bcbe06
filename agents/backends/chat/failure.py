"""What an exception of a provider's library means: try again, give up this turn, or end the debate.

Every library has a tree of its own; what they share is a status code somewhere in the chain of causes, and
the network exceptions below them.
"""

import asyncio
import json
from collections.abc import Iterator
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from http.client import responses
from typing import Any

from agents.backends.chat.secrets import without_secrets
from agents.errors import ProviderError

_AGAIN = frozenset({408, 409, 425, 429, 500, 502, 503, 504, 507, 520, 521, 522, 523, 524, 529})
_NEVER = frozenset({401, 402, 403, 404, 405, 407, 410, 451})
_SPENT = frozenset({"insufficient_quota", "billing_hard_limit_reached", "credit_balance_too_low"})
_NETWORK = frozenset(
    {"httpx", "httpx2", "httpcore", "httpcore2", "aiohttp", "requests", "urllib3", "websockets"}
)
_NETWORK_NAMES = frozenset(
    {"APIConnectionError", "APITimeoutError", "ServiceUnavailable", "DeadlineExceeded"}
)
_NOBODY_THERE = frozenset(
    {"ClientConnectorError", "ClientConnectorDNSError", "ConnectError", "ConnectionRefusedError", "gaierror"}
)
_BODY_ERRORS = (json.JSONDecodeError, ValueError, KeyError, IndexError, TypeError, AttributeError)
_LONGEST = 300


class CallFailure(Exception):
    """A call to a model that failed. `cause` says why, for people, without secrets; `status` is HTTP's."""

    def __init__(self, cause: str, status: int | None = None) -> None:
        super().__init__(cause)
        self.cause = cause
        self.status = status


class Transient(CallFailure):
    """It may work later. `wait` is what the server asked for, in seconds, if it did."""

    def __init__(self, cause: str, status: int | None = None, wait: float | None = None) -> None:
        super().__init__(cause, status)
        self.wait = wait


class Unreached(Transient):
    """There is nobody at that address."""


class Refused(CallFailure):
    """The server will not take this request; `text` is what it said."""

    def __init__(self, cause: str, status: int | None = None, text: str = "") -> None:
        super().__init__(cause, status)
        self.text = text


class Hopeless(Refused):
    """The server will not take any request of ours: key, permission, address or model name are wrong."""


def failure(error: Exception, model: str) -> CallFailure:
    """What `error`, raised while `model` was called, means."""
    chain = list(_chain(error))
    ours = next((link for link in chain if isinstance(link, CallFailure)), None)
    if ours is not None:
        return ours
    status = next((code for link in chain if (code := _status(link)) is not None), None)
    said = without_secrets(" ".join(_said(error).split()))[:_LONGEST]
    if status is not None:
        return _by_status(status, chain, said, model)
    if any(type(link).__name__ in _NOBODY_THERE for link in chain):
        deepest = without_secrets(" ".join(str(chain[-1]).split()))[:_LONGEST]
        return Unreached(f"{model} could not be reached: {deepest}")
    if any(isinstance(link, TimeoutError | asyncio.TimeoutError) for link in chain):
        return Transient(f"{model} did not answer in time")
    if any(_is_network(link) for link in chain):
        return Transient(f"{model} could not be reached: {said}")
    if isinstance(error, _BODY_ERRORS):
        return Transient(f"{model} sent a body that is not a reply: {said}")
    return Refused(f"{model} could not be asked: {type(error).__name__}: {said}")


def remedy(cause: CallFailure) -> str:
    """What a person can do about a failure that ended the debate."""
    going_on = "; what was said is kept, and jemaa resume last goes on."
    if isinstance(cause, Unreached):
        return f"See that the server runs and that its address is right{going_on}"
    if cause.status in {HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN}:
        return f"Set a key that may use this model (jemaa models tells its variable){going_on}"
    if cause.status == HTTPStatus.NOT_FOUND:
        return (
            "See that the name of the model and the server's address are right; "
            "with another model: jemaa fork last --model PROVIDER:NAME."
        )
    if cause.status == HTTPStatus.BAD_REQUEST and "context" in cause.cause.lower():
        return "If the request is too long for the model, begin again with --context TOKENS."
    return f"Put this right{going_on}"


def ended_by(error: BaseException) -> ProviderError | None:
    """What ended the debate before a request was sent, whatever the library made of it."""
    return next((link for link in _chain(error) if isinstance(link, ProviderError)), None)


def _by_status(status: int, chain: list[BaseException], said: str, model: str) -> CallFailure:
    name = responses.get(status, "error")
    cause = f"{model}: {status} {name}: {said}"
    if any(_code(link) in _SPENT for link in chain):
        return Hopeless(cause, status, said)
    if status in _AGAIN or (status > 500 and status not in _NEVER):
        wait = next((asked for link in chain if (asked := _wait(link)) is not None), None)
        return Transient(cause, status, wait)
    if status in _NEVER:
        return Hopeless(cause, status, said)
    return Refused(cause, status, said)


def _chain(error: BaseException) -> Iterator[BaseException]:
    seen: set[int] = set()
    link: BaseException | None = error
    while link is not None and id(link) not in seen:
        seen.add(id(link))
        yield link
        link = link.__cause__ or link.__context__


def _status(error: BaseException) -> int | None:
    """The HTTP status that an exception carries, by the names that the libraries use."""
    if _library(error) == "aiohttp":  # its broken bodies carry a 400 that no server sent
        return None
    response = getattr(error, "response", None)
    for holder, name in (
        (error, "status_code"),
        (response, "status_code"),
        (error, "code"),
        (error, "status"),
    ):
        value = getattr(holder, name, None)
        if isinstance(value, int) and 400 <= value < 600:
            return value
    said = error.args[0] if error.args and isinstance(error, ValueError) else None
    if isinstance(said, dict) and isinstance(
        said.get("code"), int
    ):  # an error inside a body that came with 200
        return int(said["code"])
    return None


def _code(error: BaseException) -> str | None:
    body: Any = getattr(error, "body", None)
    inner = body.get("error", body) if isinstance(body, dict) else None
    code = getattr(error, "code", None) or (inner.get("code") if isinstance(inner, dict) else None)
    return code if isinstance(code, str) else None


def _wait(error: BaseException) -> float | None:
    """Seconds from `Retry-After` (seconds or a date) or `retry-after-ms`."""
    headers = getattr(getattr(error, "response", None), "headers", None)
    if headers is None:
        return None
    try:
        if milliseconds := headers.get("retry-after-ms"):
            return max(0.0, float(milliseconds) / 1000)
        value = headers.get("retry-after")
        if value is None:
            return None
        if value.strip().replace(".", "", 1).isdigit():
            return float(value)
        return max(0.0, (parsedate_to_datetime(value) - datetime.now(UTC)).total_seconds())
    except (TypeError, ValueError):
        return None


def _is_network(error: BaseException) -> bool:
    named = type(error).__name__ in _NETWORK_NAMES
    return named or isinstance(error, OSError) or _library(error) in _NETWORK


def _library(error: BaseException) -> str:
    return type(error).__module__.partition(".")[0]


def _said(error: Exception) -> str:
    body: Any = getattr(error, "body", None)
    inner = body.get("error", body) if isinstance(body, dict) else None
    message = inner.get("message") if isinstance(inner, dict) else None
    return str(message or error)
