"""What a question of the chair is about, and what a role can say to it from what it knows."""

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from math import log
from typing import NamedTuple

from agents.argument.model import Argument, GroundDraft, Stance
from agents.backends.offline.docket import Candidate
from agents.backends.offline.heard import point_named
from agents.backends.offline.links import stem, stems, stems_of
from agents.backends.offline.opening import Speaker
from agents.backends.offline.picks import Plan
from agents.backends.offline.sources import source_phrase
from agents.backends.offline.voice import chair_words, upper_first
from agents.debate.turn import QuestionReply, TurnRequest
from agents.knowledge.load import terms, vocabulary
from agents.knowledge.pattern import Hit, Passages
from agents.knowledge.text import fold, words
from agents.roles.model import Fact, in_language

_COVERS = 0.5
"""The part of a question's known words that a text must share with it to be an answer."""
_INDICATOR = 0.35
_CONCEPT = 0.35
"""What naming the same indicator or concept counts for, beside shared words."""
_AT_MOST = 3
_ABSENCES = frozenset({"cost", "deadline", "owner", "law", "financing", "evaluation"})


class Inquiry(NamedTuple):
    """A question understood: its content words, the concepts and indicators it names, what it asks for."""

    words: frozenset[str]
    concepts: frozenset[str]
    indicators: frozenset[str]
    asks: frozenset[str]
    named: frozenset[str]


class _Piece(NamedTuple):
    """One thing that can be said: how close it is to the question, in words, and on what it rests."""

    fit: float
    text: str
    ground: GroundDraft | None


def answer(speaker: Speaker, plan: Plan, request: TurnRequest) -> QuestionReply:
    """The answer of a role to a question, from its arguments, the article and its charter."""
    assert request.question is not None, "a question turn carries its question"
    inquiry = understand(speaker, request.question)
    weigh = _Weights(speaker, inquiry)
    mine = [speech for speech in request.speeches if speech.role == speaker.charter.name]
    own = [argument for speech in mine for argument in speech.arguments]
    stance = mine[-1].stance if mine else plan.position.stance
    found = _of_itself(speaker, stance, inquiry, own, weigh)
    found = found or [*_left_out(speaker, inquiry, weigh), *_known(speaker, inquiry, own, weigh)]
    pieces = _distinct(found)[:_AT_MOST]
    if not pieces:
        text = " ".join([chair_phrase(speaker, "unable"), *_who_could(speaker, inquiry)])
        return QuestionReply(able=False, text=upper_first(text))
    return QuestionReply(
        able=True,
        text=" ".join(upper_first(piece.text) for piece in pieces),
        grounds=tuple(piece.ground for piece in pieces if piece.ground is not None),
    )


def understand(speaker: Speaker, question: str) -> Inquiry:
    """What a question is about, in the debate's language or in the article's."""
    lexicon = chair_words()
    said = [word.folded for word in words(question)]
    passage = Passages([question])
    languages = dict.fromkeys((speaker.voice.language, speaker.docket.plan.article.language))
    names = {topic.concept.name for case in speaker.docket.cases.values() for topic in case.frame.topics}
    ids = frozenset(part.strip(".,;:?!()") for part in question.split())
    return Inquiry(
        words=stems_of(question),
        concepts=frozenset(
            name
            for name in names
            if any(passage.phrase(phrase) for language in languages for phrase in terms(name, language))
        ),
        indicators=_matching(lexicon["about"], said),
        asks=_matching(lexicon["asks"], said),
        named=ids,
    )


def chair_phrase(speaker: Speaker, kind: str, **slots: str) -> str:
    """A phrase for the chair, with the speaker and the recommendation as slots."""
    template = speaker.voice.grammar.typeset(chair_words()["say"][speaker.voice.language][kind])
    return speaker.voice.fill(template, role=speaker.title, rec=speaker.rec, **slots)


def _matching(entries: Mapping[str, str], said: Sequence[str]) -> frozenset[str]:
    """The entries of which a word begins one of the words that were said; short ones must be the whole word."""
    return frozenset(
        name
        for name, written in entries.items()
        if any(
            word == known or (len(known) > 4 and word.startswith(known))
            for known in written.split()
            for word in said
        )
    )


def _distinct(pieces: Iterable[_Piece]) -> list[_Piece]:
    """The pieces without those that rest on the same or say the same as one before them."""
    kept: list[_Piece] = []
    for piece in pieces:
        if not any(
            piece.text == other.text or (piece.ground is not None and piece.ground == other.ground)
            for other in kept
        ):
            kept.append(piece)
    return kept


def _of_itself(
    speaker: Speaker, stance: Stance, inquiry: Inquiry, own: Sequence[Argument], weigh: "_Weights"
) -> list[_Piece]:
    """What a role says of its own position: a named argument, its conditions, its reasons."""
    pieces = [_argument_piece(speaker, argument, 2.0) for argument in own if argument.id in inquiry.named]
    if "condition" in inquiry.asks:
        asked = {argument.condition: argument for argument in reversed(own) if argument.condition}
        pieces += [
            _Piece(
                1.0,
                chair_phrase(speaker, "condition", id=argument.id, do=do),
                GroundDraft(kind="argument", id=argument.id),
            )
            for do, argument in reversed(asked.items())
        ][:2] or [_Piece(1.0, chair_phrase(speaker, "no_condition"), None)]
    elif "why" in inquiry.asks and not pieces and weigh.is_about(speaker.case.recommendation.text, own):
        lead = _lead(own, stance)
        if lead is not None:
            text = chair_phrase(
                speaker, "why", stance=speaker.voice.name(stance.value), id=lead.id, q=_said(speaker, lead)
            )
            pieces.append(_Piece(1.0, text, GroundDraft(kind="argument", id=lead.id)))
    return pieces


def _left_out(speaker: Speaker, inquiry: Inquiry, weigh: "_Weights") -> list[_Piece]:
    """What is asked for and what the article, as can be verified, leaves out."""
    if not speaker.case.passages:
        return []
    span = speaker.docket.spans[speaker.case.passages[0]]
    asks = inquiry.asks | ({"cost"} if "amount" in inquiry.asks and not weigh.subject else set())
    return [
        _Piece(
            1.0,
            chair_phrase(speaker, name),
            GroundDraft(kind="span", id=span.id, quote=span.text, absence=name),
        )
        for name in sorted(asks & _ABSENCES)
        if speaker.docket.lacks(name, speaker.rec)
    ][:1]


def _lead(own: Sequence[Argument], stance: Stance) -> Argument | None:
    """The first argument on the side of a stance, else any with a side."""
    side = "against" if stance is Stance.OPPOSE else "for"
    return next(
        (argument for wanted in (side, "for", "against") for argument in own if argument.side == wanted), None
    )


def _known(speaker: Speaker, inquiry: Inquiry, own: Sequence[Argument], weigh: "_Weights") -> list[_Piece]:
    """The best of each kind that is close enough: an own argument, a passage, a fact of the charter."""
    found = [
        _best(_arguments(speaker, inquiry, own, weigh)),
        _best(_passages(speaker, inquiry, weigh)),
        _best(_facts(speaker, inquiry, weigh)),
    ]
    kept = [piece for piece in found if piece is not None]
    return sorted(kept, key=lambda piece: -piece.fit)


class _Weights:
    """How much of a question a text covers, words that are rare in the article counting more."""

    def __init__(self, speaker: Speaker, inquiry: Inquiry) -> None:
        passages = [stems(found) for found in speaker.docket.passages.words]
        count = len(passages) + 1
        generic = _generic()
        self._weight = {
            word: log(count / (0.5 + sum(word in passage for passage in passages)))
            for word in inquiry.words
            if word not in generic
        }
        self._whole = sum(self._weight.values())

    @property
    def subject(self) -> bool:
        """Whether the question has words of its own, besides those by which it asks."""
        return bool(self._weight)

    def covered(self, text: frozenset[str]) -> float:
        """The covered part of the question, from 0 to 1."""
        shared = sum(weight for word, weight in self._weight.items() if word in text)
        return shared / self._whole if self._whole else 0.0

    def is_about(self, recommendation: str, own: Sequence[Argument]) -> bool:
        """Whether the question speaks of nothing else than the recommendation and what was said on it."""
        said = " ".join([recommendation, *(argument.claim for argument in own)])
        return not self.subject or self.covered(stems_of(said)) >= _COVERS


@lru_cache(maxsize=1)
def _generic() -> frozenset[str]:
    """Words by which a question asks, not those that it asks about."""
    known = chair_words()
    return frozenset(
        stem(fold(word)) for written in (*known["asks"].values(), known["ignore"]) for word in written.split()
    )


def _best(pieces: Iterable[_Piece]) -> _Piece | None:
    return max((p for p in pieces if p.fit >= _COVERS), key=lambda piece: piece.fit, default=None)


def _argument_piece(speaker: Speaker, argument: Argument, fit: float) -> _Piece:
    text = chair_phrase(speaker, "own", id=argument.id, q=_said(speaker, argument))
    return _Piece(fit, text, GroundDraft(kind="argument", id=argument.id))


def _said(speaker: Speaker, argument: Argument) -> str:
    return speaker.voice.grammar.quoted(argument.claim.rstrip("."))


def _arguments(
    speaker: Speaker, inquiry: Inquiry, own: Sequence[Argument], weigh: _Weights
) -> Iterable[_Piece]:
    for argument in own:
        point = point_named(argument.point)
        fit = weigh.covered(stems_of(f"{argument.claim} {argument.condition or ''}"))
        if point is not None:
            fit += _INDICATOR * (point.indicator in inquiry.indicators)
            fit += _CONCEPT * ((argument.point or "").partition(".")[0] in inquiry.concepts)
        yield _argument_piece(speaker, argument, fit)


def _passages(speaker: Speaker, inquiry: Inquiry, weigh: _Weights) -> Iterable[_Piece]:
    docket = speaker.docket
    evidence = {
        item.passage: _shown_by(candidate, inquiry)
        for candidate in docket.cases[speaker.rec].candidates[speaker.charter.name]
        for item in candidate.evidence
        if _shown_by(candidate, inquiry) > 0
    }
    lexicon = chair_words()["about"]
    for number in range(len(docket.spans)):
        passage = docket.passages.words[number]
        covered = weigh.covered(stems(passage))
        about = _matching(lexicon, [word.folded for word in passage]) if covered else frozenset()
        fit = covered + max(evidence.get(number, 0.0), _INDICATOR * bool(about & inquiry.indicators))
        if fit < _COVERS:
            continue
        hits = tuple(
            Hit(number, place, place)
            for place, word in enumerate(passage)
            if stem(word.folded) in inquiry.words
        )
        quote = docket.finder.quote(number, hits or (Hit(number, 0, 0),))
        span = docket.span_id(number)
        text = chair_phrase(speaker, "span", q=speaker.voice.quoted(quote, span))
        yield _Piece(fit, text, GroundDraft(kind="span", id=span, quote=quote))


def _shown_by(candidate: Candidate, inquiry: Inquiry) -> float:
    """What it counts that a passage is evidence for a point that the question names."""
    concept = candidate.key.partition(".")[0]
    return _INDICATOR * (candidate.point.indicator in inquiry.indicators) + _CONCEPT * (
        concept in inquiry.concepts
    )


def _facts(speaker: Speaker, inquiry: Inquiry, weigh: _Weights) -> Iterable[_Piece]:
    article, voice = speaker.docket.plan.article, speaker.voice
    usable = speaker.docket.plan.facts()
    for fact in speaker.charter.facts:
        if fact.id not in usable:
            continue
        text = in_language(fact.text, voice.language)
        topics = frozenset(fact.topics)
        fit = weigh.covered(stems_of(text))
        fit += _INDICATOR * bool(topics & inquiry.indicators) + _CONCEPT * bool(topics & inquiry.concepts)
        said = voice.say(
            "fact",
            speaker.turn,
            role=speaker.title,
            source=source_phrase(fact, article, voice.language),
            fact=text,
        )
        yield _Piece(fit, said, _fact_ground(fact, text))


def _fact_ground(fact: Fact, text: str) -> GroundDraft:
    return GroundDraft(kind="fact", id=fact.id, quote=text)


def _who_could(speaker: Speaker, inquiry: Inquiry) -> list[str]:
    """The role whose charter is closest to what is asked, if it is another one."""
    labels = vocabulary().indicators
    cares = [
        (charter.indicators.get(name, 0.0), role, name)
        for role, charter in speaker.docket.charters.items()
        for name in sorted(inquiry.indicators)
        if name in labels
    ]
    best = max(cares, key=lambda entry: (entry[0], entry[1] != speaker.charter.name), default=None)
    if best is None or best[1] == speaker.charter.name or best[0] <= 0:
        return []
    other = in_language(speaker.docket.charters[best[1]].title, speaker.voice.language)
    label = labels[best[2]].label[speaker.voice.language]
    return [chair_phrase(speaker, "falls_to", other=other, indicator=label)]
