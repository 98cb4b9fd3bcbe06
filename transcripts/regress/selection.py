"""Which cases of which suites are run, and what each is checked for: known before anything is held."""

from collections.abc import Collection, Sequence
from typing import NamedTuple

from agents.errors import SuiteError
from transcripts.regress.case import Case, cases_of
from transcripts.regress.check import names_of
from transcripts.regress.load import SuiteFile

REFERENCE = "reference"
"""The name of the comparison with the reference, among the names of what is expected."""
_SHOWN = 12


class Selection(NamedTuple):
    """A suite and the names of the cases of it that are run; none means all."""

    file: SuiteFile
    only: tuple[str, ...]


def selected(files: Sequence[SuiteFile], names: Sequence[str]) -> list[Selection]:
    """The suites with the cases that are run: all, or those of these names in whichever suites have them.

    Raises SuiteError for a name that no suite has a case for.
    """
    if not names:
        return [Selection(file, ()) for file in files]
    known = [(file, [case.name for case in cases_of(file)]) for file in files]
    everywhere = [name for _, cases in known for name in cases]
    if unknown := [name for name in names if name not in everywhere]:
        shown = ", ".join(everywhere[:_SHOWN]) + (", …" if len(everywhere) > _SHOWN else "")
        raise SuiteError(f"There is no case {unknown[0][:80]!r}.", f"There are {shown}.")
    found = [Selection(file, tuple(name for name in cases if name in names)) for file, cases in known]
    return [one for one in found if one.only]


def chosen(file: SuiteFile, only: Collection[str]) -> tuple[Case, ...]:
    """The cases of these names, and the baselines of those that a probe disturbs; without names, all."""
    cases = cases_of(file)
    if not only:
        return cases
    needed = {*only, *(case.baseline for case in cases if case.name in only)}
    return tuple(case for case in cases if case.name in needed)


def is_compared(file: SuiteFile, case: Case) -> bool:
    """Whether a case has a reference: what a probe disturbs is measured against its baseline instead."""
    return file.suite.reference and case.variant is None


def expected_of(file: SuiteFile, case: Case) -> list[str]:
    """The name of everything that a case is checked for, known before it is run."""
    measured = case.expect.sensitivity.model_dump(exclude_none=True) if case.variant else {}
    compared = [REFERENCE] if is_compared(file, case) else []
    return [*compared, *names_of(case.expect), *(f"sensitivity.{name}" for name in measured)]
