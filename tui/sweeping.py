"""What a person sees of a sweep: how far it is and when it will be done, and in the end what came of it."""

import sys
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from ipaddress import ip_address
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING, Any

import typer

from agents.debate.plan import DebatePlan
from agents.errors import InputError
from tui.console import console

if TYPE_CHECKING:
    from transcripts.regress.case import Trial
    from transcripts.report.matrix import Matrix
    from transcripts.sweep.task import Outcome

_EVERY = 5.0
_SHOWN = 5


class Sweep:
    """The debates of a sweep and what has become of them so far; `trials` are in the suites' order."""

    def __init__(self, title: str, trials: "dict[str, Trial]", folder: Path) -> None:
        self.title = title
        self.trials = trials
        self._folder = folder
        self._outcomes: dict[str, Outcome] = {}
        self._over: Counter[str] = Counter()
        self._began = monotonic()
        self._seconds: float | None = None
        self._tell: Callable[[], None] = lambda: None

    def note(self, outcome: "Outcome") -> None:
        """A debate is over, or left."""
        self._outcomes[outcome.id] = outcome
        self._over[outcome.status] += 1
        self._tell()

    @property
    def finished(self) -> list[str]:
        """The debates that are finished."""
        return [name for name in self.trials if self._status(name) != "unfinished"]

    @property
    def left(self) -> list[str]:
        """The debates that are not."""
        return [name for name in self.trials if self._status(name) == "unfinished"]

    @property
    def hopeless(self) -> bool:
        """Whether nothing that is left would end otherwise if it were held again."""
        return all(name in self._outcomes and self._outcomes[name].must_change for name in self.left)

    @property
    def hint(self) -> str | None:
        """What to do first, where the same command again would not do."""
        hints = [self._outcomes[name].hint for name in self.left if name in self._outcomes]
        return next((hint for hint in hints if hint), None) if self.hopeless else None

    def missing(self) -> list[DebatePlan]:
        """The plans of debates that have no finished transcript, as it seems before the sweep."""
        from transcripts.sweep.hold import is_finished
        from transcripts.sweep.plan import transcript_of

        return [
            trial.plan
            for trial in self.trials.values()
            if not is_finished(transcript_of(trial, self._folder))
        ]

    def causes(self) -> list[str]:
        """Why debates are left, the most frequent cause first, with some that it holds for."""
        by_cause: dict[str, list[str]] = {}
        for name in self.left:
            outcome = self._outcomes.get(name)
            by_cause.setdefault((outcome and outcome.cause) or "Not begun.", []).append(name)
        ordered = sorted(by_cause.items(), key=lambda item: (-len(item[1]), item[0]))
        return [
            f"{cause} ({', '.join(ids[:_SHOWN])}{f' and {len(ids) - _SHOWN} more' if len(ids) > _SHOWN else ''})"
            for cause, ids in ordered
        ]

    @contextmanager
    def progress(self) -> Iterator[None]:
        """Count time from here, and show how far the sweep is on standard error."""
        err = console(stderr=True)
        self._began = last = monotonic()

        def tell() -> None:
            nonlocal last
            if monotonic() - last >= _EVERY or self._over.total() == len(self.trials):
                last = monotonic()
                err.print(str(self), soft_wrap=True)

        try:
            if not err.is_terminal:
                self._tell = tell
                yield
                return
            from rich.live import Live
            from rich.text import Text

            with Live(
                get_renderable=lambda: Text(str(self)), console=err, refresh_per_second=4, transient=True
            ):
                yield
        finally:
            self._seconds = self.seconds

    @property
    def seconds(self) -> float:
        """How long the sweep has taken."""
        return monotonic() - self._began if self._seconds is None else self._seconds

    @property
    def rate(self) -> float:
        """Debates a minute that were held in this run; those found finished took no time."""
        return 60 * (self._over["held"] + self._over["resumed"]) / max(self.seconds, 1e-9)

    def __str__(self) -> str:
        over, debates = self._over.total(), len(self.trials)
        parts = [f"{over} of {debates} debates"]
        parts += [f"{self._over['found']} found finished"] if self._over["found"] else []
        parts += [f"{self._over['unfinished']} left unfinished"] if self._over["unfinished"] else []
        if self.rate:
            parts.append(f"{self.rate:.0f} a minute" if self.rate >= 10 else f"{self.rate:.1f} a minute")
        if self.rate and over < debates:
            parts.append(f"{duration(60 * (debates - over) / self.rate)} left")
        return ", ".join(parts)

    def matrix(self, *, costs: bool) -> "Matrix | None":
        """What the finished debates show; with `costs`, which takes longer, also what they cost."""
        from transcripts.report.matrix import matrix
        from transcripts.sweep.plan import runs_of

        runs = runs_of(self.trials, self.finished, self._folder, costs=costs)
        return matrix(self.title, runs) if runs else None

    def told(self, found: "Matrix | None") -> str:
        """The end of a sweep, for a person: counts, flip rates, comparisons, decisions, what to bear in mind."""
        from transcripts.report.wording import columns, comparisons, decisions, overview

        parts = [f"{self}, in {duration(self.seconds)}\nTranscripts: {self._folder}"]
        if found is not None:
            tables = [overview(found, costs=False), comparisons(found), decisions(found)]
            parts += ["\n".join(columns(table)) for table in tables if len(table) > 1]
            parts.append("\n".join(found.notes))
        return "\n\n".join(parts)

    def as_data(self, found: "Matrix | None") -> dict[str, Any]:
        """What `jemaa sweep --json` prints."""
        from transcripts.sweep.plan import result_of

        return {
            "suites": list(dict.fromkeys(trial.case.suite for trial in self.trials.values())),
            "transcripts": str(self._folder),
            "debates": len(self.trials),
            **{status: self._over[status] for status in ("held", "resumed", "found")},
            "unfinished": len(self.left),
            "remaining": self.left,
            "seconds": round(self.seconds, 3),
            "a_minute": round(self.rate, 2),
            "configurations": [] if found is None else [line.as_json() for line in found.lines],
            "notes": [] if found is None else list(found.notes),
            "results": [
                result_of(trial, self._outcomes.get(name), self._folder)
                for name, trial in self.trials.items()
            ],
        }

    def _status(self, name: str) -> str:
        return self._outcomes[name].status if name in self._outcomes else "unfinished"


def duration(seconds: float) -> str:
    """So many seconds, minutes or hours, as one would say it."""
    if seconds < 90:
        return f"{seconds:.0f} s"
    return f"{seconds / 60:.0f} min" if seconds < 5400 else f"{seconds / 3600:.1f} h"


def consent(plans: Sequence[DebatePlan], above: float, *, yes: bool) -> None:
    """Tell what debates by models will take together, and ask when that is more than `above` US dollars.

    Raises InputError when nobody is there to be asked, typer.Abort when the answer is no.
    """
    from agents.backends.speakers import all_models

    asking = [plan for plan in plans if all_models(plan)]
    if not asking:
        return
    from agents.backends.chat.estimate import estimate
    from agents.backends.chat.price import price_list

    told = [estimate(plan) for plan in asking]
    costs = [one.cost for one in told if one.cost is not None]
    cost = sum(costs) if len(costs) == len(told) else None
    price = "price unknown" if cost is None else f"about ${cost:.2f} by {price_list()}"
    typer.echo(
        f"Estimate: {len(asking)} debates, {sum(one.calls for one in told):,} calls, "
        f"{sum(one.input_tokens for one in told):,} tokens in, "
        f"{sum(one.output_tokens for one in told):,} out, {price}.",
        err=True,
    )
    if yes or cost is None or cost <= above:
        return
    if not sys.stdin.isatty():
        raise InputError(f"The sweep may cost ${cost:.2f}, more than ${above:.2f}.", "Agree with --yes.")
    typer.confirm("Begin?", err=True, abort=True)


def exposed(address: str) -> bool:
    """Whether a scheduler's address is one of another machine's, over a connection that is not encrypted."""
    scheme, _, place = address.rpartition("://")
    host = place.rpartition(":")[0] or place
    try:
        here = ip_address(host.strip("[]")).is_loopback
    except ValueError:
        here = host == "localhost"
    return scheme in {"", "tcp", "ws"} and not here
