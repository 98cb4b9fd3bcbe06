"""What does not hold in a transcript, and where two records differ."""

import math
from collections.abc import Iterator
from typing import Any, NamedTuple

from agents.argument.model import Speech
from agents.debate.document import Strategy
from agents.debate.event import Ruled
from transcripts.log.blobs import canonical
from transcripts.log.record import Closed, Derived, RulingRecord, SpeechRecord, StrategyRecord

CLOSED = "closed"

TOLERANCE = 2e-6
"""Numbers closer than this are the same: they are recorded with six decimals."""

SHOWN = 160
"""Characters of a value that a problem shows."""


class Problem(NamedTuple):
    """Something that does not hold. `where` is a line, a record's id or a place in the strategy.

    `kind`: chain, torn, record, header, source, plan, fingerprint, material, reply, speech, grounding, strength,
    ruling, priority, strategy, closed, fidelity or strategy_file.
    """

    kind: str
    where: str
    text: str


def derived_of(computed: Speech | Ruled | Strategy) -> Iterator[tuple[str, Any]]:
    """What was computed again, by the ids and in the shape of derived records."""
    match computed:
        case Speech():
            yield f"speech/{computed.address}", computed.model_dump(mode="json")
        case Ruled(ruling=ruling):
            chair = [act.model_dump(mode="json") for act in computed.chair]
            yield (
                f"ruling/{ruling.recommendation}",
                {
                    "ruling": ruling.model_dump(mode="json"),
                    "reasons": [reason.model_dump(mode="json") for reason in computed.reasons],
                    "measure": computed.measure.model_dump(mode="json") if computed.measure else None,
                    "cut": list(computed.cut),
                    **({"chair": chair} if chair else {}),
                    "strengths": {a.id: a.strength for speech in computed.speeches for a in speech.arguments},
                },
            )
        case Strategy():
            yield "strategy", computed.model_dump(mode="json")
            decisions = {ruling.recommendation: str(ruling.decision) for ruling in computed.rulings}
            yield CLOSED, {"decisions": decisions}


def recorded_of(record: Derived) -> Any:
    """A derived record in the shape of `derived_of`."""
    match record:
        case SpeechRecord():
            return record.speech.model_dump(mode="json")
        case RulingRecord():
            return record.model_dump(
                mode="json", include={"ruling", "reasons", "measure", "cut", "strengths", "chair"}
            )
        case StrategyRecord():
            return record.strategy.model_dump(mode="json")
        case Closed():
            return record.model_dump(mode="json", include={"decisions"})


def differing(was: Any, now: Any, path: str = "") -> Iterator[tuple[str, Any, Any]]:
    """The places where two JSON values differ, numbers within the tolerance aside."""
    if isinstance(was, dict) and isinstance(now, dict):
        for key in dict.fromkeys([*was, *now]):
            yield from differing(was.get(key), now.get(key), f"{path}.{key}".lstrip("."))
    elif isinstance(was, list) and isinstance(now, list) and len(was) == len(now):
        for place, (left, right) in enumerate(zip(was, now, strict=True)):
            yield from differing(left, right, f"{path}[{place}]")
    elif isinstance(was, float) and isinstance(now, float):
        if not math.isclose(was, now, rel_tol=0, abs_tol=TOLERANCE):
            yield path, was, now
    elif was != now:
        yield path, was, now


def kind_of(key: str, path: str) -> str:
    """The kind of problem that a difference at `path` of the derived record `key` is."""
    if "grounds" in path or "grounding" in path:
        return "grounding"
    if any(word in path for word in ("strength", "dfquad", "euler", "base")):
        return "strength"
    if "priorit" in path:
        return "priority"
    return key.partition("/")[0]


def short(value: Any) -> str:
    """A value as JSON, its end left out when it is long."""
    text = canonical(value)
    return text if len(text) <= SHOWN else f"{text[:SHOWN]}…"
