"""What stands around an article without being part of it, in any format."""

import re
from collections.abc import Sequence
from functools import cache

from agents.article.block import Block, Kind
from agents.article.dates import is_dateline
from agents.article.lexicon import read_lists
from agents.article.model import Dropped

_NOTICE_WORDS = 60
_TEASER_WORDS = 25
_TICKER_SEGMENTS = 6
_HEAD_BLOCKS = 40

_TICKER = re.compile(r"(?:[ \u00a0]{3,}|\t+|\s+[|•·›»]\s+)")
_SOCIAL = frozenset(
    "facebook twitter x linkedin whatsapp telegram instagram youtube tiktok email e-mail mail print imprimer"
    " pinterest messenger rss partager share compartir copy link copier lien reddit viber فيسبوك تويتر واتساب"
    " مشاركة".split()
)
_PLACES = ("comments", "related", "contents", "breadcrumb")
_LEADERS = re.compile(r"(?:\.{4,}|…{2,}|(?:\. ){4,}|_{4,})\s*\d{0,4}\s*$|\s\|\s*\d{1,4}$")
_SENTENCE_END = re.compile(r"[.!?…؟۔:;]['\"»”’)\]\u00a0\u202f ]*$")


def without_boilerplate(
    blocks: Sequence[Block], *, title: str = ""
) -> tuple[tuple[Block, ...], tuple[Dropped, ...]]:
    """The blocks of the article itself, and what was left out with the reason."""
    kept: list[Block] = []
    dropped: list[Dropped] = []
    for block in blocks:
        reason = _reason(block)
        if reason:
            dropped.append(Dropped(text=block.text, reason=reason))
        else:
            kept.append(block)
    kept = _without_contents(kept, dropped)
    kept = _without_head(kept, dropped)
    kept = _without_tail(kept, dropped)
    return tuple(_titled(kept, title)), tuple(dropped)


def _reason(block: Block) -> str:
    text = block.text
    if (
        len(_TICKER.split(text)) >= _TICKER_SEGMENTS
        and block.kind is not Kind.ROW
        and not _SENTENCE_END.search(text)
    ):
        return "ticker or menu"
    if not any(c.isalnum() for c in text):
        return "ornament"
    words = text.split()
    if len(words) > _NOTICE_WORDS:
        return ""
    if len(words) <= 12 and all(word.strip(",|·•/:").lower() in _SOCIAL for word in words):
        return "share buttons"
    if len(words) <= 20 and _pattern("breadcrumb").search(text):
        return "menu"
    if _pattern("related").search(text) or _pattern("comments").search(text):
        return ""  # what stands below goes with it
    if is_dateline(text) and block.kind is not Kind.ROW:
        return "date line"
    straight = text.replace("’", "'")
    return next((name.replace("_", " ") for name in _notices() if _pattern(name).search(straight)), "")


@cache
def _lists() -> dict[str, list[str]]:
    return read_lists("boilerplate")


def _notices() -> list[str]:
    return [name for name in _lists() if name not in _PLACES]


@cache
def _pattern(name: str) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{entry})" for entry in _lists()[name]), re.IGNORECASE)


def _without_contents(blocks: list[Block], dropped: list[Dropped]) -> list[Block]:
    kept: list[Block] = []
    inside = False
    for block in blocks:
        leaders = _LEADERS.search(block.text) is not None
        if _pattern("contents").search(block.text):
            inside = True
        elif not leaders:
            inside = False
        if inside or (leaders and block.kind is not Kind.ROW):
            dropped.append(Dropped(text=block.text, reason="table of contents"))
        else:
            kept.append(block)
    return kept


def _without_head(blocks: list[Block], dropped: list[Dropped]) -> list[Block]:
    """Leave out a run of unpunctuated lines before the title: menus and lists of headlines saved with a page."""
    run = 0
    while run < min(len(blocks), 10 * _HEAD_BLOCKS) and _is_loose(blocks[run]):
        run += 1
    if run == len(blocks) or run <= 6:
        return blocks
    # The last loose lines before the text are its title and, perhaps, the first heading.
    start = run - 2 if run >= 2 and len(blocks[run - 1].text.split()) <= 4 else run - 1
    dropped.extend(
        Dropped(text=block.text, reason="menu or headlines before the title") for block in blocks[:start]
    )
    return blocks[start:]


def _is_loose(block: Block) -> bool:
    return (
        block.level != 1
        and block.kind in {Kind.HEADING, Kind.PARAGRAPH, Kind.ITEM}
        and len(block.text.split()) <= 25
        and not re.search(r"[.!…:;]['\"»”’)\]\u00a0\u202f ]*$", block.text)
    )


def _without_tail(blocks: list[Block], dropped: list[Dropped]) -> list[Block]:
    """Leave out comments, which follow the text, and lists of related articles, which may stand within it."""
    kept: list[Block] = []
    inside = False
    for position, block in enumerate(blocks):
        if position > len(blocks) // 3 and _pattern("comments").search(block.text):
            dropped.extend(Dropped(text=one.text, reason="comments") for one in blocks[position:])
            break
        if _pattern("related").search(block.text):
            inside = True
        elif not _is_teaser(block):
            inside = False
        if inside:
            dropped.append(Dropped(text=block.text, reason="related articles"))
        else:
            kept.append(block)
    return kept


def _is_teaser(block: Block) -> bool:
    if block.kind in {Kind.ITEM, Kind.HEADING}:
        return True
    return len(block.text.split()) <= _TEASER_WORDS and not _SENTENCE_END.search(block.text)


def _titled(blocks: Sequence[Block], title: str) -> list[Block]:
    """The blocks with the heading that is the article's title on level 1, where nothing else is."""
    result = list(blocks)
    headings = [position for position, block in enumerate(result) if block.kind is Kind.HEADING]
    if not headings or any(result[position].level == 1 for position in headings):
        return result
    first = headings[0]
    if title:
        first = next((position for position in headings if result[position].text == title), -1)
    if first == 0 or (title and first > 0):
        result[first] = result[first]._replace(level=1)
    return result
