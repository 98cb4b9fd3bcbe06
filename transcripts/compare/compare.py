"""Two debates side by side: decisions, stances, arguments, conditions, priorities, quotes, cost and time."""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from agents.argument.typography import fold
from agents.model import Frozen
from transcripts.compare.match import paired
from transcripts.compare.outcome import Claim, Outcome, RulingOutcome, outcome_of
from transcripts.compare.parting import Parting, first_parting
from transcripts.library.record import read_record


class Change(Frozen):
    """What was one thing in the first debate and is another in the second; None where there is none.

    `recommendation` is the first debate's id. `role` is set for stances, `what` names the thing.
    """

    recommendation: str | None = None
    role: str | None = None
    what: str
    before: Any = None
    after: Any = None


class Comparison(Frozen):
    """What differs from `first` to `second`; every tuple is empty where nothing does.

    `recommendations` were debated in one of the two only. `arguments` appeared, vanished or changed strength,
    matched by content. `quotes` lost or gained verification. `effort` is told and is no difference.
    """

    first: str
    second: str
    recommendations: tuple[Change, ...] = ()
    decisions: tuple[Change, ...] = ()
    stances: tuple[Change, ...] = ()
    arguments: tuple[Change, ...] = ()
    conditions: tuple[Change, ...] = ()
    priorities: tuple[Change, ...] = ()
    quotes: tuple[Change, ...] = ()
    effort: tuple[Change, ...] = ()
    parting: Parting | None = None

    @property
    def same(self) -> bool:
        """True when nothing that was said or decided differs."""
        return not any(
            (
                self.recommendations,
                self.decisions,
                self.stances,
                self.arguments,
                self.conditions,
                self.priorities,
                self.quotes,
            )
        )

    def as_json(self) -> dict[str, Any]:
        """What `jemaa compare --json` prints."""
        return {"same": self.same} | self.model_dump(mode="json")


def compare(first: Path, second: Path) -> Comparison:
    """Compare two transcripts. Raises TranscriptError when one of them cannot be read."""
    one, two = outcome_of(read_record(first)), outcome_of(read_record(second))
    return compare_outcomes(one, two).model_copy(update={"parting": first_parting(first, second)})


def compare_outcomes(one: Outcome, two: Outcome) -> Comparison:
    """What differs between two debates, the first turn where they part left out."""
    pairs = matched_recommendations(one, two)
    ruled = [(a, one.rulings.get(a), two.rulings.get(b)) for a, b in pairs.items()]
    arguments: list[Change] = []
    quotes: list[Change] = []
    for a, b in pairs.items():
        here = [argument for argument in one.arguments if argument.recommendation == a]
        there = [argument for argument in two.arguments if argument.recommendation == b]
        for left, right in paired(
            here, there, lambda argument: argument.role, lambda argument: argument.claim
        ):
            arguments += _argument(a, left, right)
            quotes += _quotes(a, left, right)
    return Comparison(
        first=one.id,
        second=two.id,
        recommendations=tuple(_unmatched(one, two, pairs)),
        decisions=tuple(change for name, left, right in ruled for change in _decision(name, left, right)),
        stances=tuple(change for name, left, right in ruled for change in _stances(name, left, right)),
        arguments=tuple(arguments),
        conditions=tuple(change for name, left, right in ruled for change in _conditions(name, left, right)),
        priorities=tuple(_priorities(one, two, pairs)),
        quotes=tuple(quotes),
        effort=tuple(_effort(one, two)),
    )


def matched_recommendations(one: Outcome, two: Outcome) -> dict[str, str]:
    """For the first debate's recommendations, those of the second that say the same."""
    pairs = paired(
        list(one.recommendations.items()),
        list(two.recommendations.items()),
        lambda _: "",
        lambda item: item[1],
    )
    return {left[0]: right[0] for left, right in pairs if left is not None and right is not None}


def _unmatched(one: Outcome, two: Outcome, pairs: Mapping[str, str]) -> Iterable[Change]:
    for name, text in one.recommendations.items():
        if name not in pairs:
            yield Change(recommendation=name, what="vanished", before=text)
    for name, text in two.recommendations.items():
        if name not in pairs.values():
            yield Change(what="appeared", after=text)


def _decision(name: str, left: RulingOutcome | None, right: RulingOutcome | None) -> Iterable[Change]:
    for what in ("decision", "consensus"):
        before, after = getattr(left, what, None), getattr(right, what, None)
        if before != after:
            yield Change(recommendation=name, what=what, before=before, after=after)


def _stances(name: str, left: RulingOutcome | None, right: RulingOutcome | None) -> Iterable[Change]:
    before = left.stances if left else {}
    after = right.stances if right else {}
    for role in dict.fromkeys([*before, *after]):
        for what in ("opening", "final"):
            was, now = getattr(before.get(role), what, None), getattr(after.get(role), what, None)
            if was != now:
                yield Change(recommendation=name, role=role, what=what, before=was, after=now)


def _argument(name: str, left: Claim | None, right: Claim | None) -> Iterable[Change]:
    if right is None and left is not None:
        yield Change(recommendation=name, role=left.role, what="vanished", before=_told(left))
    elif left is None and right is not None:
        yield Change(recommendation=name, role=right.role, what="appeared", after=_told(right))
    elif left is not None and right is not None and left.strength != right.strength:
        yield Change(
            recommendation=name, role=left.role, what="strength", before=_told(left), after=_told(right)
        )


def _told(argument: Claim) -> dict[str, Any]:
    return {"id": argument.id, "claim": argument.claim, "strength": argument.strength}


def _quotes(name: str, left: Claim | None, right: Claim | None) -> Iterable[Change]:
    if left is None or right is None:
        return
    was = {fold(quoted.text).text: quoted for quoted in left.quotes}
    for quoted in right.quotes:
        before = was.get(fold(quoted.text).text)
        if before is not None and before.status != quoted.status:
            quote = {"argument": right.id, "id": quoted.source, "quote": quoted.text}
            yield Change(
                recommendation=name,
                role=right.role,
                what="quote",
                before=quote | {"status": before.status},
                after=quote | {"status": quoted.status},
            )


def _conditions(name: str, left: RulingOutcome | None, right: RulingOutcome | None) -> Iterable[Change]:
    before = left.conditions if left else ()
    after = right.conditions if right else ()
    for was, now in paired(before, after, lambda _: "", lambda condition: condition.text):
        if was is None or now is None or was.status != now.status:
            what = "vanished" if now is None else "appeared" if was is None else "status"
            told = [
                None if one is None else {"id": one.id, "text": one.text, "status": one.status}
                for one in (was, now)
            ]
            yield Change(recommendation=name, what=what, before=told[0], after=told[1])


def _priorities(one: Outcome, two: Outcome, pairs: Mapping[str, str]) -> Iterable[Change]:
    """Ranks that differ, counted among the recommendations that both debates have."""
    before = [name for name in one.priorities if name in pairs]
    after = [name for name in two.priorities if name in pairs.values()]
    for left, right in pairs.items():
        was = before.index(left) + 1 if left in before else None
        now = after.index(right) + 1 if right in after else None
        if was != now:
            yield Change(recommendation=left, what="rank", before=was, after=now)


def _effort(one: Outcome, two: Outcome) -> Iterable[Change]:
    for what, was in one.effort.items():
        if was != two.effort.get(what):
            yield Change(what=what, before=was, after=two.effort.get(what))
