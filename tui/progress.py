"""How far a debate is, on standard error: a matrix in a terminal, plain lines elsewhere."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from tui.console import console
from tui.present.speech import retry_lines, speaker
from tui.present.words import DECISION_STYLE, MARK, on_one_line, styled, words
from tui.spend import used
from tui.state import DebateState

if TYPE_CHECKING:
    from rich.console import Console, Group
    from rich.table import Table

WRITERS = 3
"""At most so many speakers are shown as they write."""
TAIL = 12
"""So many of their last words."""


@contextmanager
def progress(state: DebateState) -> Iterator[Callable[[], None]]:
    """Show the progress of a debate while it runs; what is yielded is to be called after every event."""
    err = console(stderr=True)
    if not err.is_terminal:
        yield Lines(state, err).tell
        return
    from rich.live import Live

    with Live(
        get_renderable=lambda: board(state),
        console=err,
        refresh_per_second=10,
        transient=sys.stdout.isatty(),
    ):
        yield lambda: None


class Lines:
    """One line for each step that is over."""

    def __init__(self, state: DebateState, err: "Console") -> None:
        self._state = state
        self._told: set[tuple[str, int]] = set()
        self._waits: set[tuple[str, int]] = set()
        self._err = err

    def tell(self) -> None:
        """Print the waits that have begun and the steps that have been finished since."""
        state = self._state
        for retry, line in zip(state.retries.values(), retry_lines(state), strict=True):
            # Many wait for the same cause at a time; one line says so.
            if (told := (retry.waiting.cause, retry.waiting.tried)) not in self._waits:
                self._waits.add(told)
                self._err.print(styled(line), soft_wrap=True)
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


def board(state: DebateState) -> "Group":
    """The matrix, and under it what is being written and what is waited for."""
    from rich.console import Group

    latest = list(state.writing.items())[-WRITERS:]
    lines = [
        on_one_line(styled((f"{speaker(address, state)}  ", "bold"), tail(text))) for address, text in latest
    ]
    waits = [styled((line, "yellow")) for line in retry_lines(state)]
    spent = [styled((line, "dim"))] if (line := used(state.spent)) else []
    return Group(matrix(state), *lines, *waits, *spent)


def tail(text: str) -> str:
    """The end of what is being written."""
    words_ = text.split()
    return f"{'… ' if len(words_) > TAIL else ''}{' '.join(words_[-TAIL:])}"


def matrix(state: DebateState) -> "Table":
    """Recommendations by steps, and the strategy."""
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
    if state.writing_strategy:
        mark = MARK["done" if state.finished else "running"]
        table.add_row("", *([""] * state.rounds), styled(mark, f" {words(state)('strategy')}"))
    return table
