"""The course of one hearing: which round comes next, and what the chair's inputs make of it.

Everything here is a pure function of the plan, of what was said and of the inputs in their order, so that a
debate that is resumed, replayed or computed again takes the same course.
"""

from collections.abc import Sequence
from typing import NamedTuple

from agents.argument.grounding import check_ground, mint_arguments, mint_conditions
from agents.argument.model import (
    CHAIR,
    QUESTION,
    ArgumentDraft,
    GroundDraft,
    Speech,
    Stance,
)
from agents.debate.chair import AnotherRound, Close, Input, Question, Remark
from agents.debate.plan import DebatePlan
from agents.debate.turn import MODERATOR, Address, Answer, QuestionReply, TurnRequest
from agents.roles.model import Fact

OPENING = 1


class Course(NamedTuple):
    """Where a hearing stands between two rounds.

    `round` is the next one; `extra` counts those granted beyond the plan, `due` the last one that is held in
    any case; `taken` counts the inputs since the last round, `inputs` are all so far.
    """

    round: int = OPENING
    extra: int = 0
    due: int = OPENING
    closed: bool = False
    taken: int = 0
    inputs: tuple[Input, ...] = ()

    def after_round(self) -> "Course":
        """The course once the next round is held."""
        return self._replace(round=self.round + 1, taken=0)


def is_over(plan: DebatePlan, course: Course, speeches: Sequence[Speech]) -> bool:
    """True when all rounds are held, the chair has closed, or the last round brought nothing new.

    Nothing new is: no argument, and no stance or condition changed.
    """
    if course.closed or course.round <= course.due:
        return course.closed
    if course.round > plan.rounds + course.extra:
        return True
    if course.round - 1 == OPENING:
        return False
    turns = [speech for speech in speeches if speech.is_turn]
    return all(_adds_nothing(speech, turns) for speech in turns if speech.round == course.round - 1)


def next_turn(plan: DebatePlan, recommendation: str, course: Course, speeches: Sequence[Speech]) -> Address:
    """The first turn of what comes next, a round or the ruling: inputs take effect before it."""
    if is_over(plan, course, speeches):
        return ruling_address(plan, recommendation, course)
    phase = "opening" if course.round == OPENING else "rebuttal"
    return Address(recommendation=recommendation, phase=phase, round=course.round, role=plan.charters[0].name)


def ruling_address(plan: DebatePlan, recommendation: str, course: Course) -> Address:
    """Where the ruling stands: after all rounds that were planned or granted, held or not."""
    return Address(
        recommendation=recommendation, phase="ruling", round=plan.rounds + course.extra + 1, role=MODERATOR
    )


def taking(plan: DebatePlan, course: Course, given: Input, speeches: Sequence[Speech]) -> Course:
    """The course with an input taken in."""
    course = course._replace(taken=course.taken + 1, inputs=(*course.inputs, given))
    over = is_over(plan, course, speeches)
    match given:
        case Close():
            return course._replace(closed=True)
        case AnotherRound() | Remark() if over and not course.closed:
            return course._replace(extra=course.extra + 1, due=course.round)
        case AnotherRound() if not course.closed:
            return course._replace(extra=course.extra + 1, due=plan.rounds + course.extra + 1)
        case _:
            return course


def question_requests(
    plan: DebatePlan, course: Course, question: Question, speeches: Sequence[Speech]
) -> list[TurnRequest]:
    """What the roles that are meant are asked, side by side, each shown all that was said."""
    name = question.recommendation
    return [
        TurnRequest(
            address=Address(
                recommendation=name, phase=QUESTION, round=course.round, role=role, ordinal=course.taken
            ),
            recommendation=next(item for item in plan.recommendations if item.id == name),
            speeches=tuple(speeches),
            conditions=tuple(condition for speech in speeches for condition in speech.conditions),
            question=question.text,
        )
        for role in asked_of(plan, question)
    ]


def asked_of(plan: DebatePlan, question: Question) -> list[str]:
    """The roles that a question is put to, in the declared order."""
    roles = [charter.name for charter in plan.charters]
    return [role for role in roles if role in question.to] if question.to else roles


def answer_speech(
    plan: DebatePlan, request: TurnRequest, answer: Answer, speeches: Sequence[Speech]
) -> Speech:
    """An answer to the chair on the record: grounds checked, the role's stance as it was."""
    address, reply = request.address, answer.reply
    held = next((s.stance for s in reversed(speeches) if s.role == address.role), Stance.NONE)
    said = Speech(
        address=str(address),
        recommendation=address.recommendation,
        phase=QUESTION,
        round=address.round,
        role=address.role,
        stance=held,
        question=request.question,
    )
    if not isinstance(reply, QuestionReply):
        return said.model_copy(update={"failed": answer.failure or "no reply"})
    facts = known_facts(plan, speeches)
    known = {argument.id for speech in speeches for argument in speech.arguments}
    grounds = tuple(
        check_ground(ground, plan.article, facts, known, plan.language)
        for ground in dict.fromkeys(reply.grounds)
    )
    return said.model_copy(update={"text": reply.text, "grounds": grounds, "unable": not reply.able})


def remark_speech(plan: DebatePlan, course: Course, remark: Remark, speeches: Sequence[Speech]) -> Speech:
    """The chair's argument on the record, with the facts that it brings."""
    name = remark.recommendation
    number = 1 + sum(len(speech.facts) for speech in speeches)
    facts = tuple(
        Fact(
            id=f"F-{CHAIR}-{name.removeprefix('R')}-{number + place}",
            text={plan.language: item.text},
            source=item.source,
            as_of=item.as_of,
        )
        for place, item in enumerate(remark.evidence)
    )
    brought = tuple(GroundDraft(kind="fact", id=fact.id) for fact in facts)
    draft = ArgumentDraft(
        claim=remark.text,
        side=remark.side,
        grounds=(*remark.grounds, *brought),
        targets=remark.targets,
        condition=remark.condition,
    )
    arguments = mint_arguments(
        (draft,),
        recommendation=next(item for item in plan.recommendations if item.id == name),
        role=CHAIR,
        phase=CHAIR,
        round_=course.round,
        stance=Stance.NONE,
        start_number=1 + sum(len(speech.arguments) for speech in speeches),
        article=plan.article,
        facts=known_facts(plan, speeches) | {fact.id: fact for fact in facts},
        known={argument.id: argument for speech in speeches for argument in speech.arguments},
        language=plan.language,
        red_lines=(),
    )
    address = Address(recommendation=name, phase=CHAIR, round=course.round, role=CHAIR, ordinal=course.taken)
    tabled = [condition for speech in speeches for condition in speech.conditions]
    return Speech(
        address=str(address),
        recommendation=name,
        phase=CHAIR,
        round=course.round,
        role=CHAIR,
        stance=Stance.NONE,
        text=remark.text,
        arguments=arguments,
        conditions=mint_conditions(arguments, tabled),
        facts=facts,
    )


def known_facts(plan: DebatePlan, speeches: Sequence[Speech]) -> dict[str, Fact]:
    """The facts that may be cited once `speeches` were given: the charters', and those the chair brought."""
    brought = {fact.id: fact for speech in speeches for fact in speech.facts}
    return plan.facts() | brought if brought else plan.facts()


def _adds_nothing(speech: Speech, turns: Sequence[Speech]) -> bool:
    before = next(s for s in reversed(turns) if s.role == speech.role and s.round == speech.round - 1)
    added = speech.arguments or speech.conditions or speech.votes or speech.withdrawn
    return not added and speech.stance == before.stance
