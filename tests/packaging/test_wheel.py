"""The wheel, as a stranger gets it: an empty environment, far from the checkout."""

import json
import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import NamedTuple

import pytest

ROOT = Path(__file__).parents[2]
FLOORS = ("agents", "prompts", "transcripts", "tui")
LEFT_OUT = {"__pycache__", "golden", "saved"}

pytestmark = pytest.mark.wheel


class Installed(NamedTuple):
    """A wheel and the command that it installed; `home` is the stranger's working directory."""

    wheel: Path
    command: Path
    home: Path

    def jemaa(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Run the command in the stranger's folder, whose packages PYTHONPATH puts first."""
        environment = os.environ | {
            "HOME": str(self.home),
            "PYTHONPATH": str(self.home),
            "JEMAA_TRANSCRIPTS": str(self.home / "saved"),
        }
        return run(self.command, *arguments, cwd=self.home, env=environment)


def run(
    *command: str | Path, cwd: Path, env: dict[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    """Run a command to its end; the test fails with what it said when it does not end well."""
    done = subprocess.run(
        command,
        cwd=cwd,
        env=env,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=600,
        check=False,
    )
    assert done.returncode == 0, f"{command}\n{done.stdout[-2000:]}\n{done.stderr[-4000:]}"
    return done


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A wheel built from a copy of the sources in which a private transcript lies about."""
    source = tmp_path_factory.mktemp("source")
    for name in ("pyproject.toml", "README.md", "LICENSE", "jemaa.py", "jemaa_pytest.py"):
        shutil.copy(ROOT / name, source)
    for floor in FLOORS:
        shutil.copytree(ROOT / floor, source / floor, ignore=shutil.ignore_patterns(*LEFT_OUT))
    (source / "transcripts" / "saved").mkdir()
    (source / "transcripts" / "saved" / "private.jsonl").write_text("{}\n")
    target = tmp_path_factory.mktemp("dist")
    run(sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", target, cwd=source)
    return next(target.glob("*.whl"))


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Installed:
    """The wheel in an environment of its own, with packages of our names in the working directory."""
    place = tmp_path_factory.mktemp("place")
    outside = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    run(sys.executable, "-m", "venv", place / "venv", cwd=place, env=outside)
    python = place / "venv" / "bin" / "python"
    install = (
        python,
        "-m",
        "pip",
        "--disable-pip-version-check",
        "--quiet",
        "--no-input",
        "install",
        "--no-deps",
    )
    run(*install, "--require-hashes", "--requirement", ROOT / "requirements.txt", cwd=place, env=outside)
    run(*install, "--no-index", wheel, cwd=place, env=outside)
    run(python, "-m", "pip", "check", cwd=place, env=outside)
    home = tmp_path_factory.mktemp("stranger")
    for floor in FLOORS:
        (home / floor).mkdir()
        (home / floor / "__init__.py").write_text(
            f"raise RuntimeError('a stranger took the place of {floor}')\n"
        )
    return Installed(wheel, python.with_name("jemaa"), home)


class TestContents:
    def test_all_sources_and_data_are_in_it(self, wheel: Path) -> None:
        """Every module, charter, prompt, style sheet and text of the four floors is in the wheel."""
        expected = {
            str(path.relative_to(ROOT))
            for floor in FLOORS
            for path in (ROOT / floor).rglob("*")
            if path.is_file() and LEFT_OUT.isdisjoint(path.parts)
        }

        assert set() == expected - set(zipfile.ZipFile(wheel).namelist())

    def test_nothing_else_is_in_it(self, wheel: Path) -> None:
        """Neither tests, nor the golden transcripts that serve them, nor anybody's saved ones are shipped."""
        tops = {name.split("/")[0] for name in zipfile.ZipFile(wheel).namelist() if ".dist-info/" not in name}

        assert {*FLOORS, "jemaa.py", "jemaa_pytest.py"} == tops
        assert not [
            name for name in zipfile.ZipFile(wheel).namelist() if {"golden", "saved"} & {*Path(name).parts}
        ]


class TestUse:
    def test_a_debate_is_held_and_found_again(self, installed: Installed) -> None:
        """The bundled brief is debated, its transcript verified, listed and shown."""
        debate = json.loads(installed.jemaa("debate", "--json").stdout)
        listed = installed.jemaa("list", "--json")
        verified = json.loads(installed.jemaa("verify", "last", "--json").stdout)

        assert Path(debate["transcript"]).is_relative_to(installed.home / "saved")
        assert Path(debate["strategy_path"]).is_file()
        assert {ruling["recommendation"] for ruling in debate["rulings"]} == set(debate["priorities"])
        assert debate["id"] in listed.stdout
        assert verified["ok"], verified["problems"]

    @pytest.mark.parametrize("command", ["doctor", "roles", "list", "--help", "--version"])
    def test_other_commands_answer(self, installed: Installed, command: str) -> None:
        """What needs no article works where nothing but the wheel is installed."""
        assert installed.jemaa(command).stdout.strip()
