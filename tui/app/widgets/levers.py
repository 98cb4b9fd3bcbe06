"""Levers to turn: sliders, switches and choices in one list, by keys and by mouse."""

from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.events import Click, MouseDown, MouseMove, MouseUp
from textual.message import Message

from tui.app.widgets.reel import GUTTER, Reel


class Levers(Reel):
    """A reel whose items are turned left and right or switched; `slider` is where a slider begins and its width."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left,minus", "turn(-1)", "Less", show=False),
        Binding("right,plus,equals_sign", "turn(1)", "More", show=False),
        Binding("space,enter", "switch", "On or off", show=True, key_display="space"),
    ]

    class Turned(Message):
        """A lever was moved by so many steps."""

        def __init__(self, lever: str, by: int) -> None:
            super().__init__()
            self.lever = lever
            self.by = by

    class Placed(Message):
        """A slider was put somewhere: `share` of its length."""

        def __init__(self, lever: str, share: float) -> None:
            super().__init__()
            self.lever = lever
            self.share = share

    class Switched(Message):
        """A lever was switched on or off."""

        def __init__(self, lever: str) -> None:
            super().__init__()
            self.lever = lever

    def __init__(self, id_: str, slider: tuple[int, int], sliding: str) -> None:
        super().__init__(id_)
        self._slider = slider
        self._sliding = sliding
        self._held: str | None = None

    def action_turn(self, by: int) -> None:
        """Move the lever under the cursor."""
        if self.current is not None:
            self.post_message(self.Turned(self.current, by))

    def action_switch(self) -> None:
        """Switch what is under the cursor."""
        if self.current is not None:
            self.post_message(self.Switched(self.current))

    def on_mouse_down(self, event: MouseDown) -> None:
        """Take hold of a slider."""
        lever = self._lever_at(event.y)
        if lever is not None and lever.startswith(self._sliding) and event.x >= GUTTER + self._slider[0]:
            self._held = lever
            self.capture_mouse()
            self._place(event.x)

    def on_mouse_move(self, event: MouseMove) -> None:
        """Move the slider that is held."""
        if self._held is not None:
            self._place(event.x)

    def on_mouse_up(self, event: MouseUp) -> None:
        """Let go."""
        if self._held is not None:
            self.release_mouse()

    def on_click(self, event: Click) -> None:
        """Switch what was clicked, unless it was slid."""
        event.prevent_default()
        held, self._held = self._held, None
        lever = self._lever_at(event.y)
        if lever is not None:
            self.move_to(lever)
            if held is None:
                self.post_message(self.Switched(lever))

    def _lever_at(self, y: int) -> str | None:
        at = y + self.scroll_offset.y
        return self.items[self._at(at)].id if self.items and at < self._tops[-1] else None

    def _place(self, x: int) -> None:
        start, width = self._slider
        share = max(0.0, min(1.0, (x - GUTTER - start) / width))
        assert self._held is not None
        self.move_to(self._held)
        self.post_message(self.Placed(self._held, share))
