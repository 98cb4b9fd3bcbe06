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
from agents.roles.model import Charter, Fact

_SLOTS: dict[Stance, dict[Side, int]] = {
    Stance.SUPPORT: {"for": 2, "against": 0},
    Stance.CONDITIONS: {"for": 1, "against": 1},
    Stance.OPPOSE: {"for": 0, "against": 2},
    Stance.NONE: {"for": 0, "against": 0},
}
_EXTRA = 0.6
"""A second reason on one side is given when the text shows it and it weighs at least this part of the first."""
_UNSHOWN = 0.5
"""What a reason counts for in the choice when neither text nor facts show it."""


class Pick(NamedTuple):
    """A candidate that a role will voice; `condition` is the reference of what it asks for.

    `first` is the recommendation over which the same point is first raised, when it is an earlier one;
    `echo` says that a role that speaks earlier raises it on the same one, `cited` that the passage is quoted
    in full earlier in the debate, `asked` names the earlier recommendation over which the same is asked.
    """

    candidate: Candidate
    condition: str | None = None
    fact: Fact | None = None
    first: str | None = None
    echo: bool = False
    cited: bool = False
    asked: str | None = None


class Plan(NamedTuple):
    """One role's opening on one recommendation; `maxim` is the indicator and number of a maxim to close with."""

    position: Position
    picks: tuple[Pick, ...]
    maxim: tuple[str, int] | None = None

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
    facts = _facts(docket, chosen)
    record = _Record()
    plans = {}
    for rec in docket.cases:
        for role, charter in docket.charters.items():
            picks = tuple(
                record.pick(
                    (rec, role),
                    item,
                    conditions.get((rec, role, item.key)),
                    facts.get((rec, role, item.key)),
                )
                for item in chosen.get((rec, role), ())
            )
            plans[rec, role] = Plan(positions[rec, role], picks, record.maxim(charter, picks))
    return plans


class _Record:
    """What has been said so far in the declared order, so that the wording can refer back to it."""

    def __init__(self) -> None:
        self._points: dict[str, str] = {}
        self._quotes: set[tuple[int, str]] = set()
        self._asked: dict[str, str] = {}
        self._maxims: set[tuple[str, str, int]] = set()

    def maxim(self, charter: Charter, picks: tuple[Pick, ...]) -> tuple[str, int] | None:
        """The role's first maxim on what it has just spoken of that it has not used yet."""
        for pick in picks:
            name = pick.candidate.point.indicator
            if pick.candidate.side == "for":
                continue
            texts = charter.maxims.get(name, {})
            for number in range(min((len(items) for items in texts.values()), default=0)):
                if (charter.name, name, number) not in self._maxims:
                    self._maxims.add((charter.name, name, number))
                    return name, number
        return None

    def pick(self, turn: Turn, item: Candidate, condition: str | None, fact: Fact | None) -> Pick:
        """The pick, with its references to what came before it; afterwards it counts as said."""
        rec = turn[0]
        known = item.key in self._points
        first = self._points.setdefault(item.key, rec)
        quote = (item.best.passage, item.best.quote) if item.best else None
        cited = quote in self._quotes
        asked = self._asked.get(condition) if condition else None
        if quote:
            self._quotes.add(quote)
        if condition:
            self._asked.setdefault(condition, rec)
        return Pick(
            candidate=item,
            condition=condition,
            fact=fact,
            first=first if first != rec else None,
            echo=known and first == rec,
            cited=cited,
            asked=asked if asked != rec else None,
        )


def _ranked(docket: Docket, positions: dict[Turn, Position]) -> list[tuple[Turn, Candidate]]:
    """All candidates of all turns, by value; ties by words, never by position in the declaration."""
    text = {rec: case.recommendation.text for rec, case in docket.cases.items()}
    return sorted(
        ((turn, item) for turn in positions for item in docket.cases[turn[0]].candidates[turn[1]]),
        key=lambda entry: (-round(_worth(entry[1]), 6), entry[1].key, text[entry[0][0]], entry[0][1]),
    )


def _worth(item: Candidate) -> float:
    """How much a candidate deserves to be voiced: what the text shows goes before what is only known."""
    return item.value if item.evidence or item.facts else _UNSHOWN * item.value


class _Choice:
    """What each role will say, filled in passes: fresh points first, then repetitions where one is needed."""

    def __init__(self, docket: Docket, positions: dict[Turn, Position]) -> None:
        self.positions = positions
        self.ranked = _ranked(docket, positions)
        self.chosen: dict[Turn, list[Candidate]] = {}
        self._places: dict[str, set[str]] = {}

    def take(self, turn: Turn, item: Candidate) -> None:
        """Let a role say a point."""
        self.chosen.setdefault(turn, []).append(item)
        self._places.setdefault(item.key, set()).add(turn[0])

    def is_fresh(self, item: Candidate) -> bool:
        """Whether nobody says the point on any recommendation yet."""
        return item.key not in self._places

    def is_said_here(self, turn: Turn, item: Candidate) -> bool:
        """Whether somebody says the point on the same recommendation."""
        return turn[0] in self._places.get(item.key, ())

    def has_room(self, turn: Turn, item: Candidate) -> bool:
        """Whether the role has a place left for the point, and the point adds to what it says already."""
        have = [other for other in self.chosen.get(turn, ()) if other.side == item.side]
        if len(have) >= _SLOTS[self.positions[turn].stance][item.side]:
            return False
        return not have or (
            bool(item.evidence or item.facts)
            and item.value >= _EXTRA * have[0].value
            and item.point.indicator != have[0].point.indicator
        )

    def lacks(self, turn: Turn, item: Candidate) -> bool:
        """Whether the role has nothing to say on the point's side although its stance asks for it."""
        return self.has_room(turn, item) and not any(
            other.side == item.side for other in self.chosen.get(turn, ())
        )


def _choose(docket: Docket, positions: dict[Turn, Position]) -> dict[Turn, list[Candidate]]:
    choice = _Choice(docket, positions)
    for turn, where in sorted(positions.items(), key=lambda entry: entry[0]):
        if where.crossed is not None:
            choice.take(turn, where.crossed)
    for turn, item in choice.ranked:
        if choice.is_fresh(item) and choice.has_room(turn, item):
            choice.take(turn, item)
    for turn, item in choice.ranked:
        if choice.lacks(turn, item) and not choice.is_said_here(turn, item):
            choice.take(turn, item)
    for turn, item in choice.ranked:
        if choice.lacks(turn, item):
            choice.take(turn, item)
    for items in choice.chosen.values():
        items.sort(key=lambda item: (item.side != "for", -item.value, item.key))
    return choice.chosen


def _conditions(docket: Docket, chosen: dict[Turn, list[Candidate]]) -> dict[tuple[str, str, str], str]:
    """What each objection asks for: of the conditions that would ease it, the one least used elsewhere."""
    objections = [entry for entry in _in_order(docket, chosen) if entry[1].side == "against"]
    used: dict[str, set[str]] = {}
    result: dict[tuple[str, str, str], str] = {}
    for turn, item in objections:
        if item.met is not None:
            continue
        open_ones = [
            reference
            for reference in (*eased_by(item), *_counter_offers(docket, turn, item))
            if not docket.meets(reference, turn[0])
        ]
        if not open_ones:
            continue
        free = [reference for reference in open_ones if not used.get(reference, set()) - {turn[0]}]
        reference = (free or open_ones)[0]
        used.setdefault(reference, set()).add(turn[0])
        result[(*turn, item.key)] = reference
    return result


def _in_order(docket: Docket, chosen: dict[Turn, list[Candidate]]) -> list[tuple[Turn, Candidate]]:
    text = {rec: case.recommendation.text for rec, case in docket.cases.items()}
    return sorted(
        ((turn, item) for turn, items in chosen.items() for item in items),
        key=lambda entry: (-round(entry[1].value, 6), entry[1].key, text[entry[0][0]], entry[0][1]),
    )


def _counter_offers(docket: Docket, turn: Turn, item: Candidate) -> tuple[str, ...]:
    """What the role's charter proposes where the point names no condition of its own."""
    if item.direction != "build" or item.point.eased_by:
        return ()
    offers = docket.charters[turn[1]].counter_offers.get(item.point.indicator, ())
    names = {topic.concept.name for topic in docket.cases[turn[0]].frame.topics}
    return tuple(offer for offer in offers if offer.partition(".")[0] in names)


def _facts(docket: Docket, chosen: dict[Turn, list[Candidate]]) -> dict[tuple[str, str, str], Fact]:
    """Which pick cites which outside fact: each fact once in a debate, where it weighs most."""
    used: set[str] = set()
    result: dict[tuple[str, str, str], Fact] = {}
    for turn, item in _in_order(docket, chosen):
        for fact in item.facts:
            if fact.id not in used:
                used.add(fact.id)
                result[(*turn, item.key)] = fact
                break
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
