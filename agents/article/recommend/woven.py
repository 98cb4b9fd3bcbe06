"""Proposals that are woven into prose."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from agents.article.block import Kind
from agents.article.body import Body
from agents.article.recommend.cues import Cues, straightened
from agents.article.recommend.force import Force
from agents.article.recommend.genre import Genre
from agents.article.recommend.norms import could_decide
from agents.article.recommend.outline import Standing
from agents.article.recommend.place import Found
from agents.article.recommend.prose import enumerated, force_of, says_so
from agents.article.recommend.voices import Voice

_LONG_ENOUGH = 10
_INCIDENTAL = 2
_REACH = 10
_WORDS_OF_A_BIDDING = 5
_WORDS_WHEN_ANNOUNCED = 3


class Weighed(NamedTuple):
    """A sentence, by the positions of its block and span, with how plainly it proposes."""

    position: int
    span: int
    force: Force


def weighed(
    body: Body, speaking: Sequence[Voice], taken: set[int], genre: Genre, cues: Cues
) -> list[Weighed]:
    """How plainly each sentence outside the `taken` blocks proposes, where it does and introduces no list.

    `speaking` tells for each span whose words it gives.
    """
    if genre.guide:
        return []
    found: list[Weighed] = []
    before, remarks, announced, counting = Force.NONE, 0, 0, False
    for position, placed in enumerate(body.placed):
        if position in taken:
            before, remarks = Force.PROPOSED, 0
            continue
        if placed.block.kind not in {Kind.PARAGRAPH, Kind.ITEM}:
            before = Force.NONE
            continue
        for index in placed.spans:
            force = force_of(
                body.spans[index].text,
                cues,
                mandated=genre.mandated,
                enacted=genre.enacted,
                before=before,
                voice=speaking[index],
            )
            announced = (
                _REACH if cues.has("announces", straightened(body.spans[index].text)) else announced - 1
            )
            if force < Force.NORM and _bids(body.spans[index].text, cues, announced=announced > 0):
                force = Force.NORM if announced > 0 or before >= Force.NORM else Force.WEAK
            elif (
                genre.opinion and force < Force.NORM and _argued(body.spans[index].text, force, before, cues)
            ):
                force = Force.NORM
            counting = counting or cues.has("counting", straightened(body.spans[index].text))
            # A remark between two proposals does not change whom "it" stands for.
            if force >= Force.NORM:
                before, remarks = force, 0
            else:
                remarks += 1
                before = before if remarks == 1 else Force.NONE
            if force and not _introduces(body, position, index, cues):
                found.append(Weighed(position, index, force))
    return found


def said_alone(
    body: Body, standing: Sequence[Standing], sentences: Sequence[Weighed], genre: Genre, cues: Cues
) -> list[Found]:
    """The sentences that propose in a text without lists of proposals."""
    kept = [
        one for one in sentences if one.force >= Force.NORM or standing[one.position] is Standing.PROPOSING
    ]
    if len(body.spans) >= _LONG_ENOUGH and not genre.opinion and _is_incidental(kept, body, cues):
        return []
    return list(_places(body, kept))


def said_beside_lists(
    body: Body, standing: Sequence[Standing], sentences: Sequence[Weighed], taken: set[int], cues: Cues
) -> list[Found]:
    """The sentences that propose beside lists of proposals: those that say so in so many words.

    Where proposals are announced, norms too: below a list, and in sections without one.
    """
    bare = _without_lists(body, taken)
    listed = _below_lists(body, standing, taken)
    kept = [
        one
        for one in sentences
        if (
            one.force >= Force.NORM
            and standing[one.position] is Standing.PROPOSING
            and (one.position in listed or one.position in bare)
        )
        or (one.force is Force.PROPOSED and standing[one.position] >= Standing.PERHAPS)
        or (
            one.force is Force.PROPOSED
            and standing[one.position] is Standing.NEUTRAL
            and says_so(body.spans[one.span].text, cues)
        )
    ]
    return list(_places(body, kept))


def _argued(sentence: str, force: Force, before: Force, cues: Cues) -> bool:
    """Whether who argues means more than is said: what those in office could do, or what one would do there."""
    if before >= Force.NORM and force is Force.WEAK:
        return True
    return could_decide(straightened(sentence), cues, goes_on=before >= Force.NORM) or _would(sentence, cues)


def _would(sentence: str, cues: Cues) -> bool:
    """Whether a sentence opens with what its speaker would do: "I would close the fishery"."""
    return cues.opens("hypothetical", straightened(sentence).lstrip("«“\"'*([ ")) is not None


def _bids(sentence: str, cues: Cues, *, announced: bool) -> bool:
    """Whether a sentence of prose opens with what is to be done: an imperative or an infinitive."""
    text = cues.without("joining", straightened(sentence)).lstrip(" ,:")
    return (
        cues.language != "ar"
        and len(text.split()) >= (_WORDS_WHEN_ANNOUNCED if announced else _WORDS_OF_A_BIDDING)
        and not cues.has("reader", text)
        and (match := cues.opens("action", text)) is not None
        and text[match.end() : match.end() + 1] == " "
        and not cues.opens("not_action", text)
    )


def _places(body: Body, sentences: Sequence[Weighed]) -> Iterator[Found]:
    for one in sentences:
        span = body.spans[one.span]
        for start, end in enumerated(span.text) or [(0, len(span.text))]:
            yield Found(span.start + start, span.start + end, span.start + end, explicit=False)


def _sections(body: Body) -> Iterator[list[int]]:
    """The positions below each heading, up to the next one of any level."""
    section: list[int] = []
    for position, placed in enumerate(body.placed):
        if placed.block.kind is Kind.HEADING:
            yield section
            section = []
        section.append(position)
    yield section


def _without_lists(body: Body, taken: set[int]) -> set[int]:
    return {
        position for section in _sections(body) if not taken.intersection(section) for position in section
    }


def _below_lists(body: Body, standing: Sequence[Standing], taken: set[int]) -> set[int]:
    found: set[int] = set()
    for section in _sections(body):
        first = next(
            (
                position
                for position in section
                if position in taken and standing[position] is Standing.PROPOSING
            ),
            None,
        )
        found.update(position for position in section if first is not None and position > first)
    return found


def _is_incidental(found: Sequence[Weighed], body: Body, cues: Cues) -> bool:
    """Whether what was found in a whole report is a remark: one norm, or two that are duties and not advice."""
    if len(found) > _INCIDENTAL or any(one.force is not Force.NORM for one in found):
        return False
    return len(found) == 1 or not any(
        cues.has("advising", straightened(body.spans[one.span].text)) for one in found
    )


def _introduces(body: Body, position: int, index: int, cues: Cues) -> bool:
    """Whether a sentence only says that what follows is proposed."""
    sentence = body.spans[index].text
    if sentence.rstrip().endswith((":", "：")):
        return True
    following = body.placed[position + 1].block.kind if position + 1 < len(body.placed) else None
    last = index == body.placed[position].spans[-1]
    return following is Kind.ITEM and last and cues.has("following", straightened(sentence))
