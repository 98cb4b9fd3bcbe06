"""Two texts side by side."""

from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console

from tui.present.difference import SHOWN, side_by_side


def _printed(*differences: tuple[str, str, str]) -> str:
    console = Console(width=100, color_system=None)
    with console.capture() as capture:
        console.print(side_by_side(differences))
    return capture.get()


class TestSideBySide:
    def test_only_what_differs_is_shown(self) -> None:
        """Equal lines are left out; the recorded line stands beside the requested one."""
        text = _printed(("prompt part 2", "same\nold words\nend", "same\nnew words\nend"))

        assert "same" not in text
        assert [line for line in text.splitlines() if "old words" in line and "new words" in line]

    def test_long_texts_are_cut(self) -> None:
        """After a dozen lines the rest is counted; a long line is shown around its first difference."""
        many = "\n".join(f"line {number}" for number in range(SHOWN + 5))
        long = "x" * 500

        assert "… 5 more lines" in _printed(("part", "", many))
        assert "NEEDLE" in _printed(("part", f"{long} a", f"{long} NEEDLE")).replace("\n", "")

    @given(st.text(), st.text())
    def test_any_text_can_be_shown(self, was: str, now: str) -> None:
        """Markup and escape sequences of a prompt stay text."""
        assert "\x1b" not in _printed(("part", was, now))
