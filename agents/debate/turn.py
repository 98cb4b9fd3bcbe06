"""One turn: where it stands, what is asked, what may be answered, and who answers."""

from typing import Any, NamedTuple, Protocol

from pydantic import Field

from agents.argument.model import (
    QUESTION,
    ArgumentDraft,
    Condition,
    ConditionVote,
    GroundDraft,
    Ruling,
    Speech,
    Stance,
)
from agents.article.model import Recommendation
from agents.debate.document import (
    CrossCutting,
    Dependency,
    MeasureDraft,
    Sentence,
    Tension,
)
from agents.model import Frozen

MODERATOR = "moderator"
WHOLE_DEBATE = "all"


class Address(Frozen):
    """Where a turn stands; unique in its debate. Written as `R3/rebuttal/2/energy`.

    `round` counts the phases of speech (1 is the opening); what the chair puts, and the answers to it, have
    the round before which it takes effect. `ordinal` counts the chair's inputs there (1 for other turns),
    `repeat` the requests sent back for repair.
    """

    recommendation: str
    phase: str
    round: int
    role: str
    ordinal: int = 1
    repeat: int = 0

    def __str__(self) -> str:
        text = f"{self.recommendation}/{self.phase}/{self.round}/{self.role}"
        if self.ordinal != 1 or self.repeat:
            text += f"/{self.ordinal}"
        if self.repeat:
            text += f"/{self.repeat}"
        return text


def ordinal_of(address: str) -> int:
    """The ordinal in a written address, 1 where it has none."""
    parts = address.split("/")
    return int(parts[4]) if len(parts) > 4 and parts[4].isdigit() else 1


class Reply(Frozen):
    """Base of what a backend may answer."""


class OpeningReply(Reply):
    """A role's first word on a recommendation, blind to the others.

    `priority` ranks the recommendation among all for this role, from 0 to 100.
    """

    stance: Stance
    text: str
    arguments: tuple[ArgumentDraft, ...] = ()
    priority: int = Field(ge=0, le=100)


class RebuttalReply(Reply):
    """A role's answer to what was said: `because` names the argument or condition that moved it, if any did.

    `withdrawn` are its own arguments that it gives up; `votes` its answers to the conditions on the table.
    """

    stance: Stance
    because: str | None = None
    text: str
    arguments: tuple[ArgumentDraft, ...] = ()
    votes: tuple[ConditionVote, ...] = ()
    withdrawn: tuple[str, ...] = ()
    priority: int = Field(ge=0, le=100)


class QuestionReply(Reply):
    """A role's answer to a question of the chair, with what it rests on.

    `able` is False when the role cannot answer from what it knows; `text` then says so.
    """

    able: bool
    text: str
    grounds: tuple[GroundDraft, ...] = ()


class ExtractionReply(Reply):
    """The recommendations of a passage, in the words of the article."""

    quotes: tuple[str, ...] = ()


class ObjectionReply(Frozen):
    """The majority's reply to an objection that still stands, and why its author is not content with it."""

    argument: str
    majority_reply: str
    why_insufficient: str = ""
    review_trigger: str = ""


class RulingReply(Reply):
    """The moderator's wording of a ruling that has been computed already."""

    reasons: tuple[Sentence, ...]
    measure: MeasureDraft
    objections: tuple[ObjectionReply, ...] = ()


class SynthesisReply(Reply):
    """The moderator's wording of the whole strategy."""

    title: str
    summary: tuple[Sentence, ...] = ()
    diagnosis: tuple[Sentence, ...] = ()
    vision: tuple[Sentence, ...] = ()
    not_sought: tuple[Sentence, ...] = ()
    tensions: tuple[Tension, ...] = ()
    dependencies: tuple[Dependency, ...] = ()
    cross_cutting: CrossCutting = CrossCutting()
    governance: tuple[Sentence, ...] = ()


REPLIES: dict[str, type[Reply]] = {
    "extraction": ExtractionReply,
    "opening": OpeningReply,
    "rebuttal": RebuttalReply,
    QUESTION: QuestionReply,
    "ruling": RulingReply,
    "synthesis": SynthesisReply,
}


class TurnRequest(Frozen):
    """What one speaker is asked, with everything that it may see.

    `speeches` are those of earlier phases on this recommendation (empty in the opening), in the declared
    order of roles; `ruling` is set when the moderator words one; `rulings`, `measures` and all `speeches`
    of the debate when it writes the synthesis. `findings` are set when its wording is sent back: what an
    audit found in the first one. `passage` are the sentences in which a reader looks for recommendations, one
    of `passages`. `question` is the chair's, for a turn that answers one.
    """

    address: Address
    recommendation: Recommendation | None = None
    speeches: tuple[Speech, ...] = ()
    conditions: tuple[Condition, ...] = ()
    ruling: Ruling | None = None
    rulings: tuple[Ruling, ...] = ()
    measures: tuple[MeasureDraft, ...] = ()
    priorities: tuple[str, ...] = ()
    findings: tuple[str, ...] = ()
    passage: tuple[str, ...] = ()
    passages: int = 0
    question: str | None = Field(default=None, exclude_if=lambda value: value is None)


class Prompt(NamedTuple):
    """A rendered request: what identifies it and, for a model, what is sent.

    `config` is the model configuration asked for; `parts` the texts, those shared by most turns first;
    `schema` the JSON Schema of the reply. None of them may hold an address, a key or a version.
    """

    config: dict[str, Any]
    parts: tuple[str, ...]
    schema: dict[str, Any]


class Usage(Frozen):
    """What one answer cost. `cost` is in US dollars; None where the price is unknown.

    `cached_tokens` of the input were read from the provider's cache; `repairs` says what was wrong with each
    reply that was sent back.
    """

    calls: int = 0
    retries: int = 0
    input_tokens: int = 0
    output_tokens: int = 0
    cost: float | None = None
    cached_tokens: int = 0
    repairs: tuple[str, ...] = ()


class Answer(NamedTuple):
    """A validated reply, or None with the cause of the failure."""

    reply: Reply | None
    usage: Usage = Usage()
    failure: str | None = None


class Backend(Protocol):
    """Turns a request into a validated reply."""

    def render(self, request: TurnRequest) -> Prompt:
        """The prompt that `answer` would send; pure, so that a recorded turn can be matched against it."""
        ...

    async def answer(self, request: TurnRequest, prompt: Prompt) -> Answer:
        """Ask for the reply. Raises ProviderError when the whole debate cannot go on."""
        ...


class Turns(Protocol):
    """What the debate takes its turns from: a backend, or a tape around one."""

    async def take(self, request: TurnRequest) -> Answer:
        """The reply to `request`, recorded or asked."""
        ...
