"""What would be decided: the levers of a trial, and its outcome beside what was decided."""

from collections.abc import Iterator
from functools import partial

from rich.cells import set_cell_size
from rich.console import Group, RenderableType
from rich.text import Text

from agents.argument.model import Argument, Ruling
from tui.present.piece import Piece
from tui.present.tree import SIGN
from tui.present.words import DECISION_STYLE, Part, number, on_one_line, styled, words
from tui.state import DebateState
from tui.whatif import HEAVIEST, Trial

SLIDER = 12
"""Cells of a slider: four for each unit of weight."""
BEFORE_SLIDER = 17
"""Cells before a slider begins."""
ROLE, RULE = "role:", "rule"


def levers(trial: Trial, recommendation: str, state: DebateState) -> list[Piece]:
    """The roles with their weights, the rule, and the arguments on one recommendation."""
    pieces = [
        Piece(
            ROLE + role,
            (trial.weights[role], role in trial.without_roles),
            1,
            partial(role_lever, trial, role, state),
        )
        for role in state.roles
    ]
    pieces.append(Piece(RULE, trial.rule, 1, partial(rule_lever, trial, state)))
    for argument in trial.arguments(recommendation):
        out = argument.id in trial.without_arguments
        length = len(argument.claim) + 10
        pieces.append(Piece(argument.id, out, length, partial(argument_lever, argument, out, state)))
    return pieces


def role_lever(trial: Trial, role: str, state: DebateState) -> Text:
    """Whether the role takes part, its name, and its weight as a slider."""
    out = role in trial.without_roles
    weight = trial.weights[role]
    recorded = trial.plan.charter(role).weight
    full = round(weight / HEAVIEST * SLIDER)
    title = set_cell_size(state.role_title(role), BEFORE_SLIDER - 5)
    style = "dim strike" if out else "bold"
    return on_one_line(
        styled(
            f"{_box(on=not out)} ",
            (title, style),
            " ",
            ("━" * full + "●" + "─" * (SLIDER - full), "dim" if out else "cyan"),
            (f" {number(weight, state)}", "dim" if out else "bold"),
            ("*" if weight != recorded else " ", "yellow"),
        )
    )


def rule_lever(trial: Trial, state: DebateState) -> Text:
    """The name of the rule that decides."""
    label = words(state)
    changed = "*" if trial.rule != trial.plan.rule else ""
    return styled(
        f"{label('by_rule')}  ", ("◀ ", "cyan"), (trial.rule, "bold"), (" ▶", "cyan"), (changed, "yellow")
    )


def argument_lever(argument: Argument, out: bool, state: DebateState) -> Text:
    """An argument, in force or switched off."""
    sign, style = SIGN.get(argument.side or "concede", SIGN["concede"])
    return styled(
        f"{_box(on=not out)} ",
        (f"{sign} {argument.id} ", f"bold {style}"),
        (f"{state.role_title(argument.role)}  ", "dim"),
        (argument.claim, "dim strike" if out else ""),
    )


def results(trial: Trial, chosen: str, state: DebateState) -> RenderableType:
    """Every recommendation: what was decided and what would be; then the priorities."""
    before = {ruling.recommendation: ruling for ruling in trial.before.rulings}
    lines: list[Text] = []
    for ruling in trial.outcome.rulings:
        name = ruling.recommendation
        lines += _compared(
            before[name], ruling, state, changed=name in trial.outcome.changed, here=name == chosen
        )
    label = words(state)
    lines.append(styled("\n", (label("priorities"), "bold")))
    lines += list(_orders(trial))
    if trial.problem is not None:
        lines.append(styled("\n", (str(trial.problem), "red")))
    return Group(*lines)


def _compared(was: Ruling, now: Ruling, state: DebateState, *, changed: bool, here: bool) -> Iterator[Text]:
    label = words(state)
    mark: Part = ("● ", "bold yellow") if changed else "  "
    if was.decision == now.decision:
        decided: tuple[Part, ...] = (_decision(now, state),)
    else:
        decided = (_decision(was, state, "dim strike"), " → ", _decision(now, state))
    strength = (
        number(now.strength, state)
        if round(was.strength, 2) == round(now.strength, 2)
        else f"{number(was.strength, state)}→{number(now.strength, state)}"
    )
    yield on_one_line(
        styled(
            mark,
            (f"{now.recommendation:4}", "bold reverse" if here else "bold"),
            *decided,
            (f"  {strength}", "dim"),
        )
    )
    names = label.document.consensus
    if was.consensus != now.consensus:
        yield styled("  ", (names[was.consensus], "dim strike"))
        yield styled("→ ", (names[now.consensus], "yellow"))
    elif here:
        yield styled("  ", (names[now.consensus], "dim"))


def _decision(ruling: Ruling, state: DebateState, style: str | None = None) -> Part:
    return words(state).outcome[ruling.decision], style or f"bold {DECISION_STYLE[ruling.decision]}"


def _orders(trial: Trial) -> Iterator[Text]:
    was, now = trial.before.priorities.order, trial.outcome.priorities.order
    if was != now:
        yield styled((" > ".join(was), "dim strike"))
    moved = {name for name in now if was.index(name) != now.index(name)}
    parts: list[Part] = ["→ "] if was != now else []
    for place, name in enumerate(now):
        parts += [" > " if place else "", (name, "bold yellow" if name in moved else "")]
    yield styled(*parts)


def _box(*, on: bool) -> str:
    return "[x]" if on else "[ ]"
