"""What all screens share: bindings told in the language of the interface, a way back, a line of help."""

from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar, TypeVar

from textual.binding import ActiveBinding, Binding, BindingType
from textual.screen import ModalScreen, Screen

from tui.app.interface import say

if TYPE_CHECKING:
    from tui.app.main import Jemaa

Result = TypeVar("Result")


class Page(Screen[Result]):
    """A full screen. `ABOUT` says in one or two English sentences what it is for; the help shows it."""

    ABOUT: ClassVar[str] = ""
    PASSING: ClassVar[bool] = False
    """Whether a debate that begins takes this screen's place, so that the way back does not lead here."""
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "back", "Back", show=False)]

    @property
    def jemaa(self) -> "Jemaa":
        """The app, with its settings."""
        from tui.app.main import Jemaa

        assert isinstance(self.app, Jemaa)
        return self.app

    @property
    def active_bindings(self) -> dict[str, ActiveBinding]:
        """The bindings as the footer, the help and the palette tell them."""
        return told(super().active_bindings)

    async def action_back(self) -> None:
        """Leave for the screen before, if there is one."""
        if len(self.app.screen_stack) > 2:
            await self.dismiss()


class Card(ModalScreen[Result]):
    """A small screen over another one; Escape closes it."""

    ABOUT: ClassVar[str] = ""
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "dismiss", "Close")]

    @property
    def active_bindings(self) -> dict[str, ActiveBinding]:
        """The bindings as the footer, the help and the palette tell them."""
        return told(super().active_bindings)


def told(bindings: dict[str, ActiveBinding]) -> dict[str, ActiveBinding]:
    """The same bindings, described in the language of the interface."""
    return {
        key: active._replace(
            binding=replace(active.binding, description=say(active.binding.description)),
            tooltip=say(active.tooltip),
        )
        for key, active in bindings.items()
    }
