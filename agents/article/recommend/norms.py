"""Norms: what a sentence says is to be done, and of whom."""

import re
from collections.abc import Sequence

from agents.article.countries import names_country
from agents.article.recommend.cues import Cues
from agents.article.recommend.force import Force

_BEFORE = 140
_WORDS_OF_A_PRONOUN = 2
_SUBJECT_NAME = re.compile(r"(?:[A-ZÉÈÀÎ]{2,}|(?<=[\w,'] )[A-ZÉÈÀÎ][\w'-]+|(?<=[lLdD]')[A-ZÉÈÀÎ][\w-]+)")
_WITHOUT_OBJECT = re.compile(
    r"(?!(?:\w+ly )?(?:be|ser|estar) )\w+(?:\s*$|\s*[.,;:!?»”\")]| "
    r"(?:by|in|on|under|before|after|for|at|with|if|when|each|every|within|por|en|antes|bajo|si|cuando|cada|con|para) )"
)
_SUPPOSING = re.compile(r"\W*(?:si|s'ils?|if|were|should|اذا|لو|ان)(?!\w)", re.IGNORECASE)
CLAUSE = re.compile(r"[;:—–]|, (?:mais|but|pero|and|et|y) ")
"""Where another clause begins."""


def norm_of(text: str, cues: Cues, moods: Sequence[str], *, goes_on: bool) -> Force:
    """How plainly straightened `text` sets a norm, by impersonal words, by a modal verb of `moods`, as what could be.

    With `goes_on`, a pronoun stands for somebody of whom something was asked before.
    """
    impersonal = Force.NONE if "modal" not in moods else _impersonal(text, cues)
    return max(impersonal, _modal(text, cues, moods, goes_on=goes_on)) or _conditional(text, cues)


def _conditional(text: str, cues: Cues) -> Force:
    """WEAK for what somebody could do, or what could be done."""
    if _SUPPOSING.match(text):
        return Force.NONE
    for match in cues.each("conditional", text):
        subject = CLAUSE.split(text[max(0, match.start() - _BEFORE) : match.start()])[-1]
        after = text[match.end() :].lstrip()
        if cues.opens("pointing", subject.lstrip()) or cues.opens("expectation", after):
            continue
        if (
            cues.has("actors", subject)
            or cues.opens("passive_after_modal", after)
            or match.group().lower().startswith(("serai", "would", "serí"))
        ):
            return Force.WEAK
    return Force.NONE


def could_decide(text: str, cues: Cues, *, goes_on: bool) -> bool:
    """Whether straightened `text` says what somebody in office could do.

    With `goes_on`, a pronoun stands for somebody of whom something was asked before.
    """
    match = cues.search("conditional", text)
    if match is None or _SUPPOSING.match(text) or cues.opens("expectation", text[match.end() :].lstrip()):
        return False
    subject = CLAUSE.split(text[: match.start()])[-1].strip()
    if goes_on and len(subject.split()) <= _WORDS_OF_A_PRONOUN:
        return not subject or cues.opens("pronoun", subject) is not None
    if cues.has("anybody_could", text[: match.end()]):
        return True
    return cues.has("official", subject) or cues.has("deciders", subject)


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
    subject = match.group() if cues.language == "ar" else CLAUSE.split(before)[-1]
    if cues.has("hoped", before):
        return Force.NONE
    if _described(before, after, cues):
        return Force.WEAK
    expects = cues.opens("amount", after) is not None
    points = advising and cues.opens("pointing", subject.lstrip()) is not None
    addressed = (
        (advising and not expects and not points)
        or cues.has("actors", subject)
        or (cues.opens("passive_after_modal", after) is not None and not (points and cues.language == "fr"))
        or (goes_on and cues.opens("pronoun", subject.lstrip()) is not None)
        or _names_somebody(subject, cues.language)
    )
    return Force.NORM if addressed else Force.WEAK


def _described(before: str, after: str, cues: Cues) -> bool:
    """Whether a modal verb between `before` and `after` only describes a thing: "the rules that firms must obey".

    In "firms that pollute rivers must pay for it" the verb has an object: it is that of the sentence.
    """
    near = before[-60:]
    for name in ("relative", "described"):
        match = cues.search(name, near)
        if match is None or cues.has("said_that", near[: match.start()]):
            continue
        if name == "relative" or cues.language in {"fr", "ar"} or _WITHOUT_OBJECT.match(after):
            return True
    return False


def _names_somebody(subject: str, language: str) -> bool:
    """Whether the subject of a modal verb is a country or bears a proper name."""
    near = subject[-60:]
    return _SUBJECT_NAME.search(near) is not None or names_country(near, language)
