"""Find the recommendations of a text."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from typing import NamedTuple

from agents.article.block import Kind
from agents.article.body import Body
from agents.article.model import Recommendation
from agents.article.recommend import lists, similar
from agents.article.recommend.cues import Cues, cues_of, straightened
from agents.article.recommend.outline import Standing, standings
from agents.article.recommend.prose import Force, force_of, opens_with_action

_WHOLE_WORDS = 110
_CUT_WORDS = 65
_TITLE_WORDS = 12
_EXPLICIT = 3
_HEAD_SENTENCES = 4
_ORDINALS = (
    "première|deuxième|troisième|quatrième|cinquième|sixième|septième|huitième|neuvième|dixième|first|second|third|fourth|fifth|"
    "sixth|seventh|eighth|ninth|tenth|primera|segunda|tercera|cuarta|quinta|sexta"
)
_ARABIC_ORDINALS = "ال(?:اولى|ثانية|ثالثة|رابعة|خامسة|سادسة|سابعة|ثامنة|تاسعة|عاشرة)"
_SEPARATOR = r"\s*(?:[:.)–—-]+\s*|$)"


class Found(NamedTuple):
    """A place where something is proposed: offsets into the body, and how strongly its place says so."""

    start: int
    end: int
    explicit: bool


def recommendations_in(body: Body, language: str) -> tuple[Recommendation, ...]:
    """What the text proposes to decision-makers, in order; what is said twice is joined, both places cited."""
    cues = cues_of(language)
    standing = standings(body.placed, cues)
    taken: set[int] = set()
    found = _labelled(body, cues, taken)
    found += _listed(body, standing, cues, taken)
    found += _headed(body, standing, cues, taken)
    found += _said(body, standing, cues, taken, alone=len(found) < _EXPLICIT)
    return _joined(sorted(found), body, language)


def _labelled(body: Body, cues: Cues, taken: set[int]) -> list[Found]:
    """Blocks that open with "Recommendation 3:" or the like."""
    pattern = _label_pattern(cues)
    found: list[Found] = []
    for position, placed in enumerate(body.placed):
        match = pattern.match(straightened(placed.block.text))
        if match is None or placed.block.kind is Kind.ROW:
            continue
        taken.add(position)
        start, end = placed.start + match.end(), placed.end
        following = body.placed[position + 1] if position + 1 < len(body.placed) else None
        if len(body.text[start:end].split()) < 4:
            if following is None or following.block.kind is Kind.HEADING:
                continue
            taken.add(position + 1)
            start = start if start < end else following.start
            end = _cut(body, position + 1, start)
        found.append(Found(start, end, explicit=True))
    return found


def _label_pattern(cues: Cues) -> re.Pattern[str]:
    label = cues.alternatives("label")
    number = r"(?:n[°ºo]\.?\s*|#\s*)?(?:\d{1,3}(?:\.\d{1,2})?|[ivx]{1,5}|[a-h])"
    return re.compile(
        rf"(?:(?:{label})\s+(?:{number}|رقم\s*\d+|{_ARABIC_ORDINALS}){_SEPARATOR}"
        rf"|(?:{_ORDINALS})\s+(?:{label}){_SEPARATOR}"
        rf"|[RP]\d{{1,2}}\s*[:.–—-]\s*)",
        re.IGNORECASE,
    )


def _listed(body: Body, standing: Sequence[Standing], cues: Cues, taken: set[int]) -> list[Found]:
    found: list[Found] = []
    for items in lists.lists_of(body.placed):
        first = items.entries[0].item
        said = _proposed_before(body, standing, first, cues)
        if not lists.proposes(items, body, standing[first], cues, said):
            continue
        for entry in items.entries:
            if entry.item in taken:
                continue
            taken.add(entry.item)
            taken.update(entry.below)
            found.append(_entry(body, entry, cues))
    return found


def _entry(body: Body, entry: lists.Entry, cues: Cues) -> Found:
    item = body.placed[entry.item]
    title = item.block.text
    end = item.end
    if entry.below and len(title.split()) <= _TITLE_WORDS and not title.rstrip().endswith((".", "!")):
        end = _cut(body, entry.below[0], item.start)
    elif len(title.split()) > _WHOLE_WORDS:
        end = _cut(body, entry.item, item.start)
    return Found(item.start, end, explicit=True)


def _proposed_before(body: Body, standing: Sequence[Standing], position: int, cues: Cues) -> list[str]:
    sentences: list[str] = []
    for placed in reversed(body.placed[:position]):
        if placed.block.kind is Kind.HEADING or len(sentences) >= 2:
            break
        for span in placed.spans:
            if force_of(body.spans[span].text, cues) is Force.PROPOSED:
                sentences.append(body.spans[span].text)
    return sentences


def _headed(body: Body, standing: Sequence[Standing], cues: Cues, taken: set[int]) -> list[Found]:
    """Headings below a proposing heading that say what is to be done, at least two of one level."""
    acting: dict[int, list[int]] = {}
    for position, placed in enumerate(body.placed):
        block = placed.block
        if (
            block.kind is not Kind.HEADING
            or standing[position] is not Standing.PROPOSING
            or position in taken
        ):
            continue
        text = re.sub(r"^\W*(?:\d{1,2}(?:\.\d{1,2})*|[IVX]+|[A-Ha-h])[.)\s:–—-]+", "", block.text)
        if opens_with_action(text, cues) or force_of(text, cues) >= Force.WEAK:
            acting.setdefault(block.level, []).append(position)
    found: list[Found] = []
    for positions in acting.values():
        if len(positions) < 2:
            continue
        for position in positions:
            taken.add(position)
            placed = body.placed[position]
            end = placed.end
            below = [p for p in _section(body, position) if p not in taken]
            if (
                len(placed.block.text.split()) < 6
                and below
                and body.placed[below[0]].block.kind is Kind.PARAGRAPH
            ):
                end = _cut(body, below[0], placed.start)
            taken.update(below)
            found.append(Found(placed.start, end, explicit=True))
    return found


def _section(body: Body, position: int) -> list[int]:
    level = body.placed[position].block.level
    inside: list[int] = []
    for below in range(position + 1, len(body.placed)):
        block = body.placed[below].block
        if block.kind is Kind.HEADING and block.level <= level:
            break
        inside.append(below)
    return inside


def _said(
    body: Body, standing: Sequence[Standing], cues: Cues, taken: set[int], *, alone: bool
) -> list[Found]:
    """Sentences that propose. Beside explicit lists, only those that say so in so many words."""
    mandated = cues.has(
        "directive", straightened(" ".join(span.text for span in body.spans[:_HEAD_SENTENCES]))
    )
    found: list[Found] = []
    for position, placed in enumerate(body.placed):
        if placed.block.kind not in {Kind.PARAGRAPH, Kind.ITEM} or position in taken:
            continue
        here = standing[position]
        if here is Standing.AGAINST and not alone:
            continue
        for index in placed.spans:
            span = body.spans[index]
            force = force_of(span.text, cues, mandated=mandated)
            if alone:
                enough = force >= (Force.WEAK if here is Standing.PROPOSING else Force.NORM)
            else:
                enough = force is Force.PROPOSED and here >= Standing.PERHAPS
            if enough and not span.text.rstrip().endswith((":", "：")):
                found.append(Found(span.start, span.end, explicit=False))
    return found


def _cut(body: Body, position: int, start: int) -> int:
    """Where a text that begins at `start` and goes on in the block at `position` ends: whole, or after its beginning."""
    placed = body.placed[position]
    if len(body.text[start : placed.end].split()) <= _WHOLE_WORDS:
        return placed.end
    ends = [body.spans[index].end for index in placed.spans] or [placed.end]
    return min(ends, key=lambda end: abs(len(body.text[start:end].split()) - _CUT_WORDS))


def _joined(found: Sequence[Found], body: Body, language: str) -> tuple[Recommendation, ...]:
    texts = [body.text[place.start : place.end].strip() for place in found]
    starts = [span.start for span in body.spans]
    result: list[Recommendation] = []
    for group in similar.groups(texts, language):
        best = min(group, key=lambda position: (not found[position].explicit, position))
        cited = sorted({index for position in group for index in _overlapping(starts, body, found[position])})
        spans = tuple(body.spans[index].id for index in cited)
        result.append(Recommendation(id=f"R{len(result) + 1}", text=texts[best], spans=spans))
    return tuple(result)


def _overlapping(starts: Sequence[int], body: Body, place: Found) -> range:
    first = max(0, bisect_right(starts, place.start) - 1)
    if body.spans[first].end <= place.start:
        first += 1
    return range(first, bisect_left(starts, place.end))
