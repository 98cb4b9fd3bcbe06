"""Find the recommendations of a text."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from agents.article.block import Kind
from agents.article.body import Body, Placed
from agents.article.model import Recommendation
from agents.article.recommend import lists, similar
from agents.article.recommend.chapters import headed
from agents.article.recommend.cues import Cues, cues_of, straightened
from agents.article.recommend.force import Force
from agents.article.recommend.genre import genre_of
from agents.article.recommend.labels import labelled
from agents.article.recommend.outline import Standing, standings
from agents.article.recommend.place import WHOLE_WORDS, Found, beginning
from agents.article.recommend.prose import force_of, opens_with_action
from agents.article.recommend.tables import proposing_cells
from agents.article.recommend.voices import voices
from agents.article.recommend.woven import said_alone, said_beside_lists, weighed
from agents.article.sentences import sentences

_TITLE_WORDS = 12
_LEAD_WORDS = 30
_FULL_STOP = re.compile(r"[.!?؟]\s")
_EXPLICIT = 3
_NEAR = 6
_WORDS_OF_A_RUN_IN = 5
_RUN_IN = re.compile(r"^\d{1,2}(?:\.\d{1,2}){1,3}[.)]?\s+|^[^:：.؟?!]{3,60}[:：]\s+(?=\S+ \S+ \S+ \S)")


def recommendations_in(body: Body, language: str) -> tuple[Recommendation, ...]:
    """What the text proposes to decision-makers, in order; what is said twice is joined, both places cited."""
    cues = cues_of(language)
    standing = standings(body.placed, cues)
    taken: set[int] = set()
    found = labelled(body, cues, taken)
    found += _listed(body, standing, cues, taken)
    found += _tabled(body, standing, cues, taken)
    found += headed(body, standing, cues, taken)
    found += _bidden(body, standing, cues, taken)
    speaking = voices(body, cues)
    genre = genre_of(body, speaking, cues)
    woven = weighed(body, speaking, taken, genre, cues)
    if len(found) < _EXPLICIT:
        said, norms = said_alone(body, standing, woven, genre, cues), []
    else:
        said = _unheard(said_beside_lists(body, standing, woven, taken, cues), found, body, language)
        norms = said_alone(body, standing, woven, genre, cues)
    return _joined(sorted(found + said), norms, body, language)


def _unheard(said: Sequence[Found], found: Sequence[Found], body: Body, language: str) -> list[Found]:
    """Those of the sentences `said` beside what is listed that do not only paraphrase it."""
    listed = [body.text[place.start : place.key_end] for place in found]
    sentences = [body.text[place.start : place.end] for place in said]
    heard = similar.taken_up(sentences, listed, language, akin=True)
    return [place for place, known in zip(said, heard, strict=True) if known is None]


def _listed(body: Body, standing: Sequence[Standing], cues: Cues, taken: set[int]) -> list[Found]:
    found: list[Found] = []
    for number, items in enumerate(lists.lists_of(body.placed)):
        first = items.entries[0].item
        said = _proposed_before(body, standing, first, cues)
        if not lists.proposes(items, body, standing[first], cues, said):
            continue
        concluding = _concluding(items, body, cues)
        for entry in items.entries:
            if entry.item not in taken and entry.item not in concluding:
                taken.update((entry.item, *entry.below))
                found += (place._replace(series=f"list {number}") for place in _entry(body, entry, cues))
    return found


def _concluding(items: lists.ItemList, body: Body, cues: Cues) -> set[int]:
    """The items of a list of norms in full sentences that set none: its conclusions among its recommendations."""
    norms: set[int] = set()
    idle: set[int] = set()
    for entry in items.entries:
        text = body.placed[entry.item].block.text
        parts = [text[a:b] for a, b in sentences(text, cues.language)]
        if any(force_of(part, cues) >= Force.NORM for part in parts):
            norms.add(entry.item)
        elif not opens_with_action(text, cues) and not entry.below and len(parts) > 1:
            idle.add(entry.item)
    return idle if 2 * len(norms) > len(items.entries) else set()


def _entry(body: Body, entry: lists.Entry, cues: Cues) -> list[Found]:
    """What an item proposes: itself, its title with what is said below, or the items that it introduces."""
    item = body.placed[entry.item]
    title = item.block.text
    count = len(title.split())
    titled = count <= _TITLE_WORDS and not title.rstrip().endswith((".", "!"))
    introduces = titled or (
        title.rstrip().endswith((":", "：")) and count <= _LEAD_WORDS and not _FULL_STOP.search(title)
    )
    if entry.children and introduces and not opens_with_action(title, cues):
        return [Found(body.placed[p].start, body.placed[p].end, body.placed[p].end) for p in entry.children]
    if (said := _proposed_within(item, cues)) is not None and not titled:
        return [said]
    end = item.end
    if entry.below and titled and not entry.children:
        end = beginning(body, entry.below[0], item.start)
    elif count > WHOLE_WORDS:
        end = beginning(body, entry.item, item.start)
    return [Found(item.start, end, item.end)]


def _proposed_within(item: Placed, cues: Cues) -> Found | None:
    """What a numbered paragraph proposes after telling what was found; None for one that begins with it."""
    text = item.block.text
    parts = sentences(text, cues.language)
    if len(parts) < 2 or opens_with_action(text, cues):
        return None
    proposing = [position for position, (a, b) in enumerate(parts) if force_of(text[a:b], cues) >= Force.NORM]
    if not proposing or proposing[0] == 0:
        return None
    start, end = item.start + parts[proposing[0]][0], item.start + parts[proposing[-1]][1]
    return Found(start, end, end)


def _proposed_before(body: Body, standing: Sequence[Standing], position: int, cues: Cues) -> list[str]:
    sentences: list[str] = []
    for placed in reversed(body.placed[max(0, position - _NEAR) : position]):
        if placed.block.kind is Kind.HEADING:
            break
        here = [body.spans[index].text for index in placed.spans]
        sentences += [sentence for sentence in here if force_of(sentence, cues) is Force.PROPOSED]
    return sentences


def _tabled(body: Body, standing: Sequence[Standing], cues: Cues, taken: set[int]) -> list[Found]:
    found: list[Found] = []
    for number, cells in enumerate(proposing_cells(body.placed, standing, cues)):
        taken.update(cell.row for cell in cells)
        found += (Found(cell.start, cell.end, cell.end, series=f"table {number}") for cell in cells)
    return found


def _bidden(body: Body, standing: Sequence[Standing], cues: Cues, taken: set[int]) -> list[Found]:
    """Paragraphs below a proposing heading that begin with what is to be done, at least two in a section."""
    sections: dict[str, list[int]] = {}
    for position, placed in enumerate(body.placed):
        if (
            placed.block.kind is Kind.PARAGRAPH
            and standing[position] is Standing.PROPOSING
            and position not in taken
            and placed.spans
            and opens_with_action(_RUN_IN.sub("", placed.block.text), cues)
        ):
            sections.setdefault(body.spans[placed.spans[0]].section, []).append(position)
    found: list[Found] = []
    for title, positions in sections.items():
        if len(positions) > 1:
            taken.update(positions)
            for position in positions:
                found += _spelled_out(body, position, title, cues)
    return found


def _spelled_out(body: Body, position: int, title: str, cues: Cues) -> list[Found]:
    """What a paragraph bids: each of its sentences where all do, else the whole or its beginning."""
    placed = body.placed[position]
    spans = [body.spans[index] for index in placed.spans]
    if len(spans) > 1 and all(
        cues.opens("action", straightened(_RUN_IN.sub("", span.text))) for span in spans
    ):
        return [Found(span.start, span.end, span.end, series=title) for span in spans]
    end = _last_said(body, position, cues)
    return [Found(placed.start, end, _first_said(body, position), series=title)]


def _first_said(body: Body, position: int) -> int:
    """The end of the first sentence of a block, or of the second where the first is but a title."""
    first, *others = body.placed[position].spans
    titled = others and len(body.spans[first].text.split()) <= _WORDS_OF_A_RUN_IN
    return body.spans[others[0] if titled else first].end


def _last_said(body: Body, position: int, cues: Cues) -> int:
    """The end of what a paragraph with a title of its own proposes; the whole of another that can be quoted."""
    first, *others = body.placed[position].spans
    proposing = [index for index in others if force_of(body.spans[index].text, cues) >= Force.NORM]
    if proposing and len(body.spans[first].text.split()) <= _WORDS_OF_A_RUN_IN:
        return body.spans[proposing[-1]].end
    return beginning(body, position, body.placed[position].start)


def _joined(
    found: Sequence[Found], norms: Sequence[Found], body: Body, language: str
) -> tuple[Recommendation, ...]:
    """One recommendation for each group of places that say the same; of `norms`, those that repeat one are cited."""
    keys = [body.text[place.start : place.key_end] for place in found]
    starts = [span.start for span in body.spans]
    repeated: dict[int, list[Found]] = {}
    sentences = [body.text[place.start : place.key_end] for place in norms]
    firsts = [
        body.text[place.start : body.spans[_overlapping(starts, body, place)[0]].end] for place in found
    ]
    for place, position in zip(norms, similar.taken_up(sentences, firsts + keys, language), strict=True):
        if position is not None:
            repeated.setdefault(position % len(found), []).append(place)
    result: list[Recommendation] = []
    for group in similar.groups(keys, [place.series for place in found], language):
        best = min(group, key=lambda position: (not found[position].explicit, position))
        places = [place for position in group for place in (found[position], *repeated.get(position, ()))]
        cited = sorted({index for place in places for index in _overlapping(starts, body, place)})
        text = body.text[found[best].start : found[best].end].strip()
        spans = tuple(body.spans[index].id for index in cited)
        result.append(Recommendation(id=f"R{len(result) + 1}", text=text, spans=spans))
    return tuple(result)


def _overlapping(starts: Sequence[int], body: Body, place: Found) -> range:
    first = max(0, bisect_right(starts, place.start) - 1)
    if body.spans[first].end <= place.start:
        first += 1
    return range(first, bisect_left(starts, place.end))
