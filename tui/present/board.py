"""How far a debate is: recommendations by phases and roles, each stance spelled, and what was decided."""

from collections.abc import Iterator
from typing import NamedTuple

from rich.cells import cell_len, set_cell_size
from rich.text import Text

from agents.argument.model import Stance
from agents.debate.turn import MODERATOR
from tui.present.words import DECISION_STYLE, GLYPH, STANCE_STYLE, Part, styled, words
from tui.state import DebateState

GAP = 1
"""Blanks between two phases."""


class Board(NamedTuple):
    """How wide the columns are: the ids, each role of a round, the decision; `spelled`: stances in words."""

    ids: int
    role: int
    outcome: int
    spelled: bool


def board(state: DebateState, width: int) -> Board:
    """As wide as there is room for; where words do not fit, stances are signs, which the legend spells."""
    label = words(state)
    ids = max(map(len, state.recommendations), default=2) + 1
    longest = max(map(cell_len, label.outcome.values()))
    cells = state.rounds * len(state.roles)
    room = width - ids - longest - GAP * state.rounds
    word = 1 + max(cell_len(short) for short in (*label.short.values(), label("lost")))
    role = max(2, min(room // max(1, cells), word + 2))
    return Board(ids, role, longest, role >= word)


def heading(state: DebateState, made: Board) -> tuple[Text, Text]:
    """Two lines: the phases, and the roles under each."""
    label = words(state)
    numbers = range(1, state.rounds) if state.rounds > 2 else [""]
    rebuttals = [f"{label.phase['rebuttal']} {number}".rstrip() for number in numbers]
    names = [label.phase["opening"], *rebuttals][: state.rounds]
    across = made.role * len(state.roles)
    phases: list[Part] = [" " * made.ids]
    roles: list[Part] = [" " * made.ids]
    for name in names:
        phases += [(_fit(name, across), "bold"), " " * GAP]
        roles += [
            *((_fit(_short(title, made.role - 1), made.role), "dim") for title in state.roles.values()),
            " " * GAP,
        ]
    return styled(*phases, (label.phase["ruling"], "bold")), styled(*roles)


def row(recommendation: str, state: DebateState, made: Board) -> Text:
    """One recommendation: what each role held in each round, and the decision."""
    parts: list[Part] = [(_fit(recommendation, made.ids), "bold")]
    for round_ in range(1, state.rounds + 1):
        for role in state.roles:
            text, style = _cell(recommendation, round_, role, state, made)
            parts.append((_fit(text, made.role), style))
        parts.append(" " * GAP)
    return styled(*parts, *_outcome(recommendation, state))


def legend(state: DebateState) -> Text:
    """What the signs mean."""
    short = words(state).short
    return styled(*((f"{GLYPH[held]} {short[held]}   ", STANCE_STYLE[held]) for held in Stance))


def _cell(recommendation: str, round_: int, role: str, state: DebateState, made: Board) -> tuple[str, str]:
    step = state.step(recommendation, round_)
    label = words(state)
    if role in step.failures:
        return (label("lost") if made.spelled else "✗"), "bold red"
    if role in step.taken:
        held = state.stance(recommendation, role, round_)
        if held is None:
            return "·", "dim"
        return (label.short[held] if made.spelled else GLYPH[held]), STANCE_STYLE[held]
    if role in step.asked:
        return ("…" if made.role < 4 else "◌ …"), "bold cyan"
    return ("–" if recommendation in state.ruled else "·"), "dim"


def _outcome(recommendation: str, state: DebateState) -> Iterator[Part]:
    ruling = state.ruling(recommendation)
    if ruling is not None:
        yield (words(state).outcome[ruling.decision], f"bold {DECISION_STYLE[ruling.decision]}")
    elif MODERATOR in state.step(recommendation, state.ruling_round).asked:
        yield ("◌ …", "bold cyan")
    else:
        yield ("·", "dim")


def _short(title: str, room: int) -> str:
    if cell_len(title) <= room:
        return title
    return set_cell_size(title, max(1, room - 1)).rstrip() + ("." if room > 1 else "")


def _fit(text: str, width: int) -> str:
    return set_cell_size(text, width)
