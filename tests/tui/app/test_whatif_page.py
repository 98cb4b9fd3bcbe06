"""What if, by keys and by mouse."""

from pathlib import Path

import pytest
from textual.pilot import Pilot

from agents.backends.open import open_backend
from agents.debate.plan import DebatePlan
from transcripts.library.course import read_course
from transcripts.log.session import start
from tui.app.chamber import Chamber
from tui.app.main import Jemaa
from tui.app.whatif import WhatIf
from tui.app.widgets.levers import Levers
from tui.present.trial import BEFORE_SLIDER, SLIDER
from tui.settings import load
from tui.state import DebateState

NARROW = (80, 24)


def on_screen(pilot: Pilot[None]) -> str:
    lines = pilot.app.screen._compositor.render_strips()
    return "\n".join("".join(segment.text for segment in strip) for strip in lines)


@pytest.fixture
def page(state: DebateState) -> WhatIf:
    return WhatIf(state, None)


async def test_a_key_that_is_held(page: WhatIf) -> None:
    """Each press moves the weight of a role by a tenth, and the decisions follow at once, marked."""
    async with Jemaa(page).run_test(size=NARROW) as pilot:
        await pilot.press(*["left"] * 6)
        await pilot.pause()
        assert 0.4 == page.trial.weights["energy"]
        shown = on_screen(pilot)

    changed = page.trial.outcome.changed
    assert changed
    assert all(f"● {name}" in shown for name in changed)


async def test_switches(page: WhatIf) -> None:
    """Space leaves a role or an argument out and takes it in again; on the rule it goes on to the next."""
    async with Jemaa(page).run_test(size=NARROW) as pilot:
        await pilot.press("space", "down", "down", "space", "down", "space")
        assert ({"energy"}, "strict", {"A1.1"}) == (
            page.trial.without_roles,
            page.trial.rule,
            page.trial.without_arguments,
        )
        await pilot.press("r")
        assert not page.trial.changed


async def test_mouse(page: WhatIf) -> None:
    """A click on a slider puts it there; a click on an argument switches it."""
    async with Jemaa(page).run_test(size=NARROW) as pilot:
        await pilot.pause()
        await pilot.click(Levers, offset=(2 + BEFORE_SLIDER + SLIDER * 2 // 3, 1))
        await pilot.click(Levers, offset=(10, 3))
        await pilot.pause()

    assert 2.0 == page.trial.weights["finance"]
    assert {"A1.1"} == page.trial.without_arguments


async def test_another_recommendation(page: WhatIf) -> None:
    """The arguments are those of the recommendation that is chosen."""
    async with Jemaa(page).run_test(size=NARROW) as pilot:
        await pilot.press("n")
        await pilot.pause()
        assert "A2.1" in on_screen(pilot)
        assert "A1.1" not in on_screen(pilot)


async def test_saved_as_a_fork(plan: DebatePlan, tmp_path: Path) -> None:
    """The fork is a debate of its own, held under the other weight, in a file of its own."""
    settings = load(transcripts=str(tmp_path / "saved"), pace=0)
    session = start(plan, open_backend, settings.transcripts)
    async for _ in session.events():
        pass
    course = read_course(session.path)
    page = WhatIf(DebateState.of(course.plan).apply_all(course.events), session.path)
    app = Jemaa(page, settings)
    async with app.run_test(size=NARROW) as pilot:
        await pilot.press("right", "s")
        await app.workers.wait_for_complete()
        await pilot.pause()
        chamber = app.screen
        assert isinstance(chamber, Chamber)
        await app.workers.wait_for_complete()
        assert chamber.sitting.finished
        path = chamber.sitting.path
        assert path is not None

    made = read_course(path)
    assert 1.1 == made.plan.charter("energy").weight
    assert session.path != path
