"""Whether a debate is what its suite expects."""

from collections.abc import Callable, Iterator, Sequence
from functools import cached_property, partial
from typing import Any

from rapidfuzz import fuzz

from agents.argument.model import Argument, Ruling, Stance
from agents.argument.typography import fold
from agents.debate.fidelity import document_findings
from transcripts.compare.match import LIKE
from transcripts.library.record import DebateRecord
from transcripts.library.result import show_result
from transcripts.regress.expectation import Bound, Expectations
from transcripts.regress.property import Property

Problem = str | None
"""What does not hold; None when everything does."""

_ATTACKS = {"rebut", "undercut", "undermine"}
_SHOWN = 3


def names_of(expect: Expectations) -> list[str]:
    """The name of everything that is expected of a single debate, in a fixed order."""
    return [name for name, _ in _checks(expect)]


def checked(expect: Expectations, record: DebateRecord) -> dict[str, Problem]:
    """For each name of `names_of`, what does not hold in the debate."""
    subject = _Subject(record)
    return {name: check(subject) for name, check in _checks(expect)}


class _Subject:
    """A debate, and what `jemaa show --json` prints of it once somebody asks."""

    def __init__(self, record: DebateRecord) -> None:
        self.record = record

    @cached_property
    def shown(self) -> dict[str, Any]:
        return show_result(self.record)

    def ruling(self, name: str) -> Ruling | None:
        return next((one for one in self.record.rulings if one.recommendation == name), None)


Check = Callable[[_Subject], Problem]


def _checks(expect: Expectations) -> Iterator[tuple[str, Check]]:
    yield from _on_rulings(expect)
    yield from _on_the_whole(expect)
    taken: set[str] = set()
    for number, one in enumerate(expect.properties, 1):
        name = f"properties.{one}"
        name = f"{name} ({number})" if name in taken else name
        taken.add(name)
        yield name, partial(_property, one)


def _on_rulings(expect: Expectations) -> Iterator[tuple[str, Check]]:
    for name, decisions in sorted(expect.decisions.items(), key=_number):
        yield f"decisions.{name}", partial(_of_ruling, name, "decision", decisions)
    for name, statuses in sorted(expect.statuses.items(), key=_number):
        yield f"statuses.{name}", partial(_of_ruling, name, "consensus", statuses)
    for name, by_role in sorted(expect.stances.items(), key=_number):
        for role, stances in by_role.items():
            yield f"stances.{name}.{role}", partial(_of_stance, name, role, stances)
    for name, bound in sorted(expect.strength.items(), key=_number):
        yield f"strength.{name}", partial(_of_strength, name, bound)


def _on_the_whole(expect: Expectations) -> Iterator[tuple[str, Check]]:
    if (most := expect.unverified) is not None:
        yield "unverified", partial(_at_most, most, "unverified grounds", _unverified)
    if expect.coverage:
        yield "coverage", lambda subject: _listing(uncovered(subject.record))
    if (most := expect.fidelity) is not None:
        yield "fidelity", partial(_at_most, most, "sentences that say more than they rest on", unfaithful)
    if (least := expect.distinctness) is not None:
        yield "distinctness", partial(_at_least, least)
    for what, ceiling in expect.usage.model_dump(exclude_none=True).items():
        yield f"usage.{what}", partial(_at_most, ceiling, what.replace("_", " "), partial(_used, what))
    if (cost := expect.cost) is not None:
        yield "cost", partial(_cost, cost)


def uncovered(record: DebateRecord) -> list[str]:
    """Roles that did not speak in a round that was held, and attacks that nobody answered and no ruling lists.

    An attack counts as answered when another role argues against it or its author gives it up.
    """
    found: list[str] = []
    for ruled in record.heard:
        name = ruled.ruling.recommendation
        rounds = {speech.round for speech in ruled.speeches}
        spoke = {(speech.round, speech.role) for speech in ruled.speeches if not speech.failed}
        found += [
            f"{charter.name} did not speak on {name} in round {round_}"
            for round_ in sorted(rounds & {min(rounds, default=0), max(rounds, default=0)})
            for charter in record.plan.charters
            if (round_, charter.name) not in spoke
        ]
        arguments = [argument for speech in ruled.speeches for argument in speech.arguments]
        given_up = {id_ for speech in ruled.speeches for id_ in speech.withdrawn}
        answered = {
            target.argument: None
            for argument in arguments
            for target in argument.targets
            if target.relation in _ATTACKS
        }
        listed = {*ruled.ruling.standing, *(dissent.argument for dissent in ruled.ruling.dissents), *given_up}
        found += [
            f"{argument.id} attacks and is neither answered nor listed"
            for argument in arguments
            if _attacks(argument) and argument.id not in answered and argument.id not in listed
        ]
    return found


def unfaithful(record: DebateRecord) -> int:
    """How many sentences say more than they rest on: those that stand in the document, those that were cut."""
    if record.strategy is None:
        return 0
    return len(document_findings(record.plan, record.heard, record.strategy)) + len(record.strategy.cut)


def distinctness(record: DebateRecord) -> float:
    """The share of arguments that no other argument of the debate makes in much the same words (0 to 1).

    The same words: a token sort ratio of at least `transcripts.compare.match.LIKE`. 1 without arguments.
    """
    claims = [fold(argument.claim).text for argument in record.arguments]
    alike = {
        place
        for first, one in enumerate(claims)
        for second in range(first + 1, len(claims))
        if fuzz.token_sort_ratio(one, claims[second], score_cutoff=LIKE) >= LIKE
        for place in (first, second)
    }
    return 1 - len(alike) / len(claims) if claims else 1.0


def _attacks(argument: Argument) -> bool:
    return any(target.relation in _ATTACKS for target in argument.targets)


def _number(item: tuple[str, Any]) -> int:
    return int(item[0][1:])


def _of_ruling(name: str, field: str, allowed: tuple[str, ...], subject: _Subject) -> Problem:
    ruling = subject.ruling(name)
    given = "not ruled on" if ruling is None else str(getattr(ruling, field))
    return None if given in allowed else f"{given}, expected {_or(allowed)}"


def _of_stance(name: str, role: str, allowed: tuple[Stance, ...], subject: _Subject) -> Problem:
    ruling = subject.ruling(name)
    held = None if ruling is None else ruling.stances.get(role)
    given = "does not speak" if held is None else held.final
    return None if given in allowed else f"{given}, expected {_or(allowed)}"


def _of_strength(name: str, bound: Bound, subject: _Subject) -> Problem:
    ruling = subject.ruling(name)
    if ruling is None:
        return f"not ruled on, expected {bound}"
    return None if bound.holds(ruling.strength) else f"{ruling.strength:.4f}, expected {bound}"


def _property(one: Property, subject: _Subject) -> Problem:
    return _listing(one.failures(subject.shown))


def _at_most(ceiling: int, what: str, count: Callable[[DebateRecord], int], subject: _Subject) -> Problem:
    counted = count(subject.record)
    return None if counted <= ceiling else f"{counted} {what}, expected at most {ceiling}"


def _at_least(least: float, subject: _Subject) -> Problem:
    value = distinctness(subject.record)
    return None if value >= least else f"{value:.2f}, expected at least {least:g}"


def _cost(ceiling: float, subject: _Subject) -> Problem:
    used = subject.record.usage
    if used.calls == 0:
        return None
    if used.cost is None:
        return f"the cost is not known, expected at most ${ceiling:g}"
    return None if used.cost <= ceiling else f"${used.cost:.4f}, expected at most ${ceiling:g}"


def _unverified(record: DebateRecord) -> int:
    return record.grounding.unverified


def _used(what: str, record: DebateRecord) -> int:
    return int(getattr(record.usage, what))


def _or(allowed: Sequence[str]) -> str:
    return " or ".join(allowed)


def _listing(found: Sequence[str]) -> Problem:
    if not found:
        return None
    more = f"; and {len(found) - _SHOWN} more" if len(found) > _SHOWN else ""
    return "; ".join(found[:_SHOWN]) + more
