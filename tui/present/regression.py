"""What a regression run found, for a person."""

from collections import Counter
from collections.abc import Iterator, Sequence

from rich.console import Group, RenderableType
from rich.text import Text

from transcripts.regress.report import (
    CaseResult,
    Changed,
    Miss,
    Report,
    Sensitivity,
    SuiteResult,
    TrialResult,
    Verdict,
)
from transcripts.regress.selection import REFERENCE
from tui.present.difference import side_by_side
from tui.present.words import grid, named, styled

_STYLE: dict[Verdict, str] = {"pass": "green", "changed": "yellow", "worse": "red"}
_SHOWN = 20
"""Changes of a case that are shown; the rest is counted."""


def regression(report: Report, variation: str, *, accepted: bool) -> Group:
    """Suite by suite: each case with its verdict, what changed and where, and, unless accepted, what to do next."""
    parts: list[RenderableType] = []
    for suite in report.suites:
        parts += [*_suite(suite, report.mode)]
        parts += [] if accepted else [styled((line, "yellow")) for line in _advice(suite)]
        parts.append(styled(""))
    if variation:
        parts += [styled(variation), styled("")]
    counted = Counter(case.verdict for case in report.cases)
    told = ", ".join(f"{counted[verdict]} {verdict}" for verdict in _STYLE if counted[verdict])
    return Group(*parts, styled((told or "nothing to run", _STYLE[report.verdict])))


def _suite(suite: SuiteResult, mode: str) -> Iterator[RenderableType]:
    yield styled((suite.name, "bold"), f"  {suite.path}  ({mode})")
    yield grid(row for case in suite.cases for row in _case(case))
    for missed in _missed(suite):
        if missed.differences:
            yield styled(f"{missed.address}:")
            yield side_by_side([(one.part, one.recorded, one.requested) for one in missed.differences])
    if suite.unused:
        yield grid(named("unused", (styled(one) for one in suite.unused)))


def _case(case: CaseResult) -> Iterator[tuple[str, Text]]:
    head = case.name if case.sensitivity is None else f"{case.name}  {_moved(case.sensitivity)}"
    yield case.verdict, styled((head, _STYLE[case.verdict]))
    for change in case.changes[:_SHOWN]:
        several = len(case.trials) > 1 and change.what not in {"expectation", "missed"}
        yield "", styled(f"{_place(change)}{change.text}" if several else change.text)
    if len(case.changes) > _SHOWN:
        yield "", styled(f"… and {len(case.changes) - _SHOWN} more: --json tells all")
    if case.verdict != "pass":
        yield from named("", (styled((line, "dim")) for line in _partings(case.trials)))
    if case.new:
        yield "", styled("no reference yet: ", _outcome(case.trials))


def _moved(found: Sensitivity) -> str:
    flipped = f" ({', '.join(found.flipped)})" if found.flipped else ""
    spent = f", {found.baseline_tokens:,} → {found.tokens:,} tokens" if found.baseline_tokens else ""
    return (
        f"decisions {found.decisions:.0%}{flipped}, stances {found.stances:.0%}, "
        f"priorities {found.priorities:.0%} differ{spent}"
    )


def _place(change: Changed) -> str:
    seed = "" if change.seed is None else f"seed {change.seed}, "
    return f"({seed}repeat {change.repeat}) "


def _partings(trials: Sequence[TrialResult]) -> Iterator[str]:
    found = [trial for trial in trials if trial.parting is not None]
    for trial in found[:1]:
        assert trial.parting is not None, "they were chosen by it"
        where = f" in {trial.id}" if len(trials) > 1 else ""
        yield f"First parting{where}: {trial.parting.address} ({trial.parting.what})"


def _outcome(trials: Sequence[TrialResult]) -> str:
    held = next((trial for trial in trials if trial.missed is None), None)
    return "; ".join(f"{name} {decision}" for name, decision in held.decisions.items()) if held else ""


def _missed(suite: SuiteResult) -> list[Miss]:
    """The first miss of each case."""
    firsts = (next((trial.missed for trial in case.trials if trial.missed), None) for case in suite.cases)
    return [one for one in firsts if one is not None]


def _advice(suite: SuiteResult) -> Iterator[str]:
    absent = any(trial.missed and trial.recording is None for case in suite.cases for trial in case.trials)
    outdated = any(trial.missed and trial.recording for case in suite.cases for trial in case.trials)
    if absent:
        yield f"Record what is missing: jemaa regress {suite.path} --mode record"
    if outdated:
        yield f"Record anew what no longer holds: jemaa regress {suite.path} --mode record"
    if not absent and not outdated and any(case.new for case in suite.cases):
        yield f"There is no reference yet. If this is as it should be: jemaa regress {suite.path} --accept"
    elif not absent and not outdated and any(_differs(case) for case in suite.cases):
        yield f"If this is as it should be: jemaa regress {suite.path} --accept"


def _differs(case: CaseResult) -> bool:
    return any(check.name == REFERENCE and check.holds is False for check in case.checks)
