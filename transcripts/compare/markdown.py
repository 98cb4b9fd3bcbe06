"""A comparison as Markdown, to be pasted into a review."""

from typing import Any

from transcripts.compare.compare import Change, Comparison
from transcripts.export.material import bullets, table
from transcripts.export.text import escape

_PARTS = (
    "recommendations",
    "decisions",
    "stances",
    "conditions",
    "priorities",
    "arguments",
    "quotes",
    "effort",
)


def comparison_markdown(found: Comparison) -> str:
    """What differs, part by part, with the first turn where the debates part."""
    blocks = [f"# {escape(found.first)} – {escape(found.second)}"]
    if found.same:
        blocks.append("Everything that was said and decided is the same.")
    if found.parting is not None:
        blocks.append(bullets([f"First parting: {escape(found.parting.address)} ({found.parting.what})"]))
    for part in _PARTS:
        changes: tuple[Change, ...] = getattr(found, part)
        if changes:
            rows = [
                (
                    escape(" ".join(filter(None, (c.recommendation, c.role, c.what)))),
                    _told(c.before),
                    _told(c.after),
                )
                for c in changes
            ]
            blocks += [f"## {part.capitalize()}", table(("", "before", "after"), rows)]
    return "\n\n".join(blocks) + "\n"


def _told(value: Any) -> str:
    if isinstance(value, dict):
        return escape(" ".join(str(part) for part in value.values() if part is not None))
    return "–" if value is None else escape(str(value))
