"""What a regression run found, as data: what `jemaa regress --json` prints."""

from collections.abc import Iterable
from typing import Any, Literal

from agents.argument.model import Stance
from agents.debate.document import Grounding
from agents.model import Frozen
from transcripts.compare.parting import Parting
from transcripts.library.record import Totals
from transcripts.regress.suite import Mode

Verdict = Literal["pass", "changed", "worse"]
_ORDER: tuple[Verdict, ...] = ("pass", "changed", "worse")


class Difference(Frozen):
    """A part of a request that differs from the recorded one."""

    part: str
    recorded: str
    requested: str


class Miss(Frozen):
    """Why a debate could not be held: the first turn that is missing or differs, and how."""

    address: str
    text: str
    differences: tuple[Difference, ...] = ()


class Changed(Frozen):
    """One difference from the reference; `text` says it in the words of `jemaa compare`.

    `before` and `after` are None where there is none; `worse` marks one that is a defect.
    """

    what: str
    text: str
    recommendation: str | None = None
    role: str | None = None
    before: Any = None
    after: Any = None
    seed: int | None = None
    repeat: int = 1
    worse: bool = False


class Checked(Frozen):
    """One expectation of a case. `share` of its debates fulfil it; `holds` is None when none could be held."""

    name: str
    holds: bool | None
    share: float | None = None
    text: str = ""


class Sensitivity(Frozen):
    """How far a probe moved a case from its `baseline`, as shares of all; `flipped` are decisions that differ.

    `baseline_tokens` and `tokens` are what both took.
    """

    baseline: str
    probe: str
    decisions: float
    stances: float
    priorities: float
    flipped: tuple[str, ...] = ()
    baseline_tokens: int = 0
    tokens: int = 0


class TrialResult(Frozen):
    """One debate of a case; `recording` is the transcript that it was held from, None when it was argued anew.

    `decisions`, `strengths` and final `stances` are by recommendation. `missed` is set when it could not be
    held; nothing else is known then. `parting` is the turn at which it first differs from its reference.
    """

    id: str
    seed: int | None = None
    repeat: int = 1
    recording: str | None = None
    decisions: dict[str, str] = {}
    stances: dict[str, dict[str, Stance]] = {}
    strengths: dict[str, float] = {}
    priorities: tuple[str, ...] = ()
    grounding: Grounding = Grounding()
    usage: Totals = Totals()
    parting: Parting | None = None
    missed: Miss | None = None


class CaseResult(Frozen):
    """What came of one case. `article`, `model`, `prompts` and `charters` tell its place in the matrix.

    `new` is True when there was no reference to compare with.
    """

    suite: str
    name: str
    verdict: Verdict
    changes: tuple[Changed, ...] = ()
    checks: tuple[Checked, ...] = ()
    trials: tuple[TrialResult, ...] = ()
    sensitivity: Sensitivity | None = None
    new: bool = False
    article: str = ""
    model: str = "offline"
    prompts: str = "shipped"
    charters: str = "shipped"
    variant: str | None = None
    baseline: str | None = None
    line: int = 1


class SuiteResult(Frozen):
    """What came of one suite; `unused` are recordings and references that no case asks for."""

    name: str
    path: str
    verdict: Verdict
    reference: str | None = None
    unused: tuple[str, ...] = ()
    cases: tuple[CaseResult, ...] = ()


class Report(Frozen):
    """What a regression run found."""

    verdict: Verdict
    mode: Mode
    suites: tuple[SuiteResult, ...] = ()

    @property
    def cases(self) -> tuple[CaseResult, ...]:
        """All cases of all suites."""
        return tuple(case for suite in self.suites for case in suite.cases)

    def as_json(self) -> dict[str, Any]:
        """What `jemaa regress --json` prints."""
        data = self.model_dump(mode="json")
        cases = [case for suite in data["suites"] for case in suite.pop("cases")]
        return data | {"cases": cases}


def worst(verdicts: Iterable[Verdict]) -> Verdict:
    """The worst of several verdicts; pass when there is none."""
    return max(verdicts, key=_ORDER.index, default="pass")
