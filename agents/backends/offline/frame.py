"""What a recommendation proposes: which concepts, in which direction, how strongly."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Literal, NamedTuple

from agents.backends.offline.direction import Direction, direction, is_addressed, is_recipient
from agents.knowledge.load import concept, concept_names, frames, patterns, terms, vocabulary
from agents.knowledge.model import Concept
from agents.knowledge.pattern import Group, Hit, Passages

Strength = Literal["mandate", "incentive", "plain"]

_NONE: Group = Group(())
_RANKS = (1.0, 0.85, 0.75, 0.65, 0.55)
"""Salience of the concepts of a recommendation, in the order in which it names them."""
_SHARED = 0.5
"""A concept that more than half of the recommendations name tells little about any of them."""
_SHARED_FACTOR = 0.45
_TALKED = 0.6
_GENERIC = 0.4
"""A way of governing that any field may use says less than what it is used for."""
_TOGETHER = 0.8
"""Several words that name a concept together are a little less sure than its term."""
_SERVED = 0.6
"""Those for whom something is done matter less than what is done."""
_NAME = 3
"""Within so many words after "agency" or the like, a term belongs to the name."""


class Mention(NamedTuple):
    """A concept named at words `first` to `last` of a passage; `together` by several words that are no term."""

    concept: str
    first: int
    last: int
    together: bool = False


class Topic(NamedTuple):
    """A concept that a recommendation is about. `salience` (0 to 1) says how much."""

    concept: Concept
    salience: float
    direction: Direction


class Frame(NamedTuple):
    """A recommendation, understood: its topics, most salient first, and how strongly it speaks."""

    recommendation: str
    topics: tuple[Topic, ...]
    strength: Strength

    @property
    def head(self) -> Topic | None:
        """The topic that the recommendation is mostly about; None outside the knowledge base."""
        return self.topics[0] if self.topics else None


def mentions(passages: Passages, numbers: Sequence[int], language: str) -> dict[int, list[Mention]]:
    """The concepts named in some passages, in reading order; of overlapping terms the longest counts.

    A concept that is named by words together, and by no term of its own, comes after those that are.
    """
    wanted = set(numbers)
    found: dict[int, list[Mention]] = {number: [] for number in numbers}
    for name in concept_names():
        for phrase in terms(name, language):
            for hit in passages.phrase(phrase):
                if hit.passage in wanted:
                    found[hit.passage].append(Mention(name, hit.first, hit.last))
    kept = {number: _longest(items) for number, items in found.items()}
    for name, cues in patterns(language).items():
        for cue in cues:
            for hits in passages.cue(cue):
                items = kept.get(hits[0].passage)
                if items is not None and all(item.concept != name for item in items):
                    items.append(Mention(name, hits[0].first, hits[0].last, together=True))
    return kept


def _longest(items: list[Mention]) -> list[Mention]:
    kept: list[Mention] = []
    for item in sorted(items, key=lambda m: (m.first - m.last, m.first, m.concept)):
        if all(item.last < other.first or item.first > other.last for other in kept):
            kept.append(item)
    return sorted(kept, key=lambda m: m.first)


def frame_all(
    passages: Passages,
    numbers: Mapping[str, int],
    named: Mapping[int, list[Mention]],
    language: str,
    critical: Mapping[str, bool],
) -> dict[str, Frame]:
    """The frames of the recommendations whose passage numbers are given; `named` are their `mentions`.

    `critical` tells of a concept whether the whole text dwells on its harms: what curbs something
    then restrains it, where elsewhere it would frame it.
    """
    lexicon = {kind: passages.group(group) for kind, group in frames(language).items()}
    spread = Counter(name for items in named.values() for name in {item.concept for item in items})
    shared = {name for name, count in spread.items() if len(numbers) >= 3 and count > _SHARED * len(numbers)}
    result = {}
    for recommendation, number in numbers.items():
        hits = {kind: found.get(number, []) for kind, found in lexicon.items()}
        strength: Strength = "plain"
        if hits.get("mandate"):
            strength = "mandate"
        elif hits.get("incentive"):
            strength = "incentive"
        topics = tuple(_topics(named[number], hits, shared, critical))
        result[recommendation] = Frame(recommendation, topics, strength)
    return result


def _topics(
    items: list[Mention], hits: Mapping[str, list[Hit]], shared: set[str], critical: Mapping[str, bool]
) -> Iterator[Topic]:
    items = [item for item in items if not _names_a_body(item, hits)] or items
    things = [item for item in items if item.together or not is_addressed(item, hits)]
    items = sorted(things or items, key=lambda m: (concept(m.concept).generic, m.first, m.concept))
    served = _served(items, hits)
    items.sort(key=lambda item: item.concept in served)
    order = list(dict.fromkeys(item.concept for item in items))
    directions = {name: direction(name, items, hits, critical.get(name, False)) for name in order}
    if not things:
        directions = dict.fromkeys(order, "restrain")
    if served and directions[order[0]] == "restrain":
        directions |= dict.fromkeys(sorted(served), "restrain")
    implied = _implied(hits)
    if implied is not None and not any(concept(name).talk for name in order):
        order.insert(0, implied)
    if order and concept(order[0]).talk:
        directions = {name: "build" if concept(name).talk else "talk" for name in order}
    directions |= _curbed(order, directions, critical)
    together = {item.concept for item in items if item.together}
    saliences = {
        name: _salience(name, order, shared) * (_TALKED if directions[name] == "talk" else 1)
        for name in order
    }
    for name in together:
        saliences[name] *= _TOGETHER
    for name in served:
        saliences[name] *= _SERVED
    for name in sorted(order, key=lambda n: (-saliences[n], order.index(n))):
        yield Topic(concept(name), saliences[name], directions[name])


def _served(items: Sequence[Mention], hits: Mapping[str, list[Hit]]) -> set[str]:
    """The concepts that only receive what the proposal is about, when it is about another."""
    main = {item.concept for item in items if item.together or not is_recipient(item, hits)}
    if all(concept(name).generic for name in main):
        return set()
    return {item.concept for item in items} - main


def _curbed(
    order: Sequence[str], directions: Mapping[str, Direction], critical: Mapping[str, bool]
) -> dict[str, Direction]:
    """What is restrained because the proposal builds something that curbs it, in a text that dwells on its harms."""
    if not any(concept(name).curbs and directions[name] == "build" for name in order):
        return {}
    return {
        name: "restrain"
        for name in order
        if critical.get(name, False) and not concept(name).talk and not concept(name).curbs
    }


def _salience(name: str, order: Sequence[str], shared: set[str]) -> float:
    salience = _RANKS[min(order.index(name), len(_RANKS) - 1)]
    if name in shared and any(other not in shared for other in order):
        salience *= _SHARED_FACTOR
    if concept(name).generic and any(not concept(other).generic for other in order):
        salience *= _GENERIC
    return salience


def _names_a_body(item: Mention, hits: Mapping[str, list[Hit]]) -> bool:
    """Whether a concept stands in the name of an authority, an agency or the like."""
    return any(0 < item.first - hit.last <= _NAME for hit in hits.get("actor", ()))


def _implied(hits: Mapping[str, list[Hit]]) -> str | None:
    """The concept of a proposal whose first verb only speaks of something."""
    first = [(min(found).first, kind) for kind in ("talk", "build", "restrain") if (found := hits.get(kind))]
    name = vocabulary().implied.get("talk")
    return name if first and min(first)[1] == "talk" and name in concept_names() else None
