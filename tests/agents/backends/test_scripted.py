"""A backend that says what it was told to say."""

import pytest

from agents.argument.model import Stance
from agents.backends.scripted import ScriptedBackend
from agents.debate.turn import Address, Answer, Backend, OpeningReply, TurnRequest
from agents.errors import InputError

REPLY = OpeningReply(stance=Stance.SUPPORT, text="Yes.", priority=50)


def _request(role: str) -> TurnRequest:
    return TurnRequest(address=Address(recommendation="R1", phase="opening", round=1, role=role))


async def _ask(backend: Backend, role: str) -> Answer:
    request = _request(role)
    return await backend.answer(request, backend.render(request))


class TestScriptedBackend:
    async def test_gives_a_list_in_order_and_keeps_what_was_asked(self) -> None:
        """Replies come in the order of the list, answers as they are."""
        backend = ScriptedBackend([REPLY, Answer(None, failure="lost the floor")])

        assert REPLY == (await _ask(backend, "energy")).reply
        assert "lost the floor" == (await _ask(backend, "finance")).failure
        assert ["energy", "finance"] == [request.address.role for request in backend.asked]

    async def test_fails_loudly_when_the_script_ends(self) -> None:
        """A turn beyond the script is an error that names the turn, never a repeated reply."""
        backend = ScriptedBackend([REPLY])
        await _ask(backend, "energy")

        with pytest.raises(InputError, match="R1/opening/1/finance"):
            await _ask(backend, "finance")

    async def test_takes_a_function_of_the_address(self) -> None:
        """A dictionary's `get` is a script; what it lacks is an error."""
        backend = ScriptedBackend({"R1/opening/1/energy": REPLY}.get)

        assert REPLY == (await _ask(backend, "energy")).reply
        with pytest.raises(InputError, match="finance"):
            await _ask(backend, "finance")
