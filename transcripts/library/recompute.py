"""Everything that follows from the recorded replies, computed again without asking anybody."""

from collections.abc import Callable, Mapping
from typing import NamedTuple

from pydantic import ValidationError

from agents.argument.model import Speech
from agents.debate import fidelity, hearing, synthesis
from agents.debate.document import Strategy
from agents.debate.event import Ruled
from agents.debate.fidelity import Worded
from agents.debate.plan import DebatePlan
from agents.debate.turn import REPLIES, Answer, TurnRequest
from agents.errors import TranscriptError
from transcripts.log.contents import Turn
from transcripts.log.record import Failed

Answers = Callable[[TurnRequest], Answer | None]


class Recomputed(NamedTuple):
    """What the replies lead to; an unfinished debate leads to a part of it."""

    speeches: tuple[Speech, ...]
    heard: tuple[Ruled, ...]
    strategy: Strategy | None


def recompute(plan: DebatePlan, turns: Mapping[str, Turn], name: str) -> Recomputed:
    """Speeches, rulings and strategy from the replies of a transcript, as the debate computed them.

    Raises TranscriptError when a reply is not one of its phase.
    """

    def answered(request: TurnRequest) -> Answer | None:
        turn = turns.get(str(request.address))
        if turn is None or turn.outcome is None:
            return None
        if isinstance(turn.outcome, Failed):
            return Answer(None, turn.outcome.usage, turn.outcome.failure)
        try:
            reply = REPLIES[request.address.phase].model_validate(turn.outcome.reply)
        except ValidationError as error:
            phase = request.address.phase
            raise TranscriptError(
                f"Transcript {name}: {turn.outcome.id[:80]} holds no {phase} reply."
            ) from error
        return Answer(reply, turn.outcome.usage)

    said: list[Speech] = []
    heard: list[Ruled] = []
    for recommendation in plan.recommendations:
        speeches, complete = _rounds(plan, recommendation.id, answered)
        said += speeches
        if complete:
            request = hearing.ruling_request(plan, recommendation.id, speeches)
            words = _worded(plan, request, answered)
            if words is not None:
                heard.append(hearing.worded(plan, request, words))
    if len(heard) < len(plan.recommendations):
        return Recomputed(tuple(said), tuple(heard), None)
    request = synthesis.synthesis_request(plan, heard)
    words = _worded(plan, request, answered)
    strategy = None if words is None else synthesis.strategy(plan, heard, request, words)
    return Recomputed(tuple(said), tuple(heard), strategy)


def _worded(plan: DebatePlan, request: TurnRequest, answered: Answers) -> Worded | None:
    """The moderator's wording that was used: the first, or the one after it was sent back."""
    answer = answered(request)
    if answer is None:
        return None
    first = fidelity.checked(plan, request, answer)
    again = fidelity.sent_back(request, first.found)
    if again is None:
        return first
    second = answered(again)
    return None if second is None else fidelity.better(first, fidelity.checked(plan, again, second))


def _rounds(plan: DebatePlan, recommendation: str, answered: Answers) -> tuple[list[Speech], bool]:
    """The speeches of all complete rounds on a recommendation, and whether no more is to come."""
    speeches: list[Speech] = []
    number = hearing.OPENING
    while number == hearing.OPENING or not hearing.is_over(plan, number, speeches):
        answers: list[tuple[TurnRequest, Answer]] = []
        for request in hearing.round_requests(plan, recommendation, number, speeches):
            answer = answered(request)
            if answer is None:
                return speeches, False
            answers.append((request, answer))
        speeches += hearing.record_round(plan, speeches, answers)
        number += 1
    return speeches, True
