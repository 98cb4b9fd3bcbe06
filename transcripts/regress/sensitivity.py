"""How far a disturbance moved a debate."""

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import combinations

from transcripts.compare.match import paired
from transcripts.compare.outcome import Outcome
from transcripts.regress.report import Sensitivity


def sensitivity(
    probe: str, baseline: str, before: Sequence[Sequence[Outcome]], after: Sequence[Sequence[Outcome]]
) -> Sensitivity:
    """The shares of decisions, final stances and ranked pairs that differ, over all debates of a case.

    `before` and `after` hold for each seed the debates without and with the disturbance. As many are compared
    one by one; several against one speak with their most frequent decision, as voters do.
    """
    decisions: list[bool] = []
    stances: list[bool] = []
    ranks: list[bool] = []
    flipped: list[str] = []
    for was, now in _matched(before, after):
        pairs = _same(was, now)
        for name, other in pairs:
            differs = _decision(was, name) != _decision(now, other)
            decisions.append(differs)
            if differs:
                flipped.append(name or f"{other} (new)")
        stances += _stances(was, now, pairs)
        ranks += _ranks(was, now, pairs)
    return Sensitivity(
        baseline=baseline,
        probe=probe,
        decisions=_share(decisions),
        stances=_share(stances),
        priorities=_share(ranks),
        flipped=tuple(dict.fromkeys(flipped)),
        baseline_tokens=_tokens(before),
        tokens=_tokens(after),
    )


def _matched(
    before: Sequence[Sequence[Outcome]], after: Sequence[Sequence[Outcome]]
) -> Iterator[tuple[Outcome, Outcome]]:
    for was, now in zip(before, after, strict=True):
        if len(was) == len(now):
            yield from zip(was, now, strict=True)
        elif was and now:
            size = len(now) // len(was)
            for number, one in enumerate(was):
                yield one, _vote(now[number * size : (number + 1) * size])


def _vote(outcomes: Sequence[Outcome]) -> Outcome:
    """The first outcome with, on each recommendation, the ruling that is most frequent; the earlier one of equals."""
    first = outcomes[0]
    rulings = dict(first.rulings)
    for name in rulings:
        given = [one.rulings[name] for one in outcomes if name in one.rulings]
        most = Counter(ruling.decision for ruling in given).most_common(1)[0][0]
        rulings[name] = next(ruling for ruling in given if ruling.decision == most)
    return first.model_copy(update={"rulings": rulings})


def _same(was: Outcome, now: Outcome) -> list[tuple[str | None, str | None]]:
    """Recommendations that say the same, by id; None where one debate lacks it."""
    pairs = paired(
        list(was.recommendations.items()),
        list(now.recommendations.items()),
        lambda _: "",
        lambda item: item[1],
    )
    return [(left and left[0], right and right[0]) for left, right in pairs]


def _decision(outcome: Outcome, name: str | None) -> str | None:
    ruling = outcome.rulings.get(name or "")
    return None if ruling is None else ruling.decision


def _stances(was: Outcome, now: Outcome, pairs: Sequence[tuple[str | None, str | None]]) -> Iterator[bool]:
    for name, other in pairs:
        left, right = was.rulings.get(name or ""), now.rulings.get(other or "")
        if left is not None and right is not None:
            for role in left.stances:
                if role in right.stances:
                    yield left.stances[role].final != right.stances[role].final


def _ranks(was: Outcome, now: Outcome, pairs: Sequence[tuple[str | None, str | None]]) -> Iterator[bool]:
    """For each pair of recommendations that both debates rank, whether they rank it otherwise."""
    places = [
        (was.priorities.index(name), now.priorities.index(other))
        for name, other in pairs
        if name in was.priorities and other in now.priorities
    ]
    for (first, one), (second, two) in combinations(places, 2):
        yield (first < second) != (one < two)


def _share(differing: Sequence[bool]) -> float:
    return round(sum(differing) / len(differing), 4) if differing else 0.0


def _tokens(debates: Sequence[Sequence[Outcome]]) -> int:
    return sum(
        int(one.effort.get(name) or 0)
        for held in debates
        for one in held
        for name in ("input_tokens", "output_tokens")
    )
