"""A few pictures of the screen; a change in one is a change that people see."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tui.app.home import Home
from tui.app.main import Jemaa
from tui.settings import load

Compare = Callable[..., bool]


def test_first_start(snap_compare: Compare, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Home without any transcript offers the bundled brief."""
    monkeypatch.chdir(tmp_path)
    assert snap_compare(Jemaa(Home(load(transcripts="saved"))), terminal_size=(80, 24))
