"""The first picture and what follows it."""

from pathlib import Path

import pytest

from agents.errors import InputError
from tui.app.home import Home
from tui.app.main import Jemaa
from tui.app.opening import Look, Opening, look
from tui.settings import Settings


async def test_makes_way_for_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Home follows as soon as it is loaded, under the settings in force."""
    monkeypatch.setenv("JEMAA_PACE", "99")
    app = Jemaa(Opening(), look=look())
    async with app.run_test(size=(80, 24)) as pilot:
        await app.workers.wait_for_complete()
        await pilot.pause()
        assert isinstance(app.screen, Home)

    assert 99 == app.settings.pace


async def test_settings_that_do_not_hold(monkeypatch: pytest.MonkeyPatch) -> None:
    """A setting that is wrong ends the app, and the command tells which."""
    monkeypatch.setenv("JEMAA_ROUNDS", "many")
    app = Jemaa(Opening(), look=look())
    async with app.run_test(size=(80, 24)):
        await app.workers.wait_for_complete()

    assert isinstance(app.failure, InputError)
    assert "many" in str(app.failure)


def test_looks_like_the_settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The first picture has the theme and the language of the settings; what cannot be read there is left out."""
    monkeypatch.chdir(tmp_path)
    Path("jemaa.toml").write_text(
        'theme = "light"\ninterface = "ar"\nterminal_bidi = true\n', encoding="utf-8"
    )
    assert Look("light", "ar", reduced_motion=False, terminal_bidi=True) == look()

    monkeypatch.setenv("JEMAA_THEME", "contrast")
    monkeypatch.setenv("JEMAA_REDUCED_MOTION", "1")
    assert ("contrast", True) == (look().theme, look().reduced_motion)

    Path("jemaa.toml").write_text("theme = [not toml", encoding="utf-8")
    monkeypatch.setenv("JEMAA_THEME", "plaid")
    assert ("dark", None) == (look().theme, look().interface)


def test_has_what_the_settings_have() -> None:
    """Every setting of the first picture is one of the settings, with the same default."""
    settings = Settings()

    assert Look() == Look(*(getattr(settings, name) for name in Look._fields))
