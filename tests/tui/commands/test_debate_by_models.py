"""`jemaa debate` and `jemaa resume` with a language model on loopback: limits, log and what is said of failures."""

import asyncio
import json
from pathlib import Path
from typing import Any

import pytest

from tests.agents.backends.chat.conftest import server  # noqa: F401  the fixture
from tests.agents.backends.chat.server import Server, always, first
from tui.main import run

Captured = pytest.CaptureFixture[str]
CANARY = "0123456789abcdef"
TURNS = 2 * 2 * 2 + 2 + 1


@pytest.fixture
def debate(article: Path, saved: Path, server: Server) -> list[str]:  # noqa: F811
    """A command that holds a debate of eleven turns through `server`."""
    for path in saved.iterdir():
        path.unlink()
    return ["debate", str(article), "--model", "openai:fake", "--roles", "finance,energy"]


@pytest.fixture
def asked_of(server: Server) -> Server:  # noqa: F811
    """The server that the debate asks."""
    return server


def turns(server: Server) -> list[str]:  # noqa: F811
    return [json.dumps(body["messages"]) for body in server.requests]


class TestLimits:
    @pytest.mark.parametrize(
        "limit, more",
        [("3 calls", "100 calls"), ("5k tokens", "1M tokens")],
    )
    def test_a_spent_budget_ends_in_order_and_resume_goes_on(
        self, debate: list[str], asked_of: Server, capsys: Captured, limit: str, more: str
    ) -> None:
        """Exit 3 with the limit's name, a transcript that holds, and nothing asked twice afterwards."""
        assert 3 == run([*debate, "--in-flight", "1", "--budget", limit])
        assert f"The budget of {limit.replace('5k', '5,000')} is spent" in capsys.readouterr().err
        asked = asked_of.asked
        assert asked < TURNS
        assert 0 == run(["verify", "last"])

        assert 0 == run(["resume", "last", "--budget", more, "--json"])
        out = capsys.readouterr().out

        assert TURNS == asked_of.asked == len(set(turns(asked_of)))
        assert TURNS == json.loads(out[out.index("{\n") :])["usage"]["calls"]
        assert 0 == run(["verify", "last"])

    def test_calls_in_flight_are_kept_when_the_budget_is_spent(
        self,
        debate: list[str],
        asked_of: Server,
        saved: Path,
    ) -> None:
        """Every reply that was paid for is in the transcript, however many were under way."""
        asked_of.latency = 0.02

        assert 3 == run([*debate, "--budget", "4 calls"])

        (transcript,) = saved.glob("*.jsonl")
        kinds = [json.loads(line)["kind"] for line in transcript.read_text("utf-8").splitlines()]
        assert 4 == kinds.count("answered") == asked_of.asked

    def test_the_deadline_breaks_off_what_is_under_way(
        self,
        debate: list[str],
        asked_of: Server,
        capsys: Captured,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        """At the deadline nothing is waited for; resume names what may be paid for twice and goes on."""
        ahead, real = [0.0], asyncio.BaseEventLoop.time
        monkeypatch.setattr(asyncio.BaseEventLoop, "time", lambda loop: real(loop) + ahead[0])

        def late(body: Any, number: int) -> str | None:
            if number == 3:
                ahead[0] += 3600
                return "stall"
            return None

        asked_of.fault = late

        assert 3 == run([*debate, "--deadline", "1h"])
        assert "The debate's deadline of 3,600 seconds is reached" in capsys.readouterr().err

        asked_of.fault = first()
        assert 0 == run(["resume", "last", "--deadline", "2h"])
        assert "perhaps paid for twice: R" in capsys.readouterr().err
        assert 0 == run(["verify", "last"])

    def test_a_turn_that_takes_too_long_is_lost_alone(
        self,
        debate: list[str],
        asked_of: Server,
        capsys: Captured,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        """The turn is on record as failed, and ruling and strategy name who could not be heard."""
        ahead, real = [0.0], asyncio.BaseEventLoop.time
        monkeypatch.setattr(asyncio.BaseEventLoop, "time", lambda loop: real(loop) + ahead[0])

        def slow(body: Any, number: int) -> str | None:
            if number == 2:
                ahead[0] += 61
                return "stall"
            return None

        asked_of.fault = slow

        assert 0 == run([*debate, "--in-flight", "1", "--turn-deadline", "1m", "--json"])
        found = json.loads(capsys.readouterr().out)

        assert 1 == found["usage"]["failed"]
        assert 0 == run(["show", "last"])
        assert "no answer within 60 seconds" in capsys.readouterr().out

    def test_a_rate_is_kept_and_told(
        self,
        debate: list[str],
        asked_of: Server,
        capsys: Captured,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        """Requests wait for the next minute, and whoever reads standard error sees why."""
        ahead, real = [0.0], asyncio.BaseEventLoop.time
        monkeypatch.setattr(asyncio.BaseEventLoop, "time", lambda loop: real(loop) + ahead[0])

        async def pause(self: Any, seconds: float) -> None:
            ahead[0] += seconds

        monkeypatch.setattr("agents.backends.chat.calls.Calls._pause", pause)

        assert 0 == run([*debate, "--requests-per-minute", "openai=6"])

        assert "openai: 6 requests a minute" in capsys.readouterr().err
        assert 50 < ahead[0] < 70
        assert TURNS == asked_of.asked

    def test_the_context_is_on_record(
        self,
        debate: list[str],
        asked_of: Server,
        saved: Path,
    ) -> None:
        """A smaller context than the model's is kept, so that a resume shows the same."""
        assert 0 == run([*debate, "--context", "8000"])

        (transcript,) = saved.glob("*.jsonl")
        assert 8000 == json.loads(transcript.read_text("utf-8").splitlines()[0])["plan"]["context"]


class TestLogFile:
    def test_is_json_lines_without_secrets(
        self,
        debate: list[str],
        asked_of: Server,
        tmp_path: Path,
    ) -> None:
        """Beginning, calls, waits, turns, rulings and end, and no key though a server says it back."""
        log = tmp_path / "log.jsonl"
        asked_of.fault = first("429", "500")

        assert 0 == run([*debate, "--log-file", str(log)])

        text = log.read_text("utf-8")
        lines = [json.loads(line) for line in text.splitlines()]
        assert CANARY not in text
        messages = [line["message"] for line in lines]
        assert "begins" == messages[0]
        assert "strategy written" == messages[-1]
        assert TURNS == messages.count("turn taken")
        assert 2 == messages.count("waits") == messages.count("ruling")
        assert TURNS + 2 == sum(line["logger"] == "jemaa.models" for line in lines)
        assert all({"time", "level", "logger", "message"} <= line.keys() for line in lines)

    def test_tells_how_it_ended(
        self,
        debate: list[str],
        asked_of: Server,
        tmp_path: Path,
    ) -> None:
        """The last line holds what ended the debate early; a second run is added to the first."""
        log = tmp_path / "log.jsonl"
        asked_of.fault = always("401")

        for _ in range(2):
            assert 3 == run([*debate, "--log-file", str(log)])

        lines = [json.loads(line) for line in log.read_text("utf-8").splitlines()]
        assert ["begins", "begins"] == [line["message"] for line in lines if line["message"] == "begins"]
        assert lines[-1]["message"].startswith("ended: R1/opening/1/finance: openai:fake: 401")
        assert "error" == lines[-1]["level"]
        assert CANARY not in log.read_text("utf-8")

    def test_a_place_that_cannot_be_written_is_refused_before_anything_is_asked(
        self,
        debate: list[str],
        asked_of: Server,
        saved: Path,
        capsys: Captured,
    ) -> None:
        """Exit 2, nothing asked, no transcript."""
        assert 2 == run([*debate, "--log-file", "/nowhere/log.jsonl"])
        assert "The log file /nowhere/log.jsonl cannot be written" in capsys.readouterr().err
        assert (0, []) == (asked_of.asked, list(saved.iterdir()))


class TestMessages:
    @pytest.mark.parametrize(
        "arguments, said",
        [
            (["--model", "foo:bar"], "Unknown provider 'foo' in the model 'foo:bar'"),
            (["--model", "foo"], "Unknown model 'foo'"),
            (["--role-model", "energy"], "--role-model cannot be 'energy'"),
            (["--role-model", "=openai:x"], "Write ROLE=MODEL, for example energy=openai:NAME"),
            (["--role-model", "water=openai:x"], "A model is named for 'water', who takes no part"),
            (["--budget", "2 euros"], "'2 euros' is no budget"),
            (["--rounds", "0"], "It must be a whole number from 1 to 9"),
            (["--deadline", "soon"], "Write a time, for example 90s, 10m or 2h"),
            (["--requests-per-minute", "openai=0"], "for example 60 or 200k"),
            (["--context", "10"], "It must be a whole number of at least 4096"),
            (["--only", ""], "Unknown recommendation: (none)"),
            (["--extract", "model"], "--model PROVIDER:NAME"),
        ],
    )
    def test_what_was_wrong_and_what_would_do(
        self, article: Path, saved: Path, capsys: Captured, arguments: list[str], said: str
    ) -> None:
        """Exit 2, at most two lines, in words of this program, and nothing written."""
        before = sorted(saved.iterdir())

        assert 2 == run(["debate", str(article), *arguments])

        err = capsys.readouterr().err
        assert said in err
        assert len(err.splitlines()) <= 2
        assert "Input should" not in err
        assert before == sorted(saved.iterdir())

    def test_an_article_without_a_name(self, saved: Path, capsys: Captured) -> None:
        """An empty name is no folder."""
        assert 2 == run(["debate", ""])
        assert "No article is named" in capsys.readouterr().err

    def test_an_option_before_the_command(self, saved: Path, capsys: Captured) -> None:
        """Where options stand is said."""
        assert 2 == run(["--transcripts", "x", "list"])
        assert "Options stand after the command" in capsys.readouterr().err

    @pytest.mark.parametrize(
        "fault, remedy",
        [
            ("401", "Set a key that may use this model"),
            ("403", "Set a key that may use this model"),
            ("404", "jemaa fork last --model PROVIDER:NAME"),
        ],
    )
    def test_a_refusal_is_named_with_its_remedy(
        self, debate: list[str], asked_of: Server, capsys: Captured, fault: str, remedy: str
    ) -> None:
        """One cause, one remedy, and no word of any other turn."""
        asked_of.fault = always(fault)

        assert 3 == run(debate)

        err = capsys.readouterr().err
        assert f"R1/opening/1/finance: openai:fake: {fault}" in err
        assert remedy in err
        assert 3 == len(err.splitlines())

    def test_waits_are_told_once_for_a_cause(
        self, debate: list[str], asked_of: Server, capsys: Captured
    ) -> None:
        """However many calls are refused together, one line tells the cause and when it goes on."""
        asked_of.fault = first(*["503"] * 4)

        assert 0 == run(debate)

        lines = [line for line in capsys.readouterr().err.splitlines() if "503" in line]
        assert 1 == len({line.partition("tried so far")[2] for line in lines}) == len(lines)
        assert "tried again in" in lines[0]
