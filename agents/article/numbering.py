"""Lists whose numbers are written in running text: "1) …", "أولا: …", "Premièrement : …"."""

import re
from collections.abc import Sequence
from itertools import pairwise

from agents.article.block import Block, Kind
from agents.article.recommend.cues import Cues
from agents.article.recommend.prose import opens_with_action

_ORDINALS = (
    (
        "premièrement",
        "deuxièmement",
        "troisièmement",
        "quatrièmement",
        "cinquièmement",
        "sixièmement",
        "septièmement",
    ),
    ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth"),
    ("firstly", "secondly", "thirdly", "fourthly", "fifthly"),
    ("primero", "segundo", "tercero", "cuarto", "quinto", "sexto", "séptimo", "octavo"),
    ("primera", "segunda", "tercera", "cuarta", "quinta", "sexta", "séptima", "octava"),
    ("première", "deuxième", "troisième", "quatrième", "cinquième", "sixième", "septième", "huitième"),
    ("أولا", "ثانيا", "ثالثا", "رابعا", "خامسا", "سادسا", "سابعا", "ثامنا", "تاسعا", "عاشرا"),
)
_RANK = {word: rank for words in _ORDINALS for rank, word in enumerate(words, 1)}
_ARABIC_MARKS = re.compile("[\u064b-\u065f\u0640]")
_WORD = re.compile(r"^(?P<marker>[^\W\d_]+[\u064b-\u065f]*\s?[:：–—.)-]+)\s*(?=\S)")
_ITEM_NUMBER = re.compile(r"(\d{1,3})[.)]$")
_ACROSS = 2
_WHOLE = 0.6
_NUMBER = re.compile(
    r"^(?P<marker>\(?(?P<number>\d{1,3})\s?(?:[.)°º/]|[-–—](?=\s))\s?[-–—]?|\(?(?P<letter>[a-z])\))\s*(?=[^\W\d])"
)


def without_paragraph_numbers(blocks: Sequence[Block], cues: Cues) -> list[Block]:
    """`blocks` with the paragraphs of a text that numbers them all as paragraphs, not as items.

    Such numbers go on across headings, before whole sentences; a list of proposals may go on too, but its
    items begin with what is to be done.
    """
    numbered = [
        (p, int(match[1])) for p, block in enumerate(blocks) if (match := _ITEM_NUMBER.match(block.marker))
    ]
    kinds = [block.kind for block in blocks]
    across = sum(
        Kind.HEADING in kinds[one[0] : other[0]] and other[1] == one[1] + 1
        for one, other in pairwise(numbered)
    )
    whole = sum(
        blocks[position].text.rstrip().endswith((".", ":", "؟", "?"))
        and not opens_with_action(blocks[position].text, cues)
        for position, _ in numbered
    )
    result = list(blocks)
    if across >= _ACROSS and whole >= _WHOLE * len(numbered):
        for position, _ in numbered:
            block = blocks[position]
            result[position] = block._replace(
                kind=Kind.PARAGRAPH, text=f"{block.marker} {block.text}", marker="", level=0
            )
    return result


def with_written_lists(blocks: Sequence[Block]) -> list[Block]:
    """`blocks` with the paragraphs that count 1, 2, 3, … as list items, their numbers as markers."""
    result = list(blocks)
    run: list[tuple[int, str, str]] = []
    for position, block in enumerate(blocks):
        if block.kind is not Kind.PARAGRAPH:
            if block.kind is Kind.HEADING:
                _close(result, run)
            continue
        counted = _counted(block.text)
        if counted is None:
            continue
        rank, marker, text = counted
        if rank != len(run) + 1:
            _close(result, run)
        if rank == len(run) + 1:
            run.append((position, marker, text))
    _close(result, run)
    return result


def _close(result: list[Block], run: list[tuple[int, str, str]]) -> None:
    if len(run) > 1:
        for position, marker, text in run:
            result[position] = result[position]._replace(kind=Kind.ITEM, text=text, marker=marker)
    run.clear()


def _counted(text: str) -> tuple[int, str, str] | None:
    match = _NUMBER.match(text)
    if match is not None:
        rank = int(match["number"]) if match["number"] else ord(match["letter"]) - ord("a") + 1
        return rank, match["marker"], text[match.end() :]
    match = _WORD.match(text)
    if match is None:
        return None
    word = _ARABIC_MARKS.sub("", match["marker"].rstrip(" :：–—.)-").lower()).replace("ً", "")
    return (_RANK[word], match["marker"], text[match.end() :]) if word in _RANK else None
