"""Language models at the table: a request becomes a prompt, and what comes back a validated reply."""

import asyncio
from collections.abc import Callable, Sequence
from contextlib import nullcontext

from langchain_core.messages import AIMessage, BaseMessage, HumanMessage, SystemMessage

from agents.backends.chat.ahead import EndTogether, First, PrefixOrder
from agents.backends.chat.ask import Patience, until_answered
from agents.backends.chat.citable import citable
from agents.backends.chat.failure import CallFailure, Hopeless, Refused, Transient
from agents.backends.chat.limits import Limits, Pace, Spending
from agents.backends.chat.material import VIEWS, shared
from agents.backends.chat.price import cost
from agents.backends.chat.provider import is_local, kind_of, open_model
from agents.backends.chat.read import Unusable, read_reply
from agents.backends.chat.schema import reply_schema
from agents.backends.chat.voice import Said, Voice
from agents.backends.watch import Waiting, Watch, Writing
from agents.debate.plan import DebatePlan
from agents.debate.turn import Answer, Prompt, Reply, TurnRequest, Usage
from agents.errors import ProviderError
from prompts.load import render, template

REPAIRS = 2
"""How often a reply may go back with what is wrong with it."""

_LOCAL_HOLD = 0.015
_REMOTE_HOLD = 1.0
"""Seconds within which a server on this machine or elsewhere refuses a wrong key or model name."""

_CHARACTERS_A_TOKEN = 4
_KEPT_OF_A_CUT_REPLY = 2000


class ChatBackend:
    """Roles and moderator speak through LangChain chat models.

    `watch` is told what is being written (which makes replies be streamed) and which waits are made;
    `cache_first` sends one call ahead wherever prompts share a beginning, so that the provider's cache is
    warm for the others.

    A backend that only renders (a replay) needs no package and no key; `open` gets the models ready.
    """

    def __init__(
        self,
        plan: DebatePlan,
        *,
        limits: Limits | None = None,
        patience: Patience | None = None,
        watch: Watch | None = None,
        cache_first: bool = False,
    ) -> None:
        self._plan = plan
        self._limits = limits or Limits()
        self._patience = patience or Patience()
        self._watch = watch
        self._names = _asked_for(plan)
        self._voices: dict[str, Voice] = {}
        self._places = asyncio.Semaphore(self._limits.in_flight)
        self._paces = {kind_of(name): Pace(self._limits) for name in self._names}
        self._spending = Spending(self._limits)
        local = all(is_local(kind_of(name)) for name in self._names)
        self._first = First(_LOCAL_HOLD if local else _REMOTE_HOLD)
        self._order = PrefixOrder() if cache_first else None
        self._facts = plan.facts()
        self._heard = 0
        self._ended: CallFailure | None = None
        self._in_flight = EndTogether()
        self._shown = tuple(span.id for span in plan.article.spans)
        written_in = template("shared", plan.language).language
        self._shared = render("shared", plan.language, **shared(plan, plan.article.spans, "", written_in))

    def open(self) -> None:
        """Get every model ready to be asked. Raises InputError when one cannot be used here."""
        for name in self._names:
            if name not in self._voices:
                self._voices[name] = Voice(open_model(name))

    def render(self, request: TurnRequest) -> Prompt:
        """The parts of the prompt in the order of how many turns share them, and the form of the reply."""
        phase = request.address.phase
        ids = citable(self._plan, request, self._shown)
        parts = render(phase, self._plan.language, **VIEWS[phase](self._plan, request, ids))
        names = _models(self._plan, request.address.role)
        config = {
            "model": names[0],
            "prompt": f"{phase}/{template(phase, self._plan.language).version}",
        }
        if len(names) > 1:
            config["fallbacks"] = ", ".join(names[1:])
        return Prompt(config=config, parts=(*self._shared, *parts), schema=reply_schema(request, ids))

    async def answer(self, request: TurnRequest, prompt: Prompt) -> Answer:
        """A validated reply, or the cause for which there is none.

        Raises ProviderError when no model can go on: wrong key or model name, a server that stays away, a
        spent budget.
        """
        async with self._in_flight:
            return await self._answer(request, prompt)

    async def _answer(self, request: TurnRequest, prompt: Prompt) -> Answer:
        self.open()
        address = str(request.address)
        tally = _Tally()
        failed: CallFailure | None = None
        async with self._order.place(prompt.parts) if self._order else nullcontext():
            for name in _models(self._plan, request.address.role):
                heard_before = self._heard
                try:
                    async with asyncio.timeout(self._limits.turn_seconds):
                        return await self._turn(self._voices[name], request, prompt, tally)
                except TimeoutError:
                    failed = Transient(f"{name} took longer than {self._limits.turn_seconds:g} seconds")
                except CallFailure as error:
                    failed = error
        assert failed is not None, "a turn that is not answered has failed"
        if isinstance(failed, Hopeless) or self._heard == heard_before:
            self._ended = failed
            raise ProviderError(
                f"{address}: {failed.cause}",
                "What was said is kept; resume the debate once this is put right.",
            )
        return Answer(None, tally.usage(), failed.cause)

    async def close(self) -> None:
        """Close connections; only needed where the event loop lives on."""
        for voice in self._voices.values():
            await voice.close()

    async def _turn(self, voice: Voice, request: TurnRequest, prompt: Prompt, tally: "_Tally") -> Answer:
        language = self._plan.language
        messages: list[BaseMessage] = [
            SystemMessage(prompt.parts[0]),
            HumanMessage("\n\n".join(prompt.parts[1:])),
        ]
        problems: list[str] = []
        for _ in range(1 + REPAIRS):
            said = await self._ask(voice, messages, prompt, str(request.address), tally)
            try:
                reply = self._read(said, request, prompt)
                return Answer(reply, tally.usage())
            except Unusable as unusable:
                problems = unusable.problems
            (again,) = render("repair", language, problems=problems)
            text = said.text[:_KEPT_OF_A_CUT_REPLY] if said.cut else said.text
            messages = [*messages[:2], AIMessage(text or "…"), HumanMessage(again)]
        return Answer(
            None, tally.usage(), f"{voice.name} gave no usable reply in {1 + REPAIRS} tries: {problems[0]}"
        )

    def _read(self, said: Said, request: TurnRequest, prompt: Prompt) -> Reply:
        if said.cut:
            raise Unusable([f"the reply was cut off after {said.output_tokens} tokens: be shorter"])
        phase, language = request.address.phase, self._plan.language
        return read_reply(said.text, phase, prompt.schema, self._facts, language)

    async def _ask(
        self, voice: Voice, messages: Sequence[BaseMessage], prompt: Prompt, address: str, tally: "_Tally"
    ) -> Said:
        size = sum(len(message.text) for message in messages) // _CHARACTERS_A_TOKEN

        async def call() -> Said:
            await self._first.turn()
            await self._paces[voice.provider].keep(size)
            async with self._places:
                if self._ended is not None:
                    raise self._ended
                self._spending.begin_call()
                tally.calls += 1
                try:
                    said = await voice.say(messages, prompt.schema, self._listener(address))
                except Refused as refused:
                    if len(self._names) == 1 and (isinstance(refused, Hopeless) or not self._heard):
                        self._ended = refused
                    raise
                finally:
                    self._first.answered()
            self._heard += 1
            self._spending.add(tally.add(voice.name, said))
            return said

        def waiting(seconds: float, cause: str, tried: int) -> None:
            tally.retries += 1
            if self._watch:
                self._watch(Waiting(address, seconds, cause, tried))

        return await until_answered(call, self._patience, waiting)

    def _listener(self, address: str) -> Callable[[str], None] | None:
        if (watch := self._watch) is None:
            return None
        return lambda text: watch(Writing(address, text))


class _Tally:
    """What one turn has used so far."""

    def __init__(self) -> None:
        self.calls = 0
        self.retries = 0
        self._answers: list[Usage] = []

    def add(self, model: str, said: Said) -> Usage:
        """Count an answer; its own usage."""
        spent = Usage(
            input_tokens=said.input_tokens,
            output_tokens=said.output_tokens,
            cost=cost(model, said.input_tokens, said.cached, said.output_tokens),
        )
        self._answers.append(spent)
        return spent

    def usage(self) -> Usage:
        """The whole turn; its cost is known when that of each answer is."""
        costs = [answer.cost for answer in self._answers if answer.cost is not None]
        known = len(costs) == len(self._answers) > 0
        return Usage(
            calls=self.calls,
            retries=self.retries,
            input_tokens=sum(answer.input_tokens for answer in self._answers),
            output_tokens=sum(answer.output_tokens for answer in self._answers),
            cost=sum(costs) if known else None,
        )


def _models(plan: DebatePlan, role: str) -> tuple[str, ...]:
    """The models that may speak for `role`, in order."""
    return (plan.model,)


def _asked_for(plan: DebatePlan) -> tuple[str, ...]:
    """Every model that the plan names, once."""
    return (plan.model,)
