"""Who stands where: every recommendation, every role, from the opening to the end."""

from itertools import groupby

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from agents.argument.model import Stance
from tui.present.words import GLYPH, STANCE_STYLE, decision, first_line, on_one_line, stance, styled, words
from tui.state import DebateState


def matrix(state: DebateState, *, decisions: bool = True) -> RenderableType:
    """One row for each recommendation, one column for each role, and what the signs mean."""
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0))
    # Only the first column may not wrap: the others give way when the terminal is narrow, each on one line.
    table.add_column("", no_wrap=True, min_width=max(map(len, state.recommendations), default=0))
    for role in state.roles:
        table.add_column(first_line(state.role_title(role)))
    if decisions:
        table.add_column("")
    for recommendation in state.recommendations:
        cells = [course(recommendation, role, state) for role in state.roles]
        if decisions:
            ruling = state.ruling(recommendation)
            not_yet = styled((words(state)("not_ruled"), "dim"))
            cells.append(on_one_line(decision(ruling.decision, state) if ruling else not_yet))
        table.add_row(styled((recommendation, "bold")), *cells)
    legend = styled(*(part for held in Stance for part in (stance(held, state), "   ")))
    return Group(table, Padding(legend, (1, 0, 0, 0)))


def course(recommendation: str, role: str, state: DebateState) -> Text:
    """What a role has held, from its opening on: one sign while it stays, an arrow when it moves."""
    held = [speech.stance for speech in state.speeches.get(recommendation, []) if speech.role == role]
    signs = [styled((GLYPH[sign], f"bold {STANCE_STYLE[sign]}")) for sign, _ in groupby(held)]
    return on_one_line(Text(" → ").join(signs))
