"""Two debates side by side, recommendation by recommendation."""

from collections.abc import Iterator, Sequence
from functools import partial
from typing import Any, NamedTuple

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from transcripts.compare.compare import Change, Comparison
from transcripts.library.record import DebateRecord
from tui.app.interface import say
from tui.present.piece import Piece
from tui.present.stances import course
from tui.present.words import decision, number, styled, words
from tui.state import DebateState

DIFFERS = "≠ "


class Side(NamedTuple):
    """One of the two debates."""

    record: DebateRecord
    state: DebateState


class Pair(NamedTuple):
    """Two debates, what differs, and which recommendation of the second says what one of the first says."""

    first: Side
    second: Side
    found: Comparison
    matched: dict[str, str]


def pieces(pair: Pair, *, all_of_it: bool) -> list[Piece]:
    """The head, then each recommendation; without `all_of_it` only those that differ."""
    changed = {change.recommendation for part in _parts(pair.found).values() for change in part}
    drawn: list[tuple[str, RenderableType]] = [("head", _head(pair))]
    for left, right in pair.matched.items():
        if all_of_it or left in changed:
            drawn.append((left, _recommendation(left, right, pair)))
    drawn += [
        (f"only {place}", _alone(change, pair)) for place, change in enumerate(pair.found.recommendations)
    ]
    return [Piece(name, all_of_it, 900, partial(_same, shown)) for name, shown in drawn]


def _same(shown: RenderableType) -> RenderableType:
    return shown


def _parts(found: Comparison) -> dict[str, tuple[Change, ...]]:
    return {
        "decisions": found.decisions,
        "stances": found.stances,
        "conditions": found.conditions,
        "priorities": found.priorities,
        "arguments": found.arguments,
        "quotes": found.quotes,
    }


def _head(pair: Pair) -> RenderableType:
    table = _table()
    table.add_row(
        "",
        styled(("A  ", "bold yellow"), (pair.first.record.id, "bold")),
        styled(("B  ", "bold yellow"), (pair.second.record.id, "bold")),
    )
    for name, tell in (
        ("Article", lambda side: side.state.title),
        ("Model", lambda side: side.record.plan.model),
        ("Roles", lambda side: ", ".join(map(side.state.role_title, side.state.roles))),
        ("Rounds", lambda side: str(side.record.plan.rounds)),
        ("Language", lambda side: side.record.plan.language),
        ("Rule", lambda side: side.record.plan.rule),
    ):
        table.add_row(*_line(say(name), tell(pair.first), tell(pair.second)))
    for change in pair.found.effort:
        table.add_row(*_line(say(change.what.replace("_", " ")), _value(change.before), _value(change.after)))
    counts = [
        say("{n} {what}", n=len(part), what=say(name)) for name, part in _parts(pair.found).items() if part
    ]
    told = (
        say("What differs: {what}.", what=", ".join(counts))
        if counts
        else say("Everything that was said and decided is the same.")
    )
    lines = [styled((told, "bold"))]
    if pair.found.parting:
        parting = pair.found.parting
        lines.append(
            styled((f"{say('First turn that differs:')} ", "dim"), f"{parting.address} ({say(parting.what)})")
        )
    return Padding(Group(table, "", *lines), (0, 0, 1, 0))


def _recommendation(left: str, right: str, pair: Pair) -> RenderableType:
    one, two = pair.first.state, pair.second.state
    of_this = {
        name: [change for change in part if change.recommendation == left]
        for name, part in _parts(pair.found).items()
    }
    table = _table()
    table.add_row(
        *_line(say("decision"), _outcome(left, one), _outcome(right, two), bool(of_this["decisions"]))
    )
    roles = dict.fromkeys([*one.roles, *two.roles])
    moved = {change.role for change in of_this["stances"]}
    for role in roles:
        table.add_row(
            *_line(one.role_title(role), course(left, role, one), course(right, role, two), role in moved)
        )
    for change in of_this["priorities"]:
        table.add_row(*_line(say("rank"), _value(change.before), _value(change.after)))
    for name in ("conditions", "arguments", "quotes"):
        for place, change in enumerate(of_this[name]):
            table.add_row(
                *_line(say(name) if place == 0 else "", _told(change.before, one), _told(change.after, two))
            )
    named = left if left == right else f"{left} / {right}"
    text = " ".join(one.recommendations.get(left, "").split())
    return Padding(Group(styled((f"{named}  ", "bold"), (text, "italic")), table), (0, 0, 1, 0))


def _alone(change: Change, pair: Pair) -> RenderableType:
    table = _table()
    table.add_row(
        *_line(
            say("only in A") if change.after is None else say("only in B"),
            _value(change.before),
            _value(change.after),
        )
    )
    return Padding(table, (0, 0, 1, 0))


def _table() -> Table:
    table = Table.grid(padding=(0, 1, 0, 0), expand=True)
    table.add_column(width=15, overflow="fold")
    table.add_column(ratio=1, overflow="fold")
    table.add_column(ratio=1, overflow="fold")
    return table


def _line(name: str, left: str | Text, right: str | Text, differs: bool | None = None) -> Sequence[Text]:
    """A row, marked when its two sides differ."""
    one, two = styled(left), styled(right)
    different = one.plain != two.plain if differs is None else differs
    return (
        styled((DIFFERS if different else "  ", "bold yellow"), (name, "" if different else "dim")),
        one,
        two,
    )


def _outcome(name: str, state: DebateState) -> Text:
    ruling = state.ruling(name)
    if ruling is None:
        return styled((words(state)("not_ruled"), "dim"))
    return styled(
        decision(ruling.decision, state),
        f" · {words(state).document.consensus[ruling.consensus]} · {number(ruling.strength, state)}",
    )


def _told(value: Any, state: DebateState) -> Text:
    """A condition, an argument or a quote on one side; a dash where there is none."""
    if not isinstance(value, dict):
        return styled(_value(value))
    parts = list(_details(value, state))
    text = value.get("claim") or value.get("text") or value.get("quote") or ""
    return styled(
        (f"{value.get('id', '')} ", "bold"), str(text), (f"  {' · '.join(parts)}" if parts else "", "dim")
    )


def _details(value: dict[str, Any], state: DebateState) -> Iterator[str]:
    strength = value.get("strength")
    if isinstance(strength, int | float):
        yield f"{words(state)('strength')} {number(strength, state)}"
    status = value.get("status")
    if isinstance(status, str):
        yield words(state).document.condition.get(status, status)


def _value(told: Any) -> str:
    if told is None:
        return "–"
    return f"{told:.4g}" if isinstance(told, float) else str(told)
