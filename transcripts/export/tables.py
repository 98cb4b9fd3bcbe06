"""Arguments and ballots as comma-separated values, for spreadsheets."""

import csv
import io
from collections.abc import Iterator

from transcripts.export.material import Material
from transcripts.export.text import plain

COLUMNS = (
    "record",
    "recommendation",
    "role",
    "id",
    "round",
    "stance",
    "scheme",
    "side",
    "text",
    "strength",
    "grounds",
    "targets",
    "condition",
    "opening",
    "final",
    "priority",
)

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "|", "%")


def arguments_csv(of: Material) -> str:
    """One row for each argument (`record` is argument) and each role's ballot on each recommendation (ballot).

    Begins with a byte-order mark, by which spreadsheets know UTF-8. A cell that a spreadsheet would read as a
    formula begins with an apostrophe.
    """
    out = io.StringIO()
    out.write("\ufeff")
    writer = csv.DictWriter(out, COLUMNS, restval="", lineterminator="\r\n")
    writer.writeheader()
    for row in (*_arguments(of), *_ballots(of)):
        writer.writerow({key: _cell(value) for key, value in row.items()})
    return out.getvalue()


def _arguments(of: Material) -> Iterator[dict[str, object]]:
    for one in of.arguments.values():
        yield {
            "record": "argument",
            "recommendation": one.recommendation,
            "role": one.role,
            "id": one.id,
            "round": one.round,
            "stance": one.stance,
            "scheme": one.scheme,
            "side": one.side or "",
            "text": one.claim,
            "strength": "" if one.strength is None else round(one.strength, 4),
            "grounds": " ".join(f"{ground.id} ({ground.status})" for ground in one.grounds),
            "targets": " ".join(f"{target.relation} {target.argument}" for target in one.targets),
            "condition": one.condition or "",
        }


def _ballots(of: Material) -> Iterator[dict[str, object]]:
    for ruled in of.heard:
        scores = {speech.role: speech.priority for speech in ruled.speeches if speech.priority is not None}
        for role, held in ruled.ruling.stances.items():
            yield {
                "record": "ballot",
                "recommendation": ruled.ruling.recommendation,
                "role": role,
                "opening": held.opening,
                "final": held.final,
                "priority": scores.get(role, ""),
            }


def _cell(value: object) -> object:
    if not isinstance(value, str):
        return value
    text = plain(value)
    return f"'{text}" if text.startswith(_FORMULA) else text
