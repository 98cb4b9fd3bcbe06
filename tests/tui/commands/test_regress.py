"""`jemaa regress` as somebody types it who has never done so."""

import json
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from transcripts.regress.load import load_suite
from tui.main import run

ROOT = Path(__file__).parents[3]
Captured = pytest.CaptureFixture[str]


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty repository."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "200")
    return tmp_path


@pytest.fixture
def small(here: Path, article: Path) -> Path:
    """A suite on a small article, in the folder where suites are looked for."""
    folder = here / "tests" / "suites"
    folder.mkdir(parents=True)
    (folder / "harbour.md").write_bytes(article.read_bytes())
    path = folder / "small.yaml"
    path.write_text("jemaa: 1\narticles: [harbour.md]\nexpect: {coverage: true}\n", "utf-8")
    return path


class TestFirstSteps:
    def test_without_a_suite(self, here: Path, capsys: Captured) -> None:
        """It says so, and how to write one, and ends with 2."""
        assert 2 == run(["regress"])
        assert "jemaa regress --init" in capsys.readouterr().err

    def test_from_init_to_pass(self, here: Path, capsys: Captured) -> None:
        """--init writes a suite that runs; the first run offers --accept; after that it passes."""
        assert 0 == run(["regress", "--init"])
        assert load_suite(here / "suites" / "first.yaml").suite.expect.coverage
        assert 2 == run(["regress"])
        assert (
            "There is no reference yet. If this is as it should be: jemaa regress" in capsys.readouterr().out
        )
        assert 0 == run(["regress", "--accept"])
        assert "no reference yet: R1" in capsys.readouterr().out
        assert 0 == run(["regress"])
        assert "1 pass" in capsys.readouterr().out

    def test_init_overwrites_nothing(self, here: Path, capsys: Captured) -> None:
        """A second --init, or one at a place that is taken, is refused."""
        (here / "mine.yaml").write_text("words")

        assert 2 == run(["regress", "--init", "mine.yaml"])
        assert "is there already" in capsys.readouterr().err
        assert "words" == (here / "mine.yaml").read_text()

    def test_the_schema_lies_beside_it(self, here: Path) -> None:
        """The first suite names a JSON Schema for editors, which is there."""
        run(["regress", "--init"])
        first = (here / "suites" / "first.yaml").read_text("utf-8").partition("\n")[0]
        schema = here / "suites" / first.partition("$schema=")[2]

        assert "jemaa" in json.loads(schema.read_text("utf-8"))["required"]


class TestOutcome:
    def test_list(self, small: Path, capsys: Captured) -> None:
        """--list tells cases and what is expected of each, and holds nothing."""
        assert 0 == run(["regress", "--list", "--json"])
        (case,) = json.loads(capsys.readouterr().out)["cases"]

        assert ("harbour", 2, ["reference", "coverage"]) == (case["name"], case["line"], case["expectations"])
        assert 0 == run(["regress", "--list"])
        assert "reference, coverage" in capsys.readouterr().out

    def test_a_change(self, small: Path, capsys: Captured) -> None:
        """It is told with verdict, words and first parting; exit code 1; suites are found by their name."""
        assert 0 == run(["regress", "small", "--accept"])
        small.write_text(small.read_text("utf-8") + "roles: [industry, finance]\n", "utf-8")
        capsys.readouterr()

        assert 1 == run(["regress", "small"])
        out = capsys.readouterr().out
        assert "changed" in out
        assert "R1 energy opening:" in out
        assert "First parting: R1/opening/1/" in out
        assert "If this is as it should be: jemaa regress" in out

    def test_json_names(self, small: Path, capsys: Captured) -> None:
        """The object holds verdict and cases with name, verdict and changes, and nothing else is printed."""
        run(["regress", "--json"])
        told = json.loads(capsys.readouterr().out)

        assert {"verdict", "cases", "mode", "suites", "configurations", "notes"} == set(told)
        assert {"name", "verdict", "changes"} <= set(told["cases"][0])

    def test_what_varies_is_told(self, small: Path, capsys: Captured) -> None:
        """With several debates of a case, flip rates are told, and what so many repeats cannot show."""
        small.write_text(
            small.read_text("utf-8") + "repeats: 3\nmatrix: {charters: [shipped, mine]}\n", "utf-8"
        )
        (small.parent / "mine").mkdir()
        charter = (ROOT / "agents" / "roles" / "energy.yaml").read_text("utf-8")
        (small.parent / "mine" / "energy.yaml").write_text(charter, "utf-8")
        run(["regress", "--accept"])
        capsys.readouterr()

        assert 0 == run(["regress"])
        out = capsys.readouterr().out
        assert "harbour/mine" in out
        assert "cannot be told from 0" in out
        run(["regress", "--json"])
        told = json.loads(capsys.readouterr().out)
        assert [None, "mine"] == [one["charters"] for one in told["configurations"]]
        assert told["notes"]

    def test_reports(self, small: Path, here: Path, capsys: Captured) -> None:
        """JUnit, a page, Markdown and annotations tell the same verdicts."""
        small.write_text(small.read_text("utf-8").replace("coverage: true", "usage: {turns: 1}"), "utf-8")
        run(["regress", "--accept"])
        capsys.readouterr()
        places = {kind: here / "out" / f"r.{kind}" for kind in ("junit", "html", "markdown")}
        options = [word for kind, path in places.items() for word in (f"--{kind}", str(path))]
        assert 1 == run(["regress", "--annotations", *options])
        failure = ET.fromstring(places["junit"].read_text("utf-8")).find(".//failure")

        assert failure is not None
        assert "usage.turns" in failure.attrib["message"]
        assert "::error file=" in capsys.readouterr().err
        assert places["html"].read_text("utf-8").startswith("<!DOCTYPE html>")
        assert places["markdown"].read_text("utf-8")

    @pytest.mark.parametrize(
        "arguments, said",
        [
            (["--mode", "guess"], "'guess' is none of replay, record, live"),
            (["--case", "nobody"], "There is no case 'nobody'"),
            (["nowhere"], "There is no suite 'nowhere'"),
            (["--mode", "live", "--budget", "a lot"], "is no budget"),
        ],
    )
    def test_mistakes(self, small: Path, capsys: Captured, arguments: list[str], said: str) -> None:
        """What is mistyped ends with 2 and what would do."""
        assert 2 == run(["regress", *arguments])
        assert said in " ".join(capsys.readouterr().err.split())
