"""What calls leave for those who observe, and what they never leave."""

import logging
import traceback
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from agents.backends.chat.ask import Patience
from agents.backends.chat.backend import ChatBackend
from agents.errors import ProviderError
from tests.agents.backends.chat.conftest import IMPATIENT, article, opening_request, plan_of
from tests.agents.backends.chat.server import Server, always, first
from transcripts.log.session import start

CANARY = "0123456789abcdef"


async def answered(**options: Any) -> None:
    backend = ChatBackend(plan_of(article()), patience=IMPATIENT, **options)
    request = opening_request()
    try:
        await backend.answer(request, backend.render(request))
    finally:
        await backend.close()


class TestLog:
    async def test_each_call_is_a_line_with_its_figures(
        self, server: Server, caplog: pytest.LogCaptureFixture
    ) -> None:
        """Model, turn, tokens and seconds of each call, the failed ones too."""
        server.fault = first("503")
        with caplog.at_level(logging.INFO, "jemaa.models"):
            await answered()

        failed, good = (vars(record)["call"] for record in caplog.records)
        assert "503" == failed["error.type"]
        assert good["gen_ai.usage.input_tokens"] > 0
        assert ("fake", "R1/opening/1/finance") == (
            good["gen_ai.request.model"],
            good["jemaa.turn"],
        )

    async def test_each_call_is_a_span(self, server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
        """OpenTelemetry's GenAI attributes stand on one span for each call, its failures marked as such."""
        trace = pytest.importorskip("opentelemetry.sdk.trace")
        export = pytest.importorskip("opentelemetry.sdk.trace.export.in_memory_span_exporter")
        simple = pytest.importorskip("opentelemetry.sdk.trace.export")
        kept = export.InMemorySpanExporter()
        provider = trace.TracerProvider()
        provider.add_span_processor(simple.SimpleSpanProcessor(kept))
        monkeypatch.setattr("agents.backends.chat.trace._tracer", lambda: provider.get_tracer("jemaa"))
        server.fault = first("503")
        await answered()

        failed, span = kept.get_finished_spans()
        assert ("503", "ERROR") == (failed.attributes["error.type"], failed.status.status_code.name)
        assert ("chat fake", "CLIENT", "UNSET") == (span.name, span.kind.name, span.status.status_code.name)
        assert span.attributes["gen_ai.usage.input_tokens"] > 0
        assert ("chat", "openai") == (
            span.attributes["gen_ai.operation.name"],
            span.attributes["gen_ai.provider.name"],
        )


class TestSecretsStay:
    @pytest.fixture
    def canary(self, server: Server, monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
        """A key that is in the environment and in every header, and that the server says back."""
        monkeypatch.setenv("SOME_OTHER_TOKEN", f"canary-{CANARY}")
        yield server
        assert all(CANARY in headers["Authorization"] for headers in server.headers)

    @pytest.mark.parametrize("fault", ["401", "429", "500", f"leaked sk-canary-{CANARY} in prose"])
    async def test_no_key_is_written_anywhere(
        self, canary: Server, fault: str, tmp_path: Path, caplog: pytest.LogCaptureFixture
    ) -> None:
        """Neither transcript, nor log, nor message, nor traceback holds a key that was used."""
        canary.fault = always(fault)
        plan = plan_of(article())

        def opened(asked: Any) -> ChatBackend:
            return ChatBackend(asked, patience=Patience(tries=2, first=0.001, longest=1.0))

        session = start(plan, opened, tmp_path)
        said = ""
        with caplog.at_level(logging.DEBUG, "jemaa"):
            try:
                async for event in session.events():
                    said += str(event)
            except ProviderError as error:
                said += "".join(traceback.format_exception(error)) + str(error)

        written = "".join(path.read_text("utf-8") for path in tmp_path.rglob("*") if path.is_file())  # noqa: ASYNC240
        assert len(written) > 1000
        for text in (written, said, caplog.text, "".join(str(vars(record)) for record in caplog.records)):
            assert CANARY not in text
