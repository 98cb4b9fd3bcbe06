"""Argument maps in Mermaid, which code hosts and many editors draw."""

import re

from transcripts.export.material import ATTACKS, Material, shortened

_LABEL = 64
_OTHER = re.compile(r"[^\w ,.]|_")


def argument_map(of: Material, recommendation: str) -> str:
    """The map of one recommendation: its arguments, what they answer, and how strong they ended."""
    text = next((item.text for item in of.plan.recommendations if item.id == recommendation), "")
    lines = ["flowchart BT", f'  {_node(recommendation)}(["{_label(recommendation, text)}"])']
    edges: list[str] = []
    for argument in of.arguments.values():
        if argument.recommendation != recommendation:
            continue
        strength = "" if argument.strength is None else f" {of.labels.number(argument.strength)}"
        head = f"{argument.id} {of.title_of(argument.role)}{strength}"
        lines.append(f'  {_node(argument.id)}["{_label(head, argument.claim)}"]')
        if argument.side is not None:
            arrow = "-->" if argument.side == "for" else "-.->"
            side = entities(of.labels(argument.side))
            edges.append(f'  {_node(argument.id)} {arrow}|"{side}"| {_node(recommendation)}')
        for target in argument.targets:
            if target.argument in of.arguments:
                arrow = "-.->" if target.relation in ATTACKS else "-->"
                relation = entities(of.labels.relation[target.relation])
                edges.append(f'  {_node(argument.id)} {arrow}|"{relation}"| {_node(target.argument)}')
    return "\n".join(["```mermaid", *lines, *edges, "```"])


def entities(text: str) -> str:
    """`text` with all but letters, digits, blanks, commas and full stops as Mermaid's numeric entities."""
    return _OTHER.sub(lambda found: f"#{ord(found[0])};", text)


def _label(name: str, text: str) -> str:
    return f"{entities(name)}<br/>{entities(shortened(text, _LABEL))}"


def _node(name: str) -> str:
    return re.sub(r"[^A-Za-z0-9]", "_", name)
