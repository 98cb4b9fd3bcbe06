"""The arguments as Argdown (https://argdown.org), a plain-text notation for argument maps."""

import json
import re

from agents.argument.model import Argument
from transcripts.export.material import Material
from transcripts.export.text import plain

_ARROWS = {"rebut": "->", "undercut": "_>", "undermine": "->", "support": "+>", "concede": "+>"}
_SPECIAL = re.compile(r"[\\<>\[\]{}#@*_`|~+\-^=]|/(?=[/*])|:(?=[\w+-]+:)")


def argdown(of: Material) -> str:
    """Each recommendation as a statement, each argument with what it supports (+>), attacks (->) or undercuts (_>)."""
    title = json.dumps(plain(of.strategy.title), ensure_ascii=False)
    # Without the empty line after the front matter its parser fails.
    parts = [f"===\ntitle: {title}\n===\n"]
    for recommendation in of.plan.recommendations:
        name = _name(recommendation.id)
        parts.append(f"# {name}\n\n[{name}]: {_text(recommendation.text)}\n")
        parts += [
            _argument(of, one) for one in of.arguments.values() if one.recommendation == recommendation.id
        ]
    return "\n".join(parts)


def _argument(of: Material, argument: Argument) -> str:
    lines = [f"<{_name(argument.id)}>: {_text(f'{of.title_of(argument.role)}. {argument.claim}')}"]
    if argument.side is not None:
        lines.append(f"  {'+>' if argument.side == 'for' else '->'} [{_name(argument.recommendation)}]")
    lines += [
        f"  {_ARROWS[target.relation]} <{_name(target.argument)}>"
        for target in argument.targets
        if target.argument in of.arguments
    ]
    return "\n".join(lines) + "\n"


def _name(text: str) -> str:
    return re.sub(r"[^\w. -]", "_", plain(text))


def _text(text: str) -> str:
    """Text with Argdown's own characters escaped, on one line."""
    return _SPECIAL.sub(lambda found: f"\\{found[0]}", plain(text))
