"""Carrying out a probe: the variants of a debate, and the plan that each one changes."""

import hashlib
from collections.abc import Iterator, Sequence
from typing import Literal, TypeVar

from agents.debate.plan import DebatePlan
from agents.model import Frozen
from agents.roles.model import Charter, Fact, RedLine, Text
from transcripts.regress.probe import Probe

SINGLE = "generalist"
"""The role of the single agent."""

_TITLE: Text = {
    "fr": "Généraliste",
    "en": "Generalist",
    "ar": "خبير عام",
}

Item = TypeVar("Item")


class Variant(Frozen):
    """One disturbance of one debate. `number` tells orders apart; `role` is left out; `text` is inserted `at`."""

    probe: str
    kind: Literal["permute", "leave_out", "insert", "single_agent"]
    what: Literal["recommendations", "roles"] | None = None
    number: int = 0
    role: str | None = None
    text: str | None = None
    at: Literal["start", "middle", "end"] | None = None

    @property
    def name(self) -> str:
        """What a case that is disturbed so is called, after its own name."""
        detail = {
            "permute": str(self.number),
            "leave_out": str(self.role),
            "insert": str(self.at),
            "single_agent": "",
        }[self.kind]
        return f"{self.probe}-{detail}".rstrip("-")


def variants(probe: Probe, roles: Sequence[str], recommendations: Sequence[str]) -> Iterator[Variant]:
    """The variants of a debate that a probe asks for; no order stands twice."""
    if probe.permute is not None:
        name = probe.name or f"order-of-{probe.permute}"
        items = roles if probe.permute == "roles" else recommendations
        for number in _others(items, probe.times):
            yield Variant(probe=name, kind="permute", what=probe.permute, number=number)
    elif probe.leave_out is not None:
        for role in roles:
            yield Variant(probe=probe.name or "without", kind="leave_out", role=role)
    elif probe.insert is not None:
        for at in probe.at:
            yield Variant(probe=probe.name or "inserted", kind="insert", text=probe.insert, at=at)
    else:
        yield Variant(probe=probe.name or "single-agent", kind="single_agent")


def disturbed(plan: DebatePlan, variant: Variant) -> DebatePlan:
    """The plan as the variant changes it; what is inserted into the article is in it already."""
    match variant.kind:
        case "permute" if variant.what == "recommendations":
            order = _order([one.id for one in plan.recommendations], variant.number)
            return plan.model_copy(
                update={"recommendations": tuple(plan.recommendations[place] for place in order)}
            )
        case "permute":
            order = _order([one.name for one in plan.charters], variant.number)
            return plan.model_copy(update={"charters": tuple(plan.charters[place] for place in order)})
        case "leave_out":
            kept = tuple(one for one in plan.charters if one.name != variant.role)
            models = {role: model for role, model in plan.role_models.items() if role != variant.role}
            return plan.model_copy(update={"charters": kept, "role_models": models})
        case "single_agent":
            alone = {"charters": (generalist(plan.charters),), "rounds": 1, "role_models": {}}
            return plan.model_copy(update=alone)
        case _:
            return plan


def generalist(charters: Sequence[Charter]) -> Charter:
    """One charter with the mandates of all: missions in a row, every red line and fact, the mean of all cares."""
    cares = {name for charter in charters for name in charter.indicators}
    languages = set.intersection(*(set(charter.mission) for charter in charters))
    red_lines: dict[str, RedLine] = {line.id: line for charter in charters for line in charter.red_lines}
    facts: dict[str, Fact] = {fact.id: fact for charter in charters for fact in charter.facts}
    return Charter(
        name=SINGLE,
        title=_TITLE,
        mission={
            language: " ".join(charter.mission[language].strip() for charter in charters)
            for language in sorted(languages or {"en"})
        },
        weight=1.0,
        indicators={
            name: round(sum(charter.indicators.get(name, 0.0) for charter in charters) / len(charters), 4)
            for name in sorted(cares)
        },
        maxims=_joined([charter.maxims for charter in charters]),
        red_lines=tuple(red_lines.values()),
        counter_offers=_joined([charter.counter_offers for charter in charters]),
        facts=tuple(facts.values()),
    )


def _joined(tables: Sequence[dict[str, Item]]) -> dict[str, Item]:
    """All tables in one; where two have a key, the first one's entry counts."""
    joined: dict[str, Item] = {}
    for table in tables:
        for key, entry in table.items():
            joined.setdefault(key, entry)
    return joined


def _others(names: Sequence[str], times: int) -> list[int]:
    """The numbers of at most so many orders that differ from the given one and from each other."""
    found: dict[tuple[int, ...], int] = {tuple(range(len(names))): 0}
    for number in range(1, 20 * times + 1):
        found.setdefault(tuple(_order(names, number)), number)
        if len(found) > times:
            break
    return [number for number in found.values() if number]


def _order(names: Sequence[str], number: int) -> list[int]:
    """An order of `names`: the first is the reverse, others are drawn by hash, the same everywhere."""
    places = range(len(names))
    if number == 1:
        return list(reversed(places))
    return sorted(places, key=lambda place: hashlib.sha256(f"{number}:{names[place]}".encode()).hexdigest())
