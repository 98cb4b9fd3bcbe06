"""What the chair puts from the command line."""

import json
from pathlib import Path
from typing import Any

import pytest

from tui.main import run

Captured = pytest.CaptureFixture[str]


def _json(arguments: list[str], capsys: Captured) -> dict[str, Any]:
    assert 0 == run([*arguments, "--json"])
    found: dict[str, Any] = json.loads(capsys.readouterr().out)
    return found


class TestFork:
    def test_everything_that_the_chair_can_put(self, saved: Path, capsys: Captured) -> None:
        """Question, remark with grounds and evidence, another round and early close are options of one command."""
        forked = _json(
            [
                *("fork", "last", "--on", "R1", "--question", "Who would pay?", "--to", "finance"),
                *("--remark", "A wind farm needs a grid connection.", "--side", "against"),
                *("--ground", "S4: nobody has named", "--answers", "A1.1: undercut"),
                *("--condition", "to sign the connection first"),
                *("--evidence", "The line is full.", "--source", "grid operator", "--as-of", "2025-01-02"),
                *("--another-round", "R1", "--close", "R2"),
            ],
            capsys,
        )
        shown = _json(["show", forked["id"]], capsys)
        said = [speech for speech in shown["speeches"] if speech["recommendation"] == "R1"]
        (remark,) = [argument for argument in shown["arguments"] if argument["role"] == "chair"]

        assert ["question", "remark", "another_round", "close"] == [
            given["act"]["kind"] for given in shown["chair"]
        ]
        assert ["finance"] == [speech["role"] for speech in said if speech["phase"] == "question"]
        assert {3, 4} <= {speech["round"] for speech in said if speech["phase"] == "rebuttal"}
        assert {"opening"} == {s["phase"] for s in shown["speeches"] if s["recommendation"] == "R2"}
        assert ("undercut", "to sign the connection first") == (
            remark["targets"][0]["relation"],
            remark["condition"],
        )
        assert "F-chair-1-1" == remark["grounds"][-1]["id"]
        assert 0 == run(["verify", forked["id"]])
        assert 0 == run(["replay", forked["id"]])

    @pytest.mark.parametrize("at", ["R1/rebuttal/2/energy", "R1/opening/1/finance", "R1/rebuttal/2"])
    def test_an_address_says_before_which_round(self, saved: Path, capsys: Captured, at: str) -> None:
        """Any turn of a round names it; what is put before an opening comes after it, for openings are blind."""
        forked = _json(["fork", "last", "--at", at, "--question", "Why?"], capsys)
        shown = _json(["show", forked["id"]], capsys)

        assert ["R1/rebuttal/2/finance"] == [given["before"] for given in shown["chair"]]

    def test_it_is_read_where_the_debate_is_read(self, saved: Path, capsys: Captured) -> None:
        """Show and the strategy tell what was asked and what was answered."""
        assert 0 == run(["fork", "last", "--on", "R1", "--question", "Who would pay for it?"])
        assert 0 == run(["show", "last", "--only", "R1"])
        assert "Who would pay for it?" in capsys.readouterr().out
        assert 0 == run(["export", "last", "--to", "markdown", "-o", "-"])
        assert "Who would pay for it?" in capsys.readouterr().out

    @pytest.mark.parametrize(
        "arguments, said",
        [
            (["--question", "Why?"], "On which recommendation"),
            (["--on", "R9", "--question", "Why?"], "R9"),
            (["--on", "R1", "--question", "Why?", "--to", "health"], "health"),
            (["--on", "R1", "--question", " "], "text"),
            (["--on", "R1", "--remark", "So.", "--side", "maybe"], "side"),
            (["--on", "R1", "--remark", "So.", "--evidence", "It is."], "--source"),
            (["--side", "for"], "--remark"),
            (["--to", "energy"], "--question"),
            (["--at", "all/synthesis/4/moderator", "--on", "R1", "--question", "Why?"], "synthesis"),
            (["--another-round", "R7"], "R7"),
        ],
    )
    def test_what_does_not_hold_is_refused(
        self, saved: Path, capsys: Captured, arguments: list[str], said: str
    ) -> None:
        """A place, role or option that means nothing is refused in a line or two, and nothing is begun."""
        before = sorted(saved.iterdir())

        assert 2 == run(["fork", "last", *arguments])
        assert said in capsys.readouterr().err
        assert before == sorted(saved.iterdir())
