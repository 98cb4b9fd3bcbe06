"""A role's first word on a recommendation."""

from agents.argument.model import ArgumentDraft, GroundDraft, Scheme, Stance
from agents.backends.offline.claims import cite, claim, draft, indicator
from agents.backends.offline.docket import Case, Docket
from agents.backends.offline.evidence import Evidence
from agents.backends.offline.picks import Pick, Plan
from agents.backends.offline.sources import source_phrase
from agents.backends.offline.voice import Voice, upper_first
from agents.debate.turn import OpeningReply
from agents.knowledge.load import condition_named
from agents.roles.model import Charter, in_language

_QUESTIONS = {
    "cost": ("public_budget", "accountability"),
    "financing": ("private_investment", "public_budget"),
    "deadline": ("delivery_speed", "grid"),
    "owner": ("coordination", "feasibility"),
    "law": ("legal_certainty", "privacy", "data_control"),
    "evaluation": ("quality_of_service", "trust", "adoption"),
    "target": ("emissions", "jobs", "competitiveness"),
}
"""What is asked of a proposal that the base knows nothing of, and the indicators of those who ask it."""


class Speaker:
    """What every turn of one role needs: its charter, title, voice and the number of the turn."""

    def __init__(self, docket: Docket, voice: Voice, charter: Charter, case: Case, round_: int) -> None:
        self.docket = docket
        self.voice = voice
        self.charter = charter
        self.case = case
        self.rec = case.recommendation.id
        self.title = in_language(charter.title, voice.language)
        roles = list(docket.charters)
        self.turn = list(docket.cases).index(self.rec) + roles.index(charter.name) + (round_ - 1)

    def say(self, kind: str, **slots: str) -> str:
        """A phrase with the speaker and the recommendation as slots."""
        return self.voice.say(kind, self.turn, role=self.title, rec=self.rec, **slots)


def opening(speaker: Speaker, plan: Plan) -> OpeningReply:
    """The opening that `plan` foresees."""
    if plan.position.stance is Stance.NONE:
        return _not_examined(speaker, plan)
    voice, docket = speaker.voice, speaker.docket
    arguments: list[ArgumentDraft] = []
    parts: list[str] = []
    named: set[str] = set()
    quoted: set[str] = set()
    lead = "against" if plan.position.stance is Stance.OPPOSE else "for"
    other = "for" if lead == "against" else "against"
    for side in (lead, other):
        for place, pick in enumerate(plan.side("for" if side == "for" else "against")):
            concept = pick.candidate.topic.concept.name
            again = concept in named
            named.add(concept)
            turn = speaker.turn + len(arguments)
            arguments.append(
                draft(pick, docket, voice, turn, role=speaker.title, rec=speaker.rec, again=again)
            )
            said = claim(pick, voice, turn, role=speaker.title, rec=speaker.rec, again=again)
            kind = ""
            if place:
                kind = "besides"
            elif parts:
                kind = "but" if side == "against" else "yet_for"
            parts.append(speaker.say(kind, claim=said) if kind else voice.sentence(said))
            parts += _support(speaker, pick, turn, quoted)
            if pick.candidate.met and side == "against":
                handle = condition_named(pick.candidate.met).handle[voice.language]
                parts.append(speaker.say("met", handle=handle))
            if pick.condition:
                parts.append(_demand(speaker, pick, turn))
    parts.append(_verdict(speaker, plan))
    parts.append(_maxim(speaker, plan))
    return OpeningReply(
        stance=plan.position.stance,
        text=" ".join(upper_first(part) for part in parts if part),
        arguments=tuple(arguments),
        priority=plan.position.priority,
    )


def _demand(speaker: Speaker, pick: Pick, turn: int) -> str:
    condition = condition_named(pick.condition or "")
    language = speaker.voice.language
    slots = {"role": speaker.title, "rec": speaker.rec}
    if pick.asked is not None:
        return speaker.voice.say(
            "demand_again", turn, first=pick.asked, handle=condition.handle[language], **slots
        )
    return speaker.voice.say("demand", turn, do=condition.do[language], **slots)


def _support(speaker: Speaker, pick: Pick, turn: int, quoted: set[str]) -> list[str]:
    """What the text says for a claim, each passage once in a speech, and a fact from outside."""
    item = pick.candidate
    parts = []
    best = item.best
    repeated = pick.first is not None or pick.echo
    if best is not None and best.quote not in quoted and not repeated:
        quoted.add(best.quote)
        if not pick.cited:
            kind = _kind(best) if item.evidence else "evidence_own"
            parts.append(speaker.voice.say(kind, turn, q=cite(speaker.docket, speaker.voice, best)))
        elif item.evidence:
            span = speaker.docket.span_id(best.passage)
            handle = item.point.handle[speaker.voice.language]
            parts.append(speaker.voice.say("evidence_again", turn, span=span, handle=handle))
    if pick.fact:
        text = in_language(pick.fact.text, speaker.voice.language)
        source = source_phrase(pick.fact, speaker.docket.plan.article, speaker.voice.language)
        parts.append(speaker.voice.say("fact", turn, role=speaker.title, source=source, fact=text))
    return parts


def _kind(evidence: Evidence) -> str:
    if evidence.foreign:
        return "evidence_foreign"
    if evidence.stake:
        return "evidence_stake"
    if evidence.question:
        return "evidence_question"
    if evidence.heading:
        return "evidence_heading"
    return "evidence_hedged" if evidence.hedge else "evidence"


def _verdict(speaker: Speaker, plan: Plan) -> str:
    stance = plan.position.stance
    side = plan.side("for" if stance is Stance.SUPPORT else "against") or plan.picks
    if not side:
        return ""
    crossed = plan.position.crossed
    if crossed is not None:
        for line in speaker.charter.red_lines:
            if crossed.key in line.points:
                return speaker.say("red_line", text=in_language(line.text, speaker.voice.language))
    label = indicator(side[0].candidate.point.indicator, speaker.voice)
    if stance is Stance.CONDITIONS and not any(pick.condition for pick in plan.picks):
        return speaker.voice.say(
            f"stance_{stance.value}",
            1 + speaker.turn % 2,
            role=speaker.title,
            rec=speaker.rec,
            indicator=label,
        )
    return speaker.say(f"stance_{stance.value}", indicator=label)


def _maxim(speaker: Speaker, plan: Plan) -> str:
    if plan.maxim is None:
        return ""
    name, number = plan.maxim
    texts = speaker.charter.maxims[name]
    maxim = texts.get(speaker.voice.language) or texts[min(texts)]
    return speaker.say("maxim", maxim=maxim[number])


def _not_examined(speaker: Speaker, plan: Plan) -> OpeningReply:
    voice, docket = speaker.voice, speaker.docket
    text = speaker.say("nothing")
    question = _question(speaker)
    arguments: tuple[ArgumentDraft, ...] = ()
    if question is not None:
        kind, evidence = question
        said = voice.sentence(speaker.say(f"question_{kind}"))
        text = f"{text} {said}"
        arguments = (
            ArgumentDraft(
                claim=said,
                scheme=Scheme.CRITICAL_QUESTION,
                grounds=(
                    GroundDraft(
                        kind="span",
                        id=docket.span_id(evidence.passage),
                        quote=evidence.quote,
                        absence=kind,
                    ),
                ),
            ),
        )
    return OpeningReply(stance=Stance.NONE, text=text, arguments=arguments, priority=plan.position.priority)


def _question(speaker: Speaker) -> tuple[str, Evidence] | None:
    """The critical question that falls to this role, with the proposal's own sentence; None when all is said.

    The roles share the open questions by what they care for, so that each is asked once.
    """
    docket, case = speaker.docket, speaker.case
    if not case.passages:
        return None
    number = case.passages[0]
    span = docket.spans[number]
    open_ones = [name for name in _QUESTIONS if docket.lacks(name, speaker.rec)]
    silent = sorted(name for name in docket.charters if not case.candidates[name])
    for name in open_ones:
        ranked = sorted(
            silent,
            key=lambda role: (
                -max(docket.charters[role].indicators.get(i, 0.0) for i in _QUESTIONS[name]),
                role,
            ),
        )
        if not ranked:
            break
        if ranked[0] == speaker.charter.name:
            return name, Evidence(number, span.text, 0.0)
        silent.remove(ranked[0])
    return None
