"""Who says what, decided once for the whole debate so that nothing is said twice.

The choice does not depend on the order in which recommendations and roles are declared: candidates are taken by
value, ties by their own text. Only the wording looks at the order, to refer back to what was said first.
"""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from agents.argument.model import Stance
from agents.backends.offline.docket import Candidate, Docket, Side
from agents.backends.offline.positions import Position, position
from agents.knowledge.load import condition_named, easing_conditions
from agents.knowledge.model import Condition

_SLOTS: dict[Stance, dict[Side, int]] = {
    Stance.SUPPORT: {"for": 2, "against": 0},
    Stance.CONDITIONS: {"for": 1, "against": 1},
    Stance.OPPOSE: {"for": 0, "against": 2},
    Stance.NONE: {"for": 0, "against": 0},
}
_EXTRA = 0.6
"""A second reason on one side is given when it weighs at least this part of the first."""


class Pick(NamedTuple):
    """A candidate that a role will voice; `condition` is the reference of what it asks for.

    `first` is the recommendation over which the same point is first raised, when it is an earlier one.
    """

    candidate: Candidate
    condition: str | None = None
    first: str | None = None


class Plan(NamedTuple):
    """One role's opening on one recommendation."""

    position: Position
    picks: tuple[Pick, ...]

    def side(self, side: Side) -> tuple[Pick, ...]:
        """The picks on one side, strongest first."""
        return tuple(pick for pick in self.picks if pick.candidate.side == side)


Turn = tuple[str, str]
"""A recommendation's id and a role's name."""


def plan_openings(docket: Docket) -> dict[Turn, Plan]:
    """The openings of all roles on all recommendations."""
    red_lines = {
        name: frozenset(point for line in charter.red_lines for point in line.points)
        for name, charter in docket.charters.items()
    }
    positions = {
        (rec, role): position(case, role, red_lines[role])
        for rec, case in docket.cases.items()
        for role in docket.charters
    }
    chosen = _choose(docket, positions)
    conditions = _conditions(docket, chosen)
    order = {rec: place for place, rec in enumerate(docket.cases)}
    first: dict[str, str] = {}
    for (rec, _), items in sorted(chosen.items(), key=lambda entry: order[entry[0][0]]):
        for item in items:
            first.setdefault(item.key, rec)
    return {
        turn: Plan(
            positions[turn],
            tuple(
                Pick(
                    item,
                    conditions.get((*turn, item.key)),
                    first[item.key] if first[item.key] != turn[0] else None,
                )
                for item in chosen.get(turn, ())
            ),
        )
        for turn in positions
    }


def _ranked(docket: Docket, positions: dict[Turn, Position]) -> list[tuple[Turn, Candidate]]:
    """All candidates of all turns, by value; ties by words, never by position in the declaration."""
    text = {rec: case.recommendation.text for rec, case in docket.cases.items()}
    return sorted(
        ((turn, item) for turn in positions for item in docket.cases[turn[0]].candidates[turn[1]]),
        key=lambda entry: (-round(entry[1].value, 6), entry[1].key, text[entry[0][0]], entry[0][1]),
    )


def _choose(docket: Docket, positions: dict[Turn, Position]) -> dict[Turn, list[Candidate]]:
    ranked = _ranked(docket, positions)
    chosen: dict[Turn, list[Candidate]] = {}
    places: dict[str, set[str]] = {}

    def room(turn: Turn, item: Candidate) -> bool:
        have = [other for other in chosen.get(turn, ()) if other.side == item.side]
        wanted = _SLOTS[positions[turn].stance][item.side]
        if any(other.key == item.key for other in have) or len(have) >= wanted:
            return False
        return not have or (
            item.value >= _EXTRA * have[0].value and item.point.indicator != have[0].point.indicator
        )

    def take(turn: Turn, item: Candidate) -> None:
        chosen.setdefault(turn, []).append(item)
        places.setdefault(item.key, set()).add(turn[0])

    def said_here(turn: Turn, item: Candidate) -> bool:
        return turn[0] in places.get(item.key, ())

    crossed = {turn: where.crossed for turn, where in positions.items() if where.crossed}
    for turn, item in sorted(crossed.items()):
        take(turn, item)
    for turn, item in ranked:  # what nobody has said yet
        if item.key not in places and room(turn, item):
            take(turn, item)
    lacking = {
        (turn, side)
        for turn, where in positions.items()
        for side in ("for", "against")
        if _SLOTS[where.stance][side] and not any(item.side == side for item in chosen.get(turn, ()))
    }
    for turn, item in ranked:  # what was said on another recommendation only
        if (turn, item.side) in lacking and not said_here(turn, item) and room(turn, item):
            take(turn, item)
            lacking.discard((turn, item.side))
    for turn, item in ranked:  # what another role says on this one too
        if (turn, item.side) in lacking and room(turn, item):
            take(turn, item)
            lacking.discard((turn, item.side))
    order = {"for": 0, "against": 1}
    for items in chosen.values():
        items.sort(key=lambda item: (order[item.side], -item.value, item.key))
    return chosen


def _conditions(docket: Docket, chosen: dict[Turn, list[Candidate]]) -> dict[tuple[str, str, str], str]:
    """What each objection asks for: of the conditions that would ease it, the one least used elsewhere."""
    text = {rec: case.recommendation.text for rec, case in docket.cases.items()}
    objections = sorted(
        ((turn, item) for turn, items in chosen.items() for item in items if item.side == "against"),
        key=lambda entry: (-round(entry[1].value, 6), entry[1].key, text[entry[0][0]], entry[0][1]),
    )
    used: dict[str, set[str]] = {}
    result: dict[tuple[str, str, str], str] = {}
    for turn, item in objections:
        if item.met is not None:
            continue
        open_ones = [reference for reference in eased_by(item) if not docket.meets(reference, turn[0])]
        if not open_ones:
            continue
        free = [reference for reference in open_ones if not used.get(reference, set()) - {turn[0]}]
        reference = (free or open_ones)[0]
        used.setdefault(reference, set()).add(turn[0])
        result[(*turn, item.key)] = reference
    return result


def eased_by(item: Candidate) -> tuple[str, ...]:
    """References of the conditions that would ease an objection, best first."""
    if item.direction == "restrain":
        return easing_conditions("restraint", item.point.indicator)
    name = item.topic.concept.name
    return tuple(
        reference if "." in reference else f"{name}.{reference}" for reference in item.point.eased_by
    )


def conditions_of(picks: Iterable[Pick]) -> Iterator[tuple[Pick, Condition]]:
    """The picks that ask for something, with what they ask for."""
    for pick in picks:
        if pick.condition:
            yield pick, condition_named(pick.condition)
