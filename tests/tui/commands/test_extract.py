"""Recommendations that a language model finds: word for word, on record, and told."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.agents.backends.chat.conftest import server  # noqa: F401  the fixture
from tests.agents.backends.chat.server import Server, always, fill
from tests.transcripts.conftest import reseal  # noqa: F401  the fixture
from tui.main import run

Captured = pytest.CaptureFixture[str]

ARTICLE = """# Rain for the valley

The valley of Imider has had no rain for two years. Its wells are three times deeper than in 1990.

## What could be done

The basin agency should repair the old channels.

A dam on the upper river, as the farmers’ union of the valley has asked for since 2019, is the other way.
"""
WOVEN = "A dam on the upper river, as the farmers' union of the valley has asked for since 2019, is the other way."
INVENTED = "The ministry must build four desalination plants."


@pytest.fixture
def valley(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("JEMAA_TRANSCRIPTS", str(tmp_path / "saved"))
    place = tmp_path / "valley.md"
    place.write_text(ARTICLE, encoding="utf-8")
    return str(place)


@pytest.fixture
def reader(server: Server) -> Server:  # noqa: F811
    """A model that finds one recommendation woven into prose, one that is known, and invents a third."""

    def reply(body: Any) -> str:
        if "quotes" in body["response_format"]["json_schema"]["schema"]["properties"]:
            known = "The basin agency should repair the old channels."
            return json.dumps({"quotes": [known, WOVEN, INVENTED]})
        return fill(body)

    server.reply = reply
    return server


def by_model(valley: str, *more: str) -> list[str]:
    return ["debate", valley, "--roles", "finance,energy", "--model", "openai:fake", *more]


class TestDebate:
    def test_what_stands_in_the_article_is_debated_and_the_rest_is_told(
        self, valley: str, reader: Server, capsys: Captured
    ) -> None:
        """The woven one is added in the article's own typography; the invented one is named on screen and on record."""
        assert 0 == run(by_model(valley, "--extract", "model", "--json"))
        out, err = capsys.readouterr()
        found = json.loads(out)

        assert ["R1", "R2"] == [ruling["recommendation"] for ruling in found["rulings"]]
        assert "openai:fake found 1 more recommendation: R2." in err
        assert f"Left out, not in the article word for word: “{INVENTED}”" in err
        assert "Estimate: 7 calls" in err.splitlines()[0]
        assert 1 + 2 * (2 * 2 + 1) + 1 == found["usage"]["calls"] == reader.asked
        text = Path(found["transcript"]).read_text("utf-8")
        header = json.loads(text.splitlines()[0])
        assert [INVENTED] == header["plan"]["extraction"]["refused"]
        assert WOVEN.replace("'", "’") == header["plan"]["recommendations"][1]["text"]
        assert INVENTED in Path(found["strategy_path"]).read_text("utf-8")

    def test_it_is_on_the_tape(self, valley: str, reader: Server, capsys: Captured) -> None:
        """Verification holds, a replay asks nothing, a fork copies the search, and a resume does not repeat it."""
        assert 3 == run(by_model(valley, "--extract", "model", "--budget", "4 calls", "--in-flight", "1"))
        assert 0 == run(["resume", "last"])
        asked = reader.asked
        searches = [body for body in reader.requests if "quotes" in json.dumps(body["response_format"])]

        assert 1 == len(searches)
        assert 0 == run(["verify", "last"])
        assert 0 == run(["replay", "last"])
        assert asked == reader.asked
        assert 0 == run(["fork", "last", "--roles", "finance"])
        searches = [body for body in reader.requests if "quotes" in json.dumps(body["response_format"])]
        assert 1 == len(searches)
        capsys.readouterr()

    def test_what_was_refused_cannot_be_changed_unnoticed(
        self,
        valley: str,
        reader: Server,
        capsys: Captured,
        reseal: Any,  # noqa: F811
    ) -> None:
        """A header that hides what the model invented does not pass verification."""
        assert 0 == run(by_model(valley, "--extract", "model"))
        (transcript,) = Path("saved").glob("*.jsonl")
        reseal(transcript, b'"refused":["' + INVENTED.encode() + b'"]', b'"refused":[]')

        assert 1 == run(["verify", "last"])
        assert "refused" in capsys.readouterr().out

    def test_a_search_that_fails_leaves_what_the_rules_found(
        self, valley: str, reader: Server, capsys: Captured
    ) -> None:
        """After two repairs the rest goes on, and the document says what could not be searched."""
        reader.reply = lambda body: "no" if "quotes" in json.dumps(body["response_format"]) else fill(body)

        assert 0 == run(by_model(valley, "--extract", "model", "--json"))
        out, err = capsys.readouterr()

        assert "Could not be searched: -/extraction/1/reader: openai:fake gave no usable reply" in err
        assert ["R1"] == [ruling["recommendation"] for ruling in json.loads(out)["rulings"]]
        assert "-/extraction/1/reader" in Path(json.loads(out)["strategy_path"]).read_text("utf-8")

    def test_a_model_that_cannot_be_asked_leaves_nothing_behind(
        self, valley: str, reader: Server, capsys: Captured
    ) -> None:
        """One request, the cause, and what to do without it."""
        reader.fault = always("401")

        assert 3 == run(by_model(valley, "--extract", "model"))

        err = capsys.readouterr().err
        assert "-/extraction/1/reader: openai:fake: 401" in err
        assert "Nothing is on record yet" in err
        assert 1 == reader.asked
        assert not list(Path().rglob("*.jsonl"))

    def test_a_choice_is_made_among_all(self, valley: str, reader: Server, capsys: Captured) -> None:
        """--only counts what the model found."""
        assert 0 == run(by_model(valley, "--extract", "model", "--only", "R2", "--json"))

        found = json.loads(capsys.readouterr().out)
        assert ["R2"] == [ruling["recommendation"] for ruling in found["rulings"]]
        assert 0 == run(["verify", "last"])
        assert 0 == run(["replay", "last"])

    def test_embedded_debaters_cannot_search(self, valley: str, capsys: Captured) -> None:
        """Without a language model the option is refused, with what to give."""
        assert 2 == run(["debate", valley, "--extract", "model"])
        assert "--model PROVIDER:NAME" in capsys.readouterr().err

    def test_rules_or_model(self, valley: str, capsys: Captured) -> None:
        """Anything else is named, with both."""
        assert 2 == run(["debate", valley, "--extract", "magic"])
        err = capsys.readouterr().err
        assert "'magic'" in err
        assert "'rules' or 'model'" in err


class TestArticle:
    def test_shows_what_a_model_finds(self, valley: str, reader: Server, capsys: Captured) -> None:
        """One call, no transcript; the found one has spans, the invented one is told."""
        assert 0 == run(["article", valley, "--extract", "model", "--model", "openai:fake", "--json"])
        out, err = capsys.readouterr()

        found = json.loads(out)["recommendations"]
        assert ["R1", "R2"] == [one["id"] for one in found]
        assert found[1]["spans"]
        assert INVENTED in err
        assert "Estimate: 1 calls" in err
        assert 1 == reader.asked
        assert not list(Path().rglob("*.jsonl"))
