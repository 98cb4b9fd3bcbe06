"""A report as one page that stands alone: no script, no network, whatever the names in it say."""

from collections.abc import Sequence
from html import escape
from importlib.resources import files

from transcripts.export.text import plain
from transcripts.report.drawing import costs, flip_rates
from transcripts.report.matrix import Cell, Matrix
from transcripts.report.wording import Rows, by_place, comparisons, decisions, overview

_POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"


def matrix_html(found: Matrix) -> str:
    """Pictures of flip rates and costs, and tables of what varies, what differs and what was decided."""
    style = files(__package__).joinpath("page.css").read_text("utf-8")
    title = escape(plain(found.title))
    parts = [
        f"<h1>{title}</h1>",
        f'<ul class="notes">{"".join(f"<li>{escape(note)}</li>" for note in found.notes)}</ul>',
    ]
    parts += ["<h2>Flip rates and costs</h2>", flip_rates(found), costs(found), _table(overview(found))]
    if len(found.lines) > 1:
        parts += ["<h2>Comparison</h2>", _table(comparisons(found))]
    parts += ["<h2>Decisions</h2>", _decisions(found)]
    return (
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{title}</title>\n<style>\n{style}</style>\n</head>\n<body>\n<main>\n"
        + "\n".join(parts)
        + "\n</main>\n</body>\n</html>\n"
    )


def _table(rows: Rows, classes: Sequence[Sequence[str]] = ()) -> str:
    header, *body = rows
    head = "".join(f"<th>{_text(cell)}</th>" for cell in header)
    lines = []
    for number, row in enumerate(body):
        kinds = classes[number] if classes else [""] * len(row)
        cells = (
            f'<td class="{kind}">{_text(cell)}</td>' if kind else f"<td>{_text(cell)}</td>"
            for cell, kind in zip(row, kinds, strict=True)
        )
        lines.append(f"<tr>{''.join(cells)}</tr>")
    return (
        f'<div class="wide"><table><thead><tr>{head}</tr></thead>\n<tbody>\n'
        + "\n".join(lines)
        + "\n</tbody></table></div>"
    )


def _decisions(found: Matrix) -> str:
    classes = [["", "", "", *map(_kind, cells)] for _, _, cells in by_place(found)]
    return _table(decisions(found), classes)


def _kind(cell: Cell | None) -> str:
    """How a cell is coloured: what departs from the reference before what only varies."""
    if cell is None:
        return ""
    return "departs" if cell.departures * 2 > cell.flips.runs else "varies" if cell.flips.flips else ""


def _text(cell: str) -> str:
    return escape(plain(cell))
