"""What an argument rests on, as places of the article and as facts from elsewhere."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from rich.text import Text

from agents.argument.model import Argument, Ground, Speech
from agents.article.model import Article
from agents.debate.course import known_facts
from agents.roles.model import in_language
from tui.present.words import styled, words
from tui.state import DebateState


class Citation(NamedTuple):
    """One ground: the span that it names, if any, what is quoted (places in the body), and what is said of it."""

    id: str
    span: str | None
    quote: tuple[int, int] | None
    about: Text


def citations(piece: str, recommendation: str, state: DebateState) -> list[Citation]:
    """What a piece of the minutes rests on: an argument, a speech, a condition, or the recommendation itself."""
    argument = state.argument(piece)
    if argument is not None:
        return list(_of_argument(argument, state))
    for speech in state.speeches.get(recommendation, []):
        if piece.split(" ", maxsplit=1)[0] == speech.address:
            return list(_of_speech(speech, state))
        for condition in speech.conditions:
            asking = state.argument(condition.argument)
            if piece == condition.id and asking is not None:
                return list(_of_argument(asking, state))
    if piece in {recommendation, "ruling"}:
        proposal = next((item for item in state.plan.recommendations if item.id == recommendation), None)
        return of_spans(state.plan.article, proposal.spans if proposal else (), recommendation)
    return []


def of_spans(article: Article, spans: Iterable[str], name: str = "") -> list[Citation]:
    """Spans of the article by themselves."""
    known = {span.id for span in article.spans}
    return [
        Citation(span, span, None, styled((f"{name}  " if name else "", "bold"), (span, "bold")))
        for span in spans
        if span in known
    ]


def _of_speech(speech: Speech, state: DebateState) -> Iterator[Citation]:
    for argument in speech.arguments:
        yield from _of_argument(argument, state)
    for ground in speech.grounds:
        yield _of_ground(ground, styled((state.role_title(speech.role), "bold")), state)


def _of_argument(argument: Argument, state: DebateState) -> Iterator[Citation]:
    head = styled((argument.id, "bold"), f" {state.role_title(argument.role)}")
    for ground in argument.grounds:
        yield _of_ground(ground, head, state)
        cited = state.argument(ground.id) if ground.kind == "argument" else None
        for below in cited.grounds if cited is not None else ():
            if below.kind != "argument":
                yield _of_ground(below, styled(head, f" · {ground.id}"), state)


def _of_ground(ground: Ground, head: Text, state: DebateState) -> Citation:
    label = words(state)
    line = styled(head, " · ", (ground.id, "bold"), " · ", _status(ground, state))
    quote = (ground.start, ground.end) if ground.start is not None and ground.end is not None else None
    if ground.kind == "span":
        return Citation(ground.id, ground.id, quote, line)
    if ground.kind == "fact":
        speeches = [speech for given in state.speeches.values() for speech in given]
        fact = known_facts(state.plan, speeches).get(ground.id)
        if fact is not None:
            source = f"{fact.source}, {label.document.date(fact.as_of)}"
            line = styled(line, f"\n{in_language(fact.text, state.language)}", (f"\n{source}", "dim"))
        return Citation(ground.id, None, None, line)
    cited = state.argument(ground.id)
    claim = f"\n{state.role_title(cited.role)}{label('colon')}{cited.claim}" if cited is not None else ""
    return Citation(ground.id, None, None, styled(line, claim))


def _status(ground: Ground, state: DebateState) -> Text:
    label = words(state)
    if ground.absence:
        return styled((f"{label('absence')}{label('colon')}{ground.absence}", "cyan"))
    if ground.status == "unverified":
        return styled(
            (f"✗ {label('unverified')}", "red"), f"{label('colon')}{ground.quote}" if ground.quote else ""
        )
    return styled((f"✓ {label(ground.status)}", "green"))
