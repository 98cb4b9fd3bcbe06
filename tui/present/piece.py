"""A piece of a long text: what a reel shows, and lays out only when it is seen."""

from collections.abc import Callable
from typing import NamedTuple

from rich.console import RenderableType


class Piece(NamedTuple):
    """A piece by its id; drawn again when `version` changes. By its `length` in characters its height is guessed."""

    id: str
    version: object
    length: int
    draw: Callable[[], RenderableType]
