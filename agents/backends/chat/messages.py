"""A rendered prompt as chat messages."""

from collections.abc import Sequence

from langchain_core.messages import BaseMessage, HumanMessage, SystemMessage

from agents.debate.turn import Prompt

_BREAK = {"cache_control": {"type": "ephemeral"}}
_SHARED_BY_ALL = 1
_SHARED_BY_A_PHASE = -2


def messages(prompt: Prompt, returned: Sequence[BaseMessage], provider: str) -> list[BaseMessage]:
    """The rules as the system's message, all that others wrote as the user's, then what was sent back.

    Anthropic caches only up to where it is told to: after what all turns share, and before who speaks.
    """
    rules, *rest = prompt.parts
    if provider != "anthropic":
        return [SystemMessage(rules), HumanMessage("\n\n".join(rest)), *returned]
    blocks: list[str | dict[str, object]] = [{"type": "text", "text": part} for part in rest]
    for place in (_SHARED_BY_ALL - 1, _SHARED_BY_A_PHASE):
        block = blocks[place]
        assert isinstance(block, dict), "all blocks were made here"
        block.update(_BREAK)
    return [SystemMessage(rules), HumanMessage(content=blocks), *returned]
