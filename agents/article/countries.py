"""Which countries a text is about."""

import re
from collections import Counter

_NAMES = {
    "MA": r"maroc|marocaine?s?|morocco|moroccans?|marruecos|marroquí(?:es)?|المغرب|مغربي|مغربية|المغربية",
    "FR": r"france|français(?:e|es)?|french|francia|frances(?:a|as|es)|فرنسا|الفرنسي|الفرنسية",
}
_PATTERNS = {code: re.compile(rf"(?<!\w)(?:{names})(?!\w)", re.IGNORECASE) for code, names in _NAMES.items()}


def countries_in(text: str, language: str) -> tuple[str, ...]:
    """ISO 3166-1 alpha-2 codes of the countries that `text` is about, most spoken of first."""
    counts = Counter({code: len(pattern.findall(text)) for code, pattern in _PATTERNS.items()})
    return tuple(code for code, count in counts.most_common() if count >= 2)
