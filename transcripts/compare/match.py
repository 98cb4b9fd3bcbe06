"""Pairing what two debates said, by content and not by order."""

from collections.abc import Callable, Sequence
from typing import TypeVar

from rapidfuzz import fuzz

from agents.argument.typography import fold

LIKE = 82.0
"""Texts at least this similar (token sort ratio, 0 to 100) say the same in other words."""

Item = TypeVar("Item")


def paired(
    left: Sequence[Item], right: Sequence[Item], group: Callable[[Item], str], text: Callable[[Item], str]
) -> list[tuple[Item | None, Item | None]]:
    """Each item of either side once, with its like from the other side or None.

    Only items of the same `group` are paired: equal texts first (typography aside), then the most similar.
    Pairs come in the order of `left`, then what only `right` has.
    """
    here = [fold(text(item)).text for item in left]
    there = [fold(text(item)).text for item in right]
    found: dict[int, int] = {}
    taken: set[int] = set()
    scored = [
        (
            100.0 + (here[i] == there[j])
            if here[i] == there[j]
            else fuzz.token_sort_ratio(here[i], there[j]),
            i,
            j,
        )
        for i, one in enumerate(left)
        for j, other in enumerate(right)
        if group(one) == group(other)
    ]
    for score, i, j in sorted(scored, key=lambda entry: (-entry[0], entry[1], entry[2])):
        if score >= LIKE and i not in found and j not in taken:
            found[i] = j
            taken.add(j)
    pairs: list[tuple[Item | None, Item | None]] = [
        (item, right[found[i]] if i in found else None) for i, item in enumerate(left)
    ]
    return pairs + [(None, item) for j, item in enumerate(right) if j not in taken]
