"""The lines of a transcript, as they were written."""

from typing import Any

from rich.text import Text

from transcripts.log.chain import Line
from tui.safe import safe_text

_LONGEST = 120
_COUNTED = ("input_tokens", "output_tokens", "retries")


def line_of_record(line: Line) -> Text:
    """Number, time, id and, in short, what it cost or why it failed; the record may be anybody's."""
    record = line.record
    time, usage = _inner(record, "time"), _inner(record, "usage")
    at = str(time.get("at", ""))[:19].replace("T", " ")
    facts = [
        *([f"{time['took']} s"] if time.get("took") is not None else []),
        *(f"{usage[key]} {key.replace('_', ' ')}" for key in _COUNTED if usage.get(key)),
        *(["copied"] if record.get("copied") is True else []),
        *([str(record["failure"])] if "failure" in record else []),
    ]
    return Text.assemble(
        (f"{line.number:>7}  {_short(at)}  ", "dim"),
        _short(str(record.get("id", ""))),
        (f"  {_short(' · '.join(facts))}", "dim"),
    )


def _inner(record: dict[str, Any], key: str) -> dict[str, Any]:
    value = record.get(key)
    return value if isinstance(value, dict) else {}


def _short(text: str) -> str:
    return safe_text(" ".join(text[:_LONGEST].split()))
