"""The formats that an article may come in."""

from agents.article.block import Draft
from agents.article.formats.decode import decoded
from agents.article.formats.sniff import Format, format_of
from agents.errors import ArticleError

MOST_BYTES = 64 * 2**20
"""No larger file is opened, whatever its format."""
MOST_TEXT = 16 * 2**20
"""No larger text is read: it would take a minute, and nobody debates five thousand pages."""


def draft_of(data: bytes, name: str, content_type: str = "") -> Draft:
    """Take `data` apart by the reader of its format, which is imported only now.

    Raises ArticleError for what is too large and what no reader can take.
    """
    _check_size(data, name, MOST_BYTES)
    kind = format_of(data, name, content_type)
    if kind in {Format.PLAIN, Format.MARKDOWN}:
        _check_size(data, name, MOST_TEXT)
    if kind is Format.PLAIN:
        from agents.article.formats.plain import read_plain  # noqa: PLC0415

        return read_plain(decoded(data, name, content_type))
    if kind is Format.MARKDOWN:
        from agents.article.formats.markdown import read_markdown  # noqa: PLC0415

        return read_markdown(decoded(data, name, content_type))
    from agents.article.formats.isolate import read_isolated  # noqa: PLC0415

    if kind is Format.HTML:
        data = decoded(data, name, content_type).encode("utf-8", "replace")
    return read_isolated(data, name, kind)


def _check_size(data: bytes, name: str, most: int) -> None:
    if len(data) > most:
        raise ArticleError(
            f"{name} is larger than {most // 2**20} MB.", "Give the part that matters, or the text itself."
        )
