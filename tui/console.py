"""Standard output and standard error as people and programs want them."""

import json
import os
import sys
from typing import TYPE_CHECKING, Any

from agents.errors import InputError
from tui.safe import released

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rich.console import Console, ConsoleOptions, RenderableType
    from rich.segment import Segment


class ReaderLeftError(Exception):
    """Whoever read standard output (head, less) has seen enough and closed it."""


def console(*, stderr: bool = False) -> "Console":
    """A console that never reads markup, emoji codes or addresses into the text that it prints."""
    from rich.console import Console
    from rich.segment import Segment

    class Plain(Console):
        def render(
            self, renderable: "RenderableType", options: "ConsoleOptions | None" = None
        ) -> "Iterator[Segment]":
            for text, style, control in super().render(renderable, options):
                yield Segment(released(text), style, control)

        def on_broken_pipe(self) -> None:
            if not self.stderr:
                raise ReaderLeftError
            self.quiet = True  # nobody hears the messages; the work goes on

    return Plain(stderr=stderr, markup=False, emoji=False, highlight=False)


def show(*renderables: "RenderableType") -> None:
    """Print on standard output; into a file or a pipe without the blanks that fill a table's lines."""
    out = console()
    if out.is_terminal:
        out.print(*renderables, sep="\n", crop=False)
        return
    with out.capture() as capture:
        out.print(*renderables, sep="\n", crop=False)
    _write("".join(f"{line.rstrip()}\n" for line in capture.get().splitlines()))


def print_json(data: Any) -> None:
    """One JSON object on standard output, in characters that its encoding has."""
    unicode = (sys.stdout.encoding or "").lower().replace("-", "") == "utf8"
    _write(json.dumps(data, ensure_ascii=not unicode, indent=2) + "\n")


def in_terminal() -> bool:
    """Whether somebody can see the app and type, be it in a browser through textual-serve."""
    return "TEXTUAL_DRIVER" in os.environ or (sys.stdin.isatty() and sys.stdout.isatty())


def require_terminal(instead: str) -> None:
    """Raises InputError where the app could not be used; `instead` says what can be."""
    if not in_terminal():
        raise InputError("The terminal app needs a terminal.", instead)


def _write(text: str) -> None:
    try:
        sys.stdout.write(text)
        sys.stdout.flush()
    except BrokenPipeError as error:
        raise ReaderLeftError from error
