"""The records of a log, as data.

`id` is the same in every run of the same debate. Only `time`, `run`, `prev` and `hash` differ between
two runs; the chain adds `prev` and `hash` when a record is written.
"""

from collections.abc import Collection
from typing import Annotated, Any, Literal

from pydantic import Field, TypeAdapter, ValidationError

from agents.argument.model import Ruling, Speech
from agents.article.model import Recommendation
from agents.debate.chair import Act, Hold
from agents.debate.document import MeasureDraft, Sentence, Strategy
from agents.debate.plan import Extraction, Language
from agents.debate.presiding import Given
from agents.debate.turn import Usage
from agents.errors import TranscriptError
from agents.model import Frozen
from transcripts.log.chain import Line

Sha256 = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]


class Time(Frozen):
    """When a record was made.

    `at` is UTC in ISO 8601; `elapsed` the seconds since the run that wrote it began (it starts again at
    each resume); `took` how long the answer took, in seconds.
    """

    at: str
    elapsed: float = Field(ge=0)
    took: float | None = Field(default=None, ge=0)


class Chained(Frozen):
    """What every record has. `prev` and `hash` are None only before it is written."""

    prev: Sha256 | None = Field(default=None, exclude=True)
    hash: Sha256 | None = Field(default=None, exclude=True)


class PlanRecord(Frozen):
    """A debate's plan; article, body, source and charters are named by the hash of their blob."""

    article: Sha256
    body: Sha256
    source: Sha256 | None
    charters: tuple[Sha256, ...]
    roles: tuple[str, ...]
    recommendations: tuple[Recommendation, ...]
    language: Language
    rounds: int
    rule: str
    model: str
    role_models: dict[str, str] = {}
    fallbacks: tuple[str, ...] = ()
    context: int | None = None
    seed: int | None = None
    extraction: Extraction | None = None


class Parent(Frozen):
    """The debate that a fork was made from. `run` is its id, `at` the address that was asked anew.

    With `retry_failed`, turns that had failed were asked anew too.
    """

    run: str
    at: str | None = None
    retry_failed: bool = False


class Header(Chained):
    """The first record: what defines the debate. `run` is the debate's id.

    `edition` marks the program's reading and embedded debaters that began it: the same ones read and argue alike.
    """

    schema_: Literal[2] = Field(default=2, alias="schema")
    kind: Literal["header"] = "header"
    id: Literal["header"] = "header"
    run: str
    time: Time
    title: str
    plan: PlanRecord
    parent: Parent | None = None
    edition: Sha256 | None = Field(default=None, exclude_if=lambda mark: mark is None)


class Blob(Chained):
    """A text or some bytes (base64), stored once; `id` is `blob/` and the SHA-256 of the bytes."""

    kind: Literal["blob"] = "blob"
    id: str
    time: Time
    text: str | None = None
    base64: str | None = None


class Asked(Chained):
    """A turn is about to be asked: its fingerprint and, by hash, what it was made of."""

    kind: Literal["asked"] = "asked"
    id: str
    time: Time
    address: str
    fingerprint: Sha256
    config: Sha256
    parts: tuple[Sha256, ...]
    reply_schema: Sha256


class Answered(Chained):
    """A validated reply; its model is that of the address's phase in `agents.debate.turn.REPLIES`.

    `copied` tells that a fork took it from its parent, where it was paid for.
    """

    kind: Literal["answered"] = "answered"
    id: str
    time: Time
    address: str
    fingerprint: Sha256
    reply: dict[str, Any]
    usage: Usage
    copied: bool = False


class Failed(Chained):
    """A turn that could not be had, and why."""

    kind: Literal["failed"] = "failed"
    id: str
    time: Time
    address: str
    fingerprint: Sha256
    failure: str
    usage: Usage
    copied: bool = False


class ChairRecord(Chained):
    """What the chair did, and the turn before which it took effect.

    `id` is `chair/<before>/<number>`, numbered from 1 in the order of taking effect; for what only held turns
    back or let them go, `gate/<before>/<number>`.
    """

    kind: Literal["chair"] = "chair"
    id: str
    time: Time
    before: str
    act: Act

    @property
    def given(self) -> Given:
        """What the chair did and where."""
        return Given(self.before, self.act)


class SpeechRecord(Chained):
    """A speech as the debate put it on the record."""

    kind: Literal["speech"] = "speech"
    id: str
    time: Time
    speech: Speech


class RulingRecord(Chained):
    """A ruling with the moderator's wording, and the strength of every argument of its recommendation.

    `cut` are sentences of the wording that said more than they rest on; `chair` is what the chair put on it.
    """

    kind: Literal["ruling"] = "ruling"
    id: str
    time: Time
    ruling: Ruling
    reasons: tuple[Sentence, ...]
    measure: MeasureDraft | None
    cut: tuple[str, ...] = ()
    strengths: dict[str, float | None]
    chair: tuple[Act, ...] = Field(default=(), exclude_if=lambda put: not put)


class StrategyRecord(Chained):
    """The strategy."""

    kind: Literal["strategy"] = "strategy"
    id: Literal["strategy"] = "strategy"
    time: Time
    strategy: Strategy


class Closed(Chained):
    """The last record of a finished debate: the decision on each recommendation, for lists.

    `document` is the SHA-256 of the strategy that was written beside the transcript.
    """

    kind: Literal["closed"] = "closed"
    id: Literal["closed"] = "closed"
    time: Time
    decisions: dict[str, str]
    document: Sha256 | None = Field(default=None, exclude_if=lambda mark: mark is None)


Derived = SpeechRecord | RulingRecord | StrategyRecord | Closed
"""Records that are computed from the turns; a run over the same transcript computes them again."""

AnyRecord = Annotated[
    Header | Blob | Asked | Answered | Failed | ChairRecord | Derived, Field(discriminator="kind")
]

RECORD: TypeAdapter[AnyRecord] = TypeAdapter(AnyRecord)


def chair_record(given: Given, earlier: Collection[str], time: Time) -> ChairRecord:
    """The record of an act of the chair; `earlier` are the ids of those before it."""
    stem = f"{'gate' if isinstance(given.act, Hold) else 'chair'}/{given.before}/"
    number = 1 + sum(name.startswith(stem) for name in earlier)
    return ChairRecord(id=f"{stem}{number}", time=time, before=given.before, act=given.act)


def to_json(record: Chained) -> bytes:
    """The record as one JSON object in UTF-8, without its place in the chain, keys in declared order."""
    return record.model_dump_json(by_alias=True).encode()


def from_line(line: Line, name: str) -> AnyRecord:
    """The typed record of a line. Raises TranscriptError naming file, line and key when it does not hold."""
    try:
        return RECORD.validate_python(line.record, strict=False)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False, include_context=False)[0]
        where = ".".join(str(step)[:60] for step in first["loc"][1:]) or "the record"
        why = f"{where}: {first['msg'][:200]}"
        raise TranscriptError(
            f"Transcript {name}: line {line.number} is no record of this format ({why})."
        ) from error
