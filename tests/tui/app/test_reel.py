"""A long list of texts of which only what is seen is laid out."""

from functools import partial

from rich.text import Text
from textual.app import App, ComposeResult

from tui.app.widgets.reel import Reel
from tui.present.piece import Piece

SIZE = (40, 12)


class Shown(App[None]):
    """A reel that fills the screen."""

    def __init__(self, count: int) -> None:
        super().__init__()
        self.drawn: list[int] = []
        self.pieces = [Piece(str(number), 0, 90, partial(self._draw, number)) for number in range(count)]

    def compose(self) -> ComposeResult:
        yield Reel("reel")

    def on_mount(self) -> None:
        self.query_one(Reel).focus()

    def _draw(self, number: int) -> Text:
        self.drawn.append(number)
        return Text(f"{number} {'word ' * (number % 7 + 1)}")


async def test_only_what_is_seen() -> None:
    """Of ten thousand texts, a screenful is drawn at either end."""
    app = Shown(10_000)
    async with app.run_test(size=SIZE) as pilot:
        app.query_one(Reel).show("all", app.pieces)
        await pilot.press("end")
        await pilot.pause()
        assert "9999" == app.query_one(Reel).current
        assert app.query_one(Reel).scroll_offset.y == app.query_one(Reel).max_scroll_y

    assert len(set(app.drawn)) < 60
    assert {0, 9999} <= set(app.drawn)


async def test_every_text_is_reached() -> None:
    """Going down one by one shows each text whole, though heights were only guessed."""
    app = Shown(60)
    async with app.run_test(size=SIZE) as pilot:
        reel = app.query_one(Reel)
        reel.show("all", app.pieces)
        for number in range(60):
            assert str(number) == reel.current
            lines = [
                "".join(segment.text for segment in strip) for strip in app.screen._compositor.render_strips()
            ]
            assert any(line.startswith(f"▌ {number} word") for line in lines)
            await pilot.press("j")
            await pilot.pause()


async def test_follows_the_end() -> None:
    """Whoever is at the end stays there as more is said; whoever has scrolled up is left in peace."""
    app = Shown(40)
    async with app.run_test(size=SIZE) as pilot:
        reel = app.query_one(Reel)
        reel.show("all", app.pieces[:20], follow=True)
        await pilot.pause()
        reel.show("all", app.pieces[:30])
        await pilot.pause()
        assert reel.scroll_offset.y == reel.max_scroll_y

        await pilot.press("pageup")
        await pilot.pause()
        here = reel.scroll_offset.y
        reel.show("all", app.pieces)
        await pilot.pause()
        assert here == reel.scroll_offset.y


async def test_drawn_again_only_when_changed() -> None:
    """A text is drawn again when its version has changed, and no other."""
    app = Shown(5)
    async with app.run_test(size=SIZE) as pilot:
        reel = app.query_one(Reel)
        reel.show("all", app.pieces)
        await pilot.pause()
        app.drawn.clear()
        reel.show("all", [*app.pieces[:2], app.pieces[2]._replace(version=1), *app.pieces[3:]])
        await pilot.pause()

    assert [2] == app.drawn
