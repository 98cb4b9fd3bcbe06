"""Running a suite: every debate is held, checked against what is expected and compared with its reference."""

from collections.abc import Callable, Collection, Sequence
from typing import NamedTuple

from transcripts.regress import recording
from transcripts.regress.attempt import Asking, Attempt, attempt
from transcripts.regress.case import cases_of, trials_of
from transcripts.regress.load import SuiteFile
from transcripts.regress.reference import (
    References,
    TrialReference,
    read_references,
    recordings_of,
    reference_of,
    reference_path,
)
from transcripts.regress.report import CaseResult, SuiteResult, worst
from transcripts.regress.result import Outcomes, result_of
from transcripts.regress.selection import chosen, is_compared
from transcripts.regress.suite import Mode


class Judgement(NamedTuple):
    """What came of a suite, and what its reference would be if it were accepted; `known` are all its cases."""

    file: SuiteFile
    result: SuiteResult
    outcomes: Outcomes
    attempts: tuple[Attempt, ...]
    known: tuple[str, ...]


async def judge(
    file: SuiteFile,
    mode: Mode,
    asking: Asking,
    *,
    only: Collection[str] = (),
    tell: Callable[[CaseResult], None] = lambda _: None,
) -> Judgement:
    """Run the cases of a suite (all, or those named `only` with what they are measured against).

    Offline cases are argued anew in every mode. `tell` is called with each case's result.

    Raises SuiteError for what does not hold, and in `record` and `live` what asking raises: what was recorded
    by then stays.
    """
    cases = chosen(file, only)
    references = read_references(file) if file.suite.reference else None
    folder = recordings_of(file)
    results: list[CaseResult] = []
    outcomes: dict[str, tuple[TrialReference, ...]] = {}
    attempts: list[Attempt] = []
    for case in cases:
        held = [await attempt(trial, mode, asking, folder) for trial in trials_of(file, case)]
        attempts += held
        outcomes[case.name] = tuple(
            reference_of(one.held, one.trial.seed, one.trial.repeat) for one in held if one.held
        )
        results.append(result_of(file, case, held, outcomes, references))
        tell(results[-1])
    kept = {case.name: outcomes[case.name] for case in cases if is_compared(file, case)}
    unused = () if only else tuple(_unused(file, attempts, references))
    return Judgement(
        file,
        _summed(file, results, unused),
        kept,
        tuple(attempts),
        tuple(case.name for case in cases_of(file)),
    )


def _unused(file: SuiteFile, attempts: Sequence[Attempt], references: References | None) -> list[str]:
    """Recordings that no debate was held from, and references of cases that are no more."""
    used = {one.path.name for one in attempts if one.path is not None}
    names = {one.trial.case.name for one in attempts}
    lost = [path for path in recording.recordings_in(recordings_of(file)) if path.name not in used]
    gone = [name for name in (references.cases if references else ()) if name not in names]
    return [*map(str, lost), *(f"{reference_path(file)}: {name}" for name in gone)]


def _summed(file: SuiteFile, results: Sequence[CaseResult], unused: tuple[str, ...]) -> SuiteResult:
    path = reference_path(file)
    return SuiteResult(
        name=file.name,
        path=str(file.path),
        verdict=worst(case.verdict for case in results),
        reference=str(path) if path.exists() else None,
        unused=unused,
        cases=tuple(results),
    )
