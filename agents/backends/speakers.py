"""Which models speak for whom."""

from pathlib import PurePath

from agents.debate.extraction import READER
from agents.debate.plan import DebatePlan
from agents.debate.turn import MODERATOR

OFFLINE = "offline"
"""The embedded debaters."""


def speakers(plan: DebatePlan) -> tuple[str, ...]:
    """The roles in their order, then the moderator."""
    return (*(charter.name for charter in plan.charters), MODERATOR)


def models_of(plan: DebatePlan, role: str) -> tuple[str, ...]:
    """What may speak for `role`, in order; the reader is the model that searches the article."""
    if role == READER and plan.extraction is not None:
        return tuple(dict.fromkeys((plan.extraction.model, *plan.fallbacks)))
    return tuple(dict.fromkeys((plan.role_models.get(role, plan.model), *plan.fallbacks)))


def without_folder(model: str) -> str:
    """A model as it is known wherever a debate is replayed: a file by its name, not by where it lies."""
    kind, _, name = model.partition(":")
    return f"{kind}:{PurePath(name).name}" if kind == "gguf" else model


def all_models(plan: DebatePlan) -> tuple[str, ...]:
    """Every language model that may speak in the debate, once, in a fixed order."""
    asked = [role for role in speakers(plan) if models_of(plan, role)[0] != OFFLINE]
    named = dict.fromkeys(name for role in asked for name in models_of(plan, role))
    return tuple(name for name in named if name != OFFLINE)
