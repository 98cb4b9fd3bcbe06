"""Whether a transcript is what it says: intact, grounded, and computed as anybody can compute it again."""

import math
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from agents.argument.model import Speech
from agents.debate.document import Strategy
from agents.debate.event import Ruled
from agents.debate.extraction import EXTRACTION, extraction_requests, refused
from agents.debate.fidelity import document_findings
from agents.debate.plan import DebatePlan
from agents.errors import TranscriptError
from transcripts.library.catalogue import Catalogue, catalogue
from transcripts.library.recompute import recompute
from transcripts.log.blobs import canonical, digest
from transcripts.log.plan import read_plan
from transcripts.log.read import Torn, read_file
from transcripts.log.record import (
    Answered,
    AnyRecord,
    Asked,
    Closed,
    Derived,
    Failed,
    Header,
    RulingRecord,
    SpeechRecord,
    StrategyRecord,
)
from transcripts.log.tape import answer_of

CLOSED = "closed"

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

    The file is read as a stream; what is held is what a ruling needs, and the rulings for the strategy.

    What is damaged is reported, not raised; TranscriptError is raised only if the file cannot be opened, and
    StorageError if there is no room for temporary files.
    """
    problems: list[Problem] = []
    with catalogue(path) as found:
        try:
            header = _read(path, found, problems)
        except TranscriptError as error:
            if isinstance(error.__cause__, OSError):
                raise
            return _result([*problems, Problem("chain", path.name, error.message)])
        if header is not None:
            try:
                problems += _outcome(header, found, path.name)
            except TranscriptError as error:
                problems.append(Problem("record", path.name, error.message))
    return _result(problems)


def _read(path: Path, found: Catalogue, problems: list[Problem]) -> Header | None:
    """Follow the chain to its end and enter every record; None when the records do not hold.

    Raises TranscriptError where the chain is broken.
    """
    header: Header | None = None
    hold = True
    for line in read_file(path):
        if isinstance(line, Torn):
            problems.append(
                Problem("torn", f"line {line.number}", "The last line was cut while it was written.")
            )
        elif hold:
            try:
                record = found.add(line)
            except TranscriptError as error:
                problems.append(Problem("record", path.name, error.message))
                hold = False
                continue
            if isinstance(record, Header):
                header = record
            problems += _fingerprints(record, found)
    if header is None and hold:
        text = f"Transcript {path.name} was cut before its first record was written."
        problems.append(Problem("record", path.name, text))
    return header if hold else None


def _outcome(header: Header, found: Catalogue, name: str) -> Iterator[Problem]:
    """What does not hold in the article or does not come out as it was recorded."""
    named = (header.plan.article, header.plan.body, *header.plan.charters)
    blobs = {key: content for key in named if (content := found.blob(key)) is not None}
    plan = read_plan(header.plan, blobs, name)
    yield from _article(plan, header, found)
    yield from _extraction(plan, found, name)
    heard: list[Ruled] = []
    strategy: Strategy | None = None
    expected: set[str] = set()
    for computed in recompute(plan, found.outcome, name, found.chair):
        if isinstance(computed, Ruled):
            heard.append(computed)
        elif isinstance(computed, Strategy):
            strategy = computed
        for key, value in _derived(computed):
            expected.add(key)
            yield from _differences(key, found.derived(key), value, finished=CLOSED in found)
    for key in found.derived_keys():
        if key not in expected:
            yield Problem("record", key, "It follows from no recorded reply.")
    if strategy is not None and CLOSED in found:
        for finding in document_findings(plan, heard, strategy):
            yield Problem("fidelity", finding.where, f"{finding.kind}: {finding.text}"[:_SHOWN])


def _result(problems: list[Problem]) -> Verification:
    return Verification(not problems, tuple(problems))


def _fingerprints(record: AnyRecord, found: Catalogue) -> Iterator[Problem]:
    """A request whose parts are missing or do not give its fingerprint, a reply that answers another one."""
    match record:
        case Asked():
            for key in (record.config, record.reply_schema, *record.parts):
                if f"blob/{key}" not in found:
                    yield Problem("record", record.id, f"A part of the request is not stored: {key}.")
            whole = canonical({"config": record.config, "parts": record.parts, "schema": record.reply_schema})
            if record.fingerprint != digest(whole.encode()):
                yield Problem("fingerprint", record.id, "The fingerprint is not that of the request's parts.")
        case Answered() | Failed():
            if record.fingerprint != found.fingerprint(record.address):
                text = f"It answers another request than was asked at {record.address}."
                yield Problem("fingerprint", record.id, text)


def _article(plan: DebatePlan, header: Header, found: Catalogue) -> Iterator[Problem]:
    """A source that is not the article's, spans that do not stand in the body."""
    source = header.plan.source
    if source is not None and f"blob/{source}" not in found:
        yield Problem("source", "header", "The source of the article is not stored.")
    if source is not None and source != plan.article.sha256:
        yield Problem("source", "header", "The stored source is not the one that the article was read from.")
    for span in plan.article.spans:
        if plan.article.body[span.start : span.end] != span.text:
            yield Problem("source", span.id, "The span's text does not stand at its place in the body.")


def _extraction(plan: DebatePlan, found: Catalogue, name: str) -> Iterator[Problem]:
    """Recommendations that a model found: what it named and the plan refused must be what the article lacks."""
    answers = []
    for request in extraction_requests(plan):
        outcome = found.outcome(str(request.address))
        if outcome is None:
            yield Problem("record", str(request.address), "The search that the plan names is not recorded.")
            return
        answers.append(answer_of(outcome, EXTRACTION, name))
    if plan.extraction is not None and (lacking := refused(plan, answers)) != plan.extraction.refused:
        text = f"Recorded as refused {_short(plan.extraction.refused)}, computed {_short(lacking)}."
        yield Problem("source", "header", text)


def _differences(key: str, was: Derived | None, now: Any, *, finished: bool) -> Iterator[Problem]:
    """Where a derived record does not come out as recorded; one may be missing until the debate is closed."""
    if was is None:
        if finished:
            yield Problem("record", key, "It follows from the replies and was not recorded.")
        return
    for path, left, right in _differing(_recorded(was), now):
        text = f"Recorded {_short(left)}, computed {_short(right)}."
        yield Problem(_kind(key, path), f"{key} {path}".strip(), text)


def _derived(computed: Speech | Ruled | Strategy) -> Iterator[tuple[str, Any]]:
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


def _recorded(record: Derived) -> Any:
    """A derived record in the shape of `_derived`."""
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
