"""The argument tree of a recommendation: what attacks and what supports it, and each other, with strengths."""

from collections.abc import Iterator
from functools import partial
from typing import NamedTuple

from rich.console import Console, ConsoleOptions, Group, RenderableType, RenderResult
from rich.text import Text

from agents.argument.decision import with_strengths
from agents.argument.model import Argument, Relation
from tui.present.piece import Piece
from tui.present.words import number, styled, words
from tui.state import DebateState

SIGN: dict[str, tuple[str, str]] = {
    "for": ("+", "green"),
    "support": ("+", "green"),
    "concede": ("≈", "cyan"),
    "against": ("−", "red"),
    "rebut": ("−", "red"),
    "undercut": ("−", "red"),
    "undermine": ("−", "red"),
}
CELLS = 5


class Branch(NamedTuple):
    """An argument where it hangs: `stem` are the lines before it, `relation` what it does to what is above it.

    `also` are the other arguments that it answers.
    """

    argument: Argument
    stem: str
    relation: Relation | str
    also: tuple[str, ...]
    withdrawn: bool


def branches(recommendation: str, state: DebateState) -> list[Branch]:
    """Every argument once, under the first that it answers, or else under the recommendation."""
    speeches = state.speeches.get(recommendation, [])
    if state.ruling(recommendation) is None:
        speeches = list(with_strengths(speeches))
    arguments = [argument for speech in speeches for argument in speech.arguments]
    known = {argument.id for argument in arguments}
    gone = {name for speech in speeches for name in speech.withdrawn}
    under: dict[str, list[tuple[Argument, str, tuple[str, ...]]]] = {}
    for argument in arguments:
        answered = [target for target in argument.targets if target.argument in known]
        above = answered[0].argument if answered else recommendation
        relation = answered[0].relation if answered else argument.side or "concede"
        also = tuple(target.argument for target in answered[1:])
        under.setdefault(above, []).append((argument, relation, also))

    def grow(above: str, stem: str) -> Iterator[Branch]:
        hanging = under.get(above, [])
        for place, (argument, relation, also) in enumerate(hanging, 1):
            last = place == len(hanging)
            yield Branch(argument, stem + ("└ " if last else "├ "), relation, also, argument.id in gone)
            yield from grow(argument.id, stem + ("  " if last else "│ "))

    return list(grow(recommendation, ""))


def tree(recommendation: str, state: DebateState) -> list[Piece]:
    """The root, then every branch."""
    ruling = state.ruling(recommendation)
    text = state.recommendations.get(recommendation, "")
    pieces = [Piece(recommendation, id(ruling), len(text) + 20, partial(root, recommendation, state))]
    for branch in branches(recommendation, state):
        argument = branch.argument
        version = (branch.stem, argument.strength, branch.withdrawn)
        length = 80 + len(argument.claim)
        pieces.append(Piece(argument.id, version, length, partial(branch_text, branch, state)))
    return pieces


def branch_text(branch: Branch, state: DebateState) -> RenderableType:
    """Two lines or more: sign, id, author, strength as a bar and a number, what it does; then what it claims."""
    argument, label = branch.argument, words(state)
    sign, style = SIGN.get(branch.relation, SIGN["concede"])
    does = label.document.relation.get(branch.relation) or label(branch.relation)
    strength = argument.base if argument.strength is None else argument.strength
    side = (
        f" · {label(argument.side)} {argument.recommendation}" if argument.targets and argument.side else ""
    )
    line = styled(
        (branch.stem, "dim"),
        (f"{sign} {argument.id}", f"bold {style}"),
        f" {state.role_title(argument.role)}  ",
        (bar(strength), style),
        f" {number(strength, state)}  ",
        (does, style),
        (side, "dim"),
    )
    if branch.also:
        line.append_text(styled((f" · {label('also')} {', '.join(branch.also)}", "dim")))
    if branch.withdrawn:
        line.append_text(styled((f" · {label('withdrawn')}", "yellow")))
    below = branch.stem.replace("├", "│").replace("└", " ")
    claim = styled((argument.claim, "dim strike" if branch.withdrawn else ""))
    return Group(line, Indented(below, claim))


class Indented:
    """A text under a stem: each of its lines begins with the stem."""

    def __init__(self, stem: str, text: Text) -> None:
        self._stem = stem
        self._text = text

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        """Wrap the text to what room the stem leaves."""
        for line in self._text.wrap(console, max(8, options.max_width - len(self._stem) - 2)):
            yield styled((f"{self._stem}  ", "dim")) + line


def bar(strength: float) -> str:
    """A strength from 0 to 1 in five cells."""
    full = round(strength * CELLS)
    return "▰" * full + "▱" * (CELLS - full)


def root(recommendation: str, state: DebateState) -> Text:
    """The recommendation at the root, with its strength once it is known."""
    ruling = state.ruling(recommendation)
    text = styled((f"{recommendation}  ", "bold"))
    if ruling is not None:
        text.append_text(
            styled(
                (bar(ruling.strength), "bold"),
                f" {words(state)('strength')} {number(ruling.strength, state)}  ",
            )
        )
    return text.append_text(styled((state.recommendations.get(recommendation, ""), "italic")))
