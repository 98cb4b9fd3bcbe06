"""Patterns over the words of passages, without regular expressions.

A *cue* is one or more groups joined by ` & `, all of which must match in a passage; `!` before a group says
that it must not match. A *group* is one or more alternatives joined by ` | `. An alternative is a phrase of
words; a word that ends in `*` matches every word that begins so; other words match with and without
a plural ending. `=Word` matches in exactly this case and form. `@` stands for the concept's own terms.
"""

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import NamedTuple

from agents.errors import KnowledgeError
from agents.knowledge.text import Word, fold, without_clitics, words

_WINDOW = 30


class Term(NamedTuple):
    """A word of an alternative; `prefix` for a trailing star, `exact` holds the form after `=`."""

    folded: str
    prefix: bool = False
    exact: str | None = None


Phrase = tuple[Term, ...]


class Group(NamedTuple):
    """Alternatives; `own` adds the concept's terms, `absent` asks that none matches."""

    phrases: tuple[Phrase, ...]
    own: bool = False
    absent: bool = False


Cue = tuple[Group, ...]


class Hit(NamedTuple):
    """Words `first` to `last` (both included) of passage number `passage`."""

    passage: int
    first: int
    last: int


@lru_cache(maxsize=16384)
def parse_phrase(text: str) -> Phrase:
    """The terms of one alternative. Raises KnowledgeError for an empty or malformed one."""
    terms: list[Term] = []
    for piece in text.split():
        if piece.startswith("="):
            terms.append(Term(fold(piece[1:]), exact=piece[1:]))
            continue
        bare = piece.rstrip("*")
        prefix = bare != piece
        if bare.isalnum():
            terms.append(Term(fold(bare), prefix))
            continue
        found = words(bare)
        if not found or "*" in bare:
            raise KnowledgeError(f"unreadable pattern: {text!r}", "words, with * at the end of a word only")
        terms.extend(Term(word.folded) for word in found[:-1])
        terms.append(Term(found[-1].folded, prefix))
    if not terms:
        raise KnowledgeError("empty alternative in a pattern", "remove the stray | or & beside it")
    return tuple(terms)


@lru_cache(maxsize=16384)
def parse_group(text: str) -> Group:
    """The group written as `text`. Raises KnowledgeError when an alternative is malformed."""
    text = text.strip()
    absent = text.startswith("!")
    alternatives = [part.strip() for part in text.removeprefix("!").split("|")]
    own = "@" in alternatives
    return Group(tuple(parse_phrase(part) for part in alternatives if part != "@"), own, absent)


@lru_cache(maxsize=16384)
def parse_cue(text: str) -> Cue:
    """The cue written as `text`. Raises KnowledgeError when a group is malformed."""
    groups = tuple(parse_group(part) for part in text.split("&"))
    if all(group.absent for group in groups):
        raise KnowledgeError(f"a pattern that only forbids: {text!r}", "add a group that must match")
    return groups


class Passages:
    """An inverted index over passages, built once: each question costs what it finds, not what is there."""

    def __init__(self, texts: Sequence[str]) -> None:
        self.texts = tuple(texts)
        self.words: tuple[tuple[Word, ...], ...] = tuple(words(text) for text in texts)
        self._places: dict[str, list[tuple[int, int]]] = {}
        for number, passage in enumerate(self.words):
            for position, word in enumerate(passage):
                self._places.setdefault(word.folded, []).append((number, position))
                for form in without_clitics(word.folded):
                    self._places.setdefault(form, []).append((number, position))
        self._sorted = sorted(self._places)
        self._phrases: dict[Phrase, tuple[Hit, ...]] = {}

    def _term(self, term: Term) -> Iterable[tuple[int, int]]:
        if term.prefix:
            at = bisect_left(self._sorted, term.folded)
            while at < len(self._sorted) and self._sorted[at].startswith(term.folded):
                yield from self._places[self._sorted[at]]
                at += 1
            return
        if term.exact is not None:
            for number, position in self._places.get(term.folded, ()):
                word = self.words[number][position]
                if self.texts[number][word.start : word.end] == term.exact:
                    yield number, position
            return
        bare = term.folded[2:] if len(term.folded) > 3 and term.folded.startswith("ال") else term.folded
        for form in (bare, f"{bare}s", f"{bare}x", f"{bare}es"):
            yield from self._places.get(form, ())

    def phrase(self, phrase: Phrase) -> tuple[Hit, ...]:
        """Where `phrase` stands, in reading order."""
        known = self._phrases.get(phrase)
        if known is None:
            starts = sorted(set(self._term(phrase[0])))
            for offset, term in enumerate(phrase[1:], start=1):
                if not starts:
                    break
                follows = set(self._term(term))
                starts = [(n, p) for n, p in starts if (n, p + offset) in follows]
            known = tuple(Hit(n, p, p + len(phrase) - 1) for n, p in starts)
            self._phrases[phrase] = known
        return known

    def group(self, group: Group, own: tuple[Phrase, ...] = ()) -> dict[int, list[Hit]]:
        """Hits of any alternative of `group`, by passage; `own` are the concept's terms for `@`."""
        found: dict[int, list[Hit]] = {}
        for phrase in (*group.phrases, *(own if group.own else ())):
            for hit in self.phrase(phrase):
                found.setdefault(hit.passage, []).append(hit)
        return found

    def cue(
        self, text: str, own: tuple[Phrase, ...] = (), *, understood: bool = False
    ) -> list[tuple[Hit, ...]]:
        """For each passage where the cue `text` holds, one hit of each group, as close together as found.

        Groups farther apart than a window of words do not count as one statement. With `understood`, the
        concept itself need not be named; a cue that asks for nothing else, or does not ask for it, never holds.
        """
        groups = parse_cue(text)
        wanted = [self.group(group, own) for group in groups if not group.absent]
        barred = [self.group(group, own) for group in groups if group.absent]
        if understood:
            wanted = [self.group(group) for group in groups if not group.absent and not _names(group)]
            if not wanted or len(wanted) == len(groups) - len(barred):
                return []
        shared = sorted(set(wanted[0]).intersection(*wanted[1:]))
        result = []
        for number in shared:
            if any(number in group for group in barred):
                continue
            hits = _closest([group[number] for group in wanted])
            if hits and max(h.last for h in hits) - min(h.first for h in hits) <= _WINDOW:
                result.append(hits)
        return result


@lru_cache(maxsize=16384)
def asks_for_concept(cue: str) -> bool:
    """Whether a cue asks for the concept itself, with `@`."""
    return any(group.own for group in parse_cue(cue))


def _names(group: Group) -> bool:
    """Whether a group asks for the concept's own terms and nothing else."""
    return group.own and not group.phrases


def _closest(groups: list[list[Hit]]) -> tuple[Hit, ...]:
    """One hit of each group, all on different words and as close together as found; empty when there are none.

    Around each hit of the first group the nearest free one of each other group is taken.
    """
    best: tuple[Hit, ...] = ()
    for anchor in groups[0]:
        chosen = [anchor]
        for group in groups[1:]:
            free = [hit for hit in group if all(hit.first > c.last or hit.last < c.first for c in chosen)]
            if not free:
                break
            chosen.append(min(free, key=lambda hit: (abs(hit.first - anchor.first), hit)))
        found = tuple(chosen)
        if len(found) == len(groups) and (not best or (_width(found), found) < (_width(best), best)):
            best = found
    return best


def _width(hits: tuple[Hit, ...]) -> int:
    return max(hit.last for hit in hits) - min(hit.first for hit in hits)
