"""The small pieces that every view is made of.

All text passes through `styled`, so that none reaches a terminal as markup or as an escape sequence.
"""

from collections.abc import Iterable, Iterator

from rich.table import Table
from rich.text import Text

from agents.argument.model import Stance
from agents.argument.words import worded
from tui.labels import Labels, labels
from tui.safe import held, safe_text
from tui.state import DebateState
from tui.turns import Progress

GLYPH = {Stance.SUPPORT: "+", Stance.CONDITIONS: "±", Stance.OPPOSE: "−", Stance.NONE: "·"}
STANCE_STYLE = {
    Stance.SUPPORT: "green",
    Stance.CONDITIONS: "yellow",
    Stance.OPPOSE: "red",
    Stance.NONE: "dim",
}
DECISION_STYLE = {"adopt": "green", "adopt_with_conditions": "yellow", "defer": "cyan", "reject": "red"}
DECISION_SIGN = {"adopt": "✓", "adopt_with_conditions": "±", "defer": "○", "reject": "✗"}
MARK: dict[Progress, tuple[str, str]] = {
    "waiting": ("·", "dim"),
    "running": ("◌", "cyan"),
    "done": ("●", "green"),
    "failed": ("✗", "red"),
    "skipped": ("–", "dim"),
}

Part = str | tuple[str, str] | Text


def styled(*parts: Part) -> Text:
    """One text from strings, (string, style) pairs and texts, cleaned for a terminal.

    Its no-break spaces are held by stand-ins, so that no line is broken there; console and app release them.
    """
    line = Text()
    for part in parts:
        if isinstance(part, Text):
            line.append_text(part)
        elif isinstance(part, str):
            line.append(held(safe_text(part)))
        else:
            line.append(held(safe_text(part[0])), style=part[1])
    return line


def marked(text: str, marks: tuple[str, str]) -> Text:
    """A text in which the words between two marks stand out."""
    line = Text()
    for number, part in enumerate(text.replace(marks[1], marks[0]).split(marks[0])):
        line.append_text(styled((part, "bold yellow") if number % 2 else part))
    return line


def first_line(text: str) -> Text:
    """As much of a text as fits on one line."""
    return on_one_line(styled(" ".join(text.split())))


def on_one_line(text: Text) -> Text:
    """The same text, cut instead of wrapped."""
    text.no_wrap, text.overflow = True, "ellipsis"
    return text


def words(state: DebateState) -> Labels:
    """The labels of the debate's language."""
    return labels(state.language)


def number(value: float, state: DebateState) -> str:
    """A strength or a margin with two decimals, as the debate's language writes it."""
    return words(state).document.number(value)


def stance(held: Stance, state: DebateState) -> Text:
    """A stance, spelled and coloured."""
    return styled((f"{GLYPH[held]} {words(state).document.stance[held]}", STANCE_STYLE[held]))


def decision(name: str, state: DebateState) -> Text:
    """A decision, spelled and coloured."""
    return styled((words(state).document.decision[name], f"bold {DECISION_STYLE[name]}"))


def told(code: str, state: DebateState) -> str:
    """A warning, a disagreement or a note in words; the code itself when a later program wrote it."""
    try:
        return worded(code, state.language, state.roles)
    except KeyError:
        return code


def titles(roles: tuple[str, ...], state: DebateState) -> str:
    """Several roles by their titles."""
    return ", ".join(state.role_title(role) for role in roles)


def grid(rows: Iterable[tuple[str, Text]], width: int = 13) -> Table:
    """Two columns: what it is (`width` cells at least), what it says, wrapped under itself."""
    table = Table.grid(padding=(0, 2, 0, 0))
    table.add_column(min_width=width, max_width=24, style="dim", overflow="fold")
    table.add_column(ratio=1, overflow="fold")
    for name, text in rows:
        table.add_row(styled(name), text)
    return table


def named(name: str, texts: Iterable[Text]) -> Iterator[tuple[str, Text]]:
    """Rows of a grid of which only the first bears the name."""
    for text in texts:
        yield name, text
        name = ""
