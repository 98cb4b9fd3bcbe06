"""Read what others' parsers must take apart in a process of its own, whose memory and time are limited."""

import json
import subprocess
import sys
from datetime import date
from pathlib import Path

from agents.article.block import Block, Draft, Kind
from agents.article.model import Dropped
from agents.errors import ArticleError

_WALL_SECONDS = 240
_ROOT = Path(__file__).resolve().parents[3]
# The folder of this program comes first and the working directory is no place to import from, so that
# another project's packages of the same names cannot take our place.
_START = (
    "import sys; sys.path.insert(0, sys.argv.pop()); from agents.article.formats.worker import main; main()"
)
_HINTS = {
    "encrypted": "Save a copy without a password and give that.",
    "scanned": "Run text recognition over it first, for example with ocrmypdf.",
    "too large": "Give the part that matters, or the text itself.",
    "broken": "Open it in the program that made it and save it again, or give the text itself.",
}


def read_isolated(data: bytes, name: str, reader: str) -> Draft:
    """Take `data` apart with `reader` ("html", "pdf" or "docx") in a limited process.

    Raises ArticleError for what is encrypted, scanned, broken, or needs more than the limits allow.
    """
    try:
        done = subprocess.run(  # noqa: S603 - our own interpreter and module; the document comes on standard input
            [sys.executable, "-P", "-c", _START, reader, str(_ROOT)],
            input=data,
            capture_output=True,
            timeout=_WALL_SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise _too_much(name) from error
    try:
        reply = json.loads(done.stdout)
    except ValueError:
        raise _too_much(name) from None
    if "refused" in reply:
        raise ArticleError(f"{name} {reply['refused']}", _HINTS.get(reply["kind"]))
    return Draft(
        blocks=tuple(Block(Kind(kind), *rest) for kind, *rest in reply["blocks"]),
        title=reply["title"],
        published=date.fromisoformat(reply["published"]) if reply["published"] else None,
        language=reply["language"],
        dropped=tuple(Dropped(text=text, reason=reason) for text, reason in reply["dropped"]),
    )


def _too_much(name: str) -> ArticleError:
    # The process was stopped by a limit: nothing more is known than that.
    return ArticleError(
        f"{name} needs more time or memory than a document may take: it is damaged, or made to do harm.",
        _HINTS["too large"],
    )
