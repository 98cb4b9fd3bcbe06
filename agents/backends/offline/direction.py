"""What a proposal does to a thing that it names: builds it, restrains it, or talks of it."""

from collections.abc import Mapping, Sequence
from typing import Literal, Protocol

from agents.knowledge.load import concept
from agents.knowledge.pattern import Hit

Direction = Literal["build", "restrain", "talk"]

_OPENING = 3
"""A thing that stands within so many words of the beginning is what the sentence is about."""
_CLAUSE = 14
"""What is asked of someone follows within so many words."""


class Named(Protocol):
    """A concept named at words `first` to `last`."""

    @property
    def concept(self) -> str:
        """Its name in the knowledge."""

    @property
    def first(self) -> int:
        """The number of its first word."""

    @property
    def last(self) -> int:
        """The number of its last word."""

    @property
    def together(self) -> bool:
        """Whether several words name it together, not a term of its own."""


def direction(name: str, items: Sequence[Named], hits: Mapping[str, list[Hit]], critical: bool) -> Direction:
    """What is done to concept `name`; `hits` are the words of the proposal that frame it.

    `critical` tells that the text dwells on its harms: it is then built only in as many words.
    """
    item = next(item for item in items if item.concept == name)
    idle = _positions(hits, "extent", "small")
    idle.update(
        position
        for other in items
        if other.concept != name and not concept(other.concept).curbs
        for position in range(other.first, other.last + 1)
    )
    if _governs(hits.get("restrain", ()), item, idle) or _undergoes(item, hits):
        return "restrain"
    before = [hit for kind in ("build", "talk") for hit in hits.get(kind, ()) if hit.last < item.first]
    if critical and not concept(name).talk and not concept(name).curbs:
        return "build" if _governs(hits.get("build", ()), item, idle) else "talk"
    talked = {hit.last for hit in hits.get("talk", ())}
    return "talk" if before and max(before, key=lambda h: h.last).last in talked else "build"


def is_addressed(item: Named, hits: Mapping[str, list[Hit]]) -> bool:
    """Whether something is asked of the thing ("require every port to"), not for it."""
    asked = any(item.last < hit.first <= item.last + _CLAUSE for hit in hits.get("asked", ())) and _governs(
        hits.get("asking", ()), item, _positions(hits, "extent", "small")
    )
    passive = {hit.first for hit in hits.get("passive", ())}
    duty = item.first <= _OPENING and any(
        hit.first == item.last + 1 and hit.last + 1 not in passive for hit in hits.get("duty", ())
    )
    return asked or duty


def is_recipient(item: Named, hits: Mapping[str, list[Hit]]) -> bool:
    """Whether the thing only receives what the proposal is about ("tax relief for young firms")."""
    return _governs(hits.get("recipient", ()), item, _positions(hits, "extent", "small"))


def _positions(hits: Mapping[str, list[Hit]], *kinds: str) -> set[int]:
    return {
        position
        for kind in kinds
        for hit in hits.get(kind, ())
        for position in range(hit.first, hit.last + 1)
    }


def _governs(verbs: Sequence[Hit], item: Named, idle: set[int]) -> bool:
    """Whether one of `verbs` stands before the thing, with none but idle words between."""
    return any(
        hit.last < item.first and all(position in idle for position in range(hit.last + 1, item.first))
        for hit in verbs
    )


def _undergoes(item: Named, hits: Mapping[str, list[Hit]]) -> bool:
    """Whether the thing is the subject of a passive that restrains ("permits should be frozen")."""
    if item.first > _OPENING or item.together:
        return False
    built = min((hit.first for hit in hits.get("build", ()) if hit.first > item.last), default=None)
    return any(
        hit.first > item.last and (built is None or hit.first < built) for hit in hits.get("restrained", ())
    )
