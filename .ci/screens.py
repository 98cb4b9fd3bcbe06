"""Make the pictures of the README: screens of the app as SVG and a recorded session as SVG animation.

The app runs without a terminal, on the bundled brief and in a folder of its own; the recording is a series of
screens shown one after the other, each as long as a person would look at it.
"""

import asyncio
import html
import os
import re
import sys
import tempfile
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from textual.pilot import Pilot  # noqa: E402

from tui.app.chamber import Chamber  # noqa: E402
from tui.app.home import Home  # noqa: E402
from tui.app.main import Jemaa  # noqa: E402
from tui.app.widgets.reel import Reel  # noqa: E402
from tui.settings import load  # noqa: E402

FOLDER = ROOT / "docs" / "screens"
SMALL, LARGE = (80, 24), (132, 38)
BRIEF = {"look", "open_transcript", "open_strategy", "debate_brief"}
"""Workers that lead from one screen to the next; others last as long as a debate plays."""

Session = Pilot[None]


class Frame(NamedTuple):
    """A screen of the recording, shown for so many seconds."""

    svg: str
    seconds: float


async def settle(pilot: Session) -> None:
    """Wait until the next screen is there."""
    await pilot.pause()
    while working := [w for w in pilot.app.workers if not w.is_finished and w.name in BRIEF]:
        for worker in working:
            await worker.wait()
        await pilot.pause()
    await pilot.pause()


async def press(pilot: Session, *keys: str) -> None:
    """Press keys, each when what the one before did is done."""
    for key in keys:
        await pilot.press(key)
        await settle(pilot)


def picture(pilot: Session) -> str:
    """What is on the screen."""
    return pilot.app.export_screenshot(title="Jemaa", simplify=True)


def keep(name: str, svg: str) -> None:
    """Write a picture, with no address of a font in it: a page that shows it asks nobody."""
    svg = re.sub(r"@font-face \{.*?\}\s*", "", svg, flags=re.DOTALL)
    FOLDER.mkdir(parents=True, exist_ok=True)
    (FOLDER / f"{name}.svg").write_text(re.sub(r"terminal-\d+", f"j-{name}", svg) + "\n", encoding="utf-8")


async def held(pilot: Session) -> None:
    """Debate the bundled brief to its end."""
    await opened(pilot)
    await ended(pilot)


async def opened(pilot: Session) -> None:
    """Begin a debate on the bundled brief."""
    await pilot.press("b")
    while not isinstance(pilot.app.screen, Chamber):
        await pilot.pause()


async def ended(pilot: Session) -> None:
    """Go to the end of the debate, at once."""
    chamber = pilot.app.screen
    assert isinstance(chamber, Chamber)
    await pilot.press("greater_than_sign")
    while not chamber.state.finished:
        await pilot.pause(0.05)
    await settle(pilot)


async def pictures(pilot: Session) -> None:
    """The screens of the README."""
    await settle(pilot)
    await held(pilot)
    await press(pilot, "2", "n")
    keep("arguments", picture(pilot))
    await press(pilot, "1")
    pilot.app.screen.query_one("#speeches", Reel).action_cursor(3)
    await settle(pilot)
    keep("chamber", picture(pilot))
    await press(pilot, "t")
    reel = pilot.app.screen.query_one("#document", Reel)
    cited = [place for place, item in enumerate(reel.items) if item.length > 150]
    reel.move_to(reel.items[cited[6]].id)
    await settle(pilot)
    keep("strategy", picture(pilot))
    await press(pilot, "enter")
    keep("evidence", picture(pilot))
    await press(pilot, "escape", "escape", "w")
    keep("whatif", picture(pilot))
    await press(pilot, "escape", "escape")
    keep("home", picture(pilot))


async def recording(pilot: Session) -> list[Frame]:
    """A first session: begin, listen, look where it rests, see what was decided."""
    frames: list[Frame] = []

    async def look(seconds: float, *keys: str) -> None:
        await press(pilot, *keys)
        frames.append(Frame(picture(pilot), seconds))

    await look(2.5)
    await opened(pilot)
    for _ in range(16):
        await asyncio.sleep(0.4)
        await look(0.4)
    await ended(pilot)
    await look(2.5)
    await look(2.5, "n")
    await look(3, "2")
    await look(3, "3")
    await look(3, "t")
    await look(1.5, "n", "n")
    await look(3, "j", "enter")
    await look(2, "escape", "escape", "escape")
    return frames


def animated(frames: list[Frame]) -> str:
    """The frames as one SVG, each visible in its time."""
    total = sum(frame.seconds for frame in frames)
    box = re.search(r'viewBox="([^"]+)"', frames[0].svg)
    assert box is not None
    rules, parts, start = [], [], 0.0
    for number, frame in enumerate(frames):
        body = re.sub(r"@font-face \{.*?\}\s*", "", frame.svg, flags=re.DOTALL)
        body = re.sub(r"terminal-\d+", f"f{number}", body)
        inner = re.sub(r"^.*?<svg[^>]*>|</svg>\s*$", "", body, flags=re.DOTALL)
        here, there = start / total * 100, (start + frame.seconds) / total * 100
        rules.append(
            f"@keyframes k{number} {{ 0%, {here:.3f}% {{ visibility: hidden }} "
            f"{here + 0.001:.3f}%, {there:.3f}% {{ visibility: visible }} "
            f"{there + 0.001:.3f}%, 100% {{ visibility: hidden }} }}\n"
            f"#s{number} {{ visibility: hidden; animation: k{number} {total:.1f}s step-end infinite }}"
        )
        parts.append(f'<g id="s{number}">{inner}</g>')
        start += frame.seconds
    title = html.escape("A first session with Jemaa")
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{box[1]}"><title>{title}</title>'
        f"<style>{''.join(rules)}</style>{''.join(parts)}</svg>"
    )


async def run(size: tuple[int, int], play: Callable[[Session], Awaitable[list[Frame] | None]]) -> list[Frame]:
    """Play a session in an app of its own."""
    with tempfile.TemporaryDirectory() as folder:
        here = Path.cwd()
        os.chdir(folder)
        try:
            settings = load(transcripts="transcripts/saved", interface="en", theme="dark", pace=1200)
            app = Jemaa(Home(settings), settings)
            async with app.run_test(size=size) as pilot:
                return await play(pilot) or []
        finally:
            os.chdir(here)


if __name__ == "__main__":
    asyncio.run(run(LARGE, pictures))
    keep("session", animated(asyncio.run(run(SMALL, recording))))
