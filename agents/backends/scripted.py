"""A backend that says what it was told to say: for tests of whatever uses debates."""

from collections.abc import Callable, Sequence

from agents.debate.turn import Answer, Prompt, Reply, TurnRequest
from agents.errors import InputError

Script = Sequence[Reply | Answer] | Callable[[str], Reply | Answer | None]
"""Replies in the order in which turns are asked, or a function from a turn's address to its reply."""


class ScriptedBackend:
    """Answers from a script and keeps what it was asked.

    A script is a list of replies, given in the order in which turns are asked, or a function that gets an
    address such as `R1/opening/1/energy` and returns the reply, for example `{…}.get`. An `Answer` in place
    of a reply tells usage too, or a failed turn. `asked` holds every request so far.

    Raises InputError, naming the address, for a turn that the script has nothing for.
    """

    def __init__(self, script: Script) -> None:
        self._reply = script if callable(script) else _one_by_one(script)
        self.asked: list[TurnRequest] = []

    def render(self, request: TurnRequest) -> Prompt:
        """A request that is identified by its address alone."""
        return Prompt(config={"model": "scripted"}, parts=(str(request.address),), schema={})

    async def answer(self, request: TurnRequest, prompt: Prompt) -> Answer:
        """What the script says."""
        self.asked.append(request)
        said = self._reply(str(request.address))
        if said is None:
            raise InputError(
                f"The script has no reply for {request.address}.",
                f"It was asked {len(self.asked)} times; give it a reply for this turn too.",
            )
        return said if isinstance(said, Answer) else Answer(said)


def _one_by_one(replies: Sequence[Reply | Answer]) -> Callable[[str], Reply | Answer | None]:
    left = iter(replies)
    return lambda _: next(left, None)
