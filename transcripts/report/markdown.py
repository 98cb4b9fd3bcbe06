"""A report as Markdown for the comment on a pull request."""

from transcripts.export.material import table
from transcripts.export.text import escape
from transcripts.report.matrix import Matrix
from transcripts.report.wording import Rows, comparisons, decisions, overview

LONGEST = 60_000
"""Characters that a comment may have on the usual forges (65,536), with room for what is put around it."""


def matrix_markdown(found: Matrix) -> str:
    """Tables of what varies, what differs and what was decided; recommendations that all decide alike are folded."""
    parts = [f"## {escape(found.title)}", _table(overview(found))]
    if len(found.lines) > 1:
        parts.append(_table(comparisons(found)))
    parts.append("\n".join(f"- {escape(note)}" for note in found.notes))
    told = _table(decisions(found))
    details = f"<details><summary>Decisions</summary>\n\n{told}\n\n</details>"
    if sum(map(len, parts)) + len(details) > LONGEST:
        details = "The table of all decisions is too long for a comment; it stands in the HTML report."
    return "\n\n".join([*parts, details]) + "\n"


def _table(rows: Rows) -> str:
    header, *body = [tuple(escape(cell) for cell in row) for row in rows]
    return table(header, body)
