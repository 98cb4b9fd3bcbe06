"""How the debates of a case differ from their reference, and whether that is worse."""

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from transcripts.compare.compare import Change, Comparison, compare_outcomes
from transcripts.compare.parting import Parting, turn_order
from transcripts.compare.words import line
from transcripts.regress.reference import Quality, TrialReference
from transcripts.regress.report import Changed
from transcripts.regress.suite import Tolerances

_FAILED = "failed"
_DEFECTS = {
    "unverified": "grounds that do not stand in the article",
    "failed": "turns that failed",
    "uncovered": "gaps in who spoke and what was answered",
    "unfaithful": "sentences that say more than they rest on",
}


class Pair(NamedTuple):
    """A debate as it was accepted and as it is now."""

    before: TrialReference
    now: TrialReference
    roles: Sequence[str]


def changes(pairs: Sequence[Pair], tolerances: Tolerances) -> tuple[Changed, ...]:
    """What differs in any of a case's debates beyond the tolerances, debate by debate."""
    found = [(pair, compare_outcomes(pair.before.outcome, pair.now.outcome)) for pair in pairs]
    common = _often_enough(found, tolerances)
    return tuple(
        one
        for pair, comparison in found
        for one in (
            *_worsened(pair),
            *(
                _told(change, pair.now)
                for change in _beyond(comparison, tolerances)
                if _key(change) not in _VARYING or (change.recommendation, _key(change)) in common
            ),
        )
    )


def parting(pair: Pair) -> Parting | None:
    """The first turn whose reply differs from the reference; if none does, the first that was asked otherwise."""
    before, now = pair.before.turns, pair.now.turns
    recommendations = list(pair.before.outcome.recommendations)
    asked_otherwise: Parting | None = None
    for address in sorted({*before, *now}, key=lambda text: turn_order(text, recommendations, pair.roles)):
        if address not in now:
            return Parting(address=address, what="only in the first")
        if address not in before:
            return Parting(address=address, what="only in the second")
        was_asked, _, was = before[address].partition(" ")
        is_asked, _, is_ = now[address].partition(" ")
        if was != is_:
            return Parting(address=address, what="failure" if _FAILED in {was, is_} else "reply")
        if was_asked != is_asked and asked_otherwise is None:
            asked_otherwise = Parting(address=address, what="request")
    return asked_otherwise


def _beyond(found: Comparison, tolerances: Tolerances) -> Iterable[Change]:
    """The changes that the tolerances do not cover."""
    yield from (*found.recommendations, *found.decisions, *found.stances)
    yield from _more_than(tolerances.conditions, found.conditions)
    yield from (
        change
        for change in found.priorities
        if change.before is None
        or change.after is None
        or abs(change.before - change.after) > tolerances.rank
    )
    moved = [change for change in found.arguments if change.what == "strength"]
    yield from _more_than(
        tolerances.arguments, [change for change in found.arguments if change.what != "strength"]
    )
    yield from (
        change
        for change in moved
        if abs((change.before["strength"] or 0) - (change.after["strength"] or 0)) > tolerances.strength
    )
    yield from found.quotes


def _more_than(number: int, changes: Sequence[Change]) -> Iterable[Change]:
    """All of them when more than so many appeared or vanished, else those that did neither."""
    counted = [change for change in changes if change.before is None or change.after is None]
    return changes if len(counted) > number else [change for change in changes if change not in counted]


_VARYING = {"decision", "stance"}


def _key(change: Change) -> str:
    if change.role is not None and change.what in {"opening", "final"}:
        return "stance"
    return "decision" if change.what in {"decision", "consensus"} else change.what


def _often_enough(
    found: Sequence[tuple[Pair, Comparison]], tolerances: Tolerances
) -> set[tuple[str | None, str]]:
    """Recommendations whose decision or stances differ in a larger share of the debates than is tolerated."""
    counted: dict[tuple[str | None, str], int] = {}
    for _, comparison in found:
        differing = {
            (change.recommendation, _key(change)) for change in (*comparison.decisions, *comparison.stances)
        }
        for one in differing:
            counted[one] = counted.get(one, 0) + 1
    allowed: Mapping[str, float] = {"decision": tolerances.decisions, "stance": tolerances.stances}
    return {one for one, times in counted.items() if times / len(found) > allowed[one[1]]}


def _worsened(pair: Pair) -> Iterable[Changed]:
    """Defects of which there are more than in the reference."""
    before, now = pair.before.quality, pair.now.quality
    for name in Quality.model_fields:
        was, is_ = getattr(before, name), getattr(now, name)
        if is_ > was:
            yield Changed(
                what=name,
                text=f"{_DEFECTS[name]}: {was} → {is_}",
                before=was,
                after=is_,
                seed=pair.now.seed,
                repeat=pair.now.repeat,
                worse=True,
            )


def _told(change: Change, now: TrialReference) -> Changed:
    worse = change.what == "quote" and change.after["status"] == "unverified"
    return Changed(
        what=change.what,
        text=line(change),
        recommendation=change.recommendation,
        role=change.role,
        before=change.before,
        after=change.after,
        seed=now.seed,
        repeat=now.repeat,
        worse=worse,
    )
