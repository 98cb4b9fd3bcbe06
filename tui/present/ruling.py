"""A ruling: decision, who holds what and why, conditions, dissents, what would change it."""

from itertools import pairwise

from rich.table import Table
from rich.text import Text

from agents.argument.model import Dissent, RuledCondition, Ruling, Speech, Stance
from tui.present.words import decision, grid, named, number, stance, styled, titles, told, words
from tui.state import DebateState


def headline(ruling: Ruling, state: DebateState) -> Text:
    """The decision in one line."""
    label = words(state)
    return styled(
        (f"{ruling.recommendation}  ", "bold"),
        decision(ruling.decision, state),
        f" · {label.document.consensus[ruling.consensus]}",
        f" · {label('strength')} {number(ruling.strength, state)}",
    )


def holdings(ruling: Ruling, state: DebateState, *, replies: bool = True) -> Table:
    """Who holds what and why, the conditions and the dissents, with the majority's replies if asked for."""
    label = words(state)
    rows = [(state.role_title(role), position(ruling, role, state)) for role in ruling.stances]
    rows += named(label("conditions"), (condition_line(condition, state) for condition in ruling.conditions))
    rows += named(
        label("dissents"), (dissent_lines(dissent, state, replies=replies) for dissent in ruling.dissents)
    )
    codes = (*ruling.warnings, *ruling.disagreements)
    rows += named(label("warnings"), (styled((told(code, state), "yellow")) for code in codes))
    failures = (
        styled((f"{state.role_title(role)}{label('colon')}{why}", "red"))
        for role, why in ruling.failed.items()
    )
    return grid([*rows, *named(label("failed"), failures)])


def position(ruling: Ruling, role: str, state: DebateState) -> Text:
    """A role's final stance, the argument that moved it or the one that it rests on."""
    held = ruling.stances[role]
    if held.opening == held.final:
        text = stance(held.final, state)
        own = main_argument(ruling.recommendation, role, state)
        return styled(text, " — ", own) if own else text
    text = styled(stance(held.opening, state), " → ", stance(held.final, state))
    moved = last_move(ruling.recommendation, role, state)
    if moved is None or moved.because is None:
        return text
    label = words(state)
    cause = state.argument(moved.because)
    because = ""
    if cause:
        # Who comes round does so for the condition that goes with an objection, not for the objection.
        won_over = cause.condition is not None and held.final in {Stance.SUPPORT, Stance.CONDITIONS}
        reason = f"{label('condition')}{label('colon')}{cause.condition}" if won_over else cause.claim
        because = f" ({state.role_title(cause.role)}){label('colon')}{reason}"
    return styled(text, f", {label('because')} ", (moved.because, "bold"), because)


def main_argument(recommendation: str, role: str, state: DebateState) -> Text | None:
    """The strongest argument of a role for what it holds in the end."""
    held = state.stance(recommendation, role)
    wanted = "against" if held == "oppose" else "for"
    own = [
        argument
        for speech in state.speeches.get(recommendation, [])
        if speech.role == role
        for argument in speech.arguments
    ]
    fitting = [argument for argument in own if argument.side == wanted] or own
    if not fitting:
        return None
    best = max(fitting, key=lambda argument: argument.strength or argument.base)
    return styled((best.id, "bold"), f" {best.claim}")


def last_move(recommendation: str, role: str, state: DebateState) -> Speech | None:
    """The speech in which a role last changed its stance."""
    own = [speech for speech in state.speeches.get(recommendation, []) if speech.role == role]
    moves = [after for before, after in pairwise(own) if before.stance != after.stance]
    return moves[-1] if moves else None


def condition_line(condition: RuledCondition, state: DebateState) -> Text:
    """A condition with the answers to it."""
    label = words(state)
    line = styled((condition.id, "bold"), f" {condition.text}")
    if not (condition.accepted_by or condition.refused_by):
        line.append_text(styled(f", {label.document.condition[condition.status]}"))
    if condition.accepted_by:
        line.append_text(styled(f", {label('accepted_by', roles=titles(condition.accepted_by, state))}"))
    if condition.refused_by:
        line.append_text(styled(f", {label('refused_by', roles=titles(condition.refused_by, state))}"))
    return line


def dissent_lines(dissent: Dissent, state: DebateState, *, replies: bool) -> Text:
    """An objection that lost, in its author's words."""
    label = words(state)
    lines = styled(
        (state.role_title(dissent.role), "bold"), f" ({dissent.argument}){label('colon')}{dissent.objection}"
    )
    if replies and dissent.majority_reply:
        lines.append_text(styled(f"\n{label('majority_reply')}{label('colon')}{dissent.majority_reply}"))
    if dissent.acceptance_condition:
        lines.append_text(styled(f"\n{label('lifted_if')} {dissent.acceptance_condition}"))
    return lines


def computation(ruling: Ruling, state: DebateState) -> Table:
    """How near the decision is to tipping: rule, margins, pivotal arguments, the three strengths."""
    label = words(state)
    margins = " · ".join(
        f"{label.test.get(name, name)} {'+' if margin > 0 else ''}{number(margin, state)}"
        for name, margin in ruling.margin.items()
    )
    sets = "; ".join(" + ".join(group) for group in ruling.pivotal)
    strengths = (
        f"QE {number(ruling.strength, state)} · DF-QuAD {number(ruling.dfquad, state)} · "
        f"Euler {number(ruling.euler, state)}"
    )
    return grid(
        [
            (label("by_rule"), styled(label.document.rule.get(ruling.rule, ruling.rule))),
            (label("margin"), styled(margins)),
            (label("pivotal"), styled(sets or label("none_pivotal"))),
            (label("strength"), styled(strengths)),
        ]
    )
