"""Everything that follows from the recorded replies, computed again without asking anybody."""

from collections.abc import Callable, Iterator

from pydantic import ValidationError

from agents.argument.model import Speech
from agents.debate import fidelity, hearing, synthesis
from agents.debate.document import Strategy
from agents.debate.event import Ruled
from agents.debate.fidelity import Worded
from agents.debate.plan import DebatePlan
from agents.debate.turn import REPLIES, Answer, TurnRequest
from agents.errors import TranscriptError
from transcripts.log.record import Answered, Failed

Answers = Callable[[TurnRequest], Answer | None]
Outcomes = Callable[[str], Answered | Failed | None]


def recompute(plan: DebatePlan, outcome: Outcomes, name: str) -> Iterator[Speech | Ruled | Strategy]:
    """Speeches, rulings and strategy from the replies of a transcript, as the debate computed them.

    They come in the plan's order, each recommendation's speeches before its ruling; an unfinished debate
    leads to a part of them. `outcome` gives what came of the turn at an address.

    Raises TranscriptError when a reply is not one of its phase.
    """

    def answered(request: TurnRequest) -> Answer | None:
        came = outcome(str(request.address))
        if came is None:
            return None
        if isinstance(came, Failed):
            return Answer(None, came.usage, came.failure)
        phase = request.address.phase
        try:
            return Answer(REPLIES[phase].model_validate(came.reply), came.usage)
        except ValidationError as error:
            raise TranscriptError(f"Transcript {name}: {came.id[:80]} holds no {phase} reply.") from error

    heard: list[Ruled] = []
    for recommendation in plan.recommendations:
        speeches, complete = _rounds(plan, recommendation.id, answered)
        yield from speeches
        if complete:
            request = hearing.ruling_request(plan, recommendation.id, speeches)
            words = _worded(plan, request, answered)
            if words is not None:
                heard.append(hearing.worded(plan, request, words))
                yield heard[-1]
    if len(heard) == len(plan.recommendations):
        request = synthesis.synthesis_request(plan, heard)
        words = _worded(plan, request, answered)
        if words is not None:
            yield synthesis.strategy(plan, heard, request, words)


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
