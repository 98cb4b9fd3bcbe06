"""The main job, and everything that can be wrong with what it is given."""

import json
from pathlib import Path

import pytest

from tui.main import run

Captured = pytest.CaptureFixture[str]


class TestOutcome:
    def test_json(self, article: Path, saved: Path, capsys: Captured) -> None:
        """--json is one object on standard output with everything that the contract names; progress is apart."""
        assert 0 == run(["debate", str(article), "--json"])
        out, err = capsys.readouterr()
        found = json.loads(out)

        for name in ("id", "transcript", "strategy_path", "language", "model", "priorities", "seconds"):
            assert name in found
        assert {"exact", "repaired", "unverified"} == found["grounding"].keys()
        assert {"turns", "calls", "retries", "failed", "input_tokens", "output_tokens", "cost"} <= found[
            "usage"
        ].keys()
        for ruling in found["rulings"]:
            assert ruling.keys() >= {
                "recommendation", "decision", "strength", "consensus", "rule", "stances", "conditions", "dissents", "pivotal"
            }  # fmt: skip
        assert Path(found["transcript"]).is_file()
        assert Path(found["strategy_path"]).is_file()
        assert "R1 Opening: 4/4" in err

    def test_person(self, article: Path, saved: Path, capsys: Captured) -> None:
        """A person reads decisions, positions, priorities, measures and where everything lies, within 80 columns."""
        assert 0 == run(["debate", str(article)])
        lines = capsys.readouterr().out.splitlines()

        for heading in ("Decisions ─", "Order of priorities ─", "Transcript "):
            assert any(heading in line for line in lines)
        paths = [line for line in lines if str(saved) in line]
        assert 2 == len(paths)
        assert all(len(line) <= 80 for line in lines if line not in paths)

    def test_french(self, article: Path, saved: Path, capsys: Captured) -> None:
        """--language fr gives labels and words in French over quotes in the article's language."""
        assert 0 == run(["debate", str(article), "--language", "fr"])
        assert "Décisions ─" in capsys.readouterr().out

    def test_choice(self, article: Path, saved: Path, capsys: Captured) -> None:
        """Roles, recommendations, rounds, rule and recommendations of one's own are as asked for."""
        arguments = [
            "--roles",
            "energy,finance",
            "--only",
            "R2,R3",
            "--rounds",
            "1",
            "--rule",
            "strict",
            "--json",
        ]
        assert 0 == run(
            ["debate", str(article), "--recommendation", "The port should plant trees.", *arguments]
        )
        found = json.loads(capsys.readouterr().out)

        assert ["R2", "R3"] == [ruling["recommendation"] for ruling in found["rulings"]]
        assert (["energy", "finance"], 1, "strict") == (found["roles"], found["rounds"], found["rule"])

    def test_fifth_role(self, article: Path, saved: Path, tmp_path: Path, capsys: Captured) -> None:
        """A folder with one charter more gives a debate of five roles."""
        (tmp_path / "charters").mkdir()
        (tmp_path / "charters" / "health.yaml").write_text(
            "title: {fr: La santé, en: Health}\nmission: {fr: Soigner., en: Heal.}\nindicators: {health: 1.0}\n"
        )
        assert 0 == run(["debate", str(article), "--charters", "charters", "--json"])
        assert 5 == len(json.loads(capsys.readouterr().out)["roles"])

    def test_same_twice(self, article: Path, saved: Path, capsys: Captured) -> None:
        """The same debate gives the same result, times, ids and paths aside."""
        results = []
        for _ in range(2):
            assert 0 == run(["debate", str(article), "--json"])
            found = json.loads(capsys.readouterr().out)
            results.append(
                {
                    key: found[key]
                    for key in found
                    if key not in {"id", "transcript", "strategy_path", "seconds"}
                }
            )

        assert results[0] == results[1]


def refused(arguments: list[str], capsys: Captured) -> str:
    """Run what must be refused: code 2, nothing on standard output, two lines at most; gives what was said."""
    code = run(arguments)
    out, err = capsys.readouterr()
    assert (2, "") == (code, out)
    assert 1 <= len(err.strip().splitlines()) <= 2
    assert "Traceback" not in err
    return err


class TestBadInput:
    @pytest.mark.parametrize(
        "arguments, said",
        [
            (["--roles", "energy,wizard"], "'wizard'"),
            (["--model", "crystalball"], "'crystalball'"),
            (["--language", "xx"], "'xx'"),
            (["--rounds", "0"], "rounds cannot be '0'"),
            (["--rounds", "many"], "rounds cannot be 'many'"),
            (["--rule", "dice"], "'dice'"),
            (["--role-model", "wizard=offline"], "wizard"),
            (["--role-model", "energy"], "energy"),
            (["--fallback", "offline"], "fallback"),
            (["--only", "R9"], "R9"),
            (["--charters", "nowhere"], "nowhere"),
            (["--nonsense"], "--nonsense"),
            (["--recommendation", " "], "recommendation"),
        ],
    )
    def test_options(
        self, article: Path, saved: Path, capsys: Captured, arguments: list[str], said: str
    ) -> None:
        """A value that would not do is named, and nothing is written."""
        before = sorted(saved.iterdir())

        assert said in refused(["debate", str(article), *arguments], capsys)
        assert before == sorted(saved.iterdir())

    @pytest.mark.parametrize(
        "name, content",
        [
            ("empty.md", b""),
            ("blank.txt", b" \n\n "),
            ("binary.txt", bytes(range(256)) * 8),
            ("picture.md", b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR"),
            ("nothing.md", b"# A quiet day\n\nThe sea was calm. Nobody said a word.\n"),
        ],
        ids=["empty", "blank", "binary", "picture", "no recommendation"],
    )
    def test_articles(self, saved: Path, tmp_path: Path, capsys: Captured, name: str, content: bytes) -> None:
        """A file that is empty, no text, or recommends nothing is refused by name, and nothing is written."""
        (tmp_path / name).write_bytes(content)
        before = sorted(saved.iterdir())

        assert name in refused(["debate", name], capsys)
        assert before == sorted(saved.iterdir())

    def test_missing_file(self, saved: Path, capsys: Captured) -> None:
        """A file that does not exist is named."""
        assert "no/such.md" in refused(["debate", "no/such.md"], capsys)

    def test_directory(self, saved: Path, tmp_path: Path, capsys: Captured) -> None:
        """A directory is no article."""
        assert "directory" in refused(["debate", str(tmp_path)], capsys)

    @pytest.mark.parametrize(
        "content", ["mission: [", "title: {en: X}\nmission: {en: Y}\nweight: -1", "- a list"]
    )
    def test_broken_charter(
        self, article: Path, saved: Path, tmp_path: Path, capsys: Captured, content: str
    ) -> None:
        """A charter that does not hold is refused with its file's name."""
        (tmp_path / "mine").mkdir()
        (tmp_path / "mine" / "odd.yaml").write_text(content)

        assert "odd.yaml" in refused(["debate", str(article), "--charters", "mine"], capsys)

    def test_folder_that_cannot_be_written(self, article: Path, tmp_path: Path, capsys: Captured) -> None:
        """A transcripts folder that cannot be made is named before anybody speaks."""
        (tmp_path / "file").write_text("not a folder")

        assert "file" in refused(
            ["debate", str(article), "--transcripts", str(tmp_path / "file" / "saved")], capsys
        )
