"""What can be told by rule to be wrong with a phrase of the knowledge base."""

import re
from collections.abc import Iterator

_MARK = re.compile(r"\{([^{}]*)\}")
_DIGITS = re.compile(r"\d")
_NUMBERS = {
    "fr": r"deux|trois|quatre|cinq|six|sept|huit|dix|onze|douze|quinze|vingt|trente|quarante|cinquante"
    r"|soixante|cents?|mille|millions?|milliards?|douzaines?",
    "en": r"two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|thirty|forty|fifty"
    r"|sixty|hundreds?|thousands?|millions?|billions?|dozens?",
}
_DETERMINED = r"(?<!\bles )(?<!\bces )(?<!\baux )(?<!\bdes )(?<!\bthe )(?<!\bthese )(?<!\bboth )"
"""Behind a determiner a number only refers to what is known ("les deux", "the two")."""
_NUMBER = {language: re.compile(rf"{_DETERMINED}\b(?:{words})\b") for language, words in _NUMBERS.items()}
_PROPER_START = re.compile(r"\w*[A-Z]\w*[A-Z]|State\b|I\b|État\b|Internet\b")
_FORMS_FR = (2, 4)


def problems(text: str, language: str, *, marks: bool = False) -> Iterator[str]:
    """What is wrong with `text`, in words for its author.

    `marks` allows number marks.
    """
    for mark in _MARK.findall(text):
        forms = len(mark.split("|"))
        if not marks:
            yield f"number mark {{{mark}}} where none is allowed"
        elif forms not in (_FORMS_FR if language == "fr" else _FORMS_FR[:1]):
            yield f"mark {{{mark}}} needs singular|plural"
    bare = _MARK.sub("", text)
    if "{" in bare or "}" in bare:
        yield "unbalanced braces"
    if _DIGITS.search(bare):
        yield "a number: figures come from texts and charters, never from the knowledge base"
    found = _NUMBER[language].search(bare)
    if found:
        yield f"a number in words ({found[0]}): say it without"
    yield from _edges(text)


def _edges(text: str) -> Iterator[str]:
    if text[:1].isupper() and not _PROPER_START.match(text):
        yield "begins with a capital"
    if text.rstrip().endswith((".", ";", ",", ":")):
        yield "ends with punctuation"
    if "  " in text or text != text.strip():
        yield "stray spaces"
    if any(quote in text for quote in "’“”«»"):
        yield "use the straight apostrophe and no quotation marks"
