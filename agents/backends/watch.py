"""What a backend tells somebody who watches, beside the debate's events: never recorded, never needed."""

from collections.abc import Callable
from typing import NamedTuple


class Writing(NamedTuple):
    """What the speaker of a turn has written so far: its prose, without the form around it."""

    address: str
    text: str


class Waiting(NamedTuple):
    """A call failed for now and is made again in `seconds`; `tried` counts the calls so far."""

    address: str
    seconds: float
    cause: str
    tried: int


Watch = Callable[[Writing | Waiting], None]
"""Called on the event loop; must return at once."""
