"""A few pictures of the screen; a change in one is a change that people see."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tui.app.chamber import Chamber
from tui.app.home import Home
from tui.app.main import Jemaa
from tui.settings import load
from tui.state import DebateState

Compare = Callable[..., bool]


@pytest.mark.parametrize(
    "press", [[], ["2"], ["3", "n"], ["4"], ["question_mark"]], ids=lambda keys: "-".join(keys) or "start"
)
def test_small(snap_compare: Compare, state: DebateState, press: list[str]) -> None:
    """The views at 80 x 24."""
    assert snap_compare(Jemaa(Chamber(state)), press=press, terminal_size=(80, 24))


def test_large_and_light(snap_compare: Compare, state: DebateState) -> None:
    """Debate and ruling side by side at 200 x 60, on a light ground."""
    assert snap_compare(Jemaa(Chamber(state)), press=["d"], terminal_size=(200, 60))


def test_first_start(snap_compare: Compare, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Home without any transcript offers the bundled brief."""
    monkeypatch.chdir(tmp_path)
    assert snap_compare(Jemaa(Home(load(transcripts="saved"))), terminal_size=(80, 24))
