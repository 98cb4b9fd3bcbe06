"""Whether header, article and source of a transcript agree, and the document beside it is the one it wrote."""

from collections.abc import Iterator
from pathlib import Path

from agents.article.read import understand
from agents.debate.extraction import EXTRACTION, extraction_requests, refused
from agents.debate.plan import DebatePlan
from agents.errors import ArticleError
from transcripts.library.catalogue import Catalogue
from transcripts.library.differences import CLOSED, SHOWN, Problem, short
from transcripts.log.blobs import digest
from transcripts.log.record import Closed, Header
from transcripts.log.tape import answer_of


def article(plan: DebatePlan, header: Header, found: Catalogue) -> Iterator[Problem]:
    """A header or source that is not the article's, spans that do not stand in the body."""
    if header.title != plan.article.title:
        text = f"Its title is {short(header.title)}, the article's {short(plan.article.title)}."
        yield Problem("header", "header title", text)
    roles = tuple(charter.name for charter in plan.charters)
    if header.plan.roles != roles:
        text = f"It names {', '.join(header.plan.roles)[:SHOWN]}; the charters are of {', '.join(roles)[:SHOWN]}."
        yield Problem("header", "header plan.roles", text)
    known = {item.id: item for item in plan.article.recommendations}
    for item in plan.recommendations:
        if known.get(item.id) != item:
            text = "The recommendation is not the article's."
            yield Problem("header", f"header plan.recommendations {item.id}", text)
    source = header.plan.source
    if source is not None and f"blob/{source}" not in found:
        yield Problem("source", "header", "The source of the article is not stored.")
    if source is not None and source != plan.article.sha256:
        yield Problem("source", "header", "The stored source is not the one that the article was read from.")
    for span in plan.article.spans:
        if plan.article.body[span.start : span.end] != span.text:
            yield Problem("source", span.id, "The span's text does not stand at its place in the body.")


def extraction(plan: DebatePlan, found: Catalogue, name: str) -> Iterator[Problem]:
    """Recommendations that a model found: what it named and the plan refused must be what the article lacks."""
    answers = []
    for request in extraction_requests(plan):
        outcome = found.outcome(str(request.address))
        if outcome is None:
            yield Problem("record", str(request.address), "The search that the plan names is not recorded.")
            return
        answers.append(answer_of(outcome, EXTRACTION, name))
    if plan.extraction is not None and (lacking := refused(plan, answers)) != plan.extraction.refused:
        text = f"Recorded as refused {short(plan.extraction.refused)}, computed {short(lacking)}."
        yield Problem("source", "header", text)


def read_again(plan: DebatePlan, header: Header, found: Catalogue, notes: list[str]) -> Iterator[Problem]:
    """An article that is not what its source says, read by the same edition."""
    data = None if header.plan.source is None else found.blob(header.plan.source)
    if data is None or digest(data) != plan.article.sha256:
        return
    try:
        read = understand(data, plan.article.source)
    except ArticleError as error:
        notes.append(f"The source could not be read again: {error.message}")
        return
    recorded = plan.article
    if read.body != recorded.body and _only_inserted(read.body, recorded.body):
        notes.append("The debated text holds a passage more than its source.")
        return
    for name in ("title", "language", "published", "countries", "body", "sections", "spans", "figures"):
        if getattr(read, name) != getattr(recorded, name):
            yield Problem("source", f"article {name}", "The source, read again, gives something else.")
    known = {(item.text, item.spans) for item in read.recommendations}
    for item in plan.recommendations:
        if item.spans and (item.text, item.spans) not in known and plan.extraction is None:
            yield Problem("source", item.id, "The source, read again, gives no such recommendation.")


def _only_inserted(shorter: str, longer: str) -> bool:
    """Whether a text is the other one with something put in at one place."""
    if len(shorter) >= len(longer):
        return False
    same = next((n for n, (a, b) in enumerate(zip(shorter, longer, strict=False)) if a != b), len(shorter))
    rest = len(shorter) - same
    return rest == 0 or shorter[-rest:] == longer[-rest:]


def strategy_file(path: Path, found: Catalogue, written: str, notes: list[str]) -> Iterator[Problem]:
    """A document beside the transcript that is not the one that the debate wrote; there may be none."""
    beside = path.with_suffix(".md")
    try:
        content = beside.read_bytes()
    except FileNotFoundError:
        return
    except OSError as error:
        yield Problem("strategy_file", beside.name, f"It cannot be read: {error.strerror}.")
        return
    closed = found.derived(CLOSED)
    recorded = closed.document if isinstance(closed, Closed) else None
    if recorded is not None and recorded != digest(content):
        text = "It is not the document that this debate wrote; jemaa export T --to markdown writes it anew."
        yield Problem("strategy_file", beside.name, text)
    elif content != written.encode():
        if recorded is None:
            text = "It is not what the transcript says; jemaa export T --to markdown writes it anew."
            yield Problem("strategy_file", beside.name, text)
        else:
            notes.append(f"{beside.name} is as it was written; today's program would write it otherwise.")
