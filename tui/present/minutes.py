"""What was said on a recommendation, piece by piece: each speech, each of its arguments, what is being written."""

from collections.abc import Iterator
from functools import partial

from rich.text import Text

from agents.argument.model import CHAIR, Argument, Condition, Ruling, Speech
from agents.debate.chair import AnotherRound, Question, Remark
from agents.debate.event import ChairActed
from tui.present.piece import Piece
from tui.present.ruling import headline
from tui.present.speech import argument_line, ground_word, retry_lines
from tui.present.words import stance, styled, titles, words
from tui.state import DebateState
from tui.turns import Said


def minutes(recommendation: str, state: DebateState) -> list[Piece]:
    """The recommendation in its own words, everything said on it, and the decision in a line."""
    text = state.recommendations.get(recommendation, "")
    pieces = [Piece(recommendation, None, len(text), partial(head, recommendation, state))]
    speeches = state.speeches.get(recommendation, [])
    acts = [given for given in state.acts.get(recommendation, []) if not isinstance(given[1].act, Remark)]
    for place, speech in enumerate(speeches):
        pieces += [_acted(event, state) for before, event in acts if before == place]
        pieces += _spoken(speech, state)
    pieces += [_acted(event, state) for before, event in acts if before >= len(speeches)]
    given = {speech.address for speech in speeches}
    pieces += _unfinished(recommendation, given, state)
    if len(pieces) == 1:
        silent = styled("\n", (words(state)("silent"), "dim"))
        pieces.append(Piece("silent", None, 20, lambda: silent))
    ruling = state.ruling(recommendation)
    if ruling is not None:
        pieces.append(Piece("ruling", id(ruling), 80, partial(decided, ruling, state)))
    return pieces


def head(recommendation: str, state: DebateState) -> Text:
    """The recommendation in its own words."""
    return styled((f"{recommendation}  ", "bold"), (state.recommendations.get(recommendation, ""), "italic"))


def decided(ruling: Ruling, state: DebateState) -> Text:
    """The decision in a line."""
    return styled("\n", headline(ruling, state))


def opening_words(speech: Speech, state: DebateState) -> Text:
    """Who speaks, in which phase, what it holds, and the text of its speech."""
    label = words(state)
    text = styled("\n", who(speech.address, state))
    if speech.is_turn:
        text.append_text(styled(" · ", stance(speech.stance, state)))
    if speech.unable:
        text.append_text(styled((f" · {label('unable')}", "yellow")))
    if speech.because:
        text.append_text(styled(f", {label('because')} ", (speech.because, "bold")))
    if speech.failed:
        text.append_text(styled("\n", (f"✗ {label('failed')}{label('colon')}{speech.failed}", "red")))
    if speech.text:
        text.append_text(styled(f"\n{speech.text}"))
    if speech.grounds:
        named = ", ".join(ground_word(ground, state) for ground in speech.grounds)
        text.append_text(styled((f"\n  {named}", "dim")))
    return text


def who(address: str, state: DebateState) -> Text:
    """The speaker of a turn and its phase."""
    _, phase, round_, role = address.split("/")[:4]
    label = words(state)
    name = label.phase.get(phase, phase)
    if phase == "rebuttal" and state.rounds > 2:
        name = f"{name} {int(round_) - 1}"
    return styled((state.role_title(role), "bold cyan" if role == CHAIR else "bold"), (f" · {name}", "dim"))


def acted(event: ChairActed, state: DebateState) -> Text:
    """What the chair has put to the debate; an argument of its own follows as a speech."""
    label, act = words(state), event.act
    match act:
        case Question():
            roles = titles(act.to, state) if act.to else label("everyone")
            what = label("asks", roles=roles, text=act.text)
        case AnotherRound():
            what = label("asks_round")
        case _:
            what = label("closes")
    return styled("\n", (label("chair"), "bold cyan"), f" {what}")


def _acted(event: ChairActed, state: DebateState) -> Piece:
    return Piece(f"{event.before} {event.act.kind}", None, 80, partial(acted, event, state))


def condition_tabled(condition: Condition, state: DebateState) -> Text:
    """A condition that a speech put on the table."""
    label = words(state)
    return styled("  ", (condition.id, "bold"), f" {label('condition')}{label('colon')}{condition.text}")


def _spoken(speech: Speech, state: DebateState) -> Iterator[Piece]:
    yield Piece(speech.address, None, 40 + len(speech.text), partial(opening_words, speech, state))
    for argument in speech.arguments:
        yield _argued(argument, speech, state)
    for condition in speech.conditions:
        yield Piece(condition.id, None, len(condition.text) + 20, partial(condition_tabled, condition, state))
    label = words(state)
    acts = [f"{label('accepts' if vote.accepts else 'refuses')} {vote.condition}" for vote in speech.votes]
    acts += [f"{label('withdraws')} {name}" for name in speech.withdrawn]
    if acts:
        line = styled((f"  {', '.join(acts)}", "dim"))
        yield Piece(f"{speech.address} acts", None, len(line), lambda: line)


def _argued(argument: Argument, speech: Speech, state: DebateState) -> Piece:
    length = len(argument.claim) + 40
    return Piece(argument.id, argument.strength, length, partial(argument_line, argument, speech, state))


def _unfinished(recommendation: str, given: set[str], state: DebateState) -> Iterator[Piece]:
    """The turns of this moment: answered but not on the record yet, being written, or waited for."""
    about = f"{recommendation}/"
    for address, said in state.said.items():
        if address.startswith(about) and address not in given:
            yield Piece(address, "said", 40 + len(said.text), partial(_answered, address, said, state))
    for address in {**state.speaking, **state.writing}:
        if address.startswith(about):
            text = state.writing.get(address, "")
            yield Piece(address, text, 40 + len(text), partial(_writes, address, text, state))
    told = dict(zip(state.retries, retry_lines(state), strict=True))
    for address, line in told.items():
        if address.startswith(about):
            seconds = state.retries[address].seconds
            yield Piece(f"{address} again", seconds, len(line), partial(styled, (line, "yellow")))


def _answered(address: str, said: Said, state: DebateState) -> Text:
    held = styled(" · ", stance(said.stance, state)) if said.stance is not None else ""
    return styled("\n", who(address, state), held, f"\n{said.text}")


def _writes(address: str, text: str, state: DebateState) -> Text:
    floor = (f" · {words(state)('speaks')}", "cyan")
    return styled("\n", who(address, state), floor, f"\n{text} ▏" if text else "")
