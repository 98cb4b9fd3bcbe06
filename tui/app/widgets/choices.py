"""A list to choose from, with the keys of vi beside the arrows."""

from textual.binding import Binding
from textual.widgets import OptionList


class Choices(OptionList):
    """Text in it is never read as markup."""

    BINDINGS = [
        Binding("j", "cursor_down", show=False),
        Binding("k", "cursor_up", show=False),
    ]

    def __init__(self, id_: str) -> None:
        super().__init__(id=id_, markup=False)
