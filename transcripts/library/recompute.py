"""Everything that follows from the recorded replies, computed again without asking anybody."""

from collections.abc import Callable, Iterable, Iterator

from agents.argument.model import Speech
from agents.debate import fidelity, hearing, synthesis
from agents.debate.chair import Question, Remark
from agents.debate.course import (
    OPENING,
    Course,
    answer_speech,
    is_over,
    next_turn,
    question_requests,
    remark_speech,
    taking,
)
from agents.debate.document import Strategy
from agents.debate.event import Ruled
from agents.debate.fidelity import Worded
from agents.debate.plan import DebatePlan
from agents.debate.presiding import Inputs
from agents.debate.turn import Answer, TurnRequest
from transcripts.log.record import Answered, ChairRecord, Failed
from transcripts.log.tape import answer_of

Answers = Callable[[TurnRequest], Answer | None]
Outcomes = Callable[[str], Answered | Failed | None]
Acts = Callable[[str], Iterable[ChairRecord]]


def recompute(
    plan: DebatePlan,
    outcome: Outcomes,
    name: str,
    acts: Acts,
    examine: Callable[[TurnRequest], None] = lambda _: None,
) -> Iterator[Speech | Ruled | Strategy]:
    """Speeches, rulings and strategy from the replies of a transcript, as the debate computed them.

    They come in the plan's order, each recommendation's speeches before its ruling; an unfinished debate
    leads to a part of them. `outcome` gives what came of the turn at an address, `acts` what the
    chair put on a recommendation. `examine` is given every request whose answer is used.

    Raises TranscriptError when a reply is not one of its phase.
    """

    def answered(request: TurnRequest) -> Answer | None:
        came = outcome(str(request.address))
        if came is None:
            return None
        examine(request)
        return answer_of(came, request.address.phase, name)

    heard: list[Ruled] = []
    for recommendation in plan.recommendations:
        speeches, course = _rounds(
            plan, recommendation.id, answered, Inputs(record.given for record in acts(recommendation.id))
        )
        yield from speeches
        if course is not None:
            request = hearing.ruling_request(plan, recommendation.id, course, speeches)
            words = _worded(plan, request, answered)
            if words is not None:
                heard.append(hearing.worded(plan, request, words, course.inputs))
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


def _rounds(
    plan: DebatePlan, recommendation: str, answered: Answers, given: Inputs
) -> tuple[list[Speech], Course | None]:
    """The speeches of all complete rounds on a recommendation; the course at their end, None if more is to come."""
    speeches: list[Speech] = []
    course = Course()
    while course.round == OPENING or not is_over(plan, course, speeches):
        requests = hearing.round_requests(plan, recommendation, course.round, speeches)
        answers = _all(requests, answered)
        if answers is None:
            return speeches, None
        speeches += hearing.record_round(plan, speeches, answers)
        course = course.after_round()
        while (put := given.before(next_turn(plan, recommendation, course, speeches))) is not None:
            course = taking(plan, course, put, speeches)
            if isinstance(put, Remark):
                speeches.append(remark_speech(plan, course, put, speeches))
            elif isinstance(put, Question):
                asked = _all(question_requests(plan, course, put, speeches), answered)
                if asked is None:
                    return speeches, None
                speeches += [answer_speech(plan, request, answer, speeches) for request, answer in asked]
    return speeches, course


def _all(requests: Iterable[TurnRequest], answered: Answers) -> list[tuple[TurnRequest, Answer]] | None:
    """The answers to all of `requests`; None when one is missing."""
    taken = []
    for request in requests:
        answer = answered(request)
        if answer is None:
            return None
        taken.append((request, answer))
    return taken
