"""A matrix in words and numbers, the same for every format."""

from collections.abc import Sequence

from transcripts.report.matrix import Cell, Line, Matrix
from transcripts.statistics.rate import Rate

SURE = 0.05

Rows = list[tuple[str, ...]]


def overview(found: Matrix, *, costs: bool = True) -> Rows:
    """A header, and a row for each configuration; without `costs` only what was decided."""
    against = ("Departs from reference",) if found.given or len(found.lines) > 1 else ()
    spent = ("Unverified", "Calls", "Tokens", "Cost") if costs else ()
    return [
        ("Configuration", "Debates", "Flip rate", *against, *spent),
        *(
            (
                line.label,
                str(line.debates),
                rate(line.flips),
                *(rate(line.departures) for _ in against),
                *(_spent(line) if costs else ()),
            )
            for line in found.lines
        ),
    ]


def _spent(line: Line) -> tuple[str, ...]:
    tokens = f"{line.input_tokens:,} + {line.output_tokens:,}"
    return (str(line.unverified), str(line.calls), tokens, dollars(line.cost))


def comparisons(found: Matrix) -> Rows:
    """A header, and a row for each configuration but the first."""
    header = ("Configuration", "Departs more often by", "95 % interval", "p, corrected", "Verdict")
    return [header, *(_comparison(line) for line in found.lines[1:])]


def decisions(found: Matrix) -> Rows:
    """A header, and a row for each recommendation of each article with what every configuration decided."""
    header = ("Article", "Recommendation", "Reference", *(line.label for line in found.lines))
    rows: Rows = []
    for article, recommendation, cells in by_place(found):
        reference = next(cell.reference for cell in cells if cell is not None)
        rows.append((article, recommendation, words(reference), *map(_outcomes, cells)))
    return [header, *rows]


def by_place(found: Matrix) -> list[tuple[str, str, list[Cell | None]]]:
    """Each recommendation of each article with the cell of every configuration, None where it was not debated."""
    tables = [{(cell.article, cell.recommendation): cell for cell in line.cells} for line in found.lines]
    places = dict.fromkeys(place for table in tables for place in table)
    ordered = sorted(places, key=lambda place: found.articles.index(place[0]))
    return [(*place, [table.get(place) for table in tables]) for place in ordered]


def rate(of: Rate) -> str:
    """A rate with its interval: `12 % (3–31 %), 6 of 50`."""
    return f"{100 * of.share:.0f} % ({100 * of.low:.0f}–{100 * of.high:.0f} %), {of.flips} of {of.runs}"


def dollars(cost: float | None) -> str:
    """An amount, or that it is not known."""
    return "unknown" if cost is None else f"${cost:.4f}" if 0 < cost < 1 else f"${cost:,.2f}"


def words(decision: str) -> str:
    """A decision as a reader says it."""
    return decision.replace("_", " ")


def verdict(line: Line) -> str:
    """What may be said of a configuration against the first."""
    if line.difference is None:
        return "nothing to compare"
    if line.p is None:
        return "cannot be told from one recommendation"
    if line.p >= SURE:
        return "no difference shown"
    return "departs more often" if line.difference.mean > 0 else "departs less often"


def _comparison(line: Line) -> tuple[str, ...]:
    found = line.difference
    if found is None:
        return (line.label, "–", "–", "–", verdict(line))
    interval = (
        "–" if found.low is None or found.high is None else f"{_points(found.low)} to {_points(found.high)}"
    )
    p = "–" if line.p is None else "< 0.001" if line.p < 0.001 else f"{line.p:.3f}"
    return (line.label, f"{_points(found.mean)} points", interval, p, verdict(line))


def _points(share: float) -> str:
    return f"{100 * max(-1.0, min(1.0, share)):+.0f}"


def _outcomes(cell: Cell | None) -> str:
    if cell is None:
        return "–"
    if len(cell.outcomes) == 1:
        return words(next(iter(cell.outcomes)))
    return ", ".join(f"{words(decision)} {count}" for decision, count in cell.outcomes.items())


def columns(rows: Sequence[tuple[str, ...]]) -> list[str]:
    """Rows as aligned lines of text, for a terminal or a log."""
    widths = [max(len(row[place]) for row in rows) for place in range(len(rows[0]))]
    return [
        "  ".join(text.ljust(width) for text, width in zip(row, widths, strict=True)).rstrip() for row in rows
    ]
