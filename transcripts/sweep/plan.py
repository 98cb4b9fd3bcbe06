"""From suites to the debates of a sweep, and from their transcripts to a report."""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from agents.errors import TranscriptError
from transcripts.library.record import read_record
from transcripts.log.file import SUFFIX
from transcripts.log.read import read_ends
from transcripts.regress.case import Case, Trial, cases_of, trials_of
from transcripts.regress.load import SuiteFile
from transcripts.report.run import Configuration, Run, run_of
from transcripts.sweep.task import Outcome, Task


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


def transcript_of(trial: Trial, folder: Path) -> Path:
    """Where the transcript of a debate lies."""
    return folder / f"{trial.id}{SUFFIX}"


def result_of(trial: Trial, outcome: Outcome | None, folder: Path) -> dict[str, Any]:
    """What `jemaa sweep --json` tells of a debate; `decisions` are empty until it is finished."""
    path = transcript_of(trial, folder)
    status = "unfinished" if outcome is None else outcome.status
    return {
        "id": trial.id,
        "suite": trial.case.suite,
        "case": trial.case.name,
        "article": article_of(trial.case),
        **configuration_of(trial.case).model_dump(mode="json"),
        "seed": trial.seed,
        "repeat": trial.repeat,
        "status": status,
        "cause": None if outcome is None else outcome.cause,
        "asked": 0 if outcome is None else outcome.asked,
        "twice": 0 if outcome is None else outcome.twice,
        "transcript": str(path),
        "decisions": {} if status == "unfinished" else _decisions(path),
    }


def runs_of(
    trials: Mapping[str, Trial], finished: Iterable[str], folder: Path, *, costs: bool = False
) -> list[Run]:
    """The finished debates in the suites' order, for a report; those that a probe disturbs are left out.

    With `costs` each transcript is read whole, one after the other, otherwise only its last line.
    """
    done = set(finished)
    return [
        _run(trial, transcript_of(trial, folder), costs=costs)
        for trial in trials.values()
        if trial.id in done and trial.case.variant is None
    ]


def _run(trial: Trial, path: Path, *, costs: bool) -> Run:
    article, configuration = article_of(trial.case), configuration_of(trial.case)
    if costs:
        return run_of(read_record(path), article, configuration, trial.seed, trial.repeat)
    return Run(
        article=article,
        configuration=configuration,
        seed=trial.seed,
        repeat=trial.repeat,
        decisions=_decisions(path),
    )


def configuration_of(case: Case) -> Configuration:
    """How the debates of a case are held."""
    return Configuration(
        model=case.model,
        prompts=None if case.prompts is None else case.prompts.name,
        charters=None if case.charters is None else case.charters.name,
    )


def article_of(case: Case) -> str:
    """What a case's article is called: the first part of the case's own name."""
    return case.name.partition("/")[0]


def _decisions(path: Path) -> dict[str, str]:
    """The decisions on the last line of a finished transcript."""
    try:
        return dict((read_ends(path).last or {}).get("decisions", {}))
    except TranscriptError:
        return {}
