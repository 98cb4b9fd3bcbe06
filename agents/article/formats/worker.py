"""The limited process: a document on standard input, its draft as JSON on standard output."""

import json
import sys
from collections.abc import Callable

from agents.article.block import Draft
from agents.article.formats.limits import SECONDS, Refused, allow, limit


def main() -> None:
    """Read the document on standard input with the reader that the first argument names."""
    data = sys.stdin.buffer.read()
    reader = _reader(sys.argv[1])
    limit()
    allow(SECONDS)
    try:
        reply = _as_json(reader(data))
    except Refused as error:
        reply = {"refused": str(error), "kind": error.kind}
    except MemoryError:
        reply = {"refused": "needs more memory than a document may take.", "kind": "too large"}
    except RecursionError:
        reply = {"refused": "is nested too deeply to be read.", "kind": "broken"}
    except Exception as error:  # noqa: BLE001 - whatever a parser of others raises, the document is to blame
        reply = {
            "refused": f"cannot be read as {sys.argv[1].upper()} ({type(error).__name__}).",
            "kind": "broken",
        }
    sys.stdout.write(json.dumps(reply))


def _reader(name: str) -> Callable[[bytes], Draft]:
    # Each reader's libraries are imported before the limits begin to count.
    if name == "html":
        from agents.article.formats.html import read_html  # noqa: PLC0415

        return lambda data: read_html(data.decode("utf-8"))
    if name == "pdf":
        from agents.article.formats.pdf import read_pdf  # noqa: PLC0415

        return read_pdf
    from agents.article.formats.docx import read_docx  # noqa: PLC0415

    return read_docx


def _as_json(draft: Draft) -> dict[str, object]:
    return {
        "blocks": [[str(kind), *rest] for kind, *rest in draft.blocks],
        "title": draft.title,
        "published": draft.published.isoformat() if draft.published else None,
        "language": draft.language,
        "dropped": [[one.text, one.reason] for one in draft.dropped],
    }
