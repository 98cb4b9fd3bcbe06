"""Handing debates to a Dask cluster. Dask only dispatches: what is done stands in the transcripts."""

import asyncio
from collections.abc import AsyncGenerator, Iterable, Iterator, Sequence
from contextlib import aclosing
from itertools import islice
from math import ceil
from time import monotonic
from typing import Any

import jemaa
from transcripts.sweep.connect import connected
from transcripts.sweep.several import side_by_side
from transcripts.sweep.sign import wanted
from transcripts.sweep.task import Outcome, Task, Terms
from transcripts.sweep.worker import Parcel, outcomes_of

PATIENCE = 30.0
"""Seconds without any worker after which a sweep gives up."""

_EVERY = 1.0
_AHEAD = 2
"""So many times what the workers can take is handed over, so that none waits for more."""


async def over_cluster(
    tasks: Sequence[Task],
    address: str,
    terms: Terms,
    *,
    workers: int | None = None,
    patience: float = PATIENCE,
) -> AsyncGenerator[Outcome, None]:
    """What became of each debate, held by the workers of the scheduler at `address`, or of a cluster of our own.

    `workers` is how many a local cluster has (default: one for each processor). When the scheduler is lost, or
    all workers for longer than `patience`, the debates that are left come as unfinished. TLS and all else of
    Dask is configured as Dask is.

    Raises InputError when Dask is not installed, the address is none or the folder cannot be written, and
    ClusterError when nobody answers there.
    """
    # The sign goes before the client does, so that workers leave at once what nobody waits for.
    async with connected(address, terms.at_once, workers) as client:
        with wanted(terms.folder) as sign:
            async with aclosing(_handed_out(client, tasks, terms, sign, patience)) as outcomes:
                async for outcome in outcomes:
                    yield outcome


async def _handed_out(
    client: Any, tasks: Sequence[Task], terms: Terms, sign: str, patience: float
) -> AsyncGenerator[Outcome, None]:
    handing = _Handing(client, terms, sign, patience)
    watching = asyncio.ensure_future(handing.watch())
    try:
        share = await handing.size(len(tasks))
        taking = side_by_side(_shares(tasks, share), handing.hold, lambda: _AHEAD * handing.slots)
        async with aclosing(taking) as shares:
            async for outcomes in shares:
                for outcome in outcomes:
                    yield outcome
    finally:
        watching.cancel()
        await asyncio.gather(watching, return_exceptions=True)


class _Handing:
    """Hands shares of a sweep to the workers of a cluster as long as there are any."""

    def __init__(self, client: Any, terms: Terms, sign: str, patience: float) -> None:
        self.slots = 1
        self._client = client
        self._terms = terms
        self._sign = sign
        self._patience = patience
        self._lost: asyncio.Future[str] = asyncio.get_running_loop().create_future()

    async def size(self, debates: int) -> int:
        """How many debates to hand over together: so many that a worker holds `at_once`, whatever its threads."""
        threads = await self._threads()
        self.slots = max(1, sum(threads))
        enough = ceil(self._terms.at_once / min(threads, default=self._terms.at_once))
        return max(1, min(enough, debates // self.slots))

    async def hold(self, tasks: Sequence[Task]) -> list[Outcome]:
        """What became of a share."""
        from distributed.client import FutureCancelledError  # noqa: PLC0415  it is an extra
        from distributed.scheduler import KilledWorker  # noqa: PLC0415  same

        if self._lost.done():
            return _left(tasks, self._lost.result())
        parcel = Parcel(terms=self._terms, sign=self._sign, tasks=tuple(tasks)).packed()
        future = self._client.submit(jemaa.hold_parcel, parcel, key=f"{tasks[0].id}{self._sign}", pure=False)
        result = asyncio.ensure_future(future.result())
        try:
            await asyncio.wait([result, self._lost], return_when=asyncio.FIRST_COMPLETED)
            if not result.done():
                return _left(tasks, self._lost.result())
            return outcomes_of(result.result())
        except FutureCancelledError:
            return _left(tasks, self._lose("The scheduler went away."))
        except KilledWorker as error:
            return _left(tasks, f"Its workers were lost, one after the other: {error}")
        except Exception as error:  # noqa: BLE001  whatever the installation of another machine raises
            return _left(tasks, f"A worker could not hold it: {type(error).__name__}: {error}", final=True)
        finally:
            result.cancel()
            await asyncio.gather(result, return_exceptions=True)
            future.release()

    async def watch(self) -> None:
        """Keep count of the workers, until none has been there for too long or nobody can say."""
        seen = monotonic()
        while not self._lost.done():
            await asyncio.sleep(_EVERY)
            try:
                threads = await self._threads()
            except OSError:
                self._lose("The scheduler went away.")
                return
            if threads:
                seen, self.slots = monotonic(), sum(threads)
            elif monotonic() - seen > self._patience:
                self._lose(f"No worker has been there for {self._patience:.0f} seconds.")

    async def _threads(self) -> list[int]:
        return list((await self._client.nthreads()).values())

    def _lose(self, why: str) -> str:
        if not self._lost.done():
            self._lost.set_result(why)
        return self._lost.result()


def _shares(tasks: Iterable[Task], size: int) -> Iterator[list[Task]]:
    rest = iter(tasks)
    while share := list(islice(rest, size)):
        yield share


def _left(tasks: Sequence[Task], cause: str, *, final: bool = False) -> list[Outcome]:
    return [Outcome(id=task.id, status="unfinished", cause=cause, must_change=final) for task in tasks]
