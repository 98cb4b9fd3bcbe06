"""A chair that is led: who plays a debate to a reader lets each turn be asked by name."""

import asyncio

from agents.article.model import Article, Recommendation
from agents.debate.plan import DebatePlan
from agents.debate.presiding import Chair, Given
from agents.debate.turn import Address
from agents.roles.model import Charter

PLAN = DebatePlan(
    article=Article(title="Cranes", language="en", sha256="ab" * 32, body="Cranes."),
    recommendations=(
        Recommendation(id="R1", text="Buy cranes."),
        Recommendation(id="R2", text="Sell ships."),
    ),
    charters=tuple(
        Charter(name=name, title={"en": name}, mission={"en": name}) for name in ("energy", "finance")
    ),
    language="en",
)
ADDRESSES = [f"{name}/opening/1/{role}" for name in ("R1", "R2") for role in ("energy", "finance")]


async def _quiet() -> None:
    for _ in range(5):
        await asyncio.sleep(0)


class Floor:
    """Turns that want to be asked, and those that were."""

    def __init__(self, chair: Chair) -> None:
        self.asked: list[str] = []
        self.tasks = [asyncio.create_task(self._take(chair, address)) for address in ADDRESSES]

    async def _take(self, chair: Chair, address: str) -> None:
        about, phase, round_, role = address.split("/")
        place = Address(recommendation=about, phase=phase, round=int(round_), role=role)
        async with chair.floor(place):
            self.asked.append(address)


async def test_only_who_is_named() -> None:
    """Nobody is asked by themselves; any of those who wait may be, in whatever order, and nothing is recorded."""
    saved: list[Given] = []

    async def save(given: Given) -> None:
        saved.append(given)

    chair = Chair(PLAN, save=save)
    chair.lead(led=True)
    floor = Floor(chair)
    await _quiet()
    assert ([], tuple(ADDRESSES)) == (floor.asked, chair.waiting)

    for address in (ADDRESSES[2], "R9/opening/1/energy", ADDRESSES[0]):
        chair.let(address)
        await _quiet()
    assert [ADDRESSES[2], ADDRESSES[0]] == floor.asked

    chair.lead(led=False)
    await asyncio.gather(*floor.tasks)
    assert sorted(ADDRESSES) == sorted(floor.asked)
    assert [] == saved


async def test_in_a_pause() -> None:
    """A pause holds also those who are named; a step lets one of them be asked."""
    chair = Chair(PLAN)
    chair.lead(led=True)
    floor = Floor(chair)
    await _quiet()
    chair.pause()
    chair.let(ADDRESSES[0])
    await _quiet()
    assert [] == floor.asked

    chair.step()
    for address in ADDRESSES[:2]:
        chair.let(address)
        await _quiet()
    assert [ADDRESSES[0]] == floor.asked

    chair.lead(led=False)
    chair.go_on()
    await asyncio.gather(*floor.tasks)
