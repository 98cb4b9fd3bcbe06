"""How the program ends: one or two lines on standard error and an exit code, never a traceback."""

import os
import sys
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import Any

import typer
from typer.exceptions import TyperException

from agents.backends.chat.secrets import without_secrets
from agents.errors import ChairStop, ClusterError, JemaaError, ProviderError, StorageError, TapeMismatch
from tui.console import ReaderLeftError, console
from tui.safe import safe_text

DONE = 0
NO = 1
MUST_CHANGE = 2
ENDED_EARLY = 3
INTERRUPTED = 130


def exit_code(action: Callable[[], object]) -> int:
    """Run `action`; its integer result, or the code of how it failed, after saying so on standard error."""
    try:
        result = action()
    except JemaaError as error:
        complain(error.message, error.hint)
        if isinstance(error, TapeMismatch) and error.differences:
            from tui.present.difference import side_by_side

            console(stderr=True).print(side_by_side(error.differences))
        early = ChairStop | ClusterError | ProviderError | StorageError
        return ENDED_EARLY if isinstance(error, early) else MUST_CHANGE
    except TyperException as error:
        complain(*usage_lines(error))
        return MUST_CHANGE
    except ReaderLeftError:
        # Python would complain when it flushes at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return DONE
    except OSError as error:
        complain(f"{error.strerror or error}: {error.filename}" if error.filename else str(error))
        return ENDED_EARLY
    except Exception as error:  # noqa: BLE001  the outermost border: what is left is a defect of ours
        said = without_secrets(f"unexpected {type(error).__name__}: {error}")
        complain(said, f"A defect of jemaa. Details: {record(error)}")
        return ENDED_EARLY
    return result if isinstance(result, int) else DONE


def complain(message: str, hint: str | None = None) -> None:
    """Say on standard error what was wrong and what would do."""
    typer.secho("jemaa: ", fg=typer.colors.RED, err=True, nl=False)
    typer.echo(one_line(message), err=True)
    for line in safe_text(hint or "").splitlines():
        typer.echo(f"       {line}", err=True)


def one_line(text: str) -> str:
    """`text` made safe for a terminal, on one line."""
    return " ".join(safe_text(text).split())


def usage_lines(error: TyperException) -> tuple[str, str | None]:
    """What was wrong on the command line, and which commands or options would do."""
    context: Any = getattr(error, "ctx", None)
    if context is None:
        return error.format_message(), None
    command = context.command
    if hasattr(command, "list_commands"):
        commands = f"Commands: {', '.join(command.list_commands(context))}."
        if "No such option" in error.format_message():
            return (
                error.format_message(),
                f"Options stand after the command: jemaa COMMAND --option. {commands}",
            )
        return error.format_message(), commands
    options = [
        max(parameter.opts, key=len) for parameter in command.params if parameter.opts[0].startswith("-")
    ]
    hint = f"Options: {', '.join(options)}. " if "No such option" in error.format_message() else ""
    return error.format_message(), f"{hint}Try: {context.command_path} --help"


def record(error: Exception) -> str:
    """Keep the traceback of a defect where the person can send it from; returns the place."""
    from platformdirs import user_log_path

    text = without_secrets("".join(traceback.format_exception(error)))
    try:
        path: Path = user_log_path("jemaa", ensure_exists=True) / "last-error.txt"
        path.write_text(text, encoding="utf-8", errors="replace")
    except OSError:
        return text
    return str(path)
