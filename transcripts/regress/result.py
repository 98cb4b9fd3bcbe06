"""What came of the debates of one case: expectations, differences from the reference, verdict."""

from collections.abc import Mapping, Sequence

from agents.backends.speakers import without_folder
from transcripts.regress.attempt import Attempt
from transcripts.regress.case import Case
from transcripts.regress.check import Problem, checked, names_of
from transcripts.regress.load import SuiteFile
from transcripts.regress.reference import References, TrialReference
from transcripts.regress.report import (
    CaseResult,
    Changed,
    Checked,
    Miss,
    Sensitivity,
    TrialResult,
    Verdict,
)
from transcripts.regress.selection import REFERENCE, is_compared
from transcripts.regress.sensitivity import sensitivity
from transcripts.regress.suite import SHIPPED
from transcripts.regress.verdict import Pair, changes, parting

_ENOUGH = 1e-9

Outcomes = Mapping[str, tuple[TrialReference, ...]]
"""For each case that was held so far, what could become its reference."""


def result_of(
    file: SuiteFile,
    case: Case,
    held: Sequence[Attempt],
    outcomes: Outcomes,
    references: References | None,
) -> CaseResult:
    """The result of a case whose debates were `held`; `outcomes` holds theirs and those of its baseline."""
    compared = is_compared(file, case)
    pairs: list[Pair] = []
    trials: list[TrialResult] = []
    new = False
    by_place = {(one.seed, one.repeat): one for one in outcomes[case.name]}
    for one in held:
        now = by_place.get((one.trial.seed, one.trial.repeat))
        before = references.of(case.name, one.trial.seed, one.trial.repeat) if references else None
        pair = None
        if compared and now is not None:
            new = new or before is None
            if before is not None:
                pair = Pair(before, now, [charter.name for charter in one.trial.plan.charters])
                pairs.append(pair)
        trials.append(_trial(one, pair))
    differing = changes(pairs, file.suite.tolerances)
    missed = [one.missed for one in held if one.missed]
    measured = _measured(case, outcomes, held) if case.variant and not missed else None
    checks = (*_checks(case, held), *_measured_checks(case, measured))
    if compared:
        checks = (_compared(differing, missed, new=new), *checks)
    verdict: Verdict = "changed" if differing or new else "pass"
    if (
        missed
        or any(change.worse for change in differing)
        or any(check.holds is False for check in checks if check.name != REFERENCE)
    ):
        verdict = "worse"
    return CaseResult(
        suite=file.name,
        name=case.name,
        verdict=verdict,
        changes=(*differing, *_unexpected(checks), *_missing(missed)),
        checks=checks,
        trials=tuple(trials),
        sensitivity=measured,
        new=new,
        article=case.name.partition("/")[0],
        model=without_folder(case.model),
        prompts=SHIPPED if case.prompts is None else case.prompts.name,
        charters=SHIPPED if case.charters is None else case.charters.name,
        variant=None if case.variant is None else case.variant.name,
        baseline=case.baseline,
        line=case.line,
    )


def _trial(one: Attempt, pair: Pair | None) -> TrialResult:
    place = TrialResult(
        id=one.trial.id,
        seed=one.trial.seed,
        repeat=one.trial.repeat,
        recording=None if one.path is None else str(one.path),
        missed=one.missed,
    )
    if one.held is None:
        return place
    record = one.held.record
    return place.model_copy(
        update={
            "decisions": {ruling.recommendation: str(ruling.decision) for ruling in record.rulings},
            "stances": {
                ruling.recommendation: {role: stances.final for role, stances in ruling.stances.items()}
                for ruling in record.rulings
            },
            "strengths": {ruling.recommendation: round(ruling.strength, 4) for ruling in record.rulings},
            "priorities": record.strategy.priorities if record.strategy else (),
            "grounding": record.grounding,
            "usage": record.usage,
            "parting": None if pair is None else parting(pair),
        }
    )


def _checks(case: Case, held: Sequence[Attempt]) -> list[Checked]:
    """What is expected of single debates, over all of the case: it must hold in a share of them."""
    found: dict[str, list[tuple[Attempt, Problem]]] = {name: [] for name in names_of(case.expect)}
    for one in held:
        if one.held is not None:
            for name, problem in checked(case.expect, one.held.record).items():
                found[name].append((one, problem))
    return [
        _shared(name, given, case.expect.share if len(given) == len(held) else 1.0)
        for name, given in found.items()
    ]


def _shared(name: str, given: Sequence[tuple[Attempt, Problem]], share: float) -> Checked:
    if not given:
        return Checked(name=name, holds=None, text="no debate could be held")
    wrong = [(one, problem) for one, problem in given if problem is not None]
    fulfilled = 1 - len(wrong) / len(given)
    holds = fulfilled >= share - _ENOUGH
    text = ""
    if wrong:
        one, problem = wrong[0]
        many = (
            f" (in {len(wrong)} of {len(given)} debates, first in {one.trial.id})" if len(given) > 1 else ""
        )
        text = f"{problem}{many}"
    return Checked(name=name, holds=holds, share=round(fulfilled, 4), text=text)


def _measured(case: Case, outcomes: Outcomes, held: Sequence[Attempt]) -> Sensitivity:
    assert case.variant is not None, "only probes are measured"
    assert case.baseline is not None, "and always against something"
    seeds = list(dict.fromkeys(one.trial.seed for one in held))
    before, after = (
        [[one.outcome for one in outcomes[name] if one.seed == seed] for seed in seeds]
        for name in (case.baseline, case.name)
    )
    return sensitivity(case.variant.probe, case.baseline, before, after)


def _measured_checks(case: Case, measured: Sensitivity | None) -> list[Checked]:
    ceilings = case.expect.sensitivity.model_dump(exclude_none=True) if case.variant else {}
    if measured is None:
        return [
            Checked(name=f"sensitivity.{name}", holds=None, text="no debate could be held")
            for name in ceilings
        ]
    found = []
    for name, ceiling in ceilings.items():
        share = getattr(measured, name)
        holds = share <= ceiling + _ENOUGH
        text = (
            ""
            if holds
            else f"{share:.0%} of {name} differ from {case.baseline}, expected at most {ceiling:.0%}"
        )
        found.append(Checked(name=f"sensitivity.{name}", holds=holds, text=text))
    return found


def _compared(differing: Sequence[Changed], missed: Sequence[Miss], *, new: bool) -> Checked:
    if missed:
        return Checked(name=REFERENCE, holds=False, text=missed[0].text)
    if new:
        return Checked(name=REFERENCE, holds=False, text="there is no reference yet: jemaa regress --accept")
    text = "; ".join(change.text for change in differing)
    return Checked(name=REFERENCE, holds=not differing, text=text)


def _unexpected(checks: Sequence[Checked]) -> list[Changed]:
    return [
        Changed(what="expectation", text=f"{check.name}: {check.text}", worse=True)
        for check in checks
        if check.holds is False and check.name != REFERENCE
    ]


def _missing(missed: Sequence[Miss]) -> list[Changed]:
    first = {(one.address, bool(one.differences)): one for one in reversed(missed)}
    return [Changed(what="missed", text=one.text, worse=True) for one in reversed(first.values())]
