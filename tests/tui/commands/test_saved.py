"""The commands on saved transcripts."""

import json
from pathlib import Path

import pytest

from tui.main import COMMANDS, run

Captured = pytest.CaptureFixture[str]


def printed(arguments: list[str], capsys: Captured, code: int = 0) -> str:
    assert code == run(arguments)
    return capsys.readouterr().out


class TestList:
    def test_lines(self, saved: Path, capsys: Captured) -> None:
        """Each transcript has its id, its title and what was decided."""
        out = printed(["list"], capsys)

        assert next(saved.glob("*.jsonl")).stem in out
        assert "A harbour that runs on the wind" in out

    def test_json(self, saved: Path, capsys: Captured) -> None:
        """--json lists the same as one object."""
        found = json.loads(printed(["list", "--json"], capsys))

        assert ["finished"] == [item["status"] for item in found["transcripts"]]

    @pytest.mark.parametrize(
        "arguments, found",
        [
            (["--article", "HARBOUR wind", "--model", "offline", "--since", "2020-01-01"], 1),
            (["--article", "windmill"], 0),
            (["--model", "openai"], 0),
            (["--since", "9000-01-01"], 0),
            (["--sort", "title", "--limit", "1"], 1),
        ],
    )
    def test_chosen(self, saved: Path, capsys: Captured, arguments: list[str], found: int) -> None:
        """Words of the title, model, date and a limit narrow the list."""
        assert found == len(json.loads(printed(["list", *arguments, "--json"], capsys))["transcripts"])
        assert ("None of the 1" in printed(["list", *arguments], capsys)) == (not found)

    def test_too_many_are_counted(self, saved: Path, capsys: Captured) -> None:
        """What a limit leaves out is told."""
        printed(["fork", "last"], capsys)

        assert "1 more" in printed(["list", "--limit", "1"], capsys)

    @pytest.mark.parametrize(
        "arguments", [["--sort", "colour"], ["--decision", "maybe"], ["--since", "soon"]]
    )
    def test_refused(self, saved: Path, capsys: Captured, arguments: list[str]) -> None:
        """What lists do not know is refused with what they do."""
        assert 2 == run(["list", *arguments])
        assert arguments[1] in capsys.readouterr().err

    def test_none(self, tmp_path: Path, capsys: Captured) -> None:
        """An empty folder is no error; it says how to make a transcript."""
        shown = printed(["list", "--transcripts", str(tmp_path)], capsys)

        assert "jemaa debate" in " ".join(shown.split())


class TestShow:
    @pytest.mark.parametrize("reference", ["last", "path", "prefix"])
    def test_reference(self, saved: Path, capsys: Captured, reference: str) -> None:
        """A transcript is named by path, by the beginning of its id, or as the last."""
        path = next(saved.glob("*.jsonl"))
        name = {"path": str(path), "prefix": path.stem[:12]}.get(reference, reference)

        assert "The town should build a wind farm" in printed(["show", name], capsys)

    def test_json(self, saved: Path, capsys: Captured) -> None:
        """--json holds what was said besides what was decided."""
        found = json.loads(printed(["show", "--json"], capsys))

        assert found.keys() >= {"arguments", "moves", "dissents", "tensions", "document"}

    def test_one(self, saved: Path, capsys: Captured) -> None:
        """--only shows the debate on one recommendation."""
        out = printed(["show", "--only", "R2"], capsys)

        assert "two hundred electricians" in out
        assert "wind farm" not in out.partition("Opening")[0]

    def test_why(self, saved: Path, capsys: Captured) -> None:
        """--why tells in ten lines at most how a decision came about."""
        assert "[R1]" in printed(["show", "--why", "R1"], capsys)

    def test_records(self, saved: Path, capsys: Captured) -> None:
        """--records shows the lines of the transcript, the last page unless another one is asked for."""
        last = json.loads(printed(["show", "--records", "--json"], capsys))
        first = printed(["show", "--page", "1"], capsys)

        assert last["page"] == last["pages"]
        assert "closed" == last["records"][-1]["id"]
        assert "header" in first.splitlines()[0]
        assert f"Page 1 of {last['pages']}, {last['lines']} lines." in first
        assert 2 == run(["show", "--page", "9999"])

    @pytest.mark.parametrize("option", ["--only", "--why"])
    def test_unknown_recommendation(self, saved: Path, capsys: Captured, option: str) -> None:
        """A recommendation that the debate does not have is answered with those that it has."""
        assert 2 == run(["show", option, "R7"])
        assert "R1, R2" in capsys.readouterr().err

    def test_unknown_transcript(self, saved: Path, capsys: Captured) -> None:
        """A name that no transcript has is answered with those that there are."""
        assert 2 == run(["show", "yesterday"])
        assert "yesterday" in capsys.readouterr().err


class TestAgain:
    @pytest.mark.parametrize("command", ["resume", "replay"])
    def test_same_result(self, saved: Path, capsys: Captured, command: str) -> None:
        """A finished debate gives its result again and asks nothing."""
        before = json.loads(printed(["show", "--json"], capsys))
        after = json.loads(printed([command, "--json"], capsys))

        assert before["rulings"] == after["rulings"]
        assert before["id"] == after["id"]

    def test_interrupted(self, saved: Path, capsys: Captured) -> None:
        """A transcript that ends in the middle is resumed to the same result."""
        before = json.loads(printed(["show", "--json"], capsys))
        path = next(saved.glob("*.jsonl"))
        lines = path.read_bytes().splitlines(keepends=True)
        path.write_bytes(b"".join(lines[: len(lines) // 2]) + lines[len(lines) // 2][:30])
        after = json.loads(printed(["resume", "--json"], capsys))

        assert before["rulings"] == after["rulings"]
        assert before["priorities"] == after["priorities"]

    def test_replay_of_an_unfinished_one(self, saved: Path, capsys: Captured) -> None:
        """Replay answers no, with the first address that is missing, when nobody may be asked."""
        path = next(saved.glob("*.jsonl"))
        lines = path.read_bytes().splitlines(keepends=True)
        path.write_bytes(b"".join(lines[: len(lines) // 2]))

        assert 1 == run(["replay", "last"])
        assert "R1/" in capsys.readouterr().err

    def test_not_a_transcript(self, saved: Path, capsys: Captured) -> None:
        """A file that is no transcript is refused by name."""
        (saved / "odd.jsonl").write_text("{}\n")

        assert 2 == run(["show", "odd"])
        assert "odd.jsonl" in capsys.readouterr().err


class TestWhatIf:
    def test_json(self, saved: Path, capsys: Captured) -> None:
        """What would be is computed without anybody being asked, as one object."""
        found = json.loads(printed(["whatif", "--weight", "energy=9", "--rule", "strict", "--json"], capsys))

        assert found.keys() >= {"rulings", "priorities", "changed"}
        assert {"strict"} == {ruling["rule"] for ruling in found["rulings"]}

    def test_person(self, saved: Path, capsys: Captured) -> None:
        """A person sees each ruling, marked when it is unchanged."""
        assert "R1" in printed(["whatif", "--without-role", "industry"], capsys)

    @pytest.mark.parametrize(
        "arguments, said",
        [
            (["--weight", "energy"], "no ="),
            (["--weight", "energy=much"], "no number"),
            (["--weight", "energy=-1"], "energy"),
            (["--weight", "wizard=1"], "wizard"),
            (["--without", "A9.9"], "A9.9"),
            (["--without-role", "wizard"], "wizard"),
            (["--rule", "dice"], "dice"),
        ],
    )
    def test_refused(self, saved: Path, capsys: Captured, arguments: list[str], said: str) -> None:
        """What the debate does not have cannot be changed."""
        assert 2 == run(["whatif", "last", *arguments])
        out, err = capsys.readouterr()
        assert "" == out
        assert said in err


class TestRoles:
    def test_person(self, capsys: Captured) -> None:
        """The charters are told in the language that is asked for."""
        out = printed(["roles", "energy", "--language", "fr"], capsys)

        assert "Énergie" in out
        assert "Finance" not in out

    def test_json(self, capsys: Captured) -> None:
        """--json gives them whole."""
        found = json.loads(printed(["roles", "--json"], capsys))

        assert {"energy", "finance", "industry", "sovereignty"} == {role["name"] for role in found["roles"]}


class TestDoctor:
    def test_no_key_is_told(self, capsys: Captured, monkeypatch: pytest.MonkeyPatch) -> None:
        """Doctor tells that there is a key, never which."""
        monkeypatch.setenv("OPENAI_API_KEY", "sk-secret")
        for arguments in (["doctor"], ["doctor", "--json"]):
            out = printed(arguments, capsys)
            assert "openai" in out
            assert "sk-secret" not in out

    def test_unwritable(self, tmp_path: Path, capsys: Captured) -> None:
        """Where no transcript can be saved, the answer is no."""
        (tmp_path / "file").write_text("")

        assert "NOT writable" in printed(["doctor", "--transcripts", str(tmp_path / "file")], capsys, code=1)


class TestWatch:
    @pytest.mark.parametrize("arguments", [["watch"], ["debate", "--watch"], ["resume", "--watch"]])
    def test_needs_a_terminal(self, saved: Path, capsys: Captured, arguments: list[str]) -> None:
        """Without a terminal the app is not started, nothing is written, and what does without one is named."""
        before = sorted(saved.iterdir())

        assert 2 == run(arguments)
        assert "needs a terminal" in capsys.readouterr().err
        assert before == sorted(saved.iterdir())


@pytest.mark.parametrize("name", list(COMMANDS))
def test_help(name: str, capsys: Captured) -> None:
    """Every command that the help lists is there and explains itself, first as it is listed."""
    text = " ".join(printed([name, "--help"], capsys).split())

    assert COMMANDS[name].summary in text


class TestFork:
    def test_other_roles(self, saved: Path, capsys: Captured) -> None:
        """A fork is a transcript of its own, under the conditions that were changed, and names its parent."""
        parent = json.loads(printed(["show", "--json"], capsys))
        forked = json.loads(printed(["fork", "--roles", "energy,finance", "--json"], capsys))

        assert ["energy", "finance"] == forked["roles"]
        assert parent["id"] == json.loads(printed(["show", "--json"], capsys))["parent"]["run"]

    def test_unknown_turn(self, saved: Path, capsys: Captured) -> None:
        """A turn that the parent does not have cannot be asked anew."""
        assert 2 == run(["fork", "--at", "R9/opening/1/energy"])
        assert "R1/opening/1/" in capsys.readouterr().err


class TestCompare:
    def test_same(self, saved: Path, capsys: Captured) -> None:
        """A debate does not differ from itself."""
        name = next(saved.glob("*.jsonl")).stem

        assert json.loads(printed(["compare", name, "last", "--json"], capsys))["same"]
        assert "the same" in printed(["compare", name, "last"], capsys)

    def test_different(self, saved: Path, capsys: Captured) -> None:
        """Without a role, its stances are gone, and the comparison says so."""
        name = next(saved.glob("*.jsonl")).stem
        printed(["fork", name, "--roles", "energy,finance"], capsys)
        run(["compare", name, "last"])

        assert "industry final" in capsys.readouterr().out


class TestSearch:
    def test_found(self, saved: Path, capsys: Captured) -> None:
        """Words are found whatever their case, with the place where they stand."""
        found = json.loads(printed(["search", "WIND", "--json"], capsys))

        assert found["hits"]
        assert found["hits"][0].keys() >= {"id", "place", "excerpt"}
        assert "⟦" not in printed(["search", "wind"], capsys)

    def test_nowhere(self, saved: Path, capsys: Captured) -> None:
        """Words that stand nowhere give the answer no."""
        assert "stands in no transcript" in printed(["search", "xylophone"], capsys, code=1)


class TestVerify:
    def test_intact(self, saved: Path, capsys: Captured) -> None:
        """A transcript that nobody touched holds."""
        assert {"ok": True, "problems": [], "notes": []} == json.loads(printed(["verify", "--json"], capsys))
        assert "everything holds" in printed(["verify"], capsys)

    def test_touched(self, saved: Path, capsys: Captured) -> None:
        """One changed word is found, named and answered with no."""
        path = next(saved.glob("*.jsonl"))
        path.write_bytes(path.read_bytes().replace(b"support", b"applaud", 1))

        assert "chain" in printed(["verify"], capsys, code=1)
        assert not json.loads(printed(["verify", "--json"], capsys, code=1))["ok"]


class TestModels:
    def test_who_can_speak(self, capsys: Captured) -> None:
        """The embedded debaters are always ready; others say what they lack, and an unknown price is unknown."""
        found = json.loads(printed(["models", "openai:no-such-model", "--json"], capsys))

        assert found["providers"][0] == {
            "provider": "offline",
            "usable": True,
            "missing": None,
            "remedy": None,
        }
        assert {"openai:no-such-model": None} == found["prices"]
        assert "offline ready" in " ".join(printed(["models"], capsys).split())
