"""What `jemaa regress` does around a run: asking with consent, writing reports, accepting, exit codes."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from agents.backends.chat.limits import Allowance, with_budget
from agents.errors import SuiteError
from transcripts.log.session import OpenBackend
from transcripts.regress.case import Case, trials_of
from transcripts.regress.judge import Judgement, judge
from transcripts.regress.recording import adopt, recording
from transcripts.regress.reference import merged, read_references, recordings_of, write_references
from transcripts.regress.report import CaseResult, Report, SuiteResult, worst
from transcripts.regress.selection import Selection, chosen
from transcripts.regress.suite import SHIPPED, Mode
from tui.failure import DONE, MUST_CHANGE, NO
from tui.hold import note
from tui.settings import Settings
from tui.spend import limits_of

if TYPE_CHECKING:
    from transcripts.report.matrix import Matrix
    from transcripts.report.run import Run


class Asked:
    """Opens the backends of a run that asks; all of them share what the run may spend."""

    def __init__(self, chosen: Settings, files: Sequence[Selection]) -> None:
        self._chosen = chosen
        budgets = [amount for file, _ in files for amount in file.suite.budget]
        # What the person says now counts for more than what the suites say.
        limits = limits_of(chosen)
        self._allowance = Allowance(limits if chosen.budget else with_budget(limits, budgets))

    def __call__(self, case: Case) -> OpenBackend:
        """How the debates of a case are asked."""
        from agents.backends.open import open_backend

        return partial(
            open_backend,
            limits=self._allowance,
            cache_first=self._chosen.cache_first,
            prompts=case.prompts,
        )


def agree(files: Sequence[Selection], mode: Mode, above: float, *, yes: bool) -> None:
    """Tell what a run that asks will take, and ask when it costs more than `above` US dollars.

    Raises InputError when nobody is there to be asked, typer.Abort when the answer is no.
    """
    if mode != "replay":
        from tui.sweeping import consent

        consent(
            [
                trial.plan
                for file, only in files
                for case in chosen(file, only)
                if not case.offline
                for trial in trials_of(file, case)
                if mode == "live" or not recording(recordings_of(file), trial).exists()
            ],
            above,
            yes=yes,
        )


async def judged(files: Sequence[Selection], mode: Mode, asked: Asked) -> tuple[Report, list[Judgement]]:
    """Run all suites, one after the other."""
    tell = _told_meanwhile if mode != "replay" else _nothing
    judgements = [await judge(file, mode, asked, only=only, tell=tell) for file, only in files]
    results = tuple(judgement.result for judgement in judgements)
    return Report(verdict=worst(one.verdict for one in results), mode=mode, suites=results), judgements


def exit_code(report: Report, *, accepted: bool) -> int:
    """1 when something changed or got worse, 2 when there is only nothing to compare with yet, else 0."""
    if accepted:
        unmet = any(
            check.holds is False and check.name != "reference" for one in report.cases for check in one.checks
        )
        return NO if unmet else DONE
    failing = [case for case in report.cases if case.verdict != "pass"]
    if all(is_first(case) for case in failing):
        return MUST_CHANGE if failing else DONE
    return NO


def is_first(case: CaseResult) -> bool:
    """Whether nothing is wrong with a case but that it has no reference or no recording yet."""
    absent = [trial for trial in case.trials if trial.missed and trial.recording is None]
    if absent:
        return len(absent) == sum(trial.missed is not None for trial in case.trials)
    return case.new and case.verdict == "changed"


def accept_outcome(judgements: Sequence[Judgement]) -> None:
    """Take what came of the suites as their references, and live debates as their recordings.

    Raises SuiteError when a debate could not be held.
    """
    for judgement in judgements:
        file = judgement.file
        if missed := [one for one in judgement.attempts if one.missed]:
            raise SuiteError(
                f"{file.path}: {missed[0].trial.case.name} could not be held, so there is nothing to accept.",
                "Record it first: jemaa regress --mode record",
            )
        for one in judgement.attempts:
            if one.path is not None:
                adopt(recordings_of(file), one.path)
        if not file.suite.reference:
            note(f"{file.path} keeps no reference (reference: false).")
            continue
        known = set(judgement.outcomes) | set(judgement.known)
        path = write_references(
            file, merged(read_references(file), file.name, judgement.outcomes, known=known)
        )
        note(f"Accepted as the reference: {path}")


def write_reports(
    report: Report, *, junit: Path | None, html: Path | None, markdown: Path | None, annotations: bool
) -> None:
    """Write the reports that were asked for. Raises SuiteError when one cannot be written."""
    from transcripts.report.verdict import Judged
    from transcripts.report.verdict import annotations as told
    from transcripts.report.verdict import junit as as_junit

    cases = [
        Judged(
            suite=case.suite,
            name=case.name,
            verdict=case.verdict,
            changes=tuple(change.text for change in case.changes)
            or (("no reference yet",) if case.new else ()),
            file=suite.path,
            line=case.line,
        )
        for suite in report.suites
        for case in suite.cases
    ]
    if annotations:
        typer.echo(told(cases), nl=False, err=True)
    if junit is not None:
        _write(junit, as_junit(cases))
    if html is not None or markdown is not None:
        from transcripts.report.html import matrix_html
        from transcripts.report.markdown import matrix_markdown

        found = matrix_of(report)
        if found is None:
            raise SuiteError(
                "No debate was held, so there is nothing to report.", "See above what was missed."
            )
        if html is not None:
            _write(html, matrix_html(found))
        if markdown is not None:
            _write(markdown, matrix_markdown(found))


def matrix_of(report: Report) -> "Matrix | None":
    """How far the outcomes vary and differ between configurations; None when no debate was held."""
    from transcripts.report.matrix import matrix

    runs = [run for case in report.cases for run in _runs(case, apart=len(report.suites) > 1)]
    return matrix(", ".join(suite.name for suite in report.suites), runs) if runs else None


def variation(report: Report, found: "Matrix | None") -> str:
    """Flip rates, comparisons and what so many repeats cannot show; empty where nothing could vary."""
    from transcripts.report.wording import columns, comparisons, overview

    if found is None or not any(_varies(suite) for suite in report.suites):
        return ""
    tables = [overview(found, costs=False), comparisons(found)]
    parts = ["\n".join(columns(table)) for table in tables if len(table) > 1]
    return "\n\n".join([*parts, "\n".join(found.notes)])


def _varies(suite: SuiteResult) -> bool:
    """Whether a suite holds an article several times, or under several configurations."""
    cases = [case for case in suite.cases if case.variant is None]
    configurations = {(case.model, case.prompts, case.charters) for case in cases}
    return len(configurations) > 1 or any(len(case.trials) > 1 for case in cases)


def _runs(case: CaseResult, *, apart: bool) -> "list[Run]":
    """A case's debates for the matrix; those that a probe disturbs have no place in it.

    With `apart`, articles of several suites are kept apart.
    """
    from transcripts.report.run import Configuration, Run

    if case.variant is not None:
        return []
    where = Configuration(
        model=case.model,
        prompts=None if case.prompts == SHIPPED else case.prompts,
        charters=None if case.charters == SHIPPED else case.charters,
    )
    return [
        Run(
            article=f"{case.suite}/{case.article}" if apart else case.article,
            configuration=where,
            seed=trial.seed,
            repeat=trial.repeat,
            decisions=trial.decisions,
            unverified=trial.grounding.unverified,
            turns=trial.usage.turns,
            calls=trial.usage.calls,
            input_tokens=trial.usage.input_tokens,
            output_tokens=trial.usage.output_tokens,
            cost=trial.usage.cost,
        )
        for trial in case.trials
        if trial.missed is None
    ]


def _write(path: Path, text: str) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    except OSError as error:
        raise SuiteError(f"{path} cannot be written: {error.strerror}.") from error


def _told_meanwhile(case: CaseResult) -> None:
    note(f"{case.verdict:8} {case.name}")


def _nothing(case: CaseResult) -> None:
    pass
