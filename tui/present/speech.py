"""A speech: who speaks, what it holds, its words, and what its arguments rest on."""

from rich.text import Text

from agents.argument.model import Argument, Ground, Speech
from tui.present.words import number, stance, styled, words
from tui.state import DebateState


def speech_text(speech: Speech, state: DebateState) -> Text:
    """The whole speech."""
    label = words(state)
    phase = (
        f"{label.phase[speech.phase]} {speech.round - 1}"
        if speech.phase == "rebuttal"
        else label.phase[speech.phase]
    )
    head = (stance(speech.stance, state),) if speech.is_turn else ()
    text = styled((state.role_title(speech.role), "bold"), f" · {phase}", " · " if head else "", *head)
    if speech.question:
        text.append_text(
            styled("\n", (f"{label.document('chair_asks')}{label('colon')}{speech.question}", "italic"))
        )
    if speech.because:
        text.append_text(styled(f", {label('because')} ", (speech.because, "bold")))
    if speech.failed:
        text.append_text(styled("\n", (f"{label('failed')}: {speech.failed}", "red")))
    if speech.text:
        text.append_text(styled(f"\n{speech.text}"))
    if speech.grounds:
        text.append_text(styled("\n  ", (" · ".join(ground_word(g, state) for g in speech.grounds), "dim")))
    for argument in speech.arguments:
        text.append_text(styled("\n", argument_line(argument, speech, state)))
    for condition in speech.conditions:
        text.append_text(
            styled("\n  ", (condition.id, "bold"), f" {label('condition')}{label('colon')}{condition.text}")
        )
    if speech.withdrawn:
        text.append_text(styled(f"\n  {label('withdraws')} {', '.join(speech.withdrawn)}"))
    return text


def argument_line(argument: Argument, speech: Speech, state: DebateState) -> Text:
    """Id, targets, grounds and strength; the claim too when the speech does not say it already."""
    label = words(state)
    parts = [f"{label.document.relation[target.relation]} {target.argument}" for target in argument.targets]
    named = {target.argument for target in argument.targets}
    parts += [ground_word(ground, state) for ground in argument.grounds if ground.id not in named]
    if argument.strength is not None:
        parts.append(f"{label('strength')} {number(argument.strength, state)}")
    # The beginning may be written otherwise within a sentence: "But these sites …".
    said = argument.claim[1:].rstrip(".") in speech.text
    claim = "" if said else f" {argument.claim}"
    return styled("  ", (argument.id, "bold"), claim, (f" {' · '.join(parts)}", "dim"))


def ground_word(ground: Ground, state: DebateState) -> str:
    """What a ground points to, and whether it was found there."""
    label = words(state)
    if ground.absence:
        return f"{ground.id} ({label('absence')}: {ground.absence})"
    return f"{ground.id} ({label('unverified')})" if ground.status == "unverified" else ground.id


def unfinished(recommendation: str, state: DebateState) -> list[Text]:
    """What is being written on a recommendation right now."""
    return [
        styled((speaker(address, state), "bold"), (f"\n{text} …", "dim"))
        for address, text in state.writing.items()
        if address.split("/")[0] == recommendation
    ]


def speaker(address: str, state: DebateState) -> str:
    """Who speaks at an address, and on what."""
    recommendation, _, _, role = address.split("/")[:4]
    return f"{recommendation} {state.role_title(role)}"


def retry_lines(state: DebateState) -> list[str]:
    """The calls that failed for now, with the seconds until they are made again."""
    label = words(state)
    return [
        f"{speaker(address, state)}{label('colon')}"
        f"{label('again', cause=retry.waiting.cause, seconds=retry.seconds, tried=retry.waiting.tried)}"
        for address, retry in state.retries.items()
    ]
