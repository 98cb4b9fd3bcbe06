"""Where sentences begin and end, in French, English, Spanish and Arabic."""

import re

_ABBREVIATIONS = {
    "": "etc cf vs ex fig no nos n art al ed eds vol chap ch p pp op cit env approx st sr jr dr prof tel ibid inc"
    " ltd co",
    "fr": "m mm mme mmes mlle me mgr dr pr prof art al éd vol av bd env hab réf tél min max resp c.-à-d p.ex",
    "en": "mr mrs ms messrs dr hon rev gen sen rep gov u.s u.k u.n e.u e.g i.e dept est sec para ave",
    "es": "sr sra srta dr dra lic ing prof d dña ud uds art arts núm núms pág págs ee uu ee.uu aprox av depto dto gral",
    "ar": "د أ م ص ج ه ب ق",
}
_INITIALISM = re.compile(r"(?:\w\.)+\w?$")
_END = re.compile(
    r"(?P<mark>[.!?…؟۔]+)"
    r"(?P<close>[\u00a0\u202f ]?[»”’\"')\]]+|)"
    r"(?=\s+(?P<next>\S+))"
)
_OPENERS = "«“‘\"'([¿¡—–-•*"
_LAST_WORD = re.compile(r"[^\s(«“\"'’]*$")


def sentences(text: str, language: str = "") -> list[tuple[int, int]]:
    """Offsets of the sentences of `text`, in order, blanks around them left out.

    `language` is an ISO 639-1 code; it only chooses which abbreviations do not end a sentence.
    """
    known = _known(language)
    found: list[tuple[int, int]] = []
    start = _skip(text, 0)
    for match in _END.finditer(text):
        if match.start() < start or not _ends(text, start, match, known):
            continue
        found.append((start, match.end()))
        start = _skip(text, match.end())
    end = len(text.rstrip())
    if start < end:
        found.append((start, end))
    return found


def _known(language: str) -> frozenset[str]:
    return frozenset((_ABBREVIATIONS[""] + " " + _ABBREVIATIONS.get(language, "")).split())


def _skip(text: str, position: int) -> int:
    while position < len(text) and text[position].isspace():
        position += 1
    return position


def _ends(text: str, start: int, match: re.Match[str], known: frozenset[str]) -> bool:
    following = match["next"].lstrip(_OPENERS)
    opened = len(following) < len(match["next"])
    if following[:1].islower():
        return False
    mark = match["mark"]
    if mark != ".":
        # After an ellipsis or an exclamation only a new beginning ends the sentence.
        return bool(following) or opened
    before = text[max(start, match.start() - 40) : match.start()]
    word = _word_before(before)
    if match["close"].strip():
        return True
    if word.isdigit() and len(before.strip()) == len(word) and match.start() - start <= 3:
        return False  # the number of a list item or heading
    if word.lower() in known:
        # "etc." and "n." end a sentence only when a capital that is no name or number follows; stay careful.
        return word.lower() == "etc" and following[:1].isupper()
    if len(word) == 1 and word.isalpha() and word.isupper():
        return False  # an initial: "J. Dupont"
    return not (_INITIALISM.search(word) and "." in word and len(following) <= 1)


def _word_before(before: str) -> str:
    match = _LAST_WORD.search(before)
    return match.group() if match else ""
