"""Pictures of rates and costs as SVG, drawn here so that a page needs no script and no network."""

from collections.abc import Sequence
from html import escape

from transcripts.export.text import plain
from transcripts.report.matrix import Matrix
from transcripts.report.wording import dollars, rate

_LABEL, _CHART, _VALUE, _ROW = 250, 380, 210, 30
_LONGEST = 34
_WIDTH = _LABEL + _CHART + _VALUE


def flip_rates(found: Matrix) -> str:
    """A dot for each configuration's flip rate, on the line of its 95 % interval, from 0 to 100 %."""
    rows = []
    for place, line in enumerate(found.lines):
        y = _ROW * place + _ROW / 2
        low, high, share = (
            _LABEL + _CHART * bound for bound in (line.flips.low, line.flips.high, line.flips.share)
        )
        rows.append(
            _row(line.label, rate(line.flips), y)
            + f'<line class="reach" x1="{low:.1f}" x2="{high:.1f}" y1="{y}" y2="{y}"/>'
            f'<circle class="share" cx="{share:.1f}" cy="{y}" r="5"/>'
        )
    return _drawing(
        "Flip rates with 95 % intervals", rows, [f"{percent} %" for percent in (0, 25, 50, 75, 100)]
    )


def costs(found: Matrix) -> str:
    """A bar for what a debate of each configuration costs: dollars where all are known, else tokens."""
    if all(line.cost is not None for line in found.lines) and any(line.cost for line in found.lines):
        values = [line.cost_each or 0.0 for line in found.lines]
        told = [f"{dollars(value)} a debate" for value in values]
        title = "Cost of a debate"
    else:
        values = [(line.input_tokens + line.output_tokens) / line.debates for line in found.lines]
        told = [f"{value:,.0f} tokens a debate" for value in values]
        title = "Tokens of a debate"
    most = max(values) or 1.0
    rows = [
        _row(line.label, text, _ROW * place + _ROW / 2)
        + f'<rect class="bar" x="{_LABEL}" y="{_ROW * place + 8}" width="{_CHART * value / most:.1f}" '
        f'height="{_ROW - 16}"/>'
        for place, (line, value, text) in enumerate(zip(found.lines, values, told, strict=True))
    ]
    return _drawing(title, rows, [])


def _row(label: str, value: str, y: float) -> str:
    name = plain(label)
    shown = name if len(name) <= _LONGEST else f"{name[: _LONGEST - 1]}…"
    return (
        f'<text x="{_LABEL - 12}" y="{y + 4}" text-anchor="end"><title>{escape(name)}</title>{escape(shown)}</text>'
        f'<text class="value" x="{_LABEL + _CHART + 12}" y="{y + 4}">{escape(value)}</text>'
    )


def _drawing(title: str, rows: Sequence[str], ticks: Sequence[str]) -> str:
    height = _ROW * len(rows)
    axis = "".join(
        f'<line class="tick" x1="{x}" x2="{x}" y1="0" y2="{height}"/>'
        f'<text class="value" x="{x}" y="{height + 16}" text-anchor="middle">{tick}</text>'
        for place, tick in enumerate(ticks)
        for x in [_LABEL + _CHART * place / (len(ticks) - 1)]
    )
    return (
        f'<figure><figcaption>{escape(title)}</figcaption><svg role="img" aria-label="{escape(title)}" '
        f'viewBox="0 0 {_WIDTH} {height + (24 if ticks else 4)}" xmlns="http://www.w3.org/2000/svg">'
        f"{axis}{''.join(rows)}</svg></figure>"
    )
