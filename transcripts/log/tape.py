"""The tape: a backend whose answers are recorded, and given again when they are asked for again."""

from collections.abc import Awaitable, Callable, Sequence
from time import perf_counter
from typing import NamedTuple

from pydantic import ValidationError

from agents.debate.turn import REPLIES, Answer, Backend, Prompt, TurnRequest
from agents.errors import TapeMismatch, TranscriptError
from transcripts.log.blobs import blob
from transcripts.log.clock import Clock
from transcripts.log.contents import Contents, Turn
from transcripts.log.copying import Copied, no_turn
from transcripts.log.fingerprint import Fingerprint, Fingerprints
from transcripts.log.mismatch import different, missing
from transcripts.log.record import Answered, Asked, Blob, Failed, Time, to_json
from transcripts.log.writer import Writer


class Taken(NamedTuple):
    """A turn that was taken before its transcript was begun, because the plan depends on it.

    `took` is how many seconds the answer took.
    """

    request: TurnRequest
    prompt: Prompt
    answer: Answer
    took: float


def record_taken(taken: Sequence[Taken], recorded: Contents, clock: Clock) -> list[bytes]:
    """Put such turns among what is recorded; gives their records for the beginning of the transcript."""
    fingerprints, lines = Fingerprints(), []
    for turn in taken:
        address, now = str(turn.request.address), fingerprints.of(turn.prompt)
        stored, asked = asking(address, now, recorded, clock.now())
        outcome = _outcome(address, now, turn.answer, clock.now(round(turn.took, 6)))
        recorded.turns[address] = Turn(asked, outcome)
        lines += [to_json(record) for record in (*stored, asked, outcome)]
    return lines


def asking(address: str, now: Fingerprint, recorded: Contents, time: Time) -> tuple[list[Blob], Asked]:
    """The records of a turn that is about to be asked: what is not stored yet, and the asking itself."""
    stored = []
    for key, content in now.contents.items():
        if key not in recorded.blobs:
            recorded.blobs[key] = content
            stored.append(blob(content, time))
    asked = Asked(
        id=f"asked/{address}",
        time=time,
        address=address,
        fingerprint=now.sha256,
        config=now.config,
        parts=now.parts,
        reply_schema=now.schema,
    )
    return stored, asked


class Tape:
    """Answers turns from `recorded`, and through `backend` where nothing is recorded.

    With a `writer` (run, resume, fork) what is asked is recorded, on disk before it is used; without one
    (replay) nothing is asked and a miss raises TapeMismatch. `copied` (fork) gives the parent's turn for an
    address, or None where it shall be asked anew; it is used only if its fingerprint holds. `admit` is awaited
    before a turn that `passes` is asked after all.

    `mismatch` is the first one that was raised: turns are taken side by side, and the engine may report
    another one.
    """

    def __init__(
        self,
        backend: Backend,
        recorded: Contents,
        name: str,
        *,
        writer: Writer | None = None,
        clock: Clock | None = None,
        copied: Copied = no_turn,
    ) -> None:
        self._backend = backend
        self._recorded = recorded
        self._name = name
        self._writer = writer
        self._clock = clock or Clock()
        self._copied = copied
        self.admit: Callable[[str], Awaitable[None]] | None = None
        self._fingerprints = Fingerprints()
        self._taken: set[str] = set()
        self.mismatch: TapeMismatch | None = None

    def passes(self, address: str) -> bool:
        """Whether a turn is there already, as far as can be told without its request."""
        turn = self._recorded.turns.get(address)
        return (turn is not None and turn.outcome is not None) or self._copied(address) is not None

    async def take(self, request: TurnRequest) -> Answer:
        """The recorded answer to `request`, or a fresh one once it is on disk.

        Raises TapeMismatch when the recorded turn answers another request or, in a replay, when there is
        none; StorageError when the disk refuses; and whatever the backend raises.
        """
        if self.mismatch is not None:
            raise self.mismatch
        address = str(request.address)
        if address in self._taken:
            raise TranscriptError(f"The turn {address} is taken twice in one debate.")
        self._taken.add(address)
        prompt = self._backend.render(request)
        now = self._fingerprints.of(prompt)
        turn = self._recorded.turns.get(address)
        if turn is not None and turn.asked.fingerprint != now.sha256:
            raise self._first(different(turn.asked, now, self._recorded.blobs, self._name))
        if turn is not None and turn.outcome is not None:
            return answer_of(turn.outcome, request.address.phase, self._name)
        if self._writer is None:
            raise self._first(missing(address, self._name))
        given = self._copied(address)
        holds = given is not None and given.outcome is not None and given.asked.fingerprint == now.sha256
        if given is not None and not holds and self.admit is not None:
            await self.admit(address)
        if turn is None:
            await self._writer.write(self._asking(address, now))
        if holds and given is not None and given.outcome is not None:
            answer = answer_of(given.outcome, request.address.phase, self._name)
            outcome = given.outcome.model_copy(update={"time": self._clock.now(), "copied": True})
        else:
            began = perf_counter()
            answer = await self._backend.answer(request, prompt)
            outcome = _outcome(address, now, answer, self._clock.now(round(perf_counter() - began, 6)))
        await self._writer.write([to_json(outcome)])
        return answer

    def _first(self, mismatch: TapeMismatch) -> TapeMismatch:
        self.mismatch = self.mismatch or mismatch
        return mismatch

    def _asking(self, address: str, now: Fingerprint) -> list[bytes]:
        stored, asked = asking(address, now, self._recorded, self._clock.now())
        return [to_json(record) for record in (*stored, asked)]


def _outcome(address: str, now: Fingerprint, answer: Answer, time: Time) -> Answered | Failed:
    if answer.reply is None:
        return Failed(
            id=f"failed/{address}",
            time=time,
            address=address,
            fingerprint=now.sha256,
            failure=answer.failure or "no reply",
            usage=answer.usage,
        )
    return Answered(
        id=f"answered/{address}",
        time=time,
        address=address,
        fingerprint=now.sha256,
        reply=answer.reply.model_dump(mode="json", by_alias=True),
        usage=answer.usage,
    )


def answer_of(outcome: Answered | Failed, phase: str, name: str) -> Answer:
    """What a turn came to. Raises TranscriptError, naming `name`, when it is no reply of its phase."""
    if isinstance(outcome, Failed):
        return Answer(None, outcome.usage, outcome.failure)
    try:
        return Answer(REPLIES[phase].model_validate(outcome.reply), outcome.usage)
    except (KeyError, ValidationError) as error:
        raise TranscriptError(f"Transcript {name}: {outcome.id[:80]} holds no {phase} reply.") from error
