"""Which sentences of a text are evidence for a point, and which of their words to quote."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import NamedTuple

from agents.backends.offline.links import Links
from agents.backends.offline.quotations import EDGES, balanced, clauses
from agents.knowledge.load import frames, signs, stakes, terms
from agents.knowledge.model import Cues
from agents.knowledge.pattern import Hit, Passages, Phrase, asks_for_concept

_LINKED = 2
"""A sentence that is not about the concept's matter must share so many words with a point to show its stake."""
_REMOTE = frozenset(
    {
        "equity",
        "energy_security",
        "jobs",
        "health",
        "food_security",
        "innovation",
        "trade",
        "environment",
        "emissions",
    }
)
"""Indicators on which nearly everything bears: their stake must share words with the point in any case."""
_SCARCE = frozenset(
    "grid security privacy equity feasibility skills food_security trust autonomy data_control".split()
)
"""Indicators whose being at stake gives an objection its ground: what is short already, or exposed."""
_TIGHT = {"public_budget": "tight_budget"}
"""What is short for one proposal is short for all, where the text says so in as many words."""
_SPOKEN = frozenset({"fr", "en"})
"""Languages in which points are spoken, so that their words can be compared with those of a text."""
_STAKE = 0.5
_CARRIED = 0.7
"""A sentence whose subject was named before it is a little less sure to be about it."""
_SIGNED = 0.8
"""A sentence about the matter of a concept that does not name it is a little less sure to be about it."""
_REACH = 4
"""So many words before what is meant a negation still governs it."""
_CLAUSE = 7
"""Within so many words after "ne" its second half follows."""
_DENIALS = frozenset({"pas", "plus", "jamais", "rien", "personne", "aucun", "aucune", "guere", "point"})
_NOT_ONLY = frozenset({"only", "seulement", "solo"})


class Evidence(NamedTuple):
    """Words of span number `passage` that speak for a point.

    `hedge` is the word that puts them in the conditional, as written; `heading` marks a bare title,
    `question` a question and `foreign` a sentence about another country; `stake` says that they show what is
    at stake, not the effect itself; `kin` that they do not name the concept but what it is about, or carry it
    over from a sentence before; `loose` that their cue does not ask for it and they are not about it.
    `quality` (0 to 1) ranks evidence.
    """

    passage: int
    quote: str
    quality: float
    hedge: str | None = None
    heading: bool = False
    foreign: bool = False
    question: bool = False
    stake: bool = False
    kin: bool = False
    loose: bool = False


class Finder:
    """Finds evidence in the spans of one text, leaving out the spans that make proposals.

    `before` gives for each span the earlier ones that may name what it speaks of: two sentences back in the
    same paragraph, and the heading above.
    """

    def __init__(
        self,
        passages: Passages,
        language: str,
        proposals: Collection[int],
        foreign: Collection[int],
        before: Sequence[Sequence[int]],
    ) -> None:
        self._passages = passages
        self._language = language
        self._barred = frozenset(proposals)
        self._foreign = frozenset(foreign)
        self._before = before
        lexicon = frames(language)
        self._negations = passages.group(lexicon["negation"]) if "negation" in lexicon else {}
        self._hedges = passages.group(lexicon["conditional"]) if "conditional" in lexicon else {}
        self._known: dict[tuple[str, Cues], tuple[Evidence, ...]] = {}
        self._matters: dict[str, frozenset[int]] = {}
        self._stakes: dict[str, tuple[Evidence, ...]] = {}
        self._links = Links(passages.words[: len(before)], passages.words[len(before) :])

    def find(self, concept: str, cues: Mapping[str, Cues]) -> tuple[Evidence, ...]:
        """Evidence by the `cues` of one of a concept's points, best first; a span counts once."""
        patterns = cues.get(self._language, ())
        if not patterns:
            return ()
        key = (concept, patterns)
        if key not in self._known:
            own = terms(concept, self._language)
            best: dict[int, Evidence] = {}
            for pattern in patterns:
                for item in (
                    *self._loose(concept, pattern, self._matches(pattern, own)),
                    *self._carried(pattern, own),
                    *self._signed(pattern, concept),
                ):
                    if item.passage not in best or item.quality > best[item.passage].quality:
                        best[item.passage] = item
            self._known[key] = tuple(sorted(best.values(), key=lambda e: (-e.quality, e.passage)))
        return self._known[key]

    def named(self, concept: str, cues: Mapping[str, Cues]) -> tuple[Evidence, ...]:
        """As `find`, in sentences that name the concept themselves."""
        return tuple(item for item in self.find(concept, cues) if not item.kin)

    def shown(
        self,
        concept: str,
        cues: Mapping[str, Cues],
        domain: Collection[str],
        about: Collection[str],
        *,
        objects: bool,
    ) -> tuple[Evidence, ...]:
        """Evidence for a point of a proposal: as `find`, but sentences that do not name the concept must share
        words with the point (`domain`), or in a language that points are not spoken in with the proposal
        (`about`); where the point `objects` they are no evidence: what harms has to be named.
        """
        words = domain if self._language in _SPOKEN else {*domain, *about}
        return tuple(
            item
            for item in self.find(concept, cues)
            if not (item.kin or (item.loose and objects))
            or (not (item.kin and objects) and self._links.shared(item.passage, words))
        )

    def stake(
        self, indicator: str, concept: str, domain: Collection[str], about: Collection[str], *, objects: bool
    ) -> Evidence | None:
        """A sentence that shows the indicator of a point to be at stake in what a proposal is about.

        It must be about the matter of the concept or share words with the point (`domain`); of several the
        one that shares most with them and with the proposal (`about`) is taken. Where the point `objects`,
        the indicator must be one whose being short or exposed is the ground of an objection.
        """
        matter = self._matter(concept)
        best: tuple[float, int, Evidence] | None = None
        for item in self._at_stake(indicator) if not objects or indicator in _SCARCE else ():
            akin = self._links.shared(item.passage, domain) if self._language in _SPOKEN else 0
            near = self._links.shared(item.passage, about)
            inside = item.passage in matter
            if akin >= _LINKED or (inside and (indicator not in _REMOTE or akin)):
                rank = (2 * near + akin + _LINKED * inside + item.quality, -item.passage, item)
                if best is None or rank[:2] > best[:2]:
                    best = rank
        if best is not None:
            return best[2]._replace(stake=True, quality=_STAKE)
        tight = self._at_stake(_TIGHT[indicator])[:1] if objects and indicator in _TIGHT else ()
        return tight[0]._replace(stake=True, quality=_STAKE) if tight else None

    def _at_stake(self, indicator: str) -> tuple[Evidence, ...]:
        """The sentences that show an indicator to be at stake, in reading order."""
        if indicator not in self._stakes:
            found: dict[int, Evidence] = {}
            for pattern in stakes(self._language).get(indicator, ()):
                for item in self._matches(pattern, ()):
                    if item.question or item.heading:
                        continue
                    if item.passage not in found or item.quality > found[item.passage].quality:
                        found[item.passage] = item
            self._stakes[indicator] = tuple(item for _, item in sorted(found.items()))
        return self._stakes[indicator]

    def _matter(self, concept: str) -> frozenset[int]:
        """The sentences that name a concept, or what it is about."""
        if concept not in self._matters:
            phrases = (*terms(concept, self._language), *signs(concept, self._language))
            self._matters[concept] = frozenset(
                hit.passage for phrase in phrases for hit in self._passages.phrase(phrase)
            )
        return self._matters[concept]

    def holds(self, cues: Mapping[str, Cues], concept: str, passage: int) -> bool:
        """Whether any of `cues` matches in a passage (a recommendation, say)."""
        own = terms(concept, self._language)
        return any(
            hits[0].passage == passage
            for pattern in cues.get(self._language, ())
            for hits in self._passages.cue(pattern, own)
        )

    def own_words(self, concept: str, numbers: Collection[int]) -> Evidence | None:
        """The clause of a proposal that names a concept, else its first sentence."""
        own = terms(concept, self._language)
        for number in sorted(numbers):
            hits = sorted(
                hit for phrase in own for hit in self._passages.phrase(phrase) if hit.passage == number
            )
            if hits:
                return Evidence(number, self.quote(number, (hits[0],)), 0.0)
        first = min(numbers, default=None)
        if first is None:
            return None
        text = self._passages.texts[first].strip(EDGES)
        return Evidence(first, balanced(text, self._passages.texts[first]), 0.0)

    def quote(self, passage: int, hits: tuple[Hit, ...]) -> str:
        """The clauses of a passage that hold all `hits`: an exact part of its text, cut at punctuation."""
        return clauses(self._passages.texts[passage], self._passages.words[passage], hits)

    def hedge_in(self, passage: int, quote: str) -> str | None:
        """The word that puts a quoted part of a passage in the conditional, as written."""
        text = self._passages.texts[passage]
        start = text.find(quote)
        for hedge in sorted(self._hedges.get(passage, ())):
            word = self._passages.words[passage][hedge.first]
            if start <= word.start < start + len(quote):
                return text[word.start : word.end]
        return None

    def _carried(self, pattern: str, own: tuple[Phrase, ...]) -> list[Evidence]:
        """Matches in sentences that do not name the concept but follow one that does, or stand under it."""
        carried = self._passages.cue(pattern, own, understood=True)
        if not carried:
            return []
        naming = {hit.passage for phrase in own for hit in self._passages.phrase(phrase)}
        following = [
            hits
            for hits in carried
            if (number := hits[0].passage) < len(self._before)
            and number not in naming
            and any(earlier in naming for earlier in self._before[number])
        ]
        return [
            item._replace(quality=round(item.quality * _CARRIED, 4), kin=True)
            for item in self._evidence(following)
            if not item.question and not item.heading
        ]

    def _loose(self, concept: str, pattern: str, found: list[Evidence]) -> list[Evidence]:
        """`found`, marked where the cue does not ask for the concept and the sentence is not about it."""
        if asks_for_concept(pattern):
            return found
        matter = self._matter(concept)
        return [item._replace(loose=item.passage not in matter) for item in found]

    def _signed(self, pattern: str, concept: str) -> list[Evidence]:
        """Matches in sentences about the matter of the concept that do not name it."""
        words = signs(concept, self._language)
        if not words:
            return []
        return [
            item._replace(quality=round(item.quality * _SIGNED, 4), kin=True)
            for item in self._matches(pattern, words)
            if not item.question and not item.heading
        ]

    def _matches(self, pattern: str, own: tuple[Phrase, ...]) -> list[Evidence]:
        return self._evidence(self._passages.cue(pattern, own))

    def _evidence(self, matches: Iterable[tuple[Hit, ...]]) -> list[Evidence]:
        found = []
        for hits in matches:
            number = hits[0].passage
            if number >= len(self._before) or number in self._barred or self._negated(number, hits):
                continue
            hedge = self._hedge(number, hits)
            text = self._passages.texts[number]
            heading = len(self._passages.words[number]) < 12 and not text.rstrip().endswith(
                (".", "!", "?", "…")
            )
            foreign = number in self._foreign
            width = max(h.last for h in hits) - min(h.first for h in hits)
            question = text.rstrip().endswith(("?", "؟"))
            quality = 1.0 - 0.01 * min(width, 20)
            for flaw, factor in ((hedge, 0.85), (heading, 0.6), (foreign, 0.7), (question, 0.6)):
                quality *= factor if flaw else 1
            quote = self.quote(number, hits)
            found.append(Evidence(number, quote, round(quality, 4), hedge, heading, foreign, question))
        return found

    def _negated(self, number: int, hits: tuple[Hit, ...]) -> bool:
        covered = {p for hit in hits for p in range(hit.first, hit.last + 1)}
        low, high = min(covered) - _REACH, max(covered) + 2
        words = self._passages.words[number]
        for negation in self._negations.get(number, ()):
            if low <= negation.first <= high:
                if negation.first in covered:
                    return False
                if self._is_restriction(number, negation):
                    continue
                follower = words[negation.last + 1].folded if negation.last + 1 < len(words) else ""
                if follower in _NOT_ONLY:
                    continue
                return not self._cue_is_negative(number, hits)
        return False

    def _is_restriction(self, number: int, negation: Hit) -> bool:
        """Whether a French "ne" says "only" ("n'ouvre que deux matinées") and denies nothing."""
        words = self._passages.words[number]
        if self._language != "fr" or words[negation.first].folded not in ("ne", "n"):
            return False
        for word in words[negation.last + 1 : negation.last + 1 + _CLAUSE]:
            if word.folded in _DENIALS:
                return False
            if word.folded in ("que", "qu"):
                return True
        return False

    def _cue_is_negative(self, number: int, hits: tuple[Hit, ...]) -> bool:
        """A cue that itself says "not" (`pas encore`) expects the negation that comes before it."""
        words = self._passages.words[number]
        negative = {
            "pas",
            "not",
            "aucun",
            "sans",
            "without",
            "lack",
            "no",
            "jamais",
            "never",
            "aun",
            "todavia",
        }
        return any(words[p].folded in negative for hit in hits for p in range(hit.first, hit.last + 1))

    def _hedge(self, number: int, hits: tuple[Hit, ...]) -> str | None:
        low, high = min(h.first for h in hits) - 4, max(h.last for h in hits) + 4
        for hedge in sorted(self._hedges.get(number, ())):
            if low <= hedge.first <= high:
                word = self._passages.words[number][hedge.first]
                return self._passages.texts[number][word.start : word.end]
        return None
