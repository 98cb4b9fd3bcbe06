"""Tables that list proposals, one a row."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from agents.article.block import Kind
from agents.article.body import Placed
from agents.article.recommend.cues import Cues
from agents.article.recommend.outline import Standing, standing_of
from agents.article.recommend.prose import opens_with_action

_CELL = " | "


class Cell(NamedTuple):
    """A cell of a table, by its offsets in the body; `row` is the position of its block."""

    row: int
    start: int
    end: int
    text: str


def proposing_cells(
    placed: Sequence[Placed], standing: Sequence[Standing], cues: Cues
) -> Iterator[list[Cell]]:
    """For each table that proposes, the cells that say what.

    They stand in the column whose head announces proposals or, below a heading that does, in the one whose
    cells say what is to be done.
    """
    position = 0
    while position < len(placed):
        if placed[position].block.kind is not Kind.ROW:
            position += 1
            continue
        start = position
        while position < len(placed) and placed[position].block.kind is Kind.ROW:
            position += 1
        rows = [_cells(placed[row], row) for row in range(start, position)]
        if found := _column(rows, standing[start], cues):
            yield found


def _cells(row: Placed, position: int) -> list[Cell]:
    cells: list[Cell] = []
    start = row.start
    for text in row.block.text.split(_CELL):
        cells.append(Cell(position, start, start + len(text), text))
        start += len(text) + len(_CELL)
    return cells


def _column(rows: Sequence[list[Cell]], standing: Standing, cues: Cues) -> list[Cell]:
    head, *below = rows
    for column, cell in enumerate(head):
        if len(cell.text.split()) <= 5 and standing_of(cell.text, cues) is Standing.PROPOSING:
            return _long_enough(below, column)
    if standing is not Standing.PROPOSING:
        return []
    for column in range(max(map(len, rows))):
        cells = _long_enough(rows, column)
        if len(cells) > 1 and sum(opens_with_action(cell.text, cues) for cell in cells) >= 0.6 * len(cells):
            return [cell for cell in cells if cell.row != head[0].row or opens_with_action(cell.text, cues)]
    return []


def _long_enough(rows: Sequence[list[Cell]], column: int) -> list[Cell]:
    return [row[column] for row in rows if column < len(row) and len(row[column].text.split()) > 2]
