"""How far a debate is, on standard error: a matrix in a terminal, plain lines elsewhere."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Protocol

from tui.console import console
from tui.present.words import DECISION_STYLE, MARK, styled, words
from tui.state import DebateState

if TYPE_CHECKING:
    from rich.table import Table


class Progress(Protocol):
    """Told of the state after every event."""

    def __call__(self, state: DebateState) -> None:
        """Show what is new."""


@contextmanager
def progress(state: DebateState) -> Iterator[Progress]:
    """The progress of a debate, shown while it runs."""
    err = console(stderr=True)
    if not err.is_terminal:
        yield Lines()
        return
    from rich.live import Live

    with Live(matrix(state), console=err, refresh_per_second=10, transient=sys.stdout.isatty()) as live:
        yield lambda state: live.update(matrix(state))


class Lines:
    """One line for each step that is over."""

    def __init__(self) -> None:
        self._told: set[tuple[str, int]] = set()
        self._err = console(stderr=True)

    def __call__(self, state: DebateState) -> None:
        """Print the steps that have been finished since."""
        for recommendation in state.recommendations:
            for round_ in range(1, state.ruling_round + 1):
                outcome = state.progress(recommendation, round_)
                taken, expected = state.running(recommendation, round_)
                over = outcome == "done" or (outcome == "failed" and taken >= expected)
                if over and (recommendation, round_) not in self._told:
                    self._told.add((recommendation, round_))
                    self._err.print(
                        styled(
                            f"{recommendation} {step(round_, state)}: {result(recommendation, round_, state)}"
                        )
                    )


def result(recommendation: str, round_: int, state: DebateState) -> str:
    """What a finished step gave."""
    ruling = state.ruling(recommendation)
    if round_ == state.ruling_round and ruling:
        return words(state).document.decision[ruling.decision]
    taken, expected = state.running(recommendation, round_)
    return f"{taken}/{expected}"


def step(round_: int, state: DebateState) -> str:
    """The name of a column."""
    phase = words(state).phase
    if round_ == 1:
        return phase["opening"]
    if round_ == state.ruling_round:
        return phase["ruling"]
    return phase["rebuttal"] if state.rounds == 2 else f"{phase['rebuttal']} {round_ - 1}"


def matrix(state: DebateState) -> "Table":
    """Recommendations by steps."""
    from rich.table import Table

    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0))
    table.add_column("")
    for round_ in range(1, state.ruling_round + 1):
        table.add_column(styled(step(round_, state)))
    for recommendation in state.recommendations:
        cells = []
        for round_ in range(1, state.ruling_round + 1):
            outcome = state.progress(recommendation, round_)
            ruling = state.ruling(recommendation) if round_ == state.ruling_round else None
            style = DECISION_STYLE[ruling.decision] if ruling else ""
            said = "" if outcome in {"waiting", "skipped"} else result(recommendation, round_, state)
            cells.append(styled(MARK[outcome], " ", (said, style)))
        table.add_row(styled((recommendation, "bold")), *cells)
    return table
