"""What the person in the chair put to the debate, and what came of it."""

from collections.abc import Iterator

from agents.argument.model import CHAIR, Speech
from agents.debate.chair import AnotherRound, Close, Question, Remark
from agents.debate.event import Ruled
from transcripts.export.material import Block, Material, bullets
from transcripts.export.text import escape


def interventions(of: Material) -> Iterator[Block]:
    """Recommendation by recommendation, in the order of taking effect; nothing when nobody intervened."""
    for ruled in of.heard:
        if ruled.chair:
            name = ruled.ruling.recommendation
            yield f"#### {escape(name)}. {of.title(name)}"
            yield bullets(_interventions(of, ruled))


def count_of(of: Material) -> int:
    """How often the chair intervened."""
    return sum(len(ruled.chair) for ruled in of.heard)


def _interventions(of: Material, ruled: Ruled) -> Iterator[str]:
    say = of.labels
    remarks = iter([speech for speech in ruled.speeches if speech.role == CHAIR])
    answers = [speech for speech in ruled.speeches if speech.question is not None]
    for act in ruled.chair:
        match act:
            case Question():
                asked = [speech for speech in answers if speech.question == act.text]
                asked = asked[: len(act.to or of.plan.charters)]
                answers = [speech for speech in answers if speech not in asked]
                yield of.pair(say("chair_asks"), of.prose(act.text))
                yield from (f"{of.pair(of.role(speech.role), _answer(of, speech))}" for speech in asked)
            case Remark():
                put = next(remarks)
                yield of.pair(
                    say("chair_puts"), f"{of.prose(act.text)} {of.cite(a.id for a in put.arguments)}"
                )
            case AnotherRound():
                yield say("chair_round")
            case Close():
                yield say("chair_closes")


def _answer(of: Material, speech: Speech) -> str:
    if speech.failed is not None:
        return f"{of.labels('failed')} {of.prose(speech.failed)}"
    cited = of.cite(ground.id for ground in speech.grounds if ground.status != "unverified")
    return f"{of.prose(speech.text)} {cited}".strip()
