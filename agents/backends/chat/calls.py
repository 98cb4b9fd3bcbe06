"""All calls of a debate: within the limits, made again when they fail for now, ended when none can succeed."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import suppress
from typing import Any

from langchain_core.messages import BaseMessage

from agents.backends.chat.ahead import BEFORE_SENDING, First
from agents.backends.chat.ask import Patience, until_answered
from agents.backends.chat.failure import CallFailure, Hopeless, Refused, Unreached
from agents.backends.chat.limits import Allowance
from agents.backends.chat.method import IN_PROCESS, SPEAKS_OPENAI
from agents.backends.chat.partial import prose_so_far
from agents.backends.chat.provider import is_local, kind_of, open_model
from agents.backends.chat.tally import Tally
from agents.backends.chat.trace import observed
from agents.backends.chat.voice import Said, Voice
from agents.backends.watch import Waiting, Watch, Writing
from agents.errors import ProviderError

_LOCAL_HOLD = 0.04
_REMOTE_HOLD = 1.0
"""Seconds within which a server on this machine or elsewhere refuses a wrong key or model name.

On this machine they cost little: the others' requests are made up meanwhile.
"""

_CHARACTERS_A_TOKEN = 4
_READ_EVERY = 24
"""Characters that are written before the reply is read again for whoever watches."""


class Calls:
    """The models of a debate. `heard` counts the answers so far, usable or not."""

    def __init__(
        self,
        names: Sequence[str],
        allowance: Allowance,
        patience: Patience,
        watch: Watch | None,
        *,
        streamed: bool,
        seed: int | None = None,
    ) -> None:
        self.heard = 0
        self._names = names
        self._seed = seed
        self._patience = patience
        self._watch = watch
        self._streamed = streamed
        self._voices: dict[str, Voice] = {}
        self._allowance = allowance
        self._first = First(_LOCAL_HOLD if all(map(is_local, map(kind_of, names))) else _REMOTE_HOLD)
        self._out: dict[str, Refused] = {}
        self._ended: ProviderError | None = None
        self._over = asyncio.Event()

    def open(self) -> None:
        """Get every model ready to be asked. Raises InputError when one cannot be used here."""
        for name in self._names:
            self._voice(name)

    async def close(self) -> None:
        """Close connections; only needed where the event loop lives on."""
        for voice in self._voices.values():
            await voice.close()

    def end(self, why: ProviderError) -> ProviderError:
        """Make no further call: whoever waits to make one is told the first reason, which is returned."""
        self._ended = self._ended or why
        self._over.set()
        self._first.answered()
        return ProviderError(self._ended.message, self._ended.hint)

    async def ask(
        self,
        name: str,
        messages: Callable[[], Sequence[BaseMessage]],
        schema: Mapping[str, Any],
        tally: Tally,
    ) -> Said:
        """What the model `name` says to `messages`, which are made when their turn has come.

        Thousands of turns may wait, each with the article in its messages.

        Raises CallFailure, at once when the model has been found to refuse whatever it is asked, and
        ProviderError when a budget is spent.
        """
        voice = self._voice(name)

        async def begin() -> None:
            await self._first.turn(tally)
            self._still_asked(name)
            self._begin_call()
            tally.begin_call()

        async def call() -> Said:
            async with self._allowance.place(in_process=voice.provider == IN_PROCESS):
                self._still_asked(name)
                sent = messages()
                size = sum(len(message.text) for message in sent) // _CHARACTERS_A_TOKEN
                await self._allowance.pace(voice.provider).keep(size, held_back)
                self._still_asked(name)
                said = await self._say(voice, sent, schema, tally, begin)
            self.heard += 1
            self._allowance.spending.add(tally.add(name, said))
            return said

        async def held_back(seconds: float, cause: str) -> None:
            self._tell(Waiting(tally.address, seconds, cause, tally.calls))
            await self._pause(seconds)

        def waiting(seconds: float, cause: str, tried: int) -> None:
            tally.retries += 1
            self._tell(Waiting(tally.address, seconds, cause, tried))

        return await until_answered(call, self._patience, lambda: self.heard, waiting, self._pause)

    def _voice(self, name: str) -> Voice:
        if name not in self._voices:
            self._voices[name] = Voice(open_model(name, self._seed))
        return self._voices[name]

    def _still_asked(self, name: str) -> None:
        if self._ended is not None:
            raise self.end(self._ended)
        if (out := self._out.get(name)) is not None:
            raise out

    def _begin_call(self) -> None:
        try:
            self._allowance.spending.begin_call()
        except ProviderError as spent:
            raise self.end(spent) from None

    async def _pause(self, seconds: float) -> None:
        """Sleep. Raises why there will be no further call, as soon as there will be none."""
        with suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                await self._over.wait()
        if self._ended is not None:
            raise self.end(self._ended)

    def _tell(self, waiting: Waiting) -> None:
        if self._watch:
            self._watch(waiting)

    async def _say(
        self,
        voice: Voice,
        sent: Sequence[BaseMessage],
        schema: Mapping[str, Any],
        tally: Tally,
        begin: Callable[[], Awaitable[None]],
    ) -> Said:
        """One call; `begin` is awaited before it, as late as the client can: what it waits for is made up by then."""
        if voice.provider in SPEAKS_OPENAI:
            BEFORE_SENDING.set(begin)
        else:
            await begin()
        model = voice.name.partition(":")[2]
        with observed(voice.provider, model, tally.address) as told:
            try:
                said = await voice.say(sent, schema, self._listener(tally.address))
            except Unreached as failure:
                told["error.type"] = type(failure).__name__
                self._first.unreached()
                raise
            except CallFailure as failure:
                if failure is self._out.get(voice.name):
                    told.clear()  # it was never sent
                    raise
                told["error.type"] = str(failure.status or type(failure).__name__)
                if isinstance(failure, Hopeless) or (isinstance(failure, Refused) and not self.heard):
                    self._out[voice.name] = failure
                self._first.answered()
                raise
            except ProviderError:
                told.clear()
                raise
            self._first.answered()
            told["gen_ai.usage.input_tokens"] = said.input_tokens
            told["gen_ai.usage.cache_read.input_tokens"] = said.cached
            told["gen_ai.usage.output_tokens"] = said.output_tokens
        return said

    def _listener(self, address: str) -> Callable[[str], None] | None:
        if (watch := self._watch) is None or not self._streamed:
            return None
        told, read = "", 0

        def heard(written: str) -> None:
            nonlocal told, read
            if len(written) - read < _READ_EVERY and not written.endswith("}"):
                return
            read = len(written)
            if (prose := prose_so_far(written)) != told:
                told = prose
                watch(Writing(address, prose))

        return heard
