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
_SHARED_BY_PARAPHRASE = 0.5
_KEYS = 8
_CANDIDATES = 20
_SHORTEST_SERIES = 3
_ALIGNED = 0.7


def content(text: str, language: str) -> frozenset[str]:
    """The stems of the words of `text` that are longer than particles."""
    return frozenset(_stem(word, language) for word in _WORD.findall(text.lower()) if len(word) > _SHORT)


def groups(texts: Sequence[str], series: Sequence[str], language: str) -> list[list[int]]:
    """Positions in `texts`, those that propose the same together; groups and members in order.

    Two texts propose the same when they share most of the shorter one's stems and half of the longer one's.
    Only texts that share one of their rarest stems are compared, so that the cost grows linearly. Two series
    of one length (a summary's list and the headings of the chapters), most of whose members take up each
    other's words one by one, say the same throughout.
    """
    words = [content(text, language) for text in texts]
    home_of = _homes(words)
    for one, other in _aligned(words, series):
        if home_of[one] != home_of[other]:
            left, right = sorted((home_of[one], home_of[other]))
            home_of = [left if home == right else home for home in home_of]
    found: dict[int, list[int]] = {}
    for position, home in enumerate(home_of):
        found.setdefault(home, []).append(position)
    return list(found.values())


def taken_up(
    texts: Sequence[str], said: Sequence[str], language: str, *, akin: bool = False
) -> list[int | None]:
    """For each of `texts` the position of the first of `said` that proposes the same, or None.

    With `akin`, a paraphrase that shares half of the shorter one's stems is enough. Like `groups`, it compares
    those only that share one of the rarest stems of what was `said`.
    """
    known = [content(text, language) for text in said]
    frequency = Counter(stem for stems in known for stem in stems)
    with_rare: dict[str, list[int]] = defaultdict(list)
    for position, stems in enumerate(known):
        for stem in sorted(stems, key=lambda stem: (frequency[stem], stem))[:_KEYS]:
            with_rare[stem].append(position)
    found: list[int | None] = []
    for text in texts:
        stems = content(text, language)
        near = sorted({one for stem in stems if stem in with_rare for one in with_rare[stem][:_CANDIDATES]})
        enough = _paraphrases if akin else _same
        found.append(next((one for one in near if stems and enough(stems, known[one])), None))
    return found


def _homes(words: Sequence[frozenset[str]]) -> list[int]:
    """For each text the first one that proposes the same, possibly itself."""
    frequency = Counter(stem for stems in words for stem in stems)
    first_with: dict[str, list[int]] = defaultdict(list)
    home_of: list[int] = []
    for position, stems in enumerate(words):
        rare = sorted(stems, key=lambda stem: (frequency[stem], stem))[:_KEYS]
        candidates = sorted({home for stem in rare for home in first_with[stem][-_CANDIDATES:]})
        home = next((home for home in candidates if _same(stems, words[home])), position)
        if home == position:
            for stem in rare:
                first_with[stem].append(position)
        home_of.append(home)
    return home_of


def _aligned(words: Sequence[frozenset[str]], series: Sequence[str]) -> list[tuple[int, int]]:
    members: dict[str, list[int]] = {}
    for position, name in enumerate(series):
        if name:
            members.setdefault(name, []).append(position)
    long_enough = [positions for positions in members.values() if len(positions) >= _SHORTEST_SERIES]
    by_length: dict[int, list[list[int]]] = {}
    pairs: list[tuple[int, int]] = []
    for positions in long_enough:
        for earlier in by_length.setdefault(len(positions), [])[-_CANDIDATES:]:
            together = list(zip(earlier, positions, strict=True))
            if sum(_akin(words[one], words[other]) for one, other in together) >= _ALIGNED * len(together):
                pairs += together
        by_length[len(positions)].append(positions)
    return pairs


def _akin(one: frozenset[str], other: frozenset[str]) -> bool:
    shorter = min(len(one), len(other))
    return shorter > 0 and len(one & other) >= shorter / 3


def _paraphrases(one: frozenset[str], other: frozenset[str]) -> bool:
    return len(one & other) >= _SHARED_BY_PARAPHRASE * min(len(one), len(other)) > 0


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
