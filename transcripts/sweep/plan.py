"""From suites to the debates of a sweep, and from their transcripts back to what was decided."""

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from agents.model import Frozen
from transcripts.log.file import SUFFIX
from transcripts.log.read import read_ends
from transcripts.regress.case import Trial, cases_of, trials_of
from transcripts.regress.load import SuiteFile
from transcripts.sweep.task import Outcome, Shard, Task


def trials_in(files: Iterable[SuiteFile]) -> dict[str, Trial]:
    """Every debate that the suites ask for, by its id, in their order; what two ask for stands once.

    Raises SuiteError when one of them does not hold.
    """
    found: dict[str, Trial] = {}
    for file in files:
        for case in cases_of(file):
            for trial in trials_of(file, case):
                found.setdefault(trial.id, trial)
    return found


def task_of(trial: Trial) -> Task:
    """The debate of a trial, ready to be held anywhere."""
    return Task(id=trial.id, plan=trial.plan, source=trial.source, prompts=trial.case.prompts)


class Result(Frozen):
    """One debate of a sweep as `--json` tells it: which it was, what became of it, and what it decided."""

    id: str
    suite: str
    case: str
    article: str
    model: str
    prompts: str | None
    charters: str | None
    seed: int | None
    repeat: int
    status: str
    cause: str | None
    transcript: str
    decisions: dict[str, str]


def result_of(trial: Trial, outcome: Outcome, folder: Path) -> Result: ...
