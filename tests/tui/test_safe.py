"""Text of others cannot act on a terminal."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.safe import safe_text


@pytest.mark.parametrize(
    "written, shown",
    [
        ("\x1b[31mred\x1b[0m", "red"),
        ("\x1b]0;title\x07text", "text"),
        ("\x1b]8;;https://example.org\x1b\\link\x1b]8;;\x1b\\", "link"),
        ("\x9b2Jtext", "text"),
        ("ab\x08c\x00d", "abcd"),
        ("a\u202egnp.exe\u202c", "agnp.exe"),
        ("\u2066hidden\u2069", "hidden"),
        ("one\r\ntwo\rthree\u2028four", "one\ntwo\nthree\nfour"),
        ("tab\tstays", "tab\tstays"),
        ("[bold]markup[/bold] stays", "[bold]markup[/bold] stays"),
        ("السيادة الرقمية", "السيادة الرقمية"),
    ],
)
def test_removes_what_acts(written: str, shown: str) -> None:
    """Escape sequences, controls and overrides go; the words, line breaks and tabs stay."""
    assert shown == safe_text(written)


@given(st.text())
def test_leaves_nothing_that_acts(text: str) -> None:
    """Whatever the text, no control character, override or lone surrogate is left."""
    kept = safe_text(text)
    assert not [c for c in kept if unicodedata.category(c) in {"Cc", "Cs"} and c not in "\n\t"]
    assert not set(kept) & set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
    assert kept == safe_text(kept)
