"""Handing debates to a Dask cluster. Dask only dispatches: what is done stands in the transcripts."""

import asyncio
import logging
import os
from collections.abc import AsyncGenerator, Iterable, Iterator, Sequence
from contextlib import aclosing, asynccontextmanager
from importlib import import_module
from itertools import islice
from math import ceil
from time import monotonic
from typing import Any

import jemaa
from agents.errors import ClusterError, InputError
from transcripts.sweep.several import side_by_side
from transcripts.sweep.task import Outcome, Task, Terms
from transcripts.sweep.worker import Parcel, outcomes_of

LOCAL = "local"
"""The address of a cluster of one's own on this machine."""

PATIENCE = 30.0
"""Seconds without any worker after which a sweep gives up."""

_CONNECT = 10
_EVERY = 1.0
_AHEAD = 2
"""So many times what the workers can take is handed over, so that none waits for more."""


async def over_cluster(
    tasks: Sequence[Task],
    address: str,
    terms: Terms,
    sign: str,
    *,
    workers: int | None = None,
    patience: float = PATIENCE,
) -> AsyncGenerator[Outcome, None]:
    """What became of each debate, held by the workers of the scheduler at `address`, or of a cluster of our own.

    `sign` is a file in the folder of the transcripts that lies there as long as the sweep is wanted; `workers`
    how many a local cluster has (default: one for each processor). When scheduler or workers are lost, the
    debates that are left come as unfinished. TLS and all else of Dask is configured as Dask is.

    Raises InputError when Dask is not installed or the address is none, ClusterError when nobody answers there.
    """
    async with _client(address, terms, workers) as client:
        handing = _Handing(client, terms, sign, patience)
        watching = asyncio.ensure_future(handing.watch())
        try:
            share = await handing.size(len(tasks))
            async with aclosing(
                side_by_side(_shares(tasks, share), handing.hold, lambda: _AHEAD * handing.slots)
            ) as shares:
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
        try:
            result = asyncio.ensure_future(future.result())
            await asyncio.wait([result, self._lost], return_when=asyncio.FIRST_COMPLETED)
            if not result.done():
                result.cancel()
                return _left(tasks, self._lost.result())
            return outcomes_of(result.result())
        except FutureCancelledError:
            return _left(tasks, self._lose("The scheduler went away."))
        except KilledWorker as error:
            return _left(tasks, f"Its workers were lost, one after the other: {error}")
        except Exception as error:  # noqa: BLE001  whatever the installation of another machine raises
            return _left(tasks, f"A worker could not hold it: {type(error).__name__}: {error}", final=True)
        finally:
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


@asynccontextmanager
async def _client(address: str, terms: Terms, workers: int | None) -> AsyncGenerator[Any, None]:
    try:
        dask: Any = import_module("distributed")  # half a second, and an extra
    except ImportError as error:
        raise InputError(
            "A sweep over a cluster needs Dask, which is not installed.",
            "Install the extra: pip install 'jemaa[cluster]', in a checkout: .venv/bin/pip install -e '.[cluster]'",
        ) from error
    for name in ("distributed", "distributed.client", "distributed.comm", "tornado.application"):
        # What is lost is told in our words.
        logging.getLogger(name).setLevel(logging.CRITICAL)
    if address == LOCAL:
        async with (
            dask.LocalCluster(
                n_workers=workers or os.cpu_count() or 1,
                threads_per_worker=terms.at_once,
                processes=True,
                host="127.0.0.1",
                protocol="tcp",
                dashboard_address=None,
                memory_limit=0,
                silence_logs=logging.CRITICAL,
                asynchronous=True,
            ) as cluster,
            dask.Client(cluster, asynchronous=True, set_as_default=False) as client,
        ):
            yield client
        return
    try:
        client = await dask.Client(address, asynchronous=True, set_as_default=False, timeout=_CONNECT)
    except ValueError as error:
        raise InputError(
            f"{address[:80]!r} is no address of a Dask scheduler: {error}.",
            f"Write for example tcp://127.0.0.1:8786 or tls://HOST:8786, or {LOCAL}.",
        ) from error
    except (OSError, TimeoutError) as error:
        raise ClusterError(
            f"No Dask scheduler answers at {address[:80]}.",
            "Start one (dask scheduler --host 127.0.0.1), or use --cluster local; then the same command again.",
        ) from error
    try:
        yield client
    finally:
        await client.close(timeout=5)


def _shares(tasks: Iterable[Task], size: int) -> Iterator[list[Task]]:
    rest = iter(tasks)
    while share := list(islice(rest, size)):
        yield share


def _left(tasks: Sequence[Task], cause: str, *, final: bool = False) -> list[Outcome]:
    return [Outcome(id=task.id, status="unfinished", cause=cause, must_change=final) for task in tasks]
