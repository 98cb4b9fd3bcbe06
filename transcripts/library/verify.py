"""Whether a transcript is what it says: intact, grounded, and computed as anybody can compute it again."""

import math
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from agents.debate.fidelity import document_findings
from agents.debate.plan import DebatePlan
from agents.errors import TranscriptError
from transcripts.library.recompute import Recomputed, recompute
from transcripts.log.blobs import canonical, digest
from transcripts.log.contents import Contents, contents
from transcripts.log.plan import read_plan
from transcripts.log.read import Torn, read_file
from transcripts.log.record import Closed, RulingRecord, SpeechRecord, StrategyRecord

TOLERANCE = 2e-6
"""Numbers closer than this are the same: they are recorded with six decimals."""

_SHOWN = 160


class Problem(NamedTuple):
    """Something that does not hold. `where` is a line, a record's id or a place in the strategy.

    `kind`: chain, torn, record, source, fingerprint, speech, grounding, strength, ruling, priority,
    strategy, closed or fidelity.
    """

    kind: str
    where: str
    text: str


class Verification(NamedTuple):
    """The result of checking a transcript; `ok` when nothing was found."""

    ok: bool
    problems: tuple[Problem, ...]

    def as_json(self) -> dict[str, Any]:
        """What `jemaa verify --json` prints."""
        return {"ok": self.ok, "problems": [problem._asdict() for problem in self.problems]}


def verify(path: Path) -> Verification:
    """Check the chain, the parts, and everything that was computed, from the transcript alone.

    What is damaged is reported, not raised; TranscriptError is raised only if the file cannot be opened.
    """
    problems: list[Problem] = []
    lines = []
    try:
        for line in read_file(path):
            if isinstance(line, Torn):
                problems.append(
                    Problem("torn", f"line {line.number}", "The last line was cut while it was written.")
                )
            else:
                lines.append(line)
    except TranscriptError as error:
        if isinstance(error.__cause__, OSError):
            raise
        return _result([*problems, Problem("chain", path.name, error.message)])
    try:
        held = contents(lines, path.name)
        problems += _fingerprints(held)
        plan = read_plan(held.header.plan, held.blobs, path.name)
        problems += _article(plan, held)
        again = recompute(plan, held.turns, path.name)
        problems += _computed(held, again)
        if again.strategy is not None and held.finished:
            problems += [
                Problem("fidelity", found.where, f"{found.kind}: {found.text}"[:_SHOWN])
                for found in document_findings(plan, again.heard, again.strategy)
            ]
    except TranscriptError as error:
        problems.append(Problem("record", path.name, error.message))
    return _result(problems)


def _result(problems: list[Problem]) -> Verification:
    return Verification(not problems, tuple(problems))


def _fingerprints(held: Contents) -> Iterator[Problem]:
    """Requests whose parts are missing or do not give their fingerprint, replies that answer another one."""
    for address, turn in held.turns.items():
        asked = turn.asked
        for key in (asked.config, asked.reply_schema, *asked.parts):
            if key not in held.blobs:
                yield Problem("record", asked.id, f"A part of the request is not stored: {key}.")
        whole = canonical({"config": asked.config, "parts": asked.parts, "schema": asked.reply_schema})
        if asked.fingerprint != digest(whole.encode()):
            yield Problem("fingerprint", asked.id, "The fingerprint is not that of the request's parts.")
        if turn.outcome is not None and turn.outcome.fingerprint != asked.fingerprint:
            yield Problem(
                "fingerprint", turn.outcome.id, f"It answers another request than was asked at {address}."
            )


def _article(plan: DebatePlan, held: Contents) -> Iterator[Problem]:
    """A source that is not the article's, spans that do not stand in the body."""
    source = held.header.plan.source
    if source is not None and source not in held.blobs:
        yield Problem("source", "header", "The source of the article is not stored.")
    if source is not None and source != plan.article.sha256:
        yield Problem("source", "header", "The stored source is not the one that the article was read from.")
    for span in plan.article.spans:
        if plan.article.body[span.start : span.end] != span.text:
            yield Problem("source", span.id, "The span's text does not stand at its place in the body.")


def _computed(held: Contents, again: Recomputed) -> Iterator[Problem]:
    """Derived records that do not come out as recorded, are missing, or follow from nothing."""
    expected = _derived(again)
    for key, was in _recorded(held).items():
        if key not in expected:
            yield Problem("record", key, "It follows from no recorded reply.")
            continue
        for path, left, right in _differing(was, expected[key]):
            text = f"Recorded {_short(left)}, computed {_short(right)}."
            yield Problem(_kind(key, path), f"{key} {path}".strip(), text)
    if held.finished:
        for key in expected:
            if key not in held.derived:
                yield Problem("record", key, "It follows from the replies and was not recorded.")


def _derived(again: Recomputed) -> dict[str, Any]:
    """What was computed again, in the shape of the derived records, by their ids."""
    found: dict[str, Any] = {f"speech/{s.address}": s.model_dump(mode="json") for s in again.speeches}
    for ruled in again.heard:
        found[f"ruling/{ruled.ruling.recommendation}"] = {
            "ruling": ruled.ruling.model_dump(mode="json"),
            "reasons": [reason.model_dump(mode="json") for reason in ruled.reasons],
            "measure": ruled.measure.model_dump(mode="json") if ruled.measure else None,
            "cut": list(ruled.cut),
            "strengths": {a.id: a.strength for speech in ruled.speeches for a in speech.arguments},
        }
    if again.strategy is not None:
        found["strategy"] = again.strategy.model_dump(mode="json")
        decisions = {ruling.recommendation: str(ruling.decision) for ruling in again.strategy.rulings}
        found["closed"] = {"decisions": decisions}
    return found


def _recorded(held: Contents) -> dict[str, Any]:
    """The derived records in the shape of `_derived`."""
    found: dict[str, Any] = {}
    for key, record in held.derived.items():
        match record:
            case SpeechRecord():
                found[key] = record.speech.model_dump(mode="json")
            case RulingRecord():
                found[key] = record.model_dump(
                    mode="json", include={"ruling", "reasons", "measure", "cut", "strengths"}
                )
            case StrategyRecord():
                found[key] = record.strategy.model_dump(mode="json")
            case Closed():
                found[key] = record.model_dump(mode="json", include={"decisions"})
    return found


def _differing(was: Any, now: Any, path: str = "") -> Iterator[tuple[str, Any, Any]]:
    """The places where two JSON values differ, numbers within the tolerance aside."""
    if isinstance(was, dict) and isinstance(now, dict):
        for key in dict.fromkeys([*was, *now]):
            yield from _differing(was.get(key), now.get(key), f"{path}.{key}".lstrip("."))
    elif isinstance(was, list) and isinstance(now, list) and len(was) == len(now):
        for place, (left, right) in enumerate(zip(was, now, strict=True)):
            yield from _differing(left, right, f"{path}[{place}]")
    elif isinstance(was, float) and isinstance(now, float):
        if not math.isclose(was, now, rel_tol=0, abs_tol=TOLERANCE):
            yield path, was, now
    elif was != now:
        yield path, was, now


def _kind(key: str, path: str) -> str:
    if "grounds" in path or "grounding" in path:
        return "grounding"
    if any(word in path for word in ("strength", "dfquad", "euler", "base")):
        return "strength"
    if "priorit" in path:
        return "priority"
    return key.partition("/")[0]


def _short(value: Any) -> str:
    text = canonical(value)
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"
