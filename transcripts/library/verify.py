"""Whether a transcript is what it says: intact, grounded, and computed as anybody can compute it again."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from agents.backends.offline.edition import edition
from agents.debate.document import Strategy
from agents.debate.event import Ruled
from agents.debate.fidelity import document_findings
from agents.errors import TranscriptError
from transcripts.export.markdown import strategy_markdown
from transcripts.library.catalogue import Catalogue, catalogue
from transcripts.library.differences import (
    CLOSED,
    SHOWN,
    Problem,
    derived_of,
    differing,
    kind_of,
    recorded_of,
    short,
)
from transcripts.library.reargue import Reargued
from transcripts.library.recompute import recompute
from transcripts.library.source import article, extraction, read_again, strategy_file
from transcripts.log.blobs import canonical, digest
from transcripts.log.plan import read_plan
from transcripts.log.read import Torn, read_file
from transcripts.log.record import (
    Answered,
    AnyRecord,
    Asked,
    Derived,
    Failed,
    Header,
)


class Verification(NamedTuple):
    """The result of checking a transcript; `ok` when nothing was found. `notes` say what could not be checked."""

    ok: bool
    problems: tuple[Problem, ...]
    notes: tuple[str, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """What `jemaa verify --json` prints."""
        return {
            "ok": self.ok,
            "problems": [problem._asdict() for problem in self.problems],
            "notes": list(self.notes),
        }


def verify(path: Path) -> Verification:
    """Check the chain, the parts, and everything that was computed, from the transcript alone.

    What every turn was shown is made again; the article is read again from its source and the embedded
    debaters argue again, where they are of the edition that did. The document beside the transcript must be
    the one that was written. The file is read as a stream; what is held is what a ruling needs, and the
    rulings for the strategy.

    What is damaged is reported, not raised; TranscriptError is raised only if the file cannot be opened, and
    StorageError if there is no room for temporary files.
    """
    problems: list[Problem] = []
    notes: list[str] = []
    with catalogue(path) as found:
        try:
            header = _read(path, found, problems)
        except TranscriptError as error:
            if isinstance(error.__cause__, OSError):
                raise
            return _result([*problems, Problem("chain", path.name, error.message)])
        if header is not None:
            try:
                problems += _outcome(header, found, path, notes)
            except TranscriptError as error:
                problems.append(Problem("record", path.name, error.message))
    return _result(problems, notes)


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


def _outcome(header: Header, found: Catalogue, path: Path, notes: list[str]) -> Iterator[Problem]:
    """What does not hold in the article or does not come out as it was recorded."""
    named = (header.plan.article, header.plan.body, *header.plan.charters)
    blobs = {key: content for key in named if (content := found.blob(key)) is not None}
    plan = read_plan(header.plan, blobs, path.name)
    yield from article(plan, header, found)
    yield from extraction(plan, found, path.name)
    if header.edition == edition():
        yield from read_again(plan, header, found, notes)
    again = Reargued(plan, header, found)
    notes += filter(None, [again.note])
    yield from _computed(again, found, path, notes)


def _computed(again: Reargued, found: Catalogue, path: Path, notes: list[str]) -> Iterator[Problem]:
    """What does not come out as recorded: requests, replies, speeches, rulings, the strategy and its document."""
    heard: list[Ruled] = []
    strategy: Strategy | None = None
    expected: set[str] = set()
    asked: list[Problem] = []
    for computed in recompute(
        again.plan,
        found.outcome,
        path.name,
        found.chair,
        lambda request: asked.extend(again.problems(request)),
    ):
        yield from asked
        asked.clear()
        if isinstance(computed, Ruled):
            heard.append(computed)
        elif isinstance(computed, Strategy):
            strategy = computed
        for key, value in derived_of(computed):
            expected.add(key)
            yield from _differences(key, found.derived(key), value, finished=CLOSED in found)
    yield from asked
    for key in found.derived_keys():
        if key not in expected:
            yield Problem("record", key, "It follows from no recorded reply.")
    if strategy is not None and CLOSED in found:
        for finding in document_findings(again.plan, heard, strategy):
            yield Problem("fidelity", finding.where, f"{finding.kind}: {finding.text}"[:SHOWN])
        yield from strategy_file(path, found, strategy_markdown(again.plan, strategy, heard), notes)


def _result(problems: list[Problem], notes: list[str] | None = None) -> Verification:
    return Verification(not problems, tuple(problems), tuple(notes or ()))


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


def _differences(key: str, was: Derived | None, now: Any, *, finished: bool) -> Iterator[Problem]:
    """Where a derived record does not come out as recorded; one may be missing until the debate is closed."""
    if was is None:
        if finished:
            yield Problem("record", key, "It follows from the replies and was not recorded.")
        return
    for path, left, right in differing(recorded_of(was), now):
        text = f"Recorded {short(left)}, computed {short(right)}."
        yield Problem(kind_of(key, path), f"{key} {path}".strip(), text)
