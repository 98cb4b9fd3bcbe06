"""Proposals that are labelled as such: "Recommendation 3: …"."""

import re

from agents.article.block import Kind
from agents.article.body import Body
from agents.article.recommend.cues import Cues, straightened
from agents.article.recommend.place import Found, beginning, below

_ORDINALS = (
    "première|deuxième|troisième|quatrième|cinquième|sixième|septième|huitième|neuvième|dixième|first|second|third|fourth|fifth|"
    "sixth|seventh|eighth|ninth|tenth|primera|segunda|tercera|cuarta|quinta|sexta"
)
_ARABIC_ORDINALS = "ال(?:اولى|ثانية|ثالثة|رابعة|خامسة|سادسة|سابعة|ثامنة|تاسعة|عاشرة)"
_SEPARATOR = r"\s*(?:[:.)–—-]+\s*|$)"


def labelled(body: Body, cues: Cues, taken: set[int]) -> list[Found]:
    """Blocks that open with "Recommendation 3:" or the like."""
    pattern = _label_pattern(cues)
    found: list[Found] = []
    for position, placed in enumerate(body.placed):
        match = pattern.match(straightened(placed.block.text))
        if match is None or placed.block.kind is Kind.ROW:
            continue
        taken.add(position)
        if placed.block.kind is Kind.HEADING:
            taken.update(below(body, position))  # what stands below spells the proposal out
        start, end = placed.start + match.end(), placed.end
        following = body.placed[position + 1] if position + 1 < len(body.placed) else None
        if len(body.text[start:end].split()) < 4:
            if following is None or following.block.kind is Kind.HEADING:
                continue
            taken.add(position + 1)
            start = start if start < end else following.start
            end = beginning(body, position + 1, start)
        found.append(Found(start, end, end))
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
