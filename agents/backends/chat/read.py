"""From what a model wrote to a validated reply, or to the exact reasons why it is none."""

import re
from collections.abc import Collection, Iterator, Mapping
from typing import Any

from pydantic import ValidationError
from pydantic_core import from_json

from agents.article.language import language_of
from agents.backends.chat.conform import conform
from agents.backends.chat.parroted import parroted
from agents.debate.extraction import EXTRACTION
from agents.debate.turn import REPLIES, Reply

_THOUGHT = re.compile(r"\A\s*<think>.*?</think>", re.DOTALL)
_PROSE = frozenset(
    {"text", "claim", "condition", "reason", "because", "title", "adopted_wording", "majority_reply"}
)
_NAMED = {"fr": "French", "en": "English", "ar": "Arabic", "es": "Spanish"}
_PLAIN_WORDS = 30
"""Fewer words than these do not show their language plainly."""


class Unusable(Exception):
    """A reply that must go back. `problems` say exactly what is wrong, in words for the model."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("; ".join(problems))
        self.problems = problems


def read_reply(
    text: str,
    phase: str,
    schema: Mapping[str, Any],
    facts: Collection[str],
    language: str,
    *,
    said: Mapping[str, str] | None = None,
) -> Reply:
    """The reply in `text`. `facts` are the ids of outside facts, `language` that of the debate, `said` earlier claims.

    Raises Unusable when it does not parse, lacks a field, cites an id that it may not, repeats the example, an
    earlier claim or itself, or is plainly written in another language.
    """
    value, problems = conform(_parsed(text), schema)
    if problems:
        raise Unusable(problems)
    for citing in (value, *value.get("arguments", [])):
        for ground in citing.get("grounds", []):
            ground["kind"] = "fact" if ground["id"] in facts else "span"
    try:
        reply = REPLIES[phase].model_validate(value)
    except ValidationError as error:
        raise Unusable(
            [f"reply.{'.'.join(map(str, e['loc']))}: {e['msg']}" for e in error.errors(include_url=False)]
        ) from None
    if phase != EXTRACTION and (empty := parroted(value, phase, language, said or {})):
        raise Unusable(empty)
    prose = " ".join(_prose(value))
    if len(prose.split()) >= _PLAIN_WORDS and (written := language_of(prose, stated=language)) != language:
        asked = f"write every sentence of yours in {_NAMED[language]}; only quotes stay in their own language"
        raise Unusable([f"the reply is written in {_NAMED.get(written, written)}: {asked}"])
    return reply


def _parsed(text: str) -> Any:
    stripped = _THOUGHT.sub("", text).strip()
    first, last = stripped.find("{"), stripped.rfind("}")
    if first < 0:
        raise Unusable(["there is no JSON object in the reply"])
    try:
        return from_json(stripped[first : last + 1] if last > first else stripped[first:])
    except ValueError as error:
        raise Unusable([f"the reply is not valid JSON: {error}"]) from None


def _prose(value: Any) -> Iterator[str]:
    if isinstance(value, list):
        for item in value:
            yield from _prose(item)
    elif isinstance(value, dict):
        for name, item in value.items():
            if isinstance(item, str):
                if name in _PROSE:
                    yield item
            else:
                yield from _prose(item)
