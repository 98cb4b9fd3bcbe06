"""What the ids in a strategy stand for: places of the article, facts, and the arguments that cite them."""

from collections.abc import Iterable, Iterator

from rich.text import Text

from agents.debate.course import known_facts
from agents.roles.model import in_language
from tui.present.grounds import Citation, citations, of_spans
from tui.present.ruling import headline
from tui.present.words import styled, words
from tui.state import DebateState


def sources(names: Iterable[str], state: DebateState) -> tuple[Citation, ...]:
    """All that the ids rest on, in order; ids in capitals, as the document's references have them."""
    return tuple(citation for name in names for citation in _of(name, state))


def _of(name: str, state: DebateState) -> Iterator[Citation]:
    found: list[Citation]
    match name[0]:
        case "S":
            found = of_spans(state.plan.article, [name])
        case "F":
            found = list(_fact(name, state))
        case _:
            found = citations(name, f"R{name[1:].partition('.')[0]}", state)
    about = _about(name, state)
    if not found and about:
        yield Citation(name, None, None, about)
    for citation in found:
        yield citation._replace(about=styled(about, "\n", citation.about)) if about else citation


def _about(name: str, state: DebateState) -> Text | None:
    """What an argument, a condition or a ruling says."""
    argument = state.argument(name)
    if argument is not None:
        return styled((f"{name} ", "bold"), f"{state.role_title(argument.role)}: {argument.claim}")
    for ruling in filter(None, map(state.ruling, state.recommendations)):
        if ruling.recommendation == name:
            return headline(ruling, state)
        for condition in ruling.conditions:
            if condition.id == name:
                return styled((f"{name} ", "bold"), f"{state.role_title(condition.role)}: {condition.text}")
    return None


def _fact(name: str, state: DebateState) -> Iterator[Citation]:
    speeches = [speech for given in state.speeches.values() for speech in given]
    for known, fact in known_facts(state.plan, speeches).items():
        if known.upper() == name:
            told = styled(
                (f"{known} ", "bold"),
                in_language(fact.text, state.language),
                (f"\n{fact.source}, {words(state).document.date(fact.as_of)}", "dim"),
            )
            yield Citation(known, None, None, told)
