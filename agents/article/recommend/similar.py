"""Whether two wordings propose the same."""

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from functools import lru_cache

import snowballstemmer

_WORD = re.compile(r"\w+")
_LANGUAGES = {"fr": "french", "en": "english", "es": "spanish", "ar": "arabic"}
_SHORT = 3
_SHARED_OF_SHORTER = 0.8
_SHARED_OF_LONGER = 0.5
_KEYS = 4


def content(text: str, language: str) -> frozenset[str]:
    """The stems of the words of `text` that are longer than particles."""
    return frozenset(_stem(word, language) for word in _WORD.findall(text.lower()) if len(word) > _SHORT)


def groups(texts: Sequence[str], language: str) -> list[list[int]]:
    """Positions in `texts`, those that propose the same together; groups and members in order.

    Two texts propose the same when they share most of the shorter one's stems and half of the longer one's.
    Only texts that share one of their rarest stems are compared, so that the cost grows linearly.
    """
    words = [content(text, language) for text in texts]
    frequency = Counter(stem for stems in words for stem in stems)
    homes: dict[str, list[int]] = defaultdict(list)
    found: list[list[int]] = []
    home_of: list[int] = []
    for position, stems in enumerate(words):
        rare = sorted(stems, key=lambda stem: (frequency[stem], stem))
        candidates = sorted({home for stem in rare[: 2 * _KEYS] for home in homes[stem][-20:]})
        home = next((home for home in candidates if _same(stems, words[found[home][0]])), None)
        if home is None:
            home = len(found)
            found.append([])
            for stem in rare[: 2 * _KEYS]:
                homes[stem].append(home)
        found[home].append(position)
        home_of.append(home)
    return found


def _same(one: frozenset[str], other: frozenset[str]) -> bool:
    if not one or not other:
        return one == other
    shared = len(one & other)
    shorter, longer = sorted((len(one), len(other)))
    return shared >= _SHARED_OF_SHORTER * shorter and shared >= _SHARED_OF_LONGER * longer


@lru_cache(maxsize=65536)
def _stem(word: str, language: str) -> str:
    return str(_stemmer(language).stemWord(word))


@lru_cache
def _stemmer(language: str) -> "snowballstemmer.basestemmer.BaseStemmer":
    return snowballstemmer.stemmer(_LANGUAGES.get(language, "english"))
