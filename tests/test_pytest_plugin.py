"""The pytest plugin, in a repository of somebody else who has packages with our names."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
FLOORS = ("agents", "prompts", "transcripts", "tui")
SUITE = """\
jemaa: 1
articles:
  - {path: harbour.md, name: one}
  - {path: harbour.md, name: two, language: fr}
expect:
  unverified: 0
  usage: {turns: 3}
"""
CONFTEST = """
import sys

def pytest_sessionfinish(session):
    for name in ("agents", "prompts", "transcripts", "tui"):
        path = getattr(sys.modules.get(name), "__file__", None)
        assert path is None or "stranger" in path, f"{name} of jemaa was imported: {path}"
"""
COUNTING = """
import os, sys
if "-m" in sys.orig_argv and "jemaa" in sys.orig_argv:
    with open(os.environ["CALLS"], "a") as file:
        file.write(" ".join(sys.orig_argv[sys.orig_argv.index("regress"):]) + "\\n")
"""


@pytest.fixture
def stranger(tmp_path: Path) -> Path:
    """A repository with packages that have our names, a test of its own, and a suite."""
    home = tmp_path / "stranger"
    for floor in FLOORS:
        (home / floor).mkdir(parents=True)
        (home / floor / "__init__.py").write_text(f"MINE = {floor!r}\n")
    (home / "conftest.py").write_text(CONFTEST)
    (home / "test_mine.py").write_text(
        "import agents\n\ndef test_mine():\n    assert agents.MINE == 'agents'\n"
    )
    (home / "suites").mkdir()
    (home / "suites" / "harbour.yaml").write_text(SUITE)
    (home / "suites" / "harbour.md").write_text(
        "# Wind\n\nThe harbour burns diesel.\n\n## Recommendations\n\n- The town should build a wind farm.\n"
    )
    (home / "suites" / "other.yaml").write_text("tool: of another kind\n")
    (tmp_path / "counting").mkdir()
    (tmp_path / "counting" / "sitecustomize.py").write_text(COUNTING)
    return home


def pytest_in(home: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PYTEST_")}
    calls = home.parent / "calls"
    calls.unlink(missing_ok=True)
    return subprocess.run(
        [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", "-rA", *arguments],
        cwd=home,
        env=environment
        | {"PYTHONPATH": str(home.parent / "counting"), "CALLS": str(calls), "PY_COLORS": "0"},
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )


def calls(home: Path) -> list[str]:
    """The runs of suites that were asked for, lists of their cases left out."""
    lines = (home.parent / "calls").read_text().splitlines()
    return [line for line in lines if "--list" not in line]


def outcomes(done: subprocess.CompletedProcess[str]) -> dict[str, str]:
    found = re.findall(r"^(PASSED|FAILED|ERROR) (\S+)", done.stdout, re.MULTILINE)
    return {name: outcome for outcome, name in found}


def jemaa(home: Path, *arguments: str) -> int:
    command = [sys.executable, "-P", str(ROOT / "jemaa.py"), "regress", *arguments]
    return subprocess.run(command, cwd=home, capture_output=True, check=False).returncode


class TestPlugin:
    def test_a_test_for_each_case_and_expectation(self, stranger: Path) -> None:
        """The stranger's own test and ours run side by side; each suite is run once, nothing of ours imported."""
        done = pytest_in(stranger)
        suite = "suites/harbour.yaml::"

        assert {
            "test_mine.py::test_mine": "PASSED",
            f"{suite}one::reference": "FAILED",
            f"{suite}one::unverified": "PASSED",
            f"{suite}one::usage.turns": "FAILED",
            f"{suite}two::reference": "FAILED",
            f"{suite}two::unverified": "PASSED",
            f"{suite}two::usage.turns": "FAILED",
        } == outcomes(done)
        assert "There is no reference yet" in done.stdout
        assert "turns, expected at most 3" in done.stdout
        assert 1 == len(calls(stranger))

    def test_accepted(self, stranger: Path) -> None:
        """What was accepted passes, and what changes after that is told in words."""
        assert 1 == jemaa(stranger, "--accept")
        assert "PASSED" == outcomes(pytest_in(stranger))["suites/harbour.yaml::one::reference"]
        suite = stranger / "suites" / "harbour.yaml"
        suite.write_text(SUITE + "roles: [finance, energy]\n")
        done = pytest_in(stranger, "-k", "one and reference")

        assert {"suites/harbour.yaml::one::reference": "FAILED"} == outcomes(done)
        assert "First parting: R1/" in done.stdout
        assert "--case one --accept" in done.stdout

    def test_choosing(self, stranger: Path) -> None:
        """With -k, or a node's name, only the cases that are left are run; -x stops at the first failure."""
        done = pytest_in(stranger, "-k", "two and unverified")
        assert {"suites/harbour.yaml::two::unverified": "PASSED"} == outcomes(done)
        assert ["--case two"] == re.findall(r"--case \w+", calls(stranger)[0])

        done = pytest_in(stranger, "suites/harbour.yaml::one::unverified")
        assert {"suites/harbour.yaml::one::unverified": "PASSED"} == outcomes(done)

        done = pytest_in(stranger, "-x", "suites/harbour.yaml")
        assert {"suites/harbour.yaml::one::reference": "FAILED"} == outcomes(done)

    def test_many_processes_run_it_once(self, stranger: Path) -> None:
        """With pytest-xdist the result is the same, and the suite is run once for all processes."""
        alone, shared = outcomes(pytest_in(stranger)), outcomes(pytest_in(stranger, "-n", "2"))

        assert alone == shared
        assert 1 == len(calls(stranger))

    def test_collecting_holds_no_debate(self, stranger: Path) -> None:
        """--collect-only lists the tests without running a suite."""
        done = pytest_in(stranger, "--collect-only", "-q")

        assert "suites/harbour.yaml::two::usage.turns" in done.stdout
        assert [] == calls(stranger)

    def test_the_mode_is_handed_on(self, stranger: Path) -> None:
        """--jemaa-mode reaches the command; a mode that is none is refused."""
        pytest_in(stranger, "--jemaa-mode", "record", "-k", "unverified")

        assert "--mode record" in calls(stranger)[0]
        assert 4 == pytest_in(stranger, "--jemaa-mode", "guess").returncode

    def test_a_suite_that_does_not_hold(self, stranger: Path) -> None:
        """It is an error of collection with file and line, not a traceback."""
        (stranger / "suites" / "harbour.yaml").write_text("jemaa: 1\narticles: [nowhere.md]\n")
        done = pytest_in(stranger)

        assert 2 == done.returncode
        assert "harbour.yaml:2: there is no article 'nowhere.md'" in done.stdout
        assert "Traceback" not in done.stdout

    def test_what_is_not_recorded(self, stranger: Path) -> None:
        """Every test of a debate that cannot be replayed fails and says why."""
        (stranger / "suites" / "harbour.yaml").write_text(f"{SUITE}model: openai:fake\n")
        done = pytest_in(stranger, "suites")

        assert {"FAILED"} == set(outcomes(done).values())
        assert "Nothing is recorded for one" in done.stdout
