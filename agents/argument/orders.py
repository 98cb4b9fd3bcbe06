"""Texts that try to give orders: noted on the record, and without any effect on it.

What keeps them without effect is that decisions are computed and that only legal ids are accepted; this
module only tells the reader that somebody tried.
"""

import re
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

from agents.argument.model import Speech
from agents.argument.typography import fold
from agents.article.model import Article
from agents.data import load_yaml


@cache
def _patterns() -> re.Pattern[str]:
    table = load_yaml(Path(__file__).with_name("orders.yaml"))
    wordings = [wording for listed in table.values() for wording in listed]
    # Most begin with a word: one \b before all of these spares trying each at every letter.
    words = "|".join(wording.removeprefix(r"\b") for wording in wordings if wording.startswith(r"\b"))
    others = "|".join(wording for wording in wordings if not wording.startswith(r"\b"))
    return re.compile(rf"\b(?:{words})|{others}")


def gives_orders(text: str) -> bool:
    """True when `text` reads like an instruction to a language model or like a forged ruling."""
    return _patterns().search(fold(text).text) is not None


def orders(article: Article, speeches: Iterable[Speech]) -> tuple[str, ...]:
    """Where the article and what was said try to give orders: ids of spans, arguments and conditions, addresses."""
    places = [span.id for span in article.spans if gives_orders(span.text)]
    for speech in speeches:
        places += [name for name, text in _texts(speech) if gives_orders(text)]
    return tuple(dict.fromkeys(places))


def _texts(speech: Speech) -> Iterator[tuple[str, str]]:
    yield speech.address, speech.text
    for argument in speech.arguments:
        yield argument.id, argument.claim
    for condition in speech.conditions:
        yield condition.id, condition.text
