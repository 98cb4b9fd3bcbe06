"""What an exception of a provider's library means, and what it may tell."""

import json
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from typing import Any

import httpx
import pytest

from agents.backends.chat.failure import CallFailure, Hopeless, Refused, Transient, failure
from agents.backends.chat.secrets import without_secrets


def _status(code: int, headers: dict[str, str] | None = None, body: Any = None) -> Exception:
    response = httpx.Response(
        code, headers=headers, json=body, request=httpx.Request("POST", "http://127.0.0.1/v1")
    )
    error = httpx.HTTPStatusError(f"status {code}", request=response.request, response=response)
    if body is not None:
        vars(error)["body"] = body  # as OpenAI's and Anthropic's clients set it
    return error


class TestFailure:
    @pytest.mark.parametrize("code", [408, 409, 429, 500, 502, 503, 504, 529])
    def test_what_may_pass_is_transient(self, code: int) -> None:
        """A server that is busy or broken may be asked again."""
        assert isinstance(failure(_status(code), "p:m"), Transient)

    @pytest.mark.parametrize("code", [401, 402, 403, 404])
    def test_what_cannot_be_is_hopeless(self, code: int) -> None:
        """A wrong key, an unpaid bill or an unknown model will not be right next time."""
        assert isinstance(failure(_status(code), "p:m"), Hopeless)

    def test_a_bad_request_is_refused_alone(self) -> None:
        """A request that is too long says nothing about the others."""
        refused = failure(_status(400), "p:m")

        assert type(refused) is Refused
        assert 400 == refused.status

    def test_a_spent_quota_is_not_a_busy_server(self) -> None:
        """A 429 for want of money is hopeless."""
        error = _status(429, body={"error": {"message": "You exceeded", "code": "insufficient_quota"}})

        assert isinstance(failure(error, "p:m"), Hopeless)

    @pytest.mark.parametrize(
        "error",
        [
            ConnectionResetError("reset"),
            TimeoutError(),
            httpx.ConnectError("refused"),
            httpx.RemoteProtocolError("closed"),
            json.JSONDecodeError("no", "x", 0),
            ValueError("Unexpected response type"),
            IndexError("list index out of range"),
        ],
    )
    def test_the_network_and_broken_bodies_are_transient(self, error: Exception) -> None:
        """Resets, stalls and bodies that are no reply may pass."""
        assert isinstance(failure(error, "p:m"), Transient)

    def test_the_cause_may_be_deep_in_the_chain(self) -> None:
        """A library's own exception around the one that carries the status changes nothing."""
        try:
            try:
                raise _status(503, {"Retry-After": "7"})
            except httpx.HTTPStatusError as inner:
                raise RuntimeError("the provider is unwell") from inner
        except RuntimeError as outer:
            transient = failure(outer, "p:m")

        assert isinstance(transient, Transient)
        assert 7.0 == transient.wait

    def test_a_date_to_wait_for(self) -> None:
        """`Retry-After` may be a date; one in the past means now."""
        soon = format_datetime(datetime.now(UTC) + timedelta(seconds=90), usegmt=True)
        past = format_datetime(datetime.now(UTC) - timedelta(seconds=90), usegmt=True)
        failures = [failure(_status(429, {"Retry-After": date}), "p:m") for date in (soon, past)]
        waits = [told.wait for told in failures if isinstance(told, Transient)]

        assert 80 < (waits[0] or 0) <= 90
        assert 0.0 == waits[1]

    @pytest.mark.parametrize("header", ["soon", "", "-3", "1e400x"])
    def test_a_nonsensical_wait_is_ignored(self, header: str) -> None:
        """A header that cannot be read leaves the wait to us."""
        transient = failure(_status(429, {"Retry-After": header}), "p:m")

        assert isinstance(transient, Transient)
        assert transient.wait is None

    def test_anything_else_is_refused_by_name(self) -> None:
        """An exception that nobody foresaw is not repeated, and is named."""
        refused = failure(RuntimeError("odd"), "p:m")

        assert type(refused) is Refused
        assert "RuntimeError: odd" in refused.cause


class TestSecrets:
    def test_values_of_secret_variables_are_hidden(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """Whatever stands in a variable that looks like a secret is never shown, in whatever form it comes."""
        monkeypatch.setenv("SOME_API_KEY", "canary/42")
        monkeypatch.setenv("OTHER_TOKEN", "canary/42/longer")

        said = failure(ValueError("failed with canary/42/longer and canary/42"), "p:m")

        assert isinstance(said, CallFailure)
        assert "canary" not in said.cause
        assert "/longer" not in said.cause

    @pytest.mark.parametrize(
        "text",
        [
            "Authorization: Bearer abcdefgh12345678",
            "key sk-proj-abcdefghijkl was refused",
            "https://host/v1?key=CANARYVALUE&alt=sse",
            "http://user:canaryword@host/v1",
            "AIzaSyCanaryCanaryCanaryCanary",
        ],
    )
    def test_shapes_of_keys_are_hidden(self, text: str) -> None:
        """Keys that come from elsewhere are recognised by their shape."""
        assert "***" in without_secrets(text)
        assert "canary" not in without_secrets(text).lower()
        assert "abcdefgh" not in without_secrets(text)

    def test_ordinary_text_stays(self) -> None:
        """A message without a key is left as it is."""
        assert "model gpt-9 is not found (404)" == without_secrets("model gpt-9 is not found (404)")
