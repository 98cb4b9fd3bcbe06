"""The argument map of a recommendation as SVG: drawn here, so that a page needs no script and no network."""

from html import escape
from textwrap import wrap
from typing import NamedTuple

from agents.argument.model import Argument
from transcripts.export.material import ATTACKS, Material, shortened
from transcripts.export.text import plain

_WIDTH, _GAP, _LINE = 236, 20, 15
_COLUMNS = 4
_CHARACTERS, _LINES = 34, 4
_HEIGHT = _LINE * (_LINES + 1) + 22
_ROW = _HEIGHT + 58
_FILL = {"for": "#e7f3ea", "against": "#fbeaea", None: "#f1f1f4"}
_STROKE = {"for": "#2e7d4f", "against": "#b3403a", None: "#6b6b76"}


class _Box(NamedTuple):
    x: float
    y: float
    width: float

    @property
    def top(self) -> tuple[float, float]:
        return self.x + self.width / 2, self.y

    @property
    def bottom(self) -> tuple[float, float]:
        return self.x + self.width / 2, self.y + _HEIGHT


class _Content(NamedTuple):
    name: str
    text: str
    strength: float | None
    side: str | None


def argument_drawing(of: Material, recommendation: str) -> str:
    """The recommendation on top, below it the arguments round by round, with what each answers.

    Solid green lines support, dashed red ones attack; the bar in a box is its strength.
    """
    arguments = [one for one in of.arguments.values() if one.recommendation == recommendation]
    boxes = _places(arguments)
    total = _COLUMNS * _WIDTH + (_COLUMNS - 1) * _GAP
    boxes[recommendation] = _Box(0, 0, total)
    height = max(box.y for box in boxes.values()) + _HEIGHT + 4
    text = next((item.text for item in of.plan.recommendations if item.id == recommendation), "")
    strength = of.rulings[recommendation].strength if recommendation in of.rulings else None
    # A page holds several maps, and an id stands once in a page.
    suffix = f"-{list(of.rulings).index(recommendation) + 1}" if recommendation in of.rulings else ""
    parts = [_edges(boxes, one, recommendation, suffix) for one in arguments]
    parts.append(_drawn(of, boxes[recommendation], _Content(recommendation, text, strength, None)))
    parts += [
        _drawn(
            of,
            boxes[one.id],
            _Content(f"{one.id} {of.title_of(one.role)}", one.claim, one.strength, one.side),
        )
        for one in arguments
    ]
    label = escape(f"{of.labels('map')} {recommendation}")
    return (
        f'<svg class="map" role="img" aria-label="{label}" viewBox="-2 -2 {total + 4} {height}" '
        f'xmlns="http://www.w3.org/2000/svg"><defs>{_markers(suffix)}</defs>{"".join(parts)}</svg>'
    )


def _markers(suffix: str) -> str:
    return "".join(
        f'<marker id="{name}{suffix}" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" '
        f'orient="auto"><path d="M0 0 8 4 0 8z" fill="{colour}"/></marker>'
        for name, colour in (("supports", _STROKE["for"]), ("attacks", _STROKE["against"]))
    )


def _places(arguments: list[Argument]) -> dict[str, _Box]:
    """Rows of at most four boxes, a new row for each round."""
    boxes: dict[str, _Box] = {}
    row, column, last = 0, _COLUMNS, 0
    for one in arguments:
        if column == _COLUMNS or one.round != last:
            row, column, last = row + 1, 0, one.round
        boxes[one.id] = _Box(column * (_WIDTH + _GAP), row * _ROW, _WIDTH)
        column += 1
    return boxes


def _edges(boxes: dict[str, _Box], argument: Argument, recommendation: str, suffix: str) -> str:
    """The lines from an argument to what it speaks for or against, and to what it answers."""
    ends = [] if argument.side is None else [(recommendation, argument.side == "against")]
    ends += [
        (target.argument, target.relation in ATTACKS)
        for target in argument.targets
        if target.argument in boxes
    ]
    return "".join(
        f'<path d="{_curve(boxes[argument.id], boxes[name])}" fill="none" stroke-width="1.4" {_line(attacks, suffix)}/>'
        for name, attacks in ends
    )


def _line(attacks: bool, suffix: str) -> str:
    if attacks:
        return f'stroke="{_STROKE["against"]}" stroke-dasharray="5 4" marker-end="url(#attacks{suffix})"'
    return f'stroke="{_STROKE["for"]}" marker-end="url(#supports{suffix})"'


def _curve(start: _Box, end: _Box) -> str:
    (x, y), (left, low) = start.top, end.bottom
    if end.y == 0:
        if start.y == _ROW:
            return f"M{x:.0f} {y:.0f}V{low:.0f}"
        # Through the gap beside the boxes that stand between.
        beside = start.x + start.width + _GAP / 2 if start.x < end.width / 2 else start.x - _GAP / 2
        return (
            f"M{x:.0f} {y:.0f}C{x:.0f} {y - 26:.0f} {beside:.0f} {y:.0f} {beside:.0f} {y - 40:.0f}V{low:.0f}"
        )
    if start.y == end.y:
        return f"M{x:.0f} {y:.0f}C{x:.0f} {y - 30:.0f} {left:.0f} {y - 30:.0f} {left:.0f} {y:.0f}"
    bend = (low - y) / 2
    return f"M{x:.0f} {y:.0f}C{x:.0f} {y + bend:.0f} {left:.0f} {low - bend:.0f} {left:.0f} {low:.0f}"


def _drawn(of: Material, box: _Box, content: _Content) -> str:
    name, text, strength, side = content
    fill, stroke = _FILL.get(side, _FILL[None]), _STROKE.get(side, _STROKE[None])
    characters = int(_CHARACTERS * box.width / _WIDTH)
    lines = wrap(shortened(text, characters * _LINES - 8), characters)[:_LINES]
    shown = "" if strength is None else of.labels.number(strength)
    area = f'x="{box.x}" y="{box.y}" width="{box.width}" height="{_HEIGHT}" rx="6"'
    parts = [
        f"<g><title>{escape(plain(text))}</title>",
        f'<rect {area} fill="{fill}" stroke="{stroke}"/>',
        f'<text x="{box.x + 10}" y="{box.y + 19}" font-weight="bold">{escape(plain(name))}</text>',
        f'<text x="{box.x + box.width - 10}" y="{box.y + 19}" text-anchor="end">{shown}</text>',
    ]
    for place, line in enumerate(lines):
        parts.append(f'<text x="{box.x + 10}" y="{box.y + 38 + place * _LINE}">{escape(line)}</text>')
    if strength is not None:
        width = (box.width - 20) * max(0.0, min(1.0, strength))
        low = box.y + _HEIGHT - 9
        parts.append(f'<rect x="{box.x + 10}" y="{low}" width="{width:.1f}" height="3" fill="{stroke}"/>')
    return "".join(parts) + "</g>"
