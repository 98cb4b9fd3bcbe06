"""Which language a text is written in."""

import re
from collections import Counter

_COMMON = {
    "fr": "le la les des du de et en un une est dans pour que qui sur au aux par ce cette avec plus ne pas se son ses "
    "leur leurs nous il ils elle sont être été ou mais comme d l à où",
    "en": "the of and to in a is for that on as with are by this be it from at or an have has was were which not their "
    "its will should can we these more",
    "es": "el la los las de del y en un una es que por para con se su sus al lo como más no son ha este esta ser o "
    "entre sobre pero también desde debe",
    "pt": "o a os as de do da dos das e em um uma é que por para com se seu sua no na não ao como mais são foi pelo "
    "pela também",
    "it": "il lo la i gli le di del della dei e in un una è che per con si su al da non sono come più anche nel nella",
    "de": "der die das und in den von zu mit ist des im für auf dem ein eine nicht als auch es an werden aus hat dass",
    "nl": "de het een en van in is dat op te voor met zijn niet aan door ook er als om uit naar bij",
}
_COMMON_WORDS = {language: frozenset(words.split()) for language, words in _COMMON.items()}
_WORD = re.compile(r"[^\W\d_]+")
_SAMPLE = 20_000
_SCRIPTS = (
    ("ar", re.compile("[\u0600-\u06ff\u0750-\u077f\ufb50-\ufdff\ufe70-\ufeff]")),
    ("ru", re.compile("[\u0400-\u04ff]")),
    ("el", re.compile("[\u0370-\u03ff]")),
    ("he", re.compile("[\u0590-\u05ff]")),
    ("ja", re.compile("[\u3040-\u30ff]")),
    ("ko", re.compile("[\uac00-\ud7af]")),
    ("zh", re.compile("[\u4e00-\u9fff]")),
    ("hi", re.compile("[\u0900-\u097f]")),
)
_PERSIAN = re.compile("[پچژگکی]")
_LATIN = re.compile(r"[A-Za-z\u00c0-\u024f]")


def language_of(text: str, stated: str = "") -> str:
    """The ISO 639-1 code of the language that most of `text` is in.

    `stated` is what the source says of itself; it decides only when the words do not. A text without
    any words is taken for English.
    """
    sample = _sampled(text)
    latin = len(_LATIN.findall(sample))
    for language, letters in _SCRIPTS:
        if len(letters.findall(sample)) > latin:
            if language == "ar" and len(_PERSIAN.findall(sample)) > len(sample) / 50:
                return "fa"
            return language
    counts = Counter(_WORD.findall(sample.lower()))
    scores = {
        language: sum(counts[word] for word in sorted(words)) for language, words in _COMMON_WORDS.items()
    }
    best = max(scores, key=lambda language: scores[language])
    if scores[best] == 0 or (stated in scores and scores[stated] == scores[best]):
        return stated[:2].lower() or "en"
    return best


def _sampled(text: str) -> str:
    """Three parts of a long text: its beginning alone may be a menu in another language."""
    if len(text) <= 3 * _SAMPLE:
        return text
    middle = len(text) // 2
    return text[:_SAMPLE] + text[middle : middle + _SAMPLE] + text[-_SAMPLE:]
