"""A pytest plugin: suites of debates become tests, one for each case and expectation.

It imports nothing of jemaa and asks the `jemaa` command in a child process, so that a repository may have packages
of its own that are called agents, prompts, transcripts or tui. A suite is a YAML file with a key `jemaa` at its left
margin. Each suite is listed once by every process that collects it and run once in all, whichever of its tests
are chosen and however many processes (pytest-xdist) run them.
"""

import json
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

try:
    import fcntl
except ImportError:  # without file locks, each process that needs a suite runs it
    fcntl = None  # type: ignore[assignment]

SUFFIXES = {".yaml", ".yml"}
MODES = ("replay", "record", "live")
_BEGINS = re.compile(rb"^jemaa\s*:", re.MULTILINE)
_FIRST_BYTES = 65_536
_SHOWN = 20
_LONGEST = 400

Folder = pytest.StashKey[Path]()
Chosen = pytest.StashKey[dict[Path, list[str]]]()


class Unexpected(Exception):
    """What a debate did not fulfil."""


def pytest_addoption(parser: pytest.Parser) -> None:
    """`--jemaa-mode`."""
    group = parser.getgroup("jemaa", "suites of debates")
    group.addoption(
        "--jemaa-mode",
        choices=MODES,
        default="replay",
        help="Debates of suites: from their recordings (replay), asking what is missing (record), or all (live).",
    )


def pytest_configure(config: pytest.Config) -> None:
    """Find the folder in which all processes of this run keep what the command said."""
    given = getattr(config, "workerinput", {}).get("jemaa_folder")
    config.stash[Folder] = Path(given or tempfile.mkdtemp(prefix="jemaa-pytest-"))
    config.stash[Chosen] = {}


@pytest.hookimpl(optionalhook=True)
def pytest_configure_node(node: Any) -> None:
    """Tell a process of pytest-xdist where that folder is."""
    node.workerinput["jemaa_folder"] = str(node.config.stash[Folder])


def pytest_unconfigure(config: pytest.Config) -> None:
    """Remove the folder, once everybody is done."""
    folder = config.stash.get(Folder, None)
    if folder is not None and not hasattr(config, "workerinput"):
        shutil.rmtree(folder, ignore_errors=True)


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> "SuiteFile | None":
    """Collect YAML files that say that they are suites."""
    if file_path.suffix not in SUFFIXES:
        return None
    try:
        with file_path.open("rb") as file:
            begins = _BEGINS.search(file.read(_FIRST_BYTES))
    except OSError:
        return None
    return SuiteFile.from_parent(parent, path=file_path) if begins else None


def pytest_collection_finish(session: pytest.Session) -> None:
    """Note which cases are left to run once tests were chosen (`-k`, node ids)."""
    chosen: dict[Path, dict[str, None]] = {}
    for item in session.items:
        if isinstance(item, Expectation):
            chosen.setdefault(item.path, {})[item.case] = None
    session.config.stash[Chosen] = {path: list(cases) for path, cases in chosen.items()}


class SuiteFile(pytest.File):
    """A suite."""

    def collect(self) -> "Iterator[CaseNode]":
        """Its cases, in its order. Raises CollectError with what the command says of a suite that does not hold."""
        done = _asked("--list", "--json", str(self.path))
        if done.returncode:
            raise self.CollectError(done.stderr.strip())
        for case in json.loads(done.stdout)["cases"]:
            node = CaseNode.from_parent(self, name=case["name"])
            node.line, node.expectations = case["line"], case["expectations"]
            yield node


class CaseNode(pytest.Collector):
    """A case of a suite."""

    line: int
    expectations: list[str]

    def collect(self) -> "Iterator[Expectation]":
        """What is expected of it; at least that its debates can be held."""
        for name in self.expectations or ["held"]:
            yield Expectation.from_parent(self, name=name)


class Expectation(pytest.Item):
    """One expectation of a case."""

    @property
    def case(self) -> str:
        """The name of the case."""
        assert self.parent is not None, "an expectation is collected from its case"
        return self.parent.name

    def runtest(self) -> None:
        """Look up what the command found."""
        told = _run(self.config, self.path)
        case = next((case for case in told["cases"] if case["name"] == self.case), None)
        if case is None:
            raise Unexpected(told.get("error") or f"the command said nothing of {self.case}")
        check = next((check for check in case["checks"] if check["name"] == self.name), None)
        missed = [trial["missed"] for trial in case["trials"] if trial["missed"]]
        if check is None or check["holds"] is None:
            if missed:
                raise Unexpected("\n".join(_missed(missed[0])))
        elif not check["holds"]:
            raise Unexpected("\n".join(_told(self, case, check, missed)))

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException], style: Any = None) -> Any:
        """What was found, without a traceback through this plugin."""
        if isinstance(excinfo.value, Unexpected):
            return str(excinfo.value)
        return super().repr_failure(excinfo, style)

    def reportinfo(self) -> tuple[Path, int, str]:
        """Where the suite speaks of the case."""
        line = self.parent.line if isinstance(self.parent, CaseNode) else 1
        return self.path, line - 1, f"{self.case}: {self.name}"


def _told(item: Expectation, case: dict[str, Any], check: dict[str, Any], missed: list[Any]) -> Iterator[str]:
    if check["name"] != "reference":
        yield check["text"]
    elif missed:
        yield from _missed(missed[0])
    elif case["new"]:
        yield f"There is no reference yet. See jemaa regress {item.path} and agree with --accept."
    else:
        changes = [change["text"] for change in case["changes"] if change["what"] != "expectation"]
        yield from changes[:_SHOWN]
        if len(changes) > _SHOWN:
            yield f"… and {len(changes) - _SHOWN} more"
        parting = next((trial["parting"] for trial in case["trials"] if trial["parting"]), None)
        if parting:
            yield f"First parting: {parting['address']} ({parting['what']})"
        yield f"If this is as it should be: jemaa regress {item.path} --case {item.case} --accept"


def _missed(missed: dict[str, Any]) -> Iterator[str]:
    yield missed["text"]
    for one in missed["differences"]:
        yield f"{one['part']}:"
        recorded, requested = (one[side].splitlines() for side in ("recorded", "requested"))
        gone = [line for line in recorded if line not in requested]
        come = [line for line in requested if line not in recorded]
        yield from (f"- {line[:_LONGEST]}" for line in gone[:_SHOWN])
        yield from (f"+ {line[:_LONGEST]}" for line in come[:_SHOWN])


def _run(config: pytest.Config, path: Path) -> dict[str, Any]:
    """What the command says of a suite, asked by the first that wants to know."""
    folder = config.stash[Folder]
    kept = folder / f"{sha256(str(path).encode()).hexdigest()}.json"
    with _alone(kept.with_suffix(".lock")):
        if not kept.exists():
            cases = [word for case in config.stash[Chosen].get(path, []) for word in ("--case", case)]
            done = _asked("--json", "--mode", config.getoption("--jemaa-mode"), *cases, str(path))
            said = done.stdout if done.stdout.startswith("{") else ""
            text = said or json.dumps({"cases": [], "error": done.stderr.strip()})
            temporary = kept.with_suffix(".tmp")
            temporary.write_text(text, encoding="utf-8")
            temporary.replace(kept)
    told: dict[str, Any] = json.loads(kept.read_text(encoding="utf-8"))
    return told


@contextmanager
def _alone(path: Path) -> Iterator[None]:
    """While this lasts, no other process is inside; the lock of one that dies is released."""
    with path.open("w") as file:
        if fcntl is not None:
            fcntl.flock(file, fcntl.LOCK_EX)
        yield


def _asked(*arguments: str) -> "subprocess.CompletedProcess[str]":
    """What `jemaa regress` says; the one of this environment, whatever lies in the working directory."""
    command = [sys.executable, "-P", "-m", "jemaa", "regress", *arguments]
    return subprocess.run(  # noqa: S603  our own command with our own arguments
        command, stdin=subprocess.DEVNULL, capture_output=True, text=True, encoding="utf-8", check=False
    )
