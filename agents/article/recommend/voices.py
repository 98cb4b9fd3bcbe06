"""Who speaks in each sentence: the author, a reporter, somebody who is quoted."""

import re
from collections.abc import Sequence
from enum import IntEnum
from typing import NamedTuple

from agents.article.block import Kind
from agents.article.body import Body
from agents.article.recommend.cues import Cues, straightened

QUOTED = re.compile(r"«[^»]*»?|“[^”]*”?|\"[^\"]*\"?")
"""Words between quotation marks."""
_INVERTED = re.compile(r"[»”\",]\s*(?:\w+ ){0,2}$|^\s*(?:\w+ ?)?$")
_NAME = re.compile(r"[A-Z]{2,}|(?<!^)[A-ZÉÈÀ][\w'-]+")
_WITH_AGE = re.compile(r"[A-ZÉÈÀ][\w'-]+, (?:aged )?\d{2}(?: (?:ans|años|years))?\b")
_FULL_NAME = re.compile(r"[A-ZÉÈÀÎ][\w'’-]+(?: (?:El |Al |Ben |Bin |de |De |van |du )?[A-ZÉÈÀÎ][\w'’-]+)+")
_NEAR = 90
_CLAUSE = re.compile(r"[;:—–]")
_SAID = re.compile(r"[;:—–\"]|(?<!\w)(?:que|qu'|that|si|whether|ان|انه|انها|بان|على ان)(?!\w)")
_OF_NEWS = ((3, 0.16, 2), (2, 0.12, 0))
"""The fewest attributed sentences, their share, and the most that speak of the author, in a news report."""


class Voice(IntEnum):
    """Whose words a sentence gives."""

    AUTHOR = 0
    REPORTER = 1
    """The writer of a news report, who tells what is in force and proposes nothing."""
    SOURCE = 2
    """A body, an expert or somebody with a name."""
    BYSTANDER = 3
    """Somebody who tells what is decided, expected, in force or felt: officials, courts, traders, neighbours."""


def voices(body: Body, cues: Cues) -> list[Voice]:
    """For each span, whose words it gives.

    A quotation goes on with the speaker of its paragraph, and "she added" with the one who spoke last.
    """
    own = [_speaker(straightened(span.text), cues) for span in body.spans]
    known = {name for span in body.spans for names in _FULL_NAME.findall(span.text) for name in names.split()}
    # Whoever is only called Fadma is a neighbour; who is only called Blackwood was introduced before.
    own = [one._replace(kind=Voice.BYSTANDER) if one.name and one.name not in known else one for one in own]
    unsaid = Voice.REPORTER if _is_news(body, own, cues) else Voice.AUTHOR
    found = [unsaid] * len(body.spans)
    last = Voice.SOURCE
    for placed in body.placed:
        if placed.block.kind is not Kind.PARAGRAPH:
            continue
        named = [kind for index in placed.spans if (kind := own[index].kind) is not None]
        quotes = [match.span() for match in QUOTED.finditer(placed.block.text)]
        current = named[0] if named else last
        for index in placed.spans:
            start, end = (
                offset - placed.start for offset in (body.spans[index].start, body.spans[index].end)
            )
            if own[index].said:
                current = last = own[index].kind or _introduced(body, placed.spans, index, cues) or last
                found[index] = current
            elif any(_shared(start, end, quote) * 2 > end - start for quote in quotes):
                found[index] = current
    return found


def speaker_of(sentence: str, cues: Cues) -> Voice | None:
    """Whose words `sentence` says that it gives: a source's, a bystander's; None when nobody is said to speak."""
    own = _speaker(straightened(sentence), cues)
    return (own.kind or Voice.SOURCE) if own.said else None


class _Own(NamedTuple):
    """Whether a sentence says that somebody speaks, and who, where it names them."""

    said: bool
    kind: Voice | None = None
    name: str = ""
    """The only word that names the speaker, where it is a name."""


def _speaker(text: str, cues: Cues) -> _Own:
    masked = QUOTED.sub(lambda match: '"' + "." * (len(match.group()) - 2) + '"', text)
    if match := cues.search("according", masked):
        named = _SAID.split(masked[match.end() : match.end() + _NEAR])[0].split(",")[0]
        return _named(named, cues) or _Own(said=True)
    match = cues.search("saying", masked)
    if match is None:
        return _Own(said=False)
    before = _CLAUSE.split(masked[max(0, match.start() - _NEAR) : match.start()])[-1]
    after = _SAID.split(masked[match.end() : match.end() + _NEAR])[0]
    if cues.language == "ar" or _INVERTED.search(before):
        return _named(after, cues) or _named(before, cues) or _Own(said=True)
    return _named(before, cues) or _Own(said=True)


def _named(words: str, cues: Cues) -> _Own | None:
    named = cues.without("somebody", words)
    if cues.has("official", named):
        return _Own(said=True, kind=Voice.BYSTANDER)
    if cues.has("bodies", named):
        return _Own(said=True, kind=Voice.SOURCE)
    if cues.has("ordinary", named):
        return _Own(said=True, kind=Voice.BYSTANDER)
    if _WITH_AGE.search(named):
        return _Own(said=True, kind=Voice.BYSTANDER)
    names = _NAME.findall(named)
    only = names[0] if len(names) == 1 and not names[0].isupper() else ""
    return _Own(said=True, kind=Voice.SOURCE, name=only) if names else None


def _introduced(body: Body, spans: range, index: int, cues: Cues) -> Voice | None:
    """BYSTANDER where the sentence before, in the same paragraph, introduces one: "Ana Hill, a teacher, rose"."""
    if index - 1 not in spans:
        return None
    before = straightened(body.spans[index - 1].text)
    ordinary = cues.has("ordinary", before) and not cues.has("bodies", cues.without("somebody", before))
    return Voice.BYSTANDER if ordinary and _NAME.search(before) else None


def _shared(start: int, end: int, other: tuple[int, int]) -> int:
    return max(0, min(end, other[1]) - max(start, other[0]))


def _is_news(body: Body, own: Sequence[_Own], cues: Cues) -> bool:
    """Whether a text reports what others say, and hardly speaks of its author."""
    attributed = sum(one.said for one in own)
    ones_own = sum(cues.has("first_person", QUOTED.sub(" ", straightened(span.text))) for span in body.spans)
    return any(
        attributed >= max(fewest, share * len(own)) and ones_own <= most for fewest, share, most in _OF_NEWS
    )
