"""One request, made until it is answered: the only retries of the program."""

import asyncio
import random
from collections.abc import Awaitable, Callable
from http import HTTPStatus
from typing import NamedTuple, TypeVar

from tenacity import (
    AsyncRetrying,
    RetryCallState,
    retry_if_exception_type,
    wait_random_exponential,
)
from tenacity.stop import stop_base
from tenacity.wait import wait_base

from agents.backends.chat.failure import Transient, Unreached

_LATER = 1.1
_LONGEST_OF_OURS = 30.0
T = TypeVar("T")


class Patience(NamedTuple):
    """How long to go on with a call that fails for now.

    It is made `tries` times, `alone` when nobody was ever there to answer; a refusal for want of room (429)
    does not count while others are answered. The waits between are drawn between 0 and `first` seconds,
    doubled each time up to half a minute; a server that says how long is obeyed up to `longest` seconds and
    given up beyond it.
    """

    tries: int = 8
    alone: int = 5
    first: float = 1.0
    longest: float = 120.0


class _AsTold(wait_base):
    """What the server asked for and a little more, else an exponential wait with full jitter.

    Many calls are refused together; without jitter they would come back together.
    """

    def __init__(self, patience: Patience) -> None:
        self._otherwise = wait_random_exponential(multiplier=patience.first, max=_LONGEST_OF_OURS)

    def __call__(self, retry_state: RetryCallState) -> float:
        told = _told(retry_state)
        return self._otherwise(retry_state) if told is None else told * random.uniform(1.0, _LATER)  # noqa: S311


class _Enough(stop_base):
    """Stop after so many failures that count, or when the server asks for more than we are ready to wait."""

    def __init__(self, patience: Patience, heard: Callable[[], int]) -> None:
        self._patience = patience
        self._heard = heard
        self._heard_before = heard()
        self._failures = 0

    def __call__(self, retry_state: RetryCallState) -> bool:
        told = _told(retry_state)
        if told is not None and told > self._patience.longest:
            return True
        error = _error(retry_state)
        crowded = isinstance(error, Transient) and error.status == HTTPStatus.TOO_MANY_REQUESTS
        if crowded and self._heard() > self._heard_before:
            self._heard_before = self._heard()
            return False
        self._failures += 1
        alone = isinstance(error, Unreached) and not self._heard()
        return self._failures >= (self._patience.alone if alone else self._patience.tries)


async def until_answered(
    call: Callable[[], Awaitable[T]],
    patience: Patience,
    heard: Callable[[], int],
    waiting: Callable[[float, str, int], None],
    pause: Callable[[float], Awaitable[None]] = asyncio.sleep,
) -> T:
    """The result of `call`, made again after each Transient failure.

    `heard` counts what all calls were answered so far. `waiting` is told, before each wait, its seconds, its
    cause and how often the call was made; `pause` waits. Raises the last failure itself: Transient when
    patience is at its end, any other at once; and what `pause` raises.
    """

    def before_sleep(state: RetryCallState) -> None:
        wait = state.next_action.sleep if state.next_action else 0.0
        waiting(wait, str(_error(state)), state.attempt_number)

    retrying = AsyncRetrying(
        sleep=pause,
        retry=retry_if_exception_type(Transient),
        wait=_AsTold(patience),
        stop=_Enough(patience, heard),
        before_sleep=before_sleep,
        reraise=True,
    )
    return await retrying(call)


def _error(state: RetryCallState) -> BaseException | None:
    return state.outcome.exception() if state.outcome else None


def _told(state: RetryCallState) -> float | None:
    error = _error(state)
    return error.wait if isinstance(error, Transient) else None
