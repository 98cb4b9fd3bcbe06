"""Whether what is recorded as asked and answered is what follows from what was said before.

What a turn was shown is made again from the replies before it. A turn of the embedded debaters can besides be
argued again, by the edition that argued it.
"""

from collections.abc import Iterator
from functools import cached_property
from typing import Any

from pydantic import ValidationError

from agents.backends.offline.backend import OfflineBackend
from agents.backends.speakers import OFFLINE
from agents.debate.plan import DebatePlan
from agents.debate.turn import Backend, TurnRequest
from agents.errors import JemaaError
from transcripts.library.catalogue import Catalogue
from transcripts.library.differences import Problem, differing, short
from transcripts.log.blobs import stored_json
from transcripts.log.record import Answered, Asked, Header

_PLAN, _MATERIAL = 0, 1
"""The parts of a request to the embedded debaters: the plan's digest, the request, its address."""


class Reargued:
    """One transcript's requests, one by one, held against what this program would ask and answer."""

    def __init__(self, plan: DebatePlan, header: Header, found: Catalogue) -> None:
        self.plan = plan
        self._header = header
        self._found = found
        self._planned = False

    @cached_property
    def _offline(self) -> OfflineBackend:
        return OfflineBackend(self.plan)

    @cached_property
    def _chat(self) -> Backend | None:
        from agents.backends.chat.backend import ChatBackend  # noqa: PLC0415  a second of imports

        try:
            return ChatBackend(self.plan)
        except JemaaError:
            return None

    @cached_property
    def same_edition(self) -> bool:
        """Whether the debaters that argued are those that are here."""
        return self._header.edition == self._offline.edition

    @property
    def note(self) -> str | None:
        """Why turns of the embedded debaters were not argued again, if there are any and they were not."""
        if OFFLINE not in {self.plan.model, *self.plan.role_models.values()} or self.same_edition:
            return None
        if self._header.edition is None:
            return (
                "The replies were not argued again: the transcript does not say by which edition they were."
            )
        return (
            "The replies were not argued again: they come from another edition of the embedded debaters "
            f"({self._header.edition[:12]}) than the one here ({self._offline.edition[:12]})."
        )

    def problems(self, request: TurnRequest) -> Iterator[Problem]:
        """What does not hold in the turn that `request` asks for; nothing when it was not asked."""
        asked = self._found.asked(str(request.address))
        if asked is None:
            return
        config = self._stored(asked.config)
        if config == {"backend": OFFLINE}:
            yield from self._by_debaters(request, asked)
        elif isinstance(config, dict) and "prompt" in config:
            yield from self._by_model(request, asked, config)

    def _by_debaters(self, request: TurnRequest, asked: Asked) -> Iterator[Problem]:
        now = self._offline.render(request)
        was = [self._text(part) for part in asked.parts]
        if len(was) != len(now.parts):
            yield Problem(
                "material", asked.id, f"The request has {len(was)} parts instead of {len(now.parts)}."
            )
            return
        if was[_PLAN] != now.parts[_PLAN] and self.same_edition and not self._planned:
            self._planned = True
            text = "Header, charters or article are not those that this debate was held over."
            yield Problem("plan", "header", text)
        if was[_MATERIAL] != now.parts[_MATERIAL]:
            yield from _material(asked.id, was[_MATERIAL], request)
        outcome = self._found.outcome(asked.address)
        if isinstance(outcome, Answered) and self.same_edition:
            reply = self._offline.reply(request).model_dump(mode="json", by_alias=True)
            for path, left, right in differing(outcome.reply, reply):
                text = f"Recorded {short(left)}, argued again {short(right)}."
                yield Problem("reply", f"{outcome.id} {path}".strip(), text)

    def _by_model(self, request: TurnRequest, asked: Asked, config: dict[str, Any]) -> Iterator[Problem]:
        """A prompt that today's templates, where they are still the same, would fill otherwise."""
        if self._chat is None:
            return
        now = self._chat.render(request)
        was = [self._text(part) for part in asked.parts]
        if config != now.config or len(was) != len(now.parts) or was[0] != now.parts[0]:
            return
        for number, (left, right) in enumerate(zip(was, now.parts, strict=True), 1):
            if left != right:
                text = f"Part {number} of the prompt is not what follows from what was said before."
                yield Problem("material", asked.id, text)

    def _stored(self, key: str) -> Any:
        try:
            return stored_json(self._found.blob(key) or b"")
        except (ValueError, RecursionError):
            return None

    def _text(self, key: str) -> str:
        return (self._found.blob(key) or b"").decode("utf-8", "replace")


def _material(where: str, stored: str, request: TurnRequest) -> Iterator[Problem]:
    """Where a recorded request differs from the one that follows; a later program may know more fields."""
    now = request.model_dump(mode="json", by_alias=True, exclude={"address"})
    try:
        told: Any = stored_json(stored.encode())
        was = TurnRequest.model_validate({**told, "address": request.address}).model_dump(
            mode="json", by_alias=True, exclude={"address"}
        )
    except (ValueError, TypeError, RecursionError, ValidationError):
        yield Problem("material", where, "The recorded request is none.")
        return
    for path, left, right in differing(was, now):
        text = f"Shown {short(left)}, but what was said gives {short(right)}."
        yield Problem("material", f"{where} {path}".strip(), text)
