"""Whether a sentence proposes something to decision-makers."""

import re
from collections.abc import Sequence
from enum import IntEnum

from agents.article.countries import names_country
from agents.article.recommend.cues import Cues, straightened

_BEFORE = 140
_QUESTION = re.compile(r"[?؟][\s\"'»”)]*$")
_SUBJECT_NAME = re.compile(r"(?:[A-ZÉÈÀÎ]{2,}|(?<=[\w,'] )[A-ZÉÈÀÎ][\w'-]+|(?<=[lLdD]')[A-ZÉÈÀÎ][\w-]+)")
_NAME = re.compile(r"(?:[A-Z]{2,}|(?<!^)[A-ZÉÈÀ][\w'-]+)")
_CLAUSE = re.compile(r"[;:—–]|, (?:mais|but|pero|and|et|y) ")
_COUNTED = re.compile(r"(?<![\w(])\(?(?P<mark>\d{1,2}|[a-h]|[ivx]{1,4})\)\s*")
_FEWEST_PARTS = 2
_LINK_AFTER = re.compile(r"[\s,;]*(?:\b(?:et|and|y|o|ou|or)|و)?[\s,;]*$")


class Force(IntEnum):
    """How plainly a sentence proposes."""

    NONE = 0
    WEAK = 1
    """A norm without addressee: a proposal only where proposals are announced."""
    NORM = 2
    """A norm laid on a decision-maker, or set by impersonal words."""
    PROPOSED = 3
    """Somebody says in so many words that it is proposed."""
    BEYOND = 4
    """More than any sentence has."""


def force_of(
    sentence: str,
    cues: Cues,
    *,
    mandated: bool = False,
    enacted: bool = False,
    before: Force = Force.NONE,
) -> Force:
    """How plainly `sentence` proposes.

    `mandated` is for texts about a directive, whose measures are proposals too; `enacted` for texts about a
    law, whose duties are none. `before` is the force of the
    sentence before: a pronoun, or a verb without a subject, then goes on with its speaker or addressee.
    """
    text = straightened(sentence)
    if _QUESTION.search(text):
        return Force.NORM if cues.has("question", text) and not cues.has("reader", text) else Force.NONE
    text = cues.without("epistemic", text)
    if cues.has("performative", text):
        return Force.PROPOSED
    if _reported(text, cues, goes_on=before is Force.PROPOSED):
        return Force.PROPOSED
    if cues.has("reader", text) or cues.opens("reader_bidden", text):
        return Force.NONE
    if (
        cues.has("scholarly", text)
        or cues.has("bystanders", text)
        or cues.has("law", text)
        or cues.has("history", text)
        or cues.has("against", text)
    ):
        return Force.NONE
    if mandated and cues.has("mandated", text):
        return Force.NORM
    if cues.has("decided", text):
        return Force.NONE
    moods = ("advising",) if enacted else ("advising", "modal")
    return max(_impersonal(text, cues), _modal(text, cues, moods, goes_on=before >= Force.NORM))


def opens_with_action(text: str, cues: Cues) -> bool:
    """Whether an item or heading begins with what is to be done: an infinitive, an imperative, a noun of action."""
    text = straightened(text).lstrip("«“\"'*([ ")
    if " " not in text.strip() or cues.opens("not_action", text):
        return False
    return cues.opens("action", text) is not None or cues.opens("action_noun", text) is not None


def enumerated(sentence: str) -> list[tuple[int, int]]:
    """Offsets of the parts that a sentence counts: "… : 1) …; 2) …". Empty for one that counts nothing."""
    marks = list(_COUNTED.finditer(sentence))
    if len(marks) < _FEWEST_PARTS or [match["mark"].lower() for match in marks] not in _series(len(marks)):
        return []
    starts = [match.end() for match in marks]
    ends = [match.start() for match in marks[1:]] + [len(sentence)]
    return [
        (a, a + len(_LINK_AFTER.sub("", sentence[a:b].rstrip()))) for a, b in zip(starts, ends, strict=True)
    ]


def _series(length: int) -> list[list[str]]:
    return [
        [str(number) for number in range(1, length + 1)],
        [chr(96 + number) for number in range(1, length + 1)],
        ["i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x"][:length],
    ]


def is_question(text: str) -> bool:
    """Whether `text` ends as a question."""
    return _QUESTION.search(text) is not None


def _reported(text: str, cues: Cues, *, goes_on: bool) -> bool:
    match = cues.search("recommends", text) or cues.search("reported", text)
    if match is None or cues.has("against", text[: match.end()]):
        return False
    if cues.has("recommends", match.group()):
        return True
    if cues.language == "ar":
        return cues.has("bodies", text) or len(text[: match.start()].split()) <= 2
    before = text[max(0, match.start() - _BEFORE) : match.start()]
    if cues.has("bodies", before) or _NAME.search(before) is not None:
        return True
    return goes_on and cues.language == "es" and len(before.split()) <= 3


def _impersonal(text: str, cues: Cues) -> Force:
    match = cues.search("impersonal", text)
    if match is None:
        return Force.NONE
    early = len(text[: match.start()].split()) <= 25
    return Force.NORM if early and len(text.split()) >= 6 else Force.WEAK


def _modal(text: str, cues: Cues, moods: Sequence[str], *, goes_on: bool) -> Force:
    best = Force.NONE
    for name in moods:
        for match in cues.each(name, text):
            if best < Force.NORM:
                best = max(best, _norm(text, match, cues, advising=name == "advising", goes_on=goes_on))
    return best


def _norm(text: str, match: re.Match[str], cues: Cues, *, advising: bool, goes_on: bool) -> Force:
    """The force of one modal verb: of its mood, its subject and what it governs."""
    after = text[match.end() :].lstrip()
    if cues.opens("expectation", after) or (not advising and cues.opens("scheduled", after)):
        return Force.NONE
    before = text[max(0, match.start() - _BEFORE) : match.start()]
    subject = match.group() if cues.language == "ar" else _CLAUSE.split(before)[-1]
    if cues.has("relative", subject[-16:]) or _described(before, cues):
        return Force.WEAK
    expects = cues.opens("amount", after) is not None
    addressed = (
        (advising and not expects and cues.opens("pointing", subject.lstrip()) is None)
        or cues.has("actors", subject)
        or cues.opens("passive_after_modal", after) is not None
        or (goes_on and cues.opens("pronoun", subject.lstrip()) is not None)
        or _names_somebody(subject, cues.language)
    )
    return Force.NORM if addressed else Force.WEAK


def _described(before: str, cues: Cues) -> bool:
    """Whether a modal verb after `before` only describes a thing: "the rules that firms must obey"."""
    match = cues.search("described", before[-60:])
    if match is None:
        return False
    return not cues.has("said_that", before[-60:][: match.start()])


def _names_somebody(subject: str, language: str) -> bool:
    """Whether the subject of a modal verb is a country or bears a proper name."""
    near = subject[-60:]
    return _SUBJECT_NAME.search(near) is not None or names_country(near, language)
