"""What one turn has used."""

import asyncio

from agents.backends.chat.price import cost
from agents.backends.chat.voice import Said
from agents.debate.turn import Usage


class Tally:
    """Calls, retries, tokens and money of one turn, and its deadline, which runs from its first call."""

    def __init__(self, address: str, seconds: float) -> None:
        self.address = address
        self.calls = 0
        self.retries = 0
        self.deadline = asyncio.timeout(None)
        self._seconds = seconds
        self.repairs: list[str] = []
        self._answers: list[Usage] = []

    def begin_call(self) -> None:
        """Count a call."""
        if self.calls == 0:
            self.deadline.reschedule(asyncio.get_running_loop().time() + self._seconds)
        self.calls += 1

    def add(self, model: str, said: Said) -> Usage:
        """Count an answer of `model`; its own usage."""
        spent = Usage(
            input_tokens=said.input_tokens,
            output_tokens=said.output_tokens,
            cost=cost(model, said.input_tokens, said.cached, said.output_tokens),
            cached_tokens=said.cached,
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
            cached_tokens=sum(answer.cached_tokens for answer in self._answers),
            repairs=tuple(self.repairs),
        )
