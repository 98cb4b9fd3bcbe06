"""What a debate yields while it runs."""

from typing import Literal

from pydantic import Field

from agents.argument.model import Ruling, Speech, Stance
from agents.debate.chair import Act
from agents.debate.document import MeasureDraft, Sentence, Strategy
from agents.debate.turn import Usage
from agents.model import Frozen


class TurnAsked(Frozen):
    """A speaker has been given the floor."""

    kind: Literal["turn_asked"] = "turn_asked"
    address: str


class TurnTaken(Frozen):
    """A reply is there (recorded or fresh), or the turn failed.

    `stance` and `text` are a role's, as it answered; its arguments come with the speech, which is put on the
    record once the whole round has spoken.
    """

    kind: Literal["turn_taken"] = "turn_taken"
    address: str
    usage: Usage = Usage()
    failure: str | None = None
    stance: Stance | None = None
    text: str = ""


class ChairActed(Frozen):
    """An input of the chair has taken effect `before` the turn at that address."""

    kind: Literal["chair"] = "chair"
    act: Act
    before: str


class SpeechGiven(Frozen):
    """A role has spoken; ids are minted and grounds checked. Yielded in declared order, phase by phase.

    So are the chair's own arguments (role and phase `chair`) and answers to it (phase `question`).
    """

    kind: Literal["speech"] = "speech"
    speech: Speech


class Ruled(Frozen):
    """A recommendation is decided.

    `reasons` and `measure` are the moderator's wording, empty and None if it failed; `cut` the sentences of
    it that said more than they rest on; `chair` is what the chair put on it, in order.
    """

    kind: Literal["ruling"] = "ruling"
    ruling: Ruling
    reasons: tuple[Sentence, ...] = ()
    measure: MeasureDraft | None = None
    cut: tuple[str, ...] = ()
    speeches: tuple[Speech, ...] = ()
    chair: tuple[Act, ...] = Field(default=(), exclude_if=lambda put: not put)


class StrategyWritten(Frozen):
    """The debate is over."""

    kind: Literal["strategy"] = "strategy"
    strategy: Strategy


Event = TurnAsked | TurnTaken | ChairActed | SpeechGiven | Ruled | StrategyWritten
