"""Prose that adds nothing: copied from the example or from an earlier speaker, an id alone, or going in circles.

Models with few parameters do this. Whatever they cite, the sentences would pass for reasons.
"""

import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from agents.argument.typography import fold, same
from prompts.load import template

_EXAMPLE = re.compile(r"```json\n(.*?)\n```", re.DOTALL)
_ID = re.compile(r"\W*(?:[ACRS]\d+(?:\.\d+)*|F-[\w-]+)\W*")
_SENTENCES = frozenset({"text", "claim", "title", "adopted_wording", "majority_reply", "why_insufficient"})
_CLAUSES = frozenset({"condition", "because"})
_LEAST_WORDS = 5
_RUN = 5
_ROUNDS = 4


def parroted(value: Any, phase: str, language: str, said: Mapping[str, str]) -> list[str]:
    """What is wrong with the prose of a parsed reply, in words for the model; `said` are earlier claims by id."""
    examples = _example(phase, language)
    problems = [
        f"reply.arguments[{number}].claim says what {name} says already: bring a reason of your own"
        for number, argument in enumerate(value.get("arguments", []))
        for name, claim in said.items()
        if len(claim.split()) >= _LEAST_WORDS and same(argument["claim"], claim)
    ]
    for place, text in _prose(value, "reply"):
        folded = fold(text).text.casefold()
        copied = next((sentence for sentence in examples if sentence in folded), None)
        if copied is not None:
            problems.append(
                f"{place} copies the example, which is about something else: {copied!r}. Say it of this debate"
            )
        elif place.rpartition(".")[2] in _SENTENCES and _ID.fullmatch(text):
            problems.append(f"{place} is {text!r}, an id where a sentence was asked for")
        elif turns_round(text):
            problems.append(f"{place} says the same words again and again: say it once and stop")
    return problems


def turns_round(text: str) -> bool:
    """True when the same five words come four times in one text."""
    words = text.casefold().split()
    runs = Counter(tuple(words[start : start + _RUN]) for start in range(len(words) - _RUN + 1))
    return max(runs.values(), default=0) >= _ROUNDS


@cache
def _example(phase: str, language: str) -> tuple[str, ...]:
    found = _EXAMPLE.search(template(phase, language).body)
    texts = [text for _, text in _prose(json.loads(found[1]), "example")] if found else []
    sentences = [sentence for text in texts for sentence in re.split(r"(?<=[.;])\s+", text)]
    folded = [fold(sentence).text.casefold().strip(" .;") for sentence in sentences]
    return tuple(sentence for sentence in folded if len(sentence.split()) >= _LEAST_WORDS)


def _prose(value: Any, place: str) -> Iterator[tuple[str, str]]:
    if isinstance(value, list):
        for number, item in enumerate(value):
            yield from _prose(item, f"{place}[{number}]")
    elif isinstance(value, dict):
        for name, item in value.items():
            if not isinstance(item, str):
                yield from _prose(item, f"{place}.{name}")
            elif name in _SENTENCES or name in _CLAUSES:
                yield f"{place}.{name}", item
