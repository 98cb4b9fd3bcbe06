"""Whether a sentence proposes something to decision-makers."""

import re

from agents.article.recommend.cues import Cues, straightened
from agents.article.recommend.force import Force
from agents.article.recommend.norms import CLAUSE, norm_of
from agents.article.recommend.voices import Voice, speaker_of

_BEFORE = 140
_QUESTION = re.compile(r"[?؟][\s\"'»”)]*$")
_NAME = re.compile(r"(?:[A-Z]{2,}|(?<!^)[A-ZÉÈÀ][\w'-]+)")
_COUNTED = re.compile(r"(?<![\w(])\(?(?P<mark>\d{1,2}|[a-h]|[ivx]{1,4})\)\s*")
_FEWEST_PARTS = 2
_WORDS_OF_A_BIDDING = 7
_WORDS_OF_A_SUBJECT = 6
_BESIDE = 3
_LINK_AFTER = re.compile(r"[\s,;]*(?:\b(?:et|and|y|o|ou|or)|و)?[\s,;]*$")
_TELLING = ("scholarly", "law", "history", "against", "agitation")


def force_of(
    sentence: str,
    cues: Cues,
    *,
    mandated: bool = False,
    enacted: bool = False,
    before: Force = Force.NONE,
    voice: Voice | None = None,
) -> Force:
    """How plainly `sentence` proposes.

    `mandated` is for texts about a directive, whose measures are proposals too; `enacted` for texts about a
    law, whose duties are none. `before` is the force of the sentence before: a pronoun, or a verb without a
    subject, then goes on with its speaker or addressee. `voice` is the one that the text gives the sentence to,
    where it is not told by the sentence itself.
    """
    text = straightened(sentence)
    if _QUESTION.search(text):
        return Force.NORM if cues.has("question", text) and not cues.has("reader", text) else Force.NONE
    text = cues.without("epistemic", cues.without("aside", text))
    if cues.has("performative", text):
        return Force.PROPOSED
    if _reported(text, cues, goes_on=before is Force.PROPOSED):
        return Force.PROPOSED
    if cues.has("reader", text) or cues.opens("reader_bidden", text):
        return Force.NONE
    if (speaker_of(sentence, cues) if voice is None else voice) in {Voice.BYSTANDER, Voice.REPORTER}:
        return Force.NONE
    if any(cues.has(name, text) for name in _TELLING):
        return Force.NONE
    if mandated and cues.has("mandated", text):
        return Force.NORM
    if cues.has("decided", text):
        return Force.NONE
    if _bids(straightened(sentence), cues):
        return Force.NORM
    moods = ("advising",) if enacted else ("advising", "modal")
    return norm_of(text, cues, moods, goes_on=before >= Force.NORM)


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


def says_so(sentence: str, cues: Cues) -> bool:
    """Whether `sentence` says that its author, or a body named beside the verb, proposes."""
    text = straightened(sentence)
    if cues.has("performative", text):
        return True
    match = cues.search("reported", text)
    if match is None:
        return False
    beside = (
        text[match.end() :] if cues.language == "ar" else " ".join(text[: match.start()].split()[-_BESIDE:])
    )
    return cues.has("bodies", " ".join(beside.split()[:_BESIDE]) if cues.language == "ar" else beside)


def is_question(text: str) -> bool:
    """Whether `text` ends as a question."""
    return _QUESTION.search(text) is not None


def _reported(text: str, cues: Cues, *, goes_on: bool) -> bool:
    match = cues.search("recommends", text) or cues.search("reported", text)
    if match is None or cues.has("against", text[: match.end()]):
        return False
    if any(cues.has(name, text[: match.end()]) for name in ("scholarly", "law")) or cues.has(
        "agitation", text
    ):
        return False
    subject = " ".join(CLAUSE.split(text[: match.start()])[-1].split()[-_WORDS_OF_A_SUBJECT:])
    if cues.has("official", cues.without("somebody", subject)) and not cues.has("bodies", subject):
        return False
    if cues.has("recommends", match.group()):
        return True
    if cues.language == "ar":
        return cues.has("bodies", text) or len(text[: match.start()].split()) <= 2
    before = text[max(0, match.start() - _BEFORE) : match.start()]
    if cues.has("bodies", before) or _NAME.search(before) is not None:
        return True
    return goes_on and cues.language == "es" and len(before.split()) <= 3


def _bids(text: str, cues: Cues) -> bool:
    """Whether `text` opens with what "let us" do or, counted, with an imperative: "Second, abolish the fee"."""
    bare = text.lstrip("«“\"'*([ ")
    if cues.opens("hortative", bare):
        return True
    match = cues.opens("ordinal", bare)
    if match is None or len(bare.split()) < _WORDS_OF_A_BIDDING:
        return False
    counted = bare[match.end() :].lstrip()
    parted = cues.language == "en" or counted.startswith((",", "،", ":"))
    return parted and opens_with_action(counted.lstrip(" ,:،"), cues)
