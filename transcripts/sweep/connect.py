"""The client of a Dask scheduler: one that runs somewhere, or one of our own on this machine."""

import logging
import os
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from typing import Any

from agents.errors import ClusterError, InputError

LOCAL = "local"
"""The address of a cluster of one's own, on this machine's loopback interface."""

_SECONDS = 10
_PORT = 8786
_LOGGERS = ("distributed", "distributed.client", "distributed.comm", "tornado.application")


@asynccontextmanager
async def connected(address: str, threads: int, workers: int | None) -> AsyncGenerator[Any, None]:
    """An asynchronous client of the scheduler at `address`; `local` starts `workers` of so many `threads`.

    TLS, timeouts and all else is configured as Dask is. Raises InputError when Dask is not installed or the
    address is none, ClusterError when nobody answers there.
    """
    try:
        import distributed  # noqa: PLC0415  half a second, and an extra
    except ImportError as error:
        raise InputError(
            "A sweep over a cluster needs Dask, which is not installed.",
            "Install the extra: pip install 'jemaa[cluster]'; in a checkout: .venv/bin/pip install -e '.[cluster]'",
        ) from error
    dask: Any = distributed
    for name in _LOGGERS:
        logging.getLogger(name).setLevel(logging.CRITICAL)  # what is lost is told in our words
    if address == LOCAL:
        async with (
            dask.LocalCluster(
                n_workers=workers or os.cpu_count() or 1,
                threads_per_worker=threads,
                processes=True,
                host="127.0.0.1",
                protocol="tcp",
                dashboard_address=None,
                scheduler_kwargs={"dashboard_address": "127.0.0.1:0"},  # any port for what tells its health
                memory_limit=0,
                silence_logs=logging.CRITICAL,
                asynchronous=True,
            ) as cluster,
            dask.Client(cluster, asynchronous=True, set_as_default=False) as client,
        ):
            yield client
        return
    _check(address)
    client = dask.Client(address, asynchronous=True, set_as_default=False, timeout=_SECONDS)
    try:
        await client
        yield client
    except (OSError, RuntimeError) as error:
        if client.status == "running":
            raise
        raise ClusterError(
            f"No Dask scheduler can be had at {address[:80]}: {error}.",
            "Start one (dask scheduler --host 127.0.0.1), or use --cluster local; then the same command again.",
        ) from error
    finally:
        await client.close(timeout=_SECONDS)


def _check(address: str) -> None:
    from distributed.comm.addressing import parse_address, parse_host_port  # noqa: PLC0415  an extra
    from distributed.comm.registry import get_backend  # noqa: PLC0415  same

    try:
        scheme, place = parse_address(address)
        get_backend(scheme)
        parse_host_port(place, _PORT)
    except ValueError as error:
        raise InputError(
            f"{address[:80]!r} is no address of a Dask scheduler: {error}.",
            f"Write for example tcp://127.0.0.1:8786 or tls://HOST:8786, or {LOCAL}.",
        ) from error
