"""The command is started as people start it, with packages of the same names lying about."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
START = "import jemaa; jemaa.main()"


@pytest.fixture
def foreign(tmp_path: Path) -> Path:
    """A folder with packages and modules of our names that end the program when they are imported."""
    for name in ("agents", "prompts", "transcripts", "tui"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "__init__.py").write_text("raise SystemExit('a stranger was imported')\n")
    return tmp_path


def run(arguments: list[str], folder: Path, *, path: str) -> subprocess.CompletedProcess[str]:
    environment = os.environ | {"PYTHONPATH": path}
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        errors="replace",
        check=False,
    )


class TestShadowing:
    def test_working_directory(self, foreign: Path) -> None:
        """Packages of our names in the working directory are not taken for ours."""
        done = run(["-m", "jemaa", "roles", "--json"], foreign, path=str(ROOT))

        assert (0, "") == (done.returncode, done.stderr)
        assert '"energy"' in done.stdout

    def test_python_path(self, foreign: Path) -> None:
        """Nor are those that stand before ours in PYTHONPATH."""
        done = run(["-c", START, "roles", "--json"], foreign, path=f"{foreign}{os.pathsep}{ROOT}")

        assert (0, "") == (done.returncode, done.stderr)

    def test_imported_before(self, tmp_path: Path) -> None:
        """Nor are those that something else has imported already."""
        (tmp_path / "agents").mkdir()
        (tmp_path / "agents" / "__init__.py").write_text("")
        done = run(["-c", f"import agents; {START}", "roles", "--json"], tmp_path, path=str(ROOT))

        assert (0, "") == (done.returncode, done.stderr)


class TestImports:
    @pytest.mark.parametrize("arguments", [["--help"], ["list"], ["doctor"], ["debate", "--help"]])
    def test_nothing_heavy(self, arguments: list[str], tmp_path: Path) -> None:
        """Commands that hold no debate import neither the graph, nor the app, nor readers of articles."""
        code = (
            "import sys, jemaa\n"
            "try:\n    jemaa.main()\n"
            "finally:\n"
            "    print(sorted({name.partition('.')[0] for name in sys.modules}), file=sys.stderr)"
        )
        done = run(["-c", code, *arguments], tmp_path, path=str(ROOT))

        assert 0 == done.returncode
        for library in (
            "langgraph",
            "langchain_core",
            "textual",
            "trafilatura",
            "httpx",
            "networkx",
            "jinja2",
        ):
            assert f"'{library}'" not in done.stderr

    def test_help_needs_no_models(self, tmp_path: Path) -> None:
        """The help is there before pydantic is."""
        code = "import sys\ntry:\n    import jemaa; jemaa.main()\nfinally:\n    print('pydantic' in sys.modules, file=sys.stderr)"
        done = run(["-c", code, "--help"], tmp_path, path=str(ROOT))

        assert "False" == done.stderr.strip()


@pytest.mark.parametrize("encoding", ["ascii", "latin-1"])
def test_poor_encoding(encoding: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where standard output has few letters, the others are replaced; nothing fails."""
    monkeypatch.setenv("PYTHONIOENCODING", encoding)
    for arguments in (["roles", "--language", "ar"], ["roles", "--language", "ar", "--json"]):
        done = run(["-m", "jemaa", *arguments], tmp_path, path=str(ROOT))
        assert (0, "") == (done.returncode, done.stderr)
