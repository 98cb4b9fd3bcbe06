"""The forms in which a finished debate can be handed on."""

import json
from collections.abc import Callable
from pathlib import Path

from agents.errors import InputError
from transcripts.export.material import Material
from transcripts.library.record import DebateRecord
from transcripts.library.result import show_result

FORMATS = {
    "markdown": ".md",
    "html": ".html",
    "docx": ".docx",
    "pdf": ".pdf",
    "csv": ".csv",
    "argdown": ".argdown",
    "aif": ".aif.json",
    "json": ".json",
}
"""Every format with the ending of its files."""


def export(record: DebateRecord, form: str) -> bytes:
    """A finished debate in one of FORMATS; the same debate gives the same bytes.

    Raises InputError for a format that there is not, for a debate that is not finished, and for PDF
    without the extra that makes it.
    """
    if form not in FORMATS:
        raise InputError(f"There is no format {form[:40]!r}.", f"The formats are {', '.join(FORMATS)}.")
    if record.strategy is None:
        raise InputError(
            f"Debate {record.id} is not finished: there is no strategy to export.",
            f"Go on with: jemaa resume {record.id}",
        )
    if form == "json":
        return (json.dumps(show_result(record), ensure_ascii=False, indent=1) + "\n").encode()
    made = _maker(form)(Material(record.plan, record.strategy, record.heard))
    return made if isinstance(made, bytes) else made.encode()


def export_path(record: DebateRecord, form: str) -> Path:
    """Where an export lies unless another place is asked for: beside the transcript, under its name."""
    return record.path.with_name(f"{record.path.stem}{FORMATS[form]}")


def _maker(form: str) -> Callable[[Material], str | bytes]:
    """The function that makes a format; each loads its own libraries."""
    match form:
        case "markdown":
            from transcripts.export.markdown import strategy_markdown  # noqa: PLC0415

            return lambda of: strategy_markdown(of.plan, of.strategy, of.heard)
        case "html":
            from transcripts.export.html import strategy_html  # noqa: PLC0415

            return strategy_html
        case "docx":
            from transcripts.export.word import strategy_docx  # noqa: PLC0415

            return strategy_docx
        case "pdf":
            from transcripts.export.pdf import strategy_pdf  # noqa: PLC0415

            return strategy_pdf
        case "csv":
            from transcripts.export.tables import arguments_csv  # noqa: PLC0415

            return arguments_csv
        case "argdown":
            from transcripts.export.argdown import argdown  # noqa: PLC0415

            return argdown
        case _:
            from transcripts.export.aif import aif_json  # noqa: PLC0415

            return aif_json
