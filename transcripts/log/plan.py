"""A debate's plan, into the header and blobs of a transcript and back."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from pydantic import ValidationError

from agents.article.model import Article
from agents.debate.plan import DebatePlan
from agents.errors import TranscriptError
from agents.roles.model import Charter
from transcripts.log.blobs import blob, canonical, digest, stored_json
from transcripts.log.record import Blob, Header, Parent, PlanRecord, Time


class Beginning(NamedTuple):
    """The header of a transcript and, by hash, the contents that it names."""

    header: Header
    blobs: dict[str, bytes]

    def records(self) -> list[Header | Blob]:
        """The first records of the log."""
        return [self.header, *(blob(content, self.header.time) for content in self.blobs.values())]


def beginning(
    plan: DebatePlan,
    run: str,
    time: Time,
    *,
    source: bytes | None = None,
    parent: Parent | None = None,
    edition: str | None = None,
) -> Beginning:
    """The first records of a transcript: all that is needed to hold the same debate elsewhere.

    `source` is what the article was read from; when it is not known, only its hash is kept.
    """
    body = plan.article.body.encode()
    article = canonical(_abridged(plan.article)).encode()
    charters = [canonical(charter.model_dump(mode="json")).encode() for charter in plan.charters]
    contents = [*([] if source is None else [source]), body, article, *charters]
    header = Header(
        run=run,
        time=time,
        title=plan.article.title,
        plan=PlanRecord(
            article=digest(article),
            body=digest(body),
            source=None if source is None else digest(source),
            charters=tuple(digest(charter) for charter in charters),
            roles=tuple(charter.name for charter in plan.charters),
            recommendations=plan.recommendations,
            language=plan.language,
            rounds=plan.rounds,
            rule=plan.rule,
            model=plan.model,
            role_models=plan.role_models,
            fallbacks=plan.fallbacks,
            context=plan.context,
            seed=plan.seed,
            extraction=plan.extraction,
        ),
        parent=parent,
        edition=edition,
    )
    return Beginning(header, {digest(content): content for content in contents})


def read_plan(record: PlanRecord, blobs: Mapping[str, bytes], name: str) -> DebatePlan:
    """The plan of a header; `blobs` by hash. Raises TranscriptError when a part is missing or wrong."""
    try:
        body = blobs[record.body].decode()
        article = Article.model_validate_json(_unabridged(blobs[record.article], body))
        return DebatePlan(
            article=article,
            recommendations=record.recommendations,
            charters=tuple(Charter.model_validate_json(blobs[charter]) for charter in record.charters),
            language=record.language,
            rounds=record.rounds,
            rule=record.rule,
            model=record.model,
            role_models=record.role_models,
            fallbacks=record.fallbacks,
            context=record.context,
            seed=record.seed,
            extraction=record.extraction,
        )
    except KeyError as error:
        raise TranscriptError(
            f"Transcript {name} lacks a part that its header names: blob/{error.args[0]}."
        ) from error
    except (ValidationError, ValueError, TypeError, AttributeError, RecursionError) as error:
        raise TranscriptError(f"Transcript {name}: its article or charters do not hold.") from error


def _abridged(article: Article) -> dict[str, Any]:
    """The article without its body, and its spans without what the body, their order or the span before tell."""
    data = article.model_dump(mode="json", exclude={"body"})
    before: dict[str, Any] = {"section": "", "page": None}
    for number, span in enumerate(data["spans"], 1):
        if article.body[span["start"] : span["end"]] == span["text"]:
            del span["text"]
        if span["id"] == f"S{number}":
            del span["id"]
        here = {key: span[key] for key in before}
        for key in [key for key in before if before[key] == here[key]]:
            del span[key]
        before = here
    return data


def _unabridged(stored: bytes, body: str) -> str:
    data = stored_json(stored)
    before = {"section": "", "page": None}
    for number, span in enumerate(data["spans"], 1):
        span.setdefault("text", body[span["start"] : span["end"]])
        span.setdefault("id", f"S{number}")
        before = {key: span.setdefault(key, before[key]) for key in before}
    return canonical(data | {"body": body})
