"""A log of what happens, as JSON lines: no prompt, no reply, no key."""

import json
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from agents.backends.chat.secrets import without_secrets
from agents.backends.watch import Waiting
from agents.debate.event import Event, Ruled, StrategyWritten, TurnTaken
from agents.errors import InputError, JemaaError

_ALL = logging.getLogger("jemaa")
_ALL.addHandler(logging.NullHandler())  # else Python prints warnings that nobody handles
_DEBATE = logging.getLogger("jemaa.debate")


class JsonLines(logging.Formatter):
    """One JSON object for each record: when, how grave, from where, what, and the figures that belong to it."""

    def format(self, record: logging.LogRecord) -> str:
        """The record as one line without any secret."""
        told: dict[str, Any] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
        }
        told |= getattr(record, "call", {})
        return without_secrets(json.dumps(told, ensure_ascii=False))


@contextmanager
def log_to(path: Path | None) -> Iterator[None]:
    """Append to `path` what is logged inside, and how it ended; None: nothing is logged.

    Raises InputError when the file cannot be written.
    """
    if path is None:
        yield
        return
    try:
        handler = logging.FileHandler(path, encoding="utf-8")
    except OSError as error:
        raise InputError(
            f"The log file {path} cannot be written: {error.strerror}.",
            "Give another with --log-file, in a folder that exists.",
        ) from error
    handler.setFormatter(JsonLines())
    level = _ALL.level
    _ALL.addHandler(handler)
    _ALL.setLevel(logging.INFO)
    try:
        yield
    except JemaaError as error:
        _DEBATE.error("ended: %s", error.message)
        raise
    except KeyboardInterrupt:
        _DEBATE.warning("interrupted")
        raise
    finally:
        _ALL.removeHandler(handler)
        _ALL.setLevel(level)
        handler.close()


def log_begin(debate: str, model: str, transcript: Path) -> None:
    """A debate begins or goes on."""
    _DEBATE.info("begins", extra={"call": {"debate": debate, "model": model, "transcript": str(transcript)}})


def log_event(event: Event) -> None:
    """Log what happened in a debate."""
    if not _DEBATE.isEnabledFor(logging.INFO):
        return
    match event:
        case TurnTaken(address=turn, usage=usage, failure=failure):
            about = {"turn": turn, "usage": usage.model_dump(mode="json"), "failure": failure}
            _DEBATE.log(
                logging.WARNING if failure else logging.INFO,
                "turn failed" if failure else "turn taken",
                extra={"call": about},
            )
        case Ruled(ruling=ruling):
            about = {"recommendation": ruling.recommendation, "decision": str(ruling.decision)}
            _DEBATE.info("ruling", extra={"call": about})
        case StrategyWritten():
            _DEBATE.info("strategy written")


def log_wait(told: Waiting) -> None:
    """Log that a call waits to be made, and why."""
    about = {
        "turn": told.address,
        "seconds": round(told.seconds, 3),
        "cause": told.cause,
        "tried": told.tried,
    }
    _DEBATE.warning("waits", extra={"call": about})
