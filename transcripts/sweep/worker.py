"""What a Dask worker does: the debates of a parcel in its own event loop, as long as they are wanted."""

import asyncio
import socket
import zlib
from pathlib import Path

from pydantic import TypeAdapter

from agents.model import Frozen
from transcripts.sweep.process import Hall
from transcripts.sweep.task import Outcome, Task, Terms

_LEVEL = 1
_EVERY = 1.0
_OUTCOMES: TypeAdapter[list[Outcome]] = TypeAdapter(list[Outcome])

_halls: dict[str, Hall] = {}


class Parcel(Frozen):
    """Debates for a worker. `sign` names a file that lies in the folder as long as they are wanted.

    It travels as bytes of JSON rather than as pickled objects: a worker opens it only once it has made sure
    whose `agents` it imports.
    """

    terms: Terms
    sign: str
    tasks: tuple[Task, ...]

    def packed(self) -> bytes:
        """As bytes, for `hold_parcel`."""
        return zlib.compress(self.model_dump_json().encode(), _LEVEL)


async def hold_parcel(packed: bytes) -> bytes:
    """Hold the debates of a parcel side by side; gives, for `outcomes_of`, what became of them."""
    parcel = Parcel.model_validate_json(zlib.decompress(packed))
    sign = parcel.terms.folder / parcel.sign
    if not await asyncio.to_thread(sign.exists):
        return _packed([_elsewhere(task, parcel.terms.folder) for task in parcel.tasks])
    # One for each sweep and process: what is in flight counts for all its parcels together.
    hall = _halls.setdefault(parcel.sign, Hall(parcel.terms))
    holding = [asyncio.ensure_future(hall.hold(task)) for task in parcel.tasks]
    watching = asyncio.ensure_future(_until_gone(sign))
    try:
        over = asyncio.ensure_future(asyncio.wait(holding))
        await asyncio.wait([watching, over], return_when=asyncio.FIRST_COMPLETED)
    finally:
        for one in (watching, *holding):
            one.cancel()
        ended = await asyncio.gather(*holding, return_exceptions=True)
    for outcome in ended:
        if isinstance(outcome, Exception):
            raise outcome
    return _packed([outcome for outcome in ended if isinstance(outcome, Outcome)])


def outcomes_of(packed: bytes) -> list[Outcome]:
    """What became of the debates of a parcel; none for those that were no longer wanted."""
    return _OUTCOMES.validate_json(packed)


def _packed(outcomes: list[Outcome]) -> bytes:
    return _OUTCOMES.dump_json(outcomes)


async def _until_gone(sign: Path) -> None:
    """Return once the sign is gone; a shared disk that is away for a moment is not believed at once."""
    missed = 0
    while missed < 2:
        await asyncio.sleep(_EVERY)
        missed = 0 if await asyncio.to_thread(sign.exists) else missed + 1


def _elsewhere(task: Task, folder: Path) -> Outcome:
    return Outcome(
        id=task.id,
        status="unfinished",
        cause=f"The worker on {socket.gethostname()} does not see {folder} as the one who started the sweep does.",
        hint="Transcripts must lie in a folder that all machines share under one name: see docs/sweep.md.",
        must_change=True,
    )
