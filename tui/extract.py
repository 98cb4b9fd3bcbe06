"""Letting a language model look for recommendations that reading by rules missed, before the debate."""

import asyncio
from collections.abc import Callable
from time import perf_counter
from typing import TYPE_CHECKING, NamedTuple

from agents.article.model import Article
from agents.backends.speakers import OFFLINE, models_of
from agents.debate.extraction import extracted, extraction_requests
from agents.debate.plan import DebatePlan, Extraction
from agents.debate.turn import MODERATOR, Backend
from agents.errors import InputError, ProviderError
from transcripts.log.session import OpenBackend
from transcripts.log.tape import Taken

if TYPE_CHECKING:
    from agents.backends.chat.backend import ChatBackend

_SHOWN = 100


class Searched(NamedTuple):
    """The article with what was found, how the search is put on record, and its turns."""

    article: Article
    extraction: Extraction
    taken: tuple[Taken, ...]


def search(
    plan: DebatePlan, open_backend: OpenBackend, agree: Callable[[DebatePlan], None] | None
) -> Searched:
    """Ask the moderator's model for the recommendations of the plan's article; `agree` is asked before.

    Raises InputError when no model speaks for the moderator, ProviderError when it cannot be asked, and what
    `agree` raises.
    """
    model = models_of(plan, MODERATOR)[0]
    if model == OFFLINE:
        raise InputError(
            "Recommendations can be looked for by a language model only, and the model is 'offline'.",
            "Name one with --model PROVIDER:NAME, or leave out --extract model.",
        )
    planned = plan.model_copy(update={"extraction": Extraction(model=model)})
    if agree is not None:
        agree(planned)
    try:
        taken = asyncio.run(_asked(planned, open_backend(planned)))
    except ProviderError as error:
        raise ProviderError(
            error.message, "Nothing is on record yet. Without --extract model, rules alone find them."
        ) from None
    found = extracted(plan.article, [turn.answer for turn in taken])
    missed = tuple(f"{turn.request.address}: {turn.answer.failure}" for turn in taken if turn.answer.failure)
    extraction = Extraction(model=model, refused=found.refused, missed=missed)
    return Searched(found.article, extraction, tuple(taken))


def remarks(before: Article, searched: Searched) -> list[str]:
    """What the person should know of a search, line by line."""
    new = searched.article.recommendations[len(before.recommendations) :]
    found = f": {', '.join(one.id for one in new)}" if new else ""
    model = searched.extraction.model
    return [
        f"{model} found {len(new) or 'no'} more recommendation{'' if len(new) == 1 else 's'}{found}.",
        *(
            f"Left out, not in the article word for word: “{_short(quote)}”"
            for quote in searched.extraction.refused
        ),
        *(f"Could not be searched: {cause}" for cause in searched.extraction.missed),
    ]


def _short(quote: str) -> str:
    said = " ".join(quote.split())
    return said if len(said) <= _SHOWN else f"{said[:_SHOWN]}…"


async def _asked(plan: DebatePlan, backend: "Backend | ChatBackend") -> list[Taken]:
    taken = []
    try:
        for request in extraction_requests(plan):
            prompt = backend.render(request)
            began = perf_counter()
            answer = await backend.answer(request, prompt)
            taken.append(Taken(request, prompt, answer, perf_counter() - began))
    finally:
        if close := getattr(backend, "close", None):
            await close()
    return taken
