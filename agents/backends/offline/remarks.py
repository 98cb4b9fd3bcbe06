"""What the chair puts to the debate, seen through the knowledge base, and how roles answer it."""

from collections.abc import Iterator

from agents.argument.model import CHAIR, Argument, ArgumentDraft, GroundDraft, Scheme, Side, Speech, Target
from agents.backends.offline.answers import Answering, options
from agents.backends.offline.claims import effect, ground
from agents.backends.offline.docket import Candidate, Docket
from agents.backends.offline.evidence import Evidence
from agents.backends.offline.heard import Heard, handle, heard_argument
from agents.backends.offline.inquiry import chair_phrase
from agents.backends.offline.links import stems_of
from agents.backends.offline.opening import Speaker
from agents.backends.offline.picks import Plan
from agents.backends.offline.retorts import record_name, retort
from agents.backends.offline.voice import upper_first
from agents.debate.turn import RebuttalReply, TurnRequest
from agents.knowledge.load import terms
from agents.knowledge.pattern import Passages

_ALIKE = 2
"""A remark that shares so many content words with a point says that point."""
_ATTACKS = frozenset({"rebut", "undercut", "undermine"})
_FORMAL = frozenset({"hedge", "bare", "absence"})


def understood(docket: Docket, request: TurnRequest) -> TurnRequest:
    """A request as the debaters hear it: answers to the chair aside, its remarks with the point that they make."""
    if all(speech.is_turn for speech in request.speeches):
        return request
    said = [argument for speech in request.speeches for argument in speech.arguments]
    speeches = tuple(
        _with_points(docket, speech, said) if speech.role == CHAIR else speech
        for speech in request.speeches
        if speech.is_turn or speech.role == CHAIR
    )
    return request.model_copy(update={"speeches": speeches})


def answering_remarks(
    speaker: Speaker, plan: Plan, request: TurnRequest, reply: RebuttalReply
) -> RebuttalReply:
    """A rebuttal that leaves no remark of the chair in this round without a word."""
    aimed = {target.argument for draft in reply.arguments for target in draft.targets}
    drafts, parts = list(reply.arguments), [reply.text]
    said = {draft.point for draft in drafts}
    said |= {a.point for s in request.speeches if s.role == speaker.charter.name for a in s.arguments}
    for remark in _put(request):
        if remark.id in aimed:
            continue
        draft = _answer(speaker, plan, request, remark, said)
        if draft is None:
            parts.append(chair_phrase(speaker, "noted", id=remark.id))
        else:
            drafts.append(draft)
            said.add(draft.point)
            parts.append(draft.claim)
    if len(parts) == 1:
        return reply
    if not reply.arguments and reply.text == upper_first(speaker.say("silent")):
        parts = parts[1:]
    return reply.model_copy(update={"arguments": tuple(drafts), "text": " ".join(parts)})


def _put(request: TurnRequest) -> Iterator[Argument]:
    """The chair's arguments that this round answers."""
    for speech in request.speeches:
        if speech.role == CHAIR and speech.round == request.address.round:
            yield from speech.arguments


def _with_points(docket: Docket, speech: Speech, said: list[Argument]) -> Speech:
    arguments = tuple(_with_point(docket, argument, said) for argument in speech.arguments)
    return speech.model_copy(update={"arguments": arguments})


def _with_point(docket: Docket, argument: Argument, said: list[Argument]) -> Argument:
    side = argument.side or _side_of(argument, said)
    known = _candidate(docket, argument, side)
    if known is None:
        return argument.model_copy(update={"side": side})
    return argument.model_copy(update={"point": known.key, "side": side or known.side})


def _side_of(argument: Argument, said: list[Argument]) -> Side | None:
    """The side that a remark takes by what it answers."""
    sides = {other.id: other.side for other in said}
    for target in argument.targets:
        aimed = sides.get(target.argument)
        if aimed is not None:
            against = (aimed == "for") == (target.relation in _ATTACKS)
            return "against" if against else "for"
    return None


def _candidate(docket: Docket, argument: Argument, side: Side | None) -> Candidate | None:
    """The point of the knowledge base that a remark makes, if it makes one; cues tell it better than words."""
    languages = dict.fromkeys((docket.plan.language, docket.plan.article.language))
    passage, spoken = Passages([argument.claim]), stems_of(argument.claim)
    best: tuple[tuple[int, float, str], Candidate] | None = None
    for candidates in docket.cases[argument.recommendation].candidates.values():
        for item in candidates:
            if side is not None and item.side != side:
                continue
            owner = item.key.partition(".")[0]
            shown = any(
                passage.cue(pattern, terms(owner, language))
                for language in languages
                for pattern in item.point.cues.get(language, ())
            )
            wording = (
                f"{item.point.handle[docket.plan.language]} {' '.join(item.point.says[docket.plan.language])}"
            )
            alike = len(spoken & stems_of(wording)) + _ALIKE * shown
            rank = (alike, round(item.value, 6), item.key)
            if alike >= _ALIKE and (best is None or rank > best[0]):
                best = rank, item
    return best[1] if best else None


def _answer(
    speaker: Speaker, plan: Plan, request: TurnRequest, remark: Argument, said: set[str | None]
) -> ArgumentDraft | None:
    """An argument on a remark: a reply that the base knows, or the speaker's own evidence for or against it."""
    docket, role = speaker.docket, speaker.charter.name
    heard = heard_argument(docket, remark)
    mine = [speech for speech in request.speeches if speech.role == role]
    held = mine[-1].stance if mine else plan.position.stance
    if heard.side is not None:
        answering = Answering(docket, plan, (speaker.rec, role))
        for option in options(answering, [heard], held):
            if option.kind not in _FORMAL and record_name(option) not in said:
                return retort(speaker, option, 1, set()).draft
        other = _candidate(docket, remark, "against" if heard.side == "for" else "for")
        indicators = {point.indicator for point in (heard.point, other and other.point) if point}
        for item in speaker.case.candidates[role]:
            best = item.best
            fits = item.point.indicator in indicators and best is not None and item.key not in said
            if fits and best is not None and _says_it_first(docket, item, speaker):
                return _of_own(speaker, item, best, remark, heard)
    if not any(g.status != "unverified" for g in remark.grounds) and _speaks_for_all(speaker):
        return ArgumentDraft(
            claim=speaker.voice.sentence(chair_phrase(speaker, "unsupported")),
            scheme=Scheme.CRITICAL_QUESTION,
            grounds=(GroundDraft(kind="argument", id=remark.id),),
            targets=(Target(argument=remark.id, relation="undermine"),),
        )
    return None


def _says_it_first(docket: Docket, item: Candidate, speaker: Speaker) -> bool:
    """Whether this role is the one to whom a point means most: it is said once."""
    values = {
        role: candidate.value
        for role, candidates in docket.cases[speaker.rec].candidates.items()
        for candidate in candidates
        if candidate.key == item.key
    }
    return max(values, key=lambda role: (round(values[role], 6), role)) == speaker.charter.name


def _of_own(
    speaker: Speaker, item: Candidate, best: Evidence, remark: Argument, heard: Heard
) -> ArgumentDraft:
    """A point of the speaker's own on what a remark is about, for it or against it."""
    agrees = item.side == heard.side
    claim = chair_phrase(
        speaker,
        "agrees" if agrees else "rebuts",
        handle=handle(heard, speaker.voice.language),
        claim=effect(item, speaker.voice, speaker.turn),
    )
    return ArgumentDraft(
        claim=speaker.voice.sentence(claim),
        scheme=Scheme.CONSEQUENCES,
        side=None if agrees else item.side,
        grounds=(GroundDraft(kind="argument", id=remark.id), ground(speaker.docket, best)),
        targets=(Target(argument=remark.id, relation="support" if agrees else "rebut"),),
        point=item.key,
    )


def _speaks_for_all(speaker: Speaker) -> bool:
    """Whether it falls to this role to say what needs no knowledge of the subject, so that it is said once."""
    roles = list(speaker.docket.charters)
    return roles.index(speaker.charter.name) == list(speaker.docket.cases).index(speaker.rec) % len(roles)
