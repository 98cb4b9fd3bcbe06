"""What the tests of the app share: a folder with debates, and waiting for workers instead of time."""

from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.worker import WorkerCancelled

from agents.backends.open import open_backend
from agents.debate.plan import DebatePlan
from transcripts.log.session import start
from tui.settings import Settings, load

ENDLESS = {"_loader"}
"""Workers that end with their widget."""


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """Those of a person who never set anything, on a machine that speaks English."""
    for variable in ("LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(variable, raising=False)
    monkeypatch.chdir(tmp_path)
    return load(transcripts=str(tmp_path / "saved"))


@pytest.fixture
def hold(plan: DebatePlan, settings: Settings) -> Callable[..., Awaitable[Path]]:
    """Holds the small debate, changed as asked, and gives the place of its transcript."""

    async def held(**changes: object) -> Path:
        session = start(plan.model_copy(update=changes), open_backend, settings.transcripts)
        async for _ in session.events():
            pass
        session.close()
        return session.path

    return held


@pytest.fixture
async def saved(hold: Callable[..., Awaitable[Path]]) -> Path:
    """The transcript of a finished debate."""
    return await hold()


async def settle(pilot: Pilot[None]) -> None:
    """Wait until no worker is at work and what they have done is on the screen."""
    await pilot.pause()
    while working := [
        worker for worker in pilot.app.workers if not worker.is_finished and worker.name not in ENDLESS
    ]:
        for worker in working:
            try:
                await worker.wait()
            except WorkerCancelled:
                continue
        await pilot.pause()
    await pilot.pause()


def on_screen(pilot: Pilot[None]) -> str:
    """All that can be read."""
    lines = pilot.app.screen._compositor.render_strips()
    return "\n".join("".join(segment.text for segment in strip) for strip in lines)


async def write(pilot: Pilot[None], text: str) -> None:
    """Press the keys of a text."""
    for sign in text:
        await pilot.press({"/": "slash", ".": "full_stop", " ": "space", "-": "minus"}.get(sign, sign))
