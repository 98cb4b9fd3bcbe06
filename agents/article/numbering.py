"""Lists whose numbers are written in running text: "1) …", "أولا: …", "Premièrement : …"."""

import re
from collections.abc import Sequence

from agents.article.block import Block, Kind

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
    ("أولا", "ثانيا", "ثالثا", "رابعا", "خامسا", "سادسا", "سابعا", "ثامنا", "تاسعا", "عاشرا"),
)
_RANK = {word: rank for words in _ORDINALS for rank, word in enumerate(words, 1)}
_ARABIC_MARKS = re.compile("[\u064b-\u065f\u0640]")
_WORD = re.compile(r"^(?P<marker>[^\W\d_]+[\u064b-\u065f]*\s?[:：–—.)-]+)\s*(?=\S)")
_NUMBER = re.compile(r"^(?P<marker>\(?(?P<number>\d{1,3})\s?(?:[.)°º/]|[-–—](?=\s))\s?[-–—]?)\s*(?=[^\W\d])")


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
        return int(match["number"]), match["marker"], text[match.end() :]
    match = _WORD.match(text)
    if match is None:
        return None
    word = _ARABIC_MARKS.sub("", match["marker"].rstrip(" :：–—.)-").lower()).replace("ً", "")
    return (_RANK[word], match["marker"], text[match.end() :]) if word in _RANK else None
