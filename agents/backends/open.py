"""Which backend speaks for a `--model` value."""

import gc

from agents.backends.watch import Watch
from agents.debate.plan import DebatePlan
from agents.debate.turn import Backend
from agents.errors import InputError

OFFLINE = "offline"


def open_backend(
    plan: DebatePlan, *, ask: bool = True, watch: Watch | None = None, cache_first: bool = False
) -> Backend:
    """The backend that `plan.model` names.

    Without `ask` it only renders requests, as a replay does, and needs no package and no key. `watch` is told
    what is being written and waited for; `cache_first` warms a provider's cache with one call.

    Raises InputError for a name that none answers to, and when what it needs is missing here.
    """
    if plan.model == OFFLINE:
        from agents.backends.offline.backend import OfflineBackend  # noqa: PLC0415  knowledge loads on demand

        return OfflineBackend(plan)
    if ":" in plan.model:
        from agents.backends.chat.backend import ChatBackend  # noqa: PLC0415  a second of imports

        backend = ChatBackend(plan, watch=watch, cache_first=cache_first)
        if not ask:
            return backend
        backend.open()
        gc.collect()
        gc.freeze()  # a quarter of a million objects of the libraries that no collection needs to walk again
        return backend
    raise InputError(
        f"Unknown model {plan.model!r}.",
        f"Use {OFFLINE!r}, or PROVIDER:NAME, for example openai:NAME; `jemaa models` says what can be used.",
    )
