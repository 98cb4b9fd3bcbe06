"""What the chair (the person) may put to a debate. Each is an input: recorded, and applied again where it was.

An input that bears on what is said takes effect between two rounds of one recommendation: the openings are
blind to everything, and what a round is shown is frozen when its first turn begins.
"""

from datetime import date
from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from agents.argument.model import GroundDraft, Side, Target
from agents.model import Frozen

LONGEST = 4000
"""Characters that one text of the chair may have."""

Words = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=LONGEST)]


class Question(Frozen):
    """A question on a recommendation, to the roles `to` (none named: to all), answered before the next round."""

    kind: Literal["question"] = "question"
    recommendation: str
    text: Words
    to: tuple[str, ...] = ()


class Evidence(Frozen):
    """A fact that the chair brings and answers for: what it says, its source, the day on which it was true."""

    text: Words
    source: Words
    as_of: date


class Remark(Frozen):
    """An argument of the chair's own. Its grounds are checked like everyone's, and the roles answer it.

    `side` and `targets` say what it bears on, `condition` what it asks for; `evidence` are facts that it
    brings and rests on. Once all rounds are held it calls another one, so that nothing is decided before
    it was answered.
    """

    kind: Literal["remark"] = "remark"
    recommendation: str
    text: Words
    side: Side | None = None
    grounds: tuple[GroundDraft, ...] = ()
    targets: tuple[Target, ...] = ()
    condition: Words | None = None
    evidence: tuple[Evidence, ...] = ()


class AnotherRound(Frozen):
    """One round more than planned on a recommendation, held even if the last one brought nothing new."""

    kind: Literal["another_round"] = "another_round"
    recommendation: str


class Close(Frozen):
    """No further round on a recommendation: it is decided on what was said."""

    kind: Literal["close"] = "close"
    recommendation: str


Input = Question | Remark | AnotherRound | Close
"""What changes the course of a recommendation's hearing."""


class Hold(Frozen):
    """What only holds turns back or lets them go; it changes nothing that is said.

    `pause` and `stop` stand before the first turn that was not asked because of them, `go_on` and `step`
    before the first that was asked again.
    """

    kind: Literal["pause", "go_on", "step", "stop"]


Act = Annotated[Question | Remark | AnotherRound | Close | Hold, Field(discriminator="kind")]
"""Everything that the chair does."""
