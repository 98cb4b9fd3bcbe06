"""What all screens share: bindings told in the language of the interface, a way back, a line of help."""

from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar, TypeVar

from textual.binding import ActiveBinding, Binding, BindingType
from textual.screen import ModalScreen, Screen

from tui.app.interface import ours, say
from tui.arabic import LEFT_TO_RIGHT, RIGHT_TO_LEFT

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


def own_bindings(screen: Screen[object]) -> list[ActiveBinding]:
    """What keys do on a screen: first what the footer shows; without what the library's widgets do besides."""
    found = [active for active in screen.active_bindings.values() if ours(active.binding.description)]
    return sorted(found, key=lambda active: not active.binding.show)


def _after_its_key(text: str) -> str:
    """Keeps an Arabic description at the right of its key, where that stands before it on the line."""
    return f"{LEFT_TO_RIGHT}{text}" if RIGHT_TO_LEFT.search(text) else text


def told(bindings: dict[str, ActiveBinding]) -> dict[str, ActiveBinding]:
    """The same bindings, described in the language of the interface."""
    return {
        key: active._replace(
            binding=replace(active.binding, description=_after_its_key(say(active.binding.description))),
            tooltip=say(active.tooltip),
        )
        for key, active in bindings.items()
    }
