"""Language models at the table: a request becomes a prompt, and what comes back a validated reply."""

from contextlib import nullcontext, suppress
from typing import Any

from langchain_core.messages import AIMessage, BaseMessage, HumanMessage

from agents.backends.chat.ahead import EndTogether, PrefixOrder
from agents.backends.chat.ask import Patience
from agents.backends.chat.calls import Calls
from agents.backends.chat.citable import Citable, citable
from agents.backends.chat.excerpt import excerpt, room
from agents.backends.chat.failure import CallFailure, Hopeless, remedy
from agents.backends.chat.limits import Allowance, Deadline, Limits
from agents.backends.chat.material import VIEWS, Shown, passage, shared
from agents.backends.chat.messages import messages
from agents.backends.chat.provider import kind_of
from agents.backends.chat.read import Unusable, read_reply
from agents.backends.chat.schema import reply_schema
from agents.backends.chat.tally import Tally
from agents.backends.chat.voice import Said
from agents.backends.speakers import all_models, models_of, without_folder
from agents.backends.watch import Watch
from agents.debate.extraction import EXTRACTION
from agents.debate.plan import DebatePlan
from agents.debate.turn import WHOLE_DEBATE, Answer, Prompt, Reply, TurnRequest
from agents.errors import ProviderError
from prompts.load import SHIPPED, Prompts

REPAIRS = 2
"""How often a reply may go back with what is wrong with it."""

_KEPT_OF_A_CUT_REPLY = 2000
_RECORDED_OF_A_PROBLEM = 400


class ChatBackend:
    """Roles and moderator speak through LangChain chat models.

    `limits` hold for this debate, or, as an allowance, for all debates that are given the same one.
    `watch` is told what is being written, if replies are `streamed`, and which waits are made;
    `cache_first` sends one call ahead wherever prompts share a beginning, so that the provider's cache is
    warm for the others. A backend that only renders (a replay) needs no package and no key; `open` gets the
    models ready.
    """

    def __init__(
        self,
        plan: DebatePlan,
        *,
        limits: Limits | Allowance | None = None,
        patience: Patience | None = None,
        watch: Watch | None = None,
        streamed: bool = True,
        cache_first: bool = False,
        prompts: Prompts = SHIPPED,
    ) -> None:
        self._plan = plan
        self._prompts = prompts
        self._facts = plan.facts()
        allowance = limits if isinstance(limits, Allowance) else Allowance(limits or Limits())
        self._limits = allowance.limits
        self._deadline = Deadline(self._limits.debate_seconds)
        names, patience = all_models(plan), patience or Patience()
        self._calls = Calls(names, allowance, patience, watch, streamed=streamed, seed=plan.seed)
        self._order = PrefixOrder() if cache_first else None
        self._in_flight = EndTogether()
        self._room = room(plan)
        self._excerpt = excerpt(plan, self._room.article)
        self._shown = {name: self._excerpt.shown(name) + self._room.facts for name in _subjects(plan)}
        written_in = self._prompts.template("shared", plan.language).language
        self._shared = self._prompts.render(
            "shared", plan.language, **shared(plan, self._excerpt, self._room, written_in)
        )

    @property
    def left_out(self) -> int:
        """How many sentences of the article are not shown to all."""
        return len(self._plan.article.spans) - len(self._excerpt.outline)

    def open(self) -> None:
        """Get every model ready to be asked. Raises InputError when one cannot be used here."""
        self._calls.open()

    async def close(self) -> None:
        """Close connections; only needed where the event loop lives on."""
        await self._calls.close()

    def render(self, request: TurnRequest) -> Prompt:
        """The parts of the prompt in the order of how many turns share them, and the form of the reply."""
        phase, language = request.address.phase, self._plan.language
        if phase == EXTRACTION:
            ids, parts = Citable(), self._prompts.render(phase, language, **passage(self._plan, request))
        else:
            name = request.address.recommendation
            ids = citable(self._plan, request, self._shown[name])
            shown = Shown(ids, self._excerpt.relevant.get(name, ()), self._room)
            parts = (
                *self._shared,
                *self._prompts.render(phase, language, **VIEWS[phase](self._plan, request, shown)),
            )
        names = models_of(self._plan, request.address.role)
        version = self._prompts.template(phase, language).version
        config: dict[str, Any] = {"model": without_folder(names[0]), "prompt": f"{phase}/{version}"}
        if len(names) > 1:
            config["fallbacks"] = ", ".join(map(without_folder, names[1:]))
        if self._plan.seed is not None:
            config["seed"] = self._plan.seed
        return Prompt(config=config, parts=parts, schema=reply_schema(request, ids))

    async def answer(self, request: TurnRequest, prompt: Prompt) -> Answer:
        """A validated reply, or the cause for which there is none.

        Raises ProviderError when no model can go on: wrong key or model name, a server that stays away, a
        spent budget, the end of the debate's time; but only once the turns in flight are over.
        """
        self.open()
        order = self._order.place(prompt.parts) if self._order else nullcontext()
        async with self._in_flight, self._deadline.kept(), order:
            return await self._answer(request, prompt)

    async def _answer(self, request: TurnRequest, prompt: Prompt) -> Answer:
        tally = Tally(str(request.address), self._limits.turn_seconds)
        heard_before = self._calls.heard
        failed = CallFailure(f"no answer within {self._limits.turn_seconds:g} seconds")
        with suppress(TimeoutError):
            async with tally.deadline:
                for name in models_of(self._plan, request.address.role):
                    heard_before = self._calls.heard
                    try:
                        return Answer(await self._reply(name, request, prompt, tally), tally.usage())
                    except CallFailure as error:
                        latest = error
                failed = latest
        if isinstance(failed, Hopeless) or self._calls.heard == heard_before:
            raise self._calls.end(ProviderError(f"{request.address}: {failed.cause}", remedy(failed)))
        return Answer(None, tally.usage(), failed.cause)

    async def _reply(self, name: str, request: TurnRequest, prompt: Prompt, tally: Tally) -> Reply:
        """A usable reply of the model `name`, sent back for repair when need be. Raises CallFailure."""
        returned: list[BaseMessage] = []
        problems = [""]

        def sent() -> list[BaseMessage]:
            return messages(prompt, returned, kind_of(name))

        for _ in range(1 + REPAIRS):
            said = await self._calls.ask(name, sent, prompt.schema, tally)
            try:
                return self._read(said, request, prompt)
            except Unusable as unusable:
                problems = unusable.problems
                tally.repairs.append("; ".join(problems)[:_RECORDED_OF_A_PROBLEM])
            (again,) = self._prompts.render("repair", self._plan.language, problems=problems)
            text = said.text[:_KEPT_OF_A_CUT_REPLY] if said.cut else said.text
            returned = [AIMessage(text or "…"), HumanMessage(again)]
        raise CallFailure(f"{name} gave no usable reply in {1 + REPAIRS} tries: {problems[0]}")

    def _read(self, said: Said, request: TurnRequest, prompt: Prompt) -> Reply:
        if said.cut:
            raise Unusable([f"the reply was cut off after {said.output_tokens} tokens: be shorter"])
        phase, language = request.address.phase, self._plan.language
        facts = {*self._facts, *(fact.id for speech in request.speeches for fact in speech.facts)}
        claims = {argument.id: argument.claim for speech in request.speeches for argument in speech.arguments}
        return read_reply(said.text, phase, prompt.schema, facts, language, said=claims)


def _subjects(plan: DebatePlan) -> tuple[str, ...]:
    return (*(recommendation.id for recommendation in plan.recommendations), WHOLE_DEBATE)
