"""Promises about the project as a whole: what starting costs, what is locked, how long a module gets."""

import ast
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterable
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
FLOORS = ("agents", "prompts", "transcripts", "tui")
LOCKS = ("requirements.txt", "requirements-dev.txt", "requirements-full.txt")

HEAVY = {
    "charset_normalizer",
    "docx",
    "httpx",
    "jinja2",
    "langchain_core",
    "langgraph",
    "lxml",
    "networkx",
    "pypdf",
    "rapidfuzz",
    "snowballstemmer",
    "tenacity",
    "textual",
    "trafilatura",
}
"""What only a command that needs it may import."""

FRESH_RUN = """
import sys
import jemaa
sys.argv = ["jemaa", *sys.argv[1:]]
try:
    jemaa.main()
finally:
    print("LOADED", *sorted({name.partition(".")[0] for name in sys.modules}), file=sys.stderr)
"""


def loaded_by(*arguments: str) -> set[str]:
    """Top-level packages that a fresh interpreter holds after running the command."""
    run = subprocess.run(
        [sys.executable, "-c", FRESH_RUN, *arguments],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert run.returncode == 0, run.stderr
    return set(run.stderr.rpartition("LOADED")[2].split())


def pins(lock: str) -> dict[str, set[str]]:
    """Package names of a lock file with the versions that it pins for one platform or another."""
    found: dict[str, set[str]] = {}
    for name, version in re.findall(r"^([a-z0-9-]+)==(\S+)", (ROOT / lock).read_text("utf-8"), re.MULTILINE):
        found.setdefault(name, set()).add(version)
    return found


def names(requirements: Iterable[object]) -> set[str]:
    """Normalised names of requirement strings; included groups are left out."""
    stripped = [re.split(r"[^\w.-]", text, maxsplit=1)[0] for text in requirements if isinstance(text, str)]
    return {re.sub(r"[-_.]+", "-", name).lower() for name in stripped}


def imported() -> set[str]:
    """Top-level packages of others that the four floors import anywhere, by any kind of import."""
    tops = set[str]()
    for path in sources():
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Import):
                tops |= {alias.name.partition(".")[0] for alias in node.names}
            elif isinstance(node, ast.ImportFrom):
                tops.add((node.module or "").partition(".")[0])
    return tops - {*FLOORS, "jemaa"} - sys.stdlib_module_names


def sources() -> list[Path]:
    """The Python files that are shipped."""
    return [ROOT / "jemaa.py", *(path for floor in FLOORS for path in sorted((ROOT / floor).rglob("*.py")))]


class TestStart:
    @pytest.mark.parametrize(
        "arguments", [["--help"], ["--version"], ["list"], ["debate", "--help"]], ids=" ".join
    )
    def test_nothing_heavy_is_imported_before_it_is_needed(self, arguments: list[str]) -> None:
        """Help, version and the list of transcripts start without graph, app, readers and statistics."""
        loaded = loaded_by(*arguments)

        assert {"tui", "typer"} <= loaded
        assert set() == loaded & HEAVY


class TestLocks:
    def test_dependencies_are_what_is_imported(self) -> None:
        """pyproject.toml asks for each distribution that the code imports, and for no other but adapters."""
        project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
        optional = [text for extra in project.get("optional-dependencies", {}).values() for text in extra]

        always = names(project["dependencies"])
        providers = {top: names(found) for top, found in packages_distributions().items()}
        here = imported() & providers.keys()
        used = set[str]().union(*(providers[top] for top in here))

        assert set() == {top for top in here if not providers[top] & (always | names(optional))}
        assert set() == always - used

    def test_every_dependency_is_locked(self) -> None:
        """What pyproject.toml asks for has a version in the lock file that installs it."""
        project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
        groups = project["dependency-groups"]
        runtime = names(project["project"]["dependencies"]) | names(project["build-system"]["requires"])

        assert set() == runtime - pins("requirements.txt").keys()
        assert set() == (runtime | names(groups["dev"])) - pins("requirements-dev.txt").keys()
        assert set() == names(groups["full"]) - pins("requirements-full.txt").keys()

    @pytest.mark.parametrize("smaller,larger", [LOCKS[:2], LOCKS[1:]], ids=lambda name: Path(name).stem)
    def test_a_larger_lock_holds_the_smaller(self, smaller: str, larger: str) -> None:
        """A package has the same versions in all lock files, so that one environment serves all."""
        held = pins(larger)

        assert pins(smaller) == {name: held.get(name) for name in pins(smaller)}

    @pytest.mark.parametrize("lock", LOCKS)
    def test_a_lock_names_no_place(self, lock: str) -> None:
        """A lock file holds versions and hashes only: any index will do."""
        text = (ROOT / lock).read_text("utf-8")

        assert "--hash=sha256:" in text
        assert not re.search(r"://|index|find-links|^-e|^\.|^/", text, re.MULTILINE)


class TestModules:
    def test_a_module_has_one_subject(self) -> None:
        """No module grows beyond the 400 lines at which it hides a second subject."""
        lengths = {
            str(path.relative_to(ROOT)): len(path.read_text("utf-8").splitlines()) for path in sources()
        }

        assert {} == {path: length for path, length in lengths.items() if length > 400}
