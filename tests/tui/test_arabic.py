"""Arabic in a terminal that knows neither joining nor direction."""

import pytest
from bidi import get_display
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual.color import Color

from tui.app.gate import Gate
from tui.arabic import RIGHT_TO_LEFT, in_reading_order

BLACK = Color(0, 0, 0)
LETTERS = "ابتثجحخدذرزسشصضطظعغفقكلمنهويىةءآأإ"
LINES = st.text(alphabet=f"{LETTERS} abcXYZ0129().,-«»…·", max_size=60)


def shown(line: str) -> str:
    return "".join(sign for sign, _ in in_reading_order(line))


def gated(*segments: tuple[str, Style | None], reorder: bool = True) -> list[tuple[str, Style | None]]:
    lines = Gate(reorder=reorder).apply([Segment(*segment) for segment in segments], BLACK)
    return [(segment.text, segment.style) for segment in lines]


def text_of(line: str, *, reorder: bool = True) -> str:
    return "".join(text for text, _ in gated((line, None), reorder=reorder))


@pytest.mark.parametrize(
    "line, expected",
    [
        ("سلام", "ﻡﻼﺳ" + " "),
        ("نص (بين قوسين) نص", "ﺺﻧ (ﻦﻴﺳﻮﻗ ﻦﻴﺑ) ﺺﻧ"),
        ("الطاقة 12 % سنة 2025", "2025 ﺔﻨﺳ % 12 ﺔﻗﺎﻄﻟﺍ"),
    ],
)
def test_reads_from_the_right(line: str, expected: str) -> None:
    """Letters join, words run from the right, numbers from the left, brackets enclose what they enclosed."""
    assert expected.strip() == shown(line).strip()


@pytest.mark.parametrize("text", ["السيادة الرقمية", "R1 مرحبا", "خطة 2030 للطاقة", "abc ابج def"])
def test_order_as_another_sees_it(text: str) -> None:
    """The order of words and numbers is that of an independent implementation of the same algorithm."""
    letters = [text[at] for _, at in in_reading_order(text)]
    base = "R" if sum(RIGHT_TO_LEFT.match(sign) is not None for sign in text) > len(text) / 3 else "L"
    assert get_display(text, base_dir=base) == "".join(letters)


@given(LINES)
def test_keeps_width_and_letters(line: str) -> None:
    """A line takes as many cells as before, and no character comes from nowhere."""
    assert cell_len(line) == cell_len(shown(line))
    assert all(0 <= at < len(line) for _, at in in_reading_order(line))


@given(LINES)
def test_once_is_enough(line: str) -> None:
    """A line that passes twice, as behind a card, is the same as after once."""
    once = text_of(line)
    assert once == text_of(once)


def test_columns_stay() -> None:
    """What stands in one column does not move into another, whether drawn by lines or by blanks."""
    assert "│ ﺓﺪﺣﺍﻭ │ ﺔﻴﻧﺎﺛ │" == text_of("│ واحدة │ ثانية │")
    assert "ﺓﺪﺣﺍﻭ   ﺔﻴﻧﺎﺛ" == text_of("واحدة   ثانية")


def test_styles_follow_their_letters() -> None:
    """A bold word is bold wherever it comes to stand."""
    bold = Style(bold=True)
    assert [("ﺔﻴﻧﺎﺛ ", None), ("ﺓﺪﺣﺍﻭ", bold)] == gated(("واحدة", bold), (" ثانية", None))


def test_terminal_that_orders_by_itself() -> None:
    """It is given the letters as they are written, and marks that keep columns apart."""
    assert "│ واحدة \u200e│ ثانية \u200e│" == text_of("│ واحدة │ ثانية │", reorder=False)
