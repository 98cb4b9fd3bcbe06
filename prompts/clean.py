"""Text of articles and models, made harmless inside a prompt."""

import re
import unicodedata
from functools import lru_cache
from typing import Any

_LINE_BREAKS = re.compile(r"[\t\n\v\f\r\x85\u2028\u2029]+")
_HIDDEN = frozenset(
    "\u200b\u2060\ufeff\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
)
"""Zero-width characters and bidirectional marks and overrides: they let text read otherwise than it is."""

_CHAT_TOKENS = re.compile(
    r"<(?=\|)|(?<=\|)>|<(?=/?(?:s|bos|eos|pad|unk|start_of_turn|end_of_turn|tool_call|tool_response|think)>)"
    r"|<(?=<SYS>|</SYS|/?SYS>>)|\[(?=/?(?:INST|AVAILABLE_TOOLS|TOOL_CALLS|TOOL_RESULTS|SYSTEM_PROMPT)\])",
    re.IGNORECASE,
)
"""Openings of the control tokens of common chat templates, which some servers read inside plain text."""

_DELIMITER = re.compile(r"<(?=\s*/?\s*data\b)", re.IGNORECASE)
_APART = {"<": "‹", ">": "›", "[": "⁅"}


@lru_cache(maxsize=4096)
def clean_text(text: str) -> str:
    """`text` on one line, without control and direction characters, chat tokens and our delimiter defused.

    One line, so that no text can begin a line of its own that looks like a numbered one.
    """
    visible = "".join(
        character
        for character in _LINE_BREAKS.sub(" ", text)
        if character not in _HIDDEN and unicodedata.category(character) not in {"Cc", "Cs", "Co", "Cn"}
    )
    defused = _CHAT_TOKENS.sub(lambda match: _APART[match[0]], visible)
    return _DELIMITER.sub("‹", defused)


def clean(value: Any) -> Any:
    """`value` with every text inside it cleaned; lists and dicts are copied."""
    if isinstance(value, str):
        return clean_text(value)
    if isinstance(value, dict):
        return {key: clean(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [clean(item) for item in value]
    return value
