"""The chair's seat: a gate that every turn awaits before it is asked, and what the chair puts to the debate."""

import asyncio
from collections import deque
from collections.abc import AsyncIterator, Awaitable, Callable, Collection, Iterable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any, Literal, NamedTuple, TypeVar, cast

from pydantic import ValidationError

from agents.argument.model import QUESTION
from agents.debate.chair import AnotherRound, Close, Hold, Input, Question, Remark
from agents.debate.plan import DebatePlan
from agents.debate.turn import WHOLE_DEBATE, Address
from agents.errors import ChairStop, InputError
from agents.model import Frozen

RULING = "ruling"
Made = TypeVar("Made", bound=Frozen)


class Given(NamedTuple):
    """An act of the chair with the address of the turn before which it took effect."""

    before: str
    act: Input | Hold


class Inputs:
    """Recorded inputs, each of which takes effect once, where it did."""

    def __init__(self, recorded: Iterable[Given]) -> None:
        self._left = [given for given in recorded if not isinstance(given.act, Hold)]

    def before(self, address: Address) -> Input | None:
        """The next input at `address`.

        Before a ruling, what is left over on its recommendation is taken too: in a fork the turn before
        which it stood may not come.
        """
        return self._taken(lambda given: given.before == str(address)) or (
            self._taken(lambda given: _about(given) == address.recommendation)
            if address.phase == RULING
            else None
        )

    def _taken(self, wanted: Callable[[Given], bool]) -> Input | None:
        place = next((number for number, given in enumerate(self._left) if wanted(given)), None)
        return None if place is None else cast("Input", self._left.pop(place).act)


Save = Callable[[Given], Awaitable[None]]
"""Puts an act on the record; returns once it is safe there."""


async def _nowhere(given: Given) -> None:
    """Nothing is recorded."""


@dataclass(eq=False)
class _Waiting:
    """A turn, or the beginning of a round, that waits at the gate; `listens` to inputs on a recommendation."""

    address: str
    admitted: "asyncio.Future[bool]"
    listens: str | None


class Chair:
    """Who presides. Its methods may be called at any time from the loop that the debate runs on.

    `recorded` are the acts of earlier runs, which take effect again where they did; a round of which a turn
    is among `asked` was frozen then, so that nothing new is put before it. `save` records an act before
    anything uses it. `passes` tells which turns need not wait, because nobody will be asked.
    """

    def __init__(
        self,
        plan: DebatePlan,
        *,
        recorded: Sequence[Given] = (),
        asked: Collection[str] = (),
        save: Save = _nowhere,
        passes: Callable[[str], bool] = lambda _: False,
    ) -> None:
        self._plan = plan
        self._recorded = Inputs(recorded)
        self._frozen = {_round_of(address) for address in asked}
        self._save = save
        self._passes = passes
        self._pending: dict[str, deque[Input]] = {item.id: deque() for item in plan.recommendations}
        self._closed: set[str] = set()
        self._decided: set[str] = set()
        self._waiting: deque[_Waiting] = deque()
        self._admitted: set[str] = set()
        self._in_flight: set[str] = set()
        self._idle = asyncio.Event()
        self._idle.set()
        self._paused = False
        self._led = False
        self._steps = 0
        self._pace = 0.0
        self._not_before = 0.0
        self._timer: asyncio.TimerHandle | None = None
        self._stopped: str | None = None
        self._unsaid: list[tuple[str | None, Hold]] = []

    @property
    def paused(self) -> bool:
        """Whether turns are held back."""
        return self._paused

    @property
    def waiting(self) -> tuple[str, ...]:
        """The addresses that wait to be asked, first come first."""
        return tuple(waiting.address for waiting in self._waiting)

    @property
    def pace(self) -> float:
        """Seconds between one turn and the next; 0 lets each be asked as soon as it can be."""
        return self._pace

    @pace.setter
    def pace(self, seconds: float) -> None:
        self._pace = max(seconds, 0.0)
        self._not_before = 0.0
        self._serve()

    def lead(self, *, led: bool) -> None:
        """While it is led, a turn is asked only when `let` names it; none of this is recorded, for it changes nothing.

        It is for who plays a debate to a reader and holds it back until the reader is there.
        """
        self._led = led
        self._serve()

    def let(self, address: str) -> None:
        """Let one of the `waiting` turns be asked now, whatever the pace; in a pause it must be one of the steps."""
        if self._stopped is not None or (self._paused and not self._steps):
            return
        for waiting in self._waiting:
            if waiting.address == address:
                self._waiting.remove(waiting)
                self._let(waiting)
                return

    def pause(self) -> None:
        """Ask nobody further; turns in flight finish."""
        if not self._paused:
            self._paused, self._steps = True, 0
            self._say("pause")

    def go_on(self) -> None:
        """Let all turns be asked again."""
        if self._paused:
            self._paused = False
            self._say("go_on")
            self._serve()

    def step(self, turns: int = 1) -> None:
        """Let so many turns be asked, then hold the next one back."""
        self._paused = True
        self._steps += turns
        self._say("step")
        self._serve()

    def stop(self) -> None:
        """End the debate once the turns in flight are over; it can be resumed later."""
        if self._stopped is None:
            self._stopped = ""
            self._serve()

    def ask(self, recommendation: str, text: str, to: Sequence[str] = ()) -> None:
        """Put a question to the roles `to`, or to all. Raises InputError, as `put` does."""
        self.put(made(Question, recommendation=recommendation, text=text, to=tuple(to)))

    def remark(self, recommendation: str, text: str, **rest: Any) -> None:
        """Put an argument of the chair's own; `rest` are the other fields of Remark. Raises InputError."""
        self.put(made(Remark, recommendation=recommendation, text=text, **rest))

    def another_round(self, recommendation: str) -> None:
        """Have one round more on a recommendation. Raises InputError."""
        self.put(AnotherRound(recommendation=recommendation))

    def close(self, recommendation: str) -> None:
        """Decide a recommendation (or `all`) on what was said so far. Raises InputError."""
        self.put(Close(recommendation=recommendation))

    def put(self, given: Input) -> None:
        """Put an input, which takes effect before the next round of its recommendation, or before its ruling.

        A question is put at once where no turn of its recommendation is under way, in a pause too.
        `Close(recommendation="all")` closes every one that is open. Raises InputError, saying why, for a
        recommendation or role that does not exist, or that is decided or closed already.
        """
        if isinstance(given, Close) and given.recommendation == WHOLE_DEBATE:
            for name in self._pending:
                if name not in self._decided | self._closed:
                    self.put(Close(recommendation=name))
            return
        self._check(given)
        name = given.recommendation
        self._pending[name].append(given)
        if isinstance(given, Close):
            self._closed.add(name)
        for waiting in [item for item in self._waiting if item.listens == name]:
            self._waiting.remove(waiting)
            _settle(waiting, admitted=False)

    @asynccontextmanager
    async def floor(self, address: Address) -> AsyncIterator[None]:
        """The turn's time: entered once it may be asked. Raises ChairStop when it may not any more."""
        key = str(address)
        # Who is asked by the chair has the floor from the chair, in a pause too.
        if self._stopped is not None or not (self._passes(key) or address.phase == QUESTION):
            await self.admit(key)
        self._in_flight.add(key)
        self._idle.clear()
        try:
            yield
        finally:
            self._in_flight.discard(key)
            if not self._in_flight:
                self._idle.set()

    async def admit(self, address: str) -> None:
        """Wait until the turn at `address` may be asked; at once if it was let through before."""
        if address not in self._admitted and not await self._queued(address, None):
            raise AssertionError("only a round's beginning listens to inputs")

    async def next_input(self, before: Address) -> Input | None:
        """The next input that takes effect before `before`; None when what comes next begins.

        Waits with the turn at `before`; an input that is put meanwhile comes first.
        """
        recorded = self._recorded.before(before)
        if recorded is not None:
            return recorded
        key, name = str(before), before.recommendation
        if _round_of(key) not in self._frozen:
            pending = self._pending[name]
            while not pending and not (key in self._admitted or self._passes(key)):
                if await self._queued(key, name):
                    break
            if pending:
                given = pending.popleft()
                await self._save(Given(key, given))
                return given
        if before.phase == RULING:
            self._decided.add(name)
        return None

    def _check(self, given: Input) -> None:
        check_input(self._plan, given)
        name = given.recommendation
        if name in self._decided:
            raise InputError(
                f"{name} is decided already.", "Fork the debate before its ruling to take another course."
            )
        if name in self._closed:
            raise InputError(f"{name} is closed: it is decided on what was said.", "Fork the debate.")

    async def _queued(self, address: str, listens: str | None) -> bool:
        """Wait at the gate; False when an input came first."""
        free = not (self._paused or self._led or self._pace or self._waiting)
        if self._stopped is None and free:
            await self._tell(address)
            self._admitted.add(address)
            return True
        waiting = _Waiting(address, asyncio.get_running_loop().create_future(), listens)
        self._waiting.append(waiting)
        if self._paused and not self._steps:
            await self._tell(address)
        self._serve()
        try:
            admitted = await waiting.admitted
        finally:
            if waiting in self._waiting:
                self._waiting.remove(waiting)
        if self._stopped is not None:
            await self._idle.wait()
            if not self._stopped:
                self._stopped = address
                await self._save(Given(address, Hold(kind="stop")))
            raise ChairStop("The chair has stopped the debate.", "Go on with: jemaa resume")
        if admitted:
            await self._tell(address)
        return admitted

    async def _tell(self, address: str) -> None:
        """Record what holds turns back, or lets them go, at the first turn that it concerns."""
        while self._unsaid:
            place, said = self._unsaid.pop(0)
            await self._save(Given(place or address, said))

    def _say(self, kind: Literal["pause", "go_on", "step"]) -> None:
        self._unsaid.append((self._waiting[0].address if self._waiting else None, Hold(kind=kind)))

    def _serve(self) -> None:
        """Let through whoever may go."""
        if self._stopped is not None:
            while self._waiting:
                _settle(self._waiting.popleft(), admitted=True)
            return
        if not self._waiting or self._led or (self._paused and not self._steps):
            return
        loop = asyncio.get_running_loop()
        while self._waiting and (not self._paused or self._steps):
            if self._pace and loop.time() < self._not_before:
                if self._timer is not None:
                    self._timer.cancel()
                self._timer = loop.call_at(self._not_before, self._serve)
                return
            self._not_before = loop.time() + self._pace
            self._let(self._waiting.popleft())

    def _let(self, waiting: _Waiting) -> None:
        self._admitted.add(waiting.address)
        self._steps -= self._paused
        _settle(waiting, admitted=True)


def check_input(plan: DebatePlan, given: Input) -> None:
    """Raises InputError for a recommendation, or for a role, that the debate does not have."""
    names = [item.id for item in plan.recommendations]
    if given.recommendation not in names:
        raise InputError(
            f"There is no recommendation {given.recommendation[:40]!r}.",
            f"The debate has {', '.join(names)}.",
        )
    roles = [charter.name for charter in plan.charters]
    unknown = [role for role in given.to if role not in roles] if isinstance(given, Question) else []
    if unknown:
        raise InputError(
            f"No role {unknown[0][:40]!r} takes part in this debate.", f"The roles are {', '.join(roles)}."
        )


def made(kind: type[Made], **fields: Any) -> Made:
    """An input from what a person gave. Raises InputError for what does not hold."""
    try:
        return kind(**fields)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        where = ".".join(str(step) for step in first["loc"])
        raise InputError(f"The chair's {kind.__name__.lower()}: {where}: {first['msg']}.") from error


def _round_of(address: str) -> tuple[str, ...]:
    """The round of a recommendation that a turn belongs to: recommendation, phase and number."""
    return tuple(address.split("/")[:3])


def _about(given: Given) -> str:
    return cast("Input", given.act).recommendation


def _settle(waiting: _Waiting, *, admitted: bool) -> None:
    if not waiting.admitted.done():
        waiting.admitted.set_result(admitted)
