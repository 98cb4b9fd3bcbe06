"""Read an article: a file, an address, or bytes become the context that all roles share."""

import hashlib
import re
from collections.abc import Sequence
from importlib.resources import files
from pathlib import Path
from typing import Literal, NamedTuple

from agents.article.block import Block, Kind
from agents.article.body import Body, assemble
from agents.article.boilerplate import without_boilerplate
from agents.article.countries import countries_in
from agents.article.dates import published_in
from agents.article.figures import figures_in
from agents.article.formats import MOST_BYTES, draft_of
from agents.article.language import language_of
from agents.article.model import Article, Figure, Recommendation
from agents.article.numbering import with_written_lists, without_paragraph_numbers
from agents.article.recommend.cues import cues_of
from agents.article.recommend.find import recommendations_in
from agents.errors import ArticleError

BUNDLED_NAME = "brief.md"

Place = Literal["start", "middle", "end"]

_TITLE_WORDS = 16
_PART = re.compile(
    r"(?:(?:\d+|[IVX]+)[.)]? )?(?:impressum|introduction|summary|abstract|foreword|preface|executive summary|overview|"
    r"background|(?:conclusions? (?:and|et|y) )?recomm[ae]ndations?|conclusions?|résumé|synthèse|préface|avant-propos|"
    r"contexte|introducción|resumen(?: ejecutivo)?|prólogo|presentación|antecedentes|conclusiones|"
    r"(?:conclusiones y )?recomendaciones|مقدمة|تقديم|ملخص|خلاصة|توصيات|التوصيات)\W*$",
    re.IGNORECASE,
)
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+://")


class Read(NamedTuple):
    """An article with the bytes that it was read from."""

    article: Article
    source: bytes


def read_article(source: str) -> Article:
    """Read the file or http(s) address `source`.

    Raises ArticleError when there is nothing there, or nothing that can be read.
    """
    if not source.strip():
        raise ArticleError("No article is named.", "Give a file or an http(s) address.")
    return read_with_source(source).article


def read_with_source(source: str) -> Read:
    """Read the file or http(s) address `source`, and keep its bytes. Raises what `read_article` does."""
    if source.lower().startswith(("http://", "https://")):
        from agents.article.web import fetch  # noqa: PLC0415 - an HTTP client is needed for addresses only

        fetched = fetch(source)
        return Read(understand(fetched.data, source, content_type=fetched.content_type), fetched.data)
    if _SCHEME.match(source):
        raise ArticleError(
            f"{source} is no http(s) address.", "Give one that begins with https://, or the path of a file."
        )
    if not source.strip():
        raise ArticleError("No article is named.", "Give the path of a file or an http(s) address.")
    data = _file(source)
    return Read(understand(data, Path(source).name), data)


def understand(
    data: bytes, name: str, *, content_type: str = "", inserted: tuple[Place, str] | None = None
) -> Article:
    """Understand `data`, whose format is told by its content first, then by `name` and `content_type`.

    `inserted` is a paragraph that is read as if it stood at that place of the source.

    Raises ArticleError for what is empty, binary, encrypted or cannot be decoded.
    """
    draft = draft_of(data, name, content_type)
    if inserted is not None:
        draft = draft._replace(blocks=_with_paragraph(draft.blocks, *inserted))
    language = language_of("\n".join(block.text for block in draft.blocks), draft.language)
    structured = without_paragraph_numbers(with_written_lists(draft.blocks), cues_of(language))
    blocks, dropped = without_boilerplate(structured, title=draft.title)
    body = assemble(blocks, language)
    if not body.text.strip():
        raise ArticleError(f"{name} holds no text.", "Give an article as text, Markdown, HTML, PDF or DOCX.")
    title = draft.title or _title(blocks, body)
    return Article(
        title=title,
        language=language,
        sha256=hashlib.sha256(data).hexdigest(),
        body=body.text,
        source=name,
        published=draft.published or published_in([block.text for block in draft.blocks], language),
        countries=countries_in(f"{title}\n{body.text}", language),
        sections=body.sections,
        spans=body.spans,
        recommendations=recommendations_in(body, language),
        figures=_figures(body, language),
        dropped=(*draft.dropped, *dropped),
    )


def with_recommendations(article: Article, added: Sequence[str]) -> Article:
    """The article with recommendations of somebody's own, under the next free ids.

    Raises ArticleError for an empty one.
    """
    texts = [" ".join(text.split()) for text in added]
    if not all(texts):
        raise ArticleError(
            "An added recommendation is empty.", 'Say what is to be done: --recommendation "…".'
        )
    start = len(article.recommendations) + 1
    new = tuple(Recommendation(id=f"R{number}", text=text) for number, text in enumerate(texts, start))
    return article.model_copy(update={"recommendations": article.recommendations + new})


def pick(article: Article, ids: Sequence[str]) -> Article:
    """The article with only the recommendations `ids`, in the article's order.

    Raises ArticleError that names unknown ids and those that exist.
    """
    known = [recommendation.id for recommendation in article.recommendations]
    wanted = [name.strip().upper() for name in ids if name.strip()]
    unknown = [name for name in wanted if name not in known]
    if unknown or not wanted:
        said = ", ".join(unknown) or "(none)"
        raise ArticleError(
            f"Unknown recommendation: {said}.",
            f"The article has {', '.join(known)}." if known else "The article has no recommendation.",
        )
    kept = tuple(one for one in article.recommendations if one.id in wanted)
    return article.model_copy(update={"recommendations": kept})


def bundled_brief() -> Article:
    """The article that ships with the program, debated when no other is given."""
    return understand(bundled_data(), BUNDLED_NAME)


def bundled_data() -> bytes:
    """What the bundled brief is read from."""
    return (files("agents.article") / BUNDLED_NAME).read_bytes()


def _file(source: str) -> bytes:
    path = Path(source).expanduser()
    try:
        if path.is_dir():
            raise ArticleError(
                f"{source} is a directory.", "Give one file of it: text, Markdown, HTML, PDF or DOCX."
            )
        with path.open("rb") as opened:
            return opened.read(MOST_BYTES + 1)  # no more, since a device never ends
    except FileNotFoundError as error:
        raise ArticleError(
            f"There is no file {source}.", "Give the path of a file or an http(s) address."
        ) from error
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise ArticleError(f"{source} cannot be read: {reason}.", "Give a file that you may read.") from error


def _with_paragraph(blocks: Sequence[Block], place: Place, text: str) -> list[Block]:
    """The blocks with one more: after the first, at the end, or before the heading or paragraph next to the middle."""
    paragraph = Block(Kind.PARAGRAPH, " ".join(text.split()))
    free = [
        number
        for number, block in enumerate(blocks)
        if number and block.kind in {Kind.HEADING, Kind.PARAGRAPH}
    ]
    middle = min(free, key=lambda number: abs(2 * number - len(blocks)), default=len(blocks))
    at = {"start": min(1, len(blocks)), "middle": middle, "end": len(blocks)}[place]
    return [*blocks[:at], paragraph, *blocks[at:]]


def _title(blocks: Sequence[Block], body: Body) -> str:
    """The first heading, unless it only names a part; then the first sentence, when it can be a title."""
    heading = next((block.text for block in blocks if block.kind is Kind.HEADING), "")
    first = next((span.text for span in body.spans if span.text != span.section), heading)
    words = first.strip("«»“”\"' .").split()
    if heading and (not _PART.match(heading) or len(words) > _TITLE_WORDS):
        return heading
    return " ".join(words[:_TITLE_WORDS]) + (" …" if len(words) > _TITLE_WORDS else "")


def _figures(body: Body, language: str) -> tuple[Figure, ...]:
    return tuple(
        Figure(text=found.text, value=found.value, unit=found.unit, span=span.id)
        for span in body.spans
        for found in figures_in(span.text, language)
    )
