"""The workflow and the action that are ready to be copied: their steps are run here, as a runner would."""

import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).parents[1]
ACTION = ROOT / ".github" / "actions" / "regress" / "action.yml"
WORKFLOW = ROOT / ".github" / "workflows" / "regress.yml"

SUITE = "jemaa: 1\nname: own\narticles: [{path: harbour.md, recommendations: [R1]}]\n"
ARTICLE = (
    "# The harbour\n\nIts cranes stand still in every storm.\n\n"
    "## Recommendations\n\n- The town should build a wind farm of 30 MW beside the northern mole.\n"
)


def read(path: Path) -> Any:
    return yaml.safe_load(path.read_text("utf-8"))


def step(name: str) -> dict[str, Any]:
    found: dict[str, Any] = next(one for one in read(ACTION)["runs"]["steps"] if one.get("name") == name)
    return found


class Runner:
    """What a runner gives to a step: inputs, files to write to, and a shell that stops at the first failure."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.inputs = {name: str(one.get("default", "")) for name, one in read(ACTION)["inputs"].items()}
        (folder / "bin").mkdir()
        self.tool("jemaa", f'exec "{sys.executable}" "{ROOT / "jemaa.py"}" "$@"')

    def tool(self, name: str, script: str) -> None:
        path = self.folder / "bin" / name
        path.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
        path.chmod(0o755)

    def run(self, name: str) -> subprocess.CompletedProcess[str]:
        said = step(name)
        given = {
            key: re.sub(r"\$\{\{ inputs\.([\w-]+) \}\}", lambda found: self.inputs[found[1]], str(value))
            for key, value in said.get("env", {}).items()
        }
        files = {
            key: str(self.folder / key.lower())
            for key in ("GITHUB_OUTPUT", "GITHUB_STEP_SUMMARY", "GITHUB_PATH")
        }
        path = f"{self.folder / 'bin'}{os.pathsep}{os.environ['PATH']}"
        return subprocess.run(
            ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", said["run"]],
            cwd=self.folder,
            env=os.environ | files | given | {"PATH": path, "RUNNER_TEMP": str(self.folder)},
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )

    def said(self, name: str) -> str:
        return (self.folder / name).read_text("utf-8")


@pytest.fixture
def runner(tmp_path: Path) -> Runner:
    (tmp_path / "suites").mkdir()
    (tmp_path / "suites" / "own.yaml").write_text(SUITE, encoding="utf-8")
    (tmp_path / "suites" / "harbour.md").write_text(ARTICLE, encoding="utf-8")
    return Runner(tmp_path)


def test_no_script_holds_an_expression() -> None:
    """What others may write (names of branches, inputs) reaches scripts as variables, never as their text."""
    scripts = [one["run"] for one in read(ACTION)["runs"]["steps"] if "run" in one]

    assert 3 == len(scripts)
    assert not any("${{" in script for script in scripts)


def test_workflow_uses_the_action() -> None:
    """The workflow runs the action of this repository with inputs that it has, on pull requests, with a token that reads."""
    workflow = read(WORKFLOW)
    (used,) = [one for one in workflow["jobs"]["regress"]["steps"] if one["uses"].startswith("./")]

    assert ACTION == ROOT / used["uses"] / "action.yml"
    assert used["with"].keys() <= read(ACTION)["inputs"].keys()
    assert "pull_request" in workflow[True]  # YAML 1.1 reads the key "on" as true
    assert "read" == workflow["permissions"]["contents"]


def test_pass_and_change(runner: Runner) -> None:
    """Against its reference the suite passes; when the charter of a role changes, the run fails with annotations and reports."""
    accept = subprocess.run(
        [runner.folder / "bin" / "jemaa", "regress", "--accept"],
        cwd=runner.folder,
        capture_output=True,
        check=False,
    )
    assert 0 == accept.returncode, accept.stderr
    first = runner.run("Regress")
    assert 0 == first.returncode, first.stderr
    assert "verdict=pass\n" == runner.said("github_output")

    (runner.folder / "suites" / "own.yaml").write_text(SUITE + "roles: [finance]\n", encoding="utf-8")
    second = runner.run("Regress")
    assert 1 == second.returncode, second.stderr
    assert re.search(
        r"^::(error|warning) file=suites/own\.yaml,line=\d+,title=own",
        second.stdout + second.stderr,
        re.MULTILINE,
    )
    assert runner.said("github_output").splitlines()[-1] in {"verdict=changed", "verdict=worse"}
    assert "own" in runner.said("github_step_summary")
    assert {"junit.xml", "report.html", "report.md"} == {
        path.name for path in (runner.folder / "regression").iterdir()
    }


def test_named_suites(runner: Runner) -> None:
    """Suites are named one a line; one that is not there ends the step with exit code 2."""
    runner.inputs["suites"] = "suites/own.yaml\nno such suite; echo oops\n"
    found = runner.run("Regress")

    assert 2 == found.returncode
    assert "no such suite; echo oops" in found.stderr
    assert "verdict=none\n" == runner.said("github_output")


def test_comment(runner: Runner) -> None:
    """The comment is the report, put on the pull request or in place of the last one."""
    runner.tool("gh", f'printf "%s\\n" "$@" > "{runner.folder / "asked"}"')
    assert 0 == runner.run("Comment").returncode
    assert not (runner.folder / "asked").exists()

    (runner.folder / "regression").mkdir()
    (runner.folder / "regression" / "report.md").write_text("## own\n", encoding="utf-8")
    assert 0 == runner.run("Comment").returncode
    assert ["--body-file", "regression/report.md"] == runner.said("asked").splitlines()[-2:]
