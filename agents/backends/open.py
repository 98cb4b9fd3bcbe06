"""Which backend speaks for a `--model` value."""

import gc
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from agents.backends.chat.limits import Allowance, Limits
from agents.backends.speakers import OFFLINE, all_models, models_of, speakers
from agents.backends.watch import Watch
from agents.debate.plan import DebatePlan
from agents.debate.turn import Answer, Backend, Prompt, TurnRequest
from agents.errors import InputError

if TYPE_CHECKING:
    from prompts.load import Prompts


def open_backend(
    plan: DebatePlan,
    *,
    ask: bool = True,
    watch: Watch | None = None,
    streamed: bool = True,
    limits: Limits | Allowance | None = None,
    cache_first: bool = False,
    prompts: Path | None = None,
) -> Backend:
    """The backend that `plan.model`, `plan.role_models` and `plan.fallbacks` name.

    Without `ask` it only renders requests, as a replay does, and needs no package and no key. `watch` is told
    what is being written and waited for; `limits` hold for all calls to models (None: those of `Limits`),
    an allowance for those of all debates that are given it; `cache_first` warms a provider's cache with one call.
    `prompts` is a folder of somebody's own, for language models.

    Raises InputError for a name that none answers to, and when what it needs is missing here.
    """
    _check_names(plan)
    offline = [role for role in speakers(plan) if models_of(plan, role)[0] == OFFLINE]
    if len(offline) == len(speakers(plan)) and plan.extraction is None:
        return _offline(plan)
    from agents.backends.chat.backend import ChatBackend  # noqa: PLC0415  a second of imports

    chat = ChatBackend(
        plan,
        limits=limits,
        watch=watch,
        streamed=streamed,
        cache_first=cache_first,
        prompts=_prompts(prompts),
    )
    if ask:
        chat.open()
        gc.collect()
        gc.freeze()  # a quarter of a million objects of the libraries that no collection needs to walk again
    return ByRole(chat, dict.fromkeys(offline, _offline(plan))) if offline else chat


def _prompts(folder: Path | None) -> "Prompts":
    from prompts.load import SHIPPED, Prompts  # noqa: PLC0415  the embedded debaters need no template engine

    if folder is None:
        return SHIPPED
    try:
        return Prompts(folder)
    except (ValueError, OSError) as error:
        raise InputError(
            f"The prompts cannot be used: {error}", "A prompt is changed from a copy of a shipped one."
        ) from error


def fitted(plan: DebatePlan) -> DebatePlan:
    """`plan` with the context that all its language models take, so that it is on the record.

    That is what they are known to take, and no more than the plan allows.

    Raises InputError when a model cannot be used here.
    """
    _check_names(plan)
    if not (names := all_models(plan)):
        return plan
    from agents.backends.chat.provider import context_of  # noqa: PLC0415  a second of imports

    known = [context for name in names if (context := context_of(name)) is not None]
    allowed = [*known, *([] if plan.context is None else [plan.context])]
    return plan.model_copy(update={"context": min(allowed)}) if allowed else plan


class ByRole:
    """Some roles by one backend, all others by another."""

    def __init__(self, others: Backend, by_role: Mapping[str, Backend]) -> None:
        self._others = others
        self._by_role = by_role

    def render(self, request: TurnRequest) -> Prompt:
        """What the speaker's backend would send."""
        return self._of(request).render(request)

    async def answer(self, request: TurnRequest, prompt: Prompt) -> Answer:
        """What the speaker's backend answers."""
        return await self._of(request).answer(request, prompt)

    def _of(self, request: TurnRequest) -> Backend:
        return self._by_role.get(request.address.role, self._others)


def _offline(plan: DebatePlan) -> Backend:
    from agents.backends.offline.backend import OfflineBackend  # noqa: PLC0415  knowledge loads on demand

    _freeze_libraries()
    return OfflineBackend(plan)


@cache
def _freeze_libraries() -> None:
    """Once per process: walking all that was imported, to collect nothing, costs a third of an offline debate.

    Rarer rounds over what is young spare another twentieth.
    """
    gc.freeze()
    gc.set_threshold(10_000)


def _check_names(plan: DebatePlan) -> None:
    roles = speakers(plan)
    for role in plan.role_models:
        if role not in roles:
            raise InputError(
                f"A model is named for {role!r}, who takes no part.",
                f"Those who speak are {', '.join(roles)}.",
            )
    for name in (plan.model, *plan.role_models.values()):
        if name != OFFLINE and ":" not in name:
            raise InputError(
                f"Unknown model {name!r}.",
                f"Use {OFFLINE!r}, or PROVIDER:NAME, for example openai:NAME; `jemaa models` says what can be used.",
            )
    for name in plan.fallbacks:
        if ":" not in name:
            raise InputError(
                f"{name!r} cannot be a fallback.", "Only a language model, PROVIDER:NAME, can be."
            )
