"""What each role can answer to what it hears, and who answers what, decided once for the whole debate.

As for the openings, the choice does not depend on the order of declaration. A turn then uses what was
foreseen for it where the argument was really made, and looks for another answer where it was not.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import Literal, NamedTuple

from agents.argument.model import Relation, Stance
from agents.backends.offline.docket import Candidate, Docket
from agents.backends.offline.heard import Heard, foresee, replies_to
from agents.backends.offline.picks import Plan, Turn
from agents.knowledge.load import condition_named
from agents.knowledge.model import Reply

Kind = Literal["refer", "reply", "contrary", "same_stake", "back_offer", "back", "absence", "hedge", "bare"]

RELATIONS: dict[Kind, Relation] = {
    "refer": "undercut",
    "reply": "undercut",
    "contrary": "undermine",
    "same_stake": "rebut",
    "back_offer": "support",
    "back": "support",
    "absence": "undercut",
    "hedge": "undermine",
    "bare": "undermine",
}

_CARES = 0.4
_OWN_GROUND = 0.7
_STRANGER = 0.2
"""What a reply is worth to a role that cares for none of its indicators: better than an empty formula."""
_ONCE: tuple[Kind, ...] = ("hedge", "bare", "absence")
"""Answers that need no knowledge: one of each kind for each recommendation, one by each role in a debate."""
_WEIGHT: dict[Kind, float] = {
    "refer": 0.1,
    "reply": 1.0,
    "contrary": 0.8,
    "same_stake": 0.6,
    "back_offer": 0.5,
    "back": 0.35,
    "absence": 0.4,
    "hedge": 0.3,
    "bare": 0.25,
}
_LEAN = {
    Stance.SUPPORT: {"for": 0.35, "against": 1.3},
    Stance.CONDITIONS: {"for": 0.9, "against": 0.9},
    Stance.OPPOSE: {"for": 1.3, "against": 0.3},
    Stance.NONE: {"for": 0.6, "against": 0.6},
}
_ABSENCES = {
    "cost": ("public_budget", "accountability", "household_income"),
    "deadline": ("delivery_speed", "feasibility", "grid"),
    "owner": ("coordination", "legal_certainty", "security"),
    "evaluation": ("accountability", "trust", "adoption", "quality_of_service"),
}
_SECOND = 0.45


class Option(NamedTuple):
    """One possible answer to one argument; `value` ranks it.

    `first` is the recommendation over which the same answer was given, for one that only refers to it.
    """

    kind: Kind
    target: Heard
    value: float
    reply: tuple[str, Reply] | None = None
    mine: Candidate | None = None
    absence: str | None = None
    first: str | None = None

    @property
    def name(self) -> str:
        """What makes it the same answer as another: said once in a debate."""
        if self.reply is not None:
            return self.reply[0]
        return f"{self.kind}:{self.target.key}:{self.mine.key if self.mine else self.absence}"


class Answering(NamedTuple):
    """What bears on one role's answers over one recommendation."""

    docket: Docket
    plan: Plan
    turn: Turn

    @property
    def cares(self) -> dict[str, float]:
        """The speaker's indicators."""
        return self.docket.charters[self.turn[1]].indicators


def options(answering: Answering, heard: Iterable[Heard], stance: Stance) -> list[Option]:
    """Every answer that a role could give, best first."""
    found = [option for item in heard if item.side for option in _to(answering, item, stance)]
    return sorted(found, key=lambda o: (-round(o.value, 6), o.name, o.target.role, o.kind))


def plan_answers(docket: Docket, plans: dict[Turn, Plan]) -> dict[Turn, tuple[Option, ...]]:
    """The answers foreseen for all roles on all recommendations: one each, a second where it is good."""
    text = {rec: case.recommendation.text for rec, case in docket.cases.items()}
    every: list[tuple[Turn, Option]] = []
    for turn, plan in plans.items():
        rec, role = turn
        heard = [item for item in foresee(docket, plans, rec) if item.role != role]
        answering = Answering(docket, plan, turn)
        every += [(turn, option) for option in options(answering, heard, plan.position.stance)]
    every.sort(key=lambda e: (-round(e[1].value, 6), e[1].name, text[e[0][0]], e[0][1], e[1].target.role))
    chosen: dict[Turn, list[Option]] = {}
    said: set[str] = set()
    once: set[tuple[str, ...]] = set()
    for limit in (1, 2):
        for turn, option in every:
            have = chosen.get(turn, [])
            if len(have) >= limit or (have and option.value < _SECOND):
                continue
            aimed = {(other.target.role, other.target.key) for other in have}
            keys = {(turn[0], option.kind), (turn[1], option.kind, option.absence or "")}
            if option.name in said or (option.target.role, option.target.key) in aimed:
                continue
            if option.kind in _ONCE and keys & once:
                continue
            said.add(option.name)
            once |= keys
            chosen.setdefault(turn, []).append(option)
    for turn, option in every:
        if turn not in chosen and option.reply is not None and option.name in said:
            chosen[turn] = [option]
    _refer_back(docket, chosen)
    return {turn: tuple(items) for turn, items in chosen.items()}


def _refer_back(docket: Docket, chosen: dict[Turn, list[Option]]) -> None:
    """Let a reply that is given more than once be given in full where it comes first in the declared order."""
    first: dict[str, str] = {}
    for rec in docket.cases:
        for role in docket.charters:
            items = chosen.get((rec, role), [])
            for place, option in enumerate(items):
                if option.reply is not None and first.setdefault(option.name, rec) != rec:
                    items[place] = option._replace(kind="refer", first=first[option.name])


def foreseen(planned: Sequence[Option], heard: Sequence[Heard]) -> list[Option]:
    """The planned answers whose targets were really said, aimed at them."""
    found = []
    for option in planned:
        for item in heard:
            if (item.role, item.key) == (option.target.role, option.target.key) and item.key:
                found.append(option._replace(target=item))
                break
    return found


def _to(answering: Answering, item: Heard, stance: Stance) -> Iterator[Option]:
    lean = _LEAN[stance][item.side or "for"]
    own = {pick.candidate.key for pick in answering.plan.picks}
    if item.key in own:
        return
    cares = answering.cares
    mine = item.point is not None and cares.get(item.point.indicator, 0.0) >= _OWN_GROUND
    ally = lean < 0.5 or (mine and stance is not Stance.NONE and lean <= 1)
    if item.point is not None and item.key is not None and not ally:
        for reference, reply in replies_to(item.key):
            care = max(_STRANGER, *(cares.get(name, 0.0) for name in reply.indicators))
            value = _WEIGHT["reply"] * care * (0.5 + 0.5 * item.point.weight) * lean
            yield Option("reply", item, value, reply=(reference, reply))
        yield from _contrary(answering, item, lean)
        yield from _same_stake(answering, item, lean)
    if item.side == "against":
        yield from _backing(answering, item)
    if not ally:
        yield from _formal(answering, item, lean)
    elif item.point is not None:
        for candidate in answering.docket.cases[answering.turn[0]].candidates[answering.turn[1]]:
            if candidate.key == item.key and candidate.side == item.side and candidate.facts:
                yield Option("back", item, _WEIGHT["back"] * cares[candidate.point.indicator], mine=candidate)


def _contrary(answering: Answering, item: Heard, lean: float) -> Iterator[Option]:
    assert item.point is not None
    assert item.key is not None
    concept = item.key.partition(".")[0]
    if item.point.counter_cues and answering.docket.finder.named(concept, item.point.counter_cues):
        yield Option("contrary", item, _WEIGHT["contrary"] * lean)


def _same_stake(answering: Answering, item: Heard, lean: float) -> Iterator[Option]:
    assert item.point is not None
    rec, role = answering.turn
    voiced = {pick.candidate.key for pick in answering.plan.picks}
    for candidate in answering.docket.cases[rec].candidates[role]:
        same = candidate.point.indicator == item.point.indicator and candidate.side != item.side
        if same and candidate.key not in voiced and candidate.evidence:
            yield Option("same_stake", item, _WEIGHT["same_stake"] * lean * candidate.value, mine=candidate)


def _backing(answering: Answering, item: Heard) -> Iterator[Option]:
    """An ally's condition that eases what the speaker itself fears."""
    if item.asks is None:
        return
    rec, role = answering.turn
    helps = condition_named(item.asks).helps
    for candidate in answering.docket.cases[rec].side(role, "against"):
        if candidate.key != item.key and candidate.point.indicator in helps:
            value = _WEIGHT["back_offer"] * answering.cares[candidate.point.indicator]
            yield Option("back_offer", item, value, mine=candidate)
            return


def _formal(answering: Answering, item: Heard, lean: float) -> Iterator[Option]:
    """Answers that look at the form of an argument: its mood, its basis, what the proposal leaves out."""
    docket, (rec, _) = answering.docket, answering.turn
    if item.hedge:
        yield Option("hedge", item, _WEIGHT["hedge"] * lean)
    if item.bare:
        yield Option("bare", item, _WEIGHT["bare"] * lean)
    if item.side != "for":
        return
    for name, indicators in _ABSENCES.items():
        care = max(answering.cares.get(i, 0.0) for i in indicators)
        if care >= _CARES and docket.lacks(name, rec):
            yield Option("absence", item, _WEIGHT["absence"] * care * lean, absence=name)
