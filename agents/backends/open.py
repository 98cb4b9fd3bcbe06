"""Which backend speaks for a `--model` value."""

from agents.debate.plan import DebatePlan
from agents.debate.turn import Backend
from agents.errors import InputError

OFFLINE = "offline"


def open_backend(plan: DebatePlan) -> Backend:
    """The backend that `plan.model` names. Raises InputError for a name that none answers to."""
    if plan.model == OFFLINE:
        from agents.backends.offline.backend import OfflineBackend  # noqa: PLC0415  knowledge loads on demand

        return OfflineBackend(plan)
    if ":" in plan.model:
        from agents.backends.chat.backend import ChatBackend  # noqa: PLC0415  a second of imports

        return ChatBackend(plan)
    raise InputError(
        f"Unknown model {plan.model!r}.",
        f"Use {OFFLINE!r}, or PROVIDER:NAME, for example openai:NAME; `jemaa models` says what can be used.",
    )
