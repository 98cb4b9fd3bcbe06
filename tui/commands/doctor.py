"""`jemaa doctor`: what this installation has, and what it lacks."""

import os
import platform
import re
import shutil
import sys
import tempfile
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from tui import settings
from tui.console import console, in_terminal, print_json, show
from tui.options import AsJson, Transcripts

if TYPE_CHECKING:
    from rich.table import Table

LIBRARIES = ("langgraph", "langchain-core", "pydantic", "textual", "rich", "typer", "networkx", "trafilatura")

KEYS = {
    "anthropic": "ANTHROPIC_API_KEY",
    "cohere": "COHERE_API_KEY",
    "deepseek": "DEEPSEEK_API_KEY",
    "fireworks": "FIREWORKS_API_KEY",
    "google_genai": "GOOGLE_API_KEY",
    "groq": "GROQ_API_KEY",
    "mistralai": "MISTRAL_API_KEY",
    "openai": "OPENAI_API_KEY",
    "openrouter": "OPENROUTER_API_KEY",
    "together": "TOGETHER_API_KEY",
    "xai": "XAI_API_KEY",
}


def command(
    as_json: AsJson = False,
    transcripts: Transcripts = None,
) -> None:
    """Show versions, extras, keys, the transcripts folder and the terminal.

    Of a provider's key it tells only whether there is one. Exit code 1 when a debate could not be saved.
    """
    found = examine(settings.load(transcripts=transcripts).transcripts)
    if as_json:
        print_json(found)
    else:
        show(sheet(found))
    if not found["transcripts"]["writable"]:
        raise typer.Exit(1)


def examine(folder: Path) -> dict[str, Any]:
    """Everything that `jemaa doctor --json` tells."""
    return {
        "jemaa": _version("jemaa"),
        "python": platform.python_version(),
        "platform": platform.platform(),
        "libraries": {name: _version(name) for name in LIBRARIES},
        "extras": extras(),
        "keys": {provider: bool(os.environ.get(variable)) for provider, variable in KEYS.items()},
        "transcripts": {
            "folder": str(folder.resolve()),
            "exists": folder.is_dir(),
            "writable": writable(folder),
        },
        "settings": [str(path) for path in (settings.user_file(), Path("jemaa.toml")) if path.is_file()],
        "terminal": terminal(),
    }


def extras() -> dict[str, dict[str, str | None]]:
    """Each extra of this installation with its packages and their versions, None where one is missing."""
    found: dict[str, dict[str, str | None]] = {}
    try:
        requirements = metadata.requires("jemaa") or []
    except metadata.PackageNotFoundError:
        return found
    for requirement in requirements:
        if match := re.match(r"([\w.-]+).*\bextra == ['\"]([\w.-]+)['\"]", requirement):
            name, extra = match.groups()
            found.setdefault(extra, {})[name] = _version(name)
    return found


def writable(folder: Path) -> bool:
    """Whether transcripts can be written there, or the folder made."""
    while not folder.exists() and folder != folder.parent:
        folder = folder.parent
    try:
        with tempfile.TemporaryFile(dir=folder):
            return True
    except OSError:
        return False


def terminal() -> dict[str, Any]:
    """What the terminal can do, as far as it can be known without asking it."""
    out = console()
    size = shutil.get_terminal_size()
    return {
        "interactive": in_terminal(),
        "type": os.environ.get("TERM", ""),
        "columns": size.columns,
        "lines": size.lines,
        "colours": out.color_system or "none",
        "encoding": sys.stdout.encoding,
        "app": "fits" if size.columns >= 80 and size.lines >= 24 else "too small (80 x 24 are needed)",
    }


def sheet(found: dict[str, Any]) -> "Table":
    """The findings for a person."""
    from rich.table import Table

    table = Table.grid(padding=(0, 2))
    table.add_column(style="bold", no_wrap=True)
    table.add_column(overflow="fold")
    table.add_row("jemaa", f"{found['jemaa'] or 'not installed as a package'} on Python {found['python']}")
    table.add_row("system", found["platform"])
    table.add_row("libraries", ", ".join(f"{name} {version}" for name, version in found["libraries"].items()))
    for extra, packages in found["extras"].items():
        missing = [name for name, version in packages.items() if version is None]
        table.add_row(f"extra {extra}", f"missing: {', '.join(missing)}" if missing else "present")
    keys = [provider for provider, present in found["keys"].items() if present]
    table.add_row("keys", ", ".join(keys) or "none (the offline debaters need none)")
    place = found["transcripts"]
    table.add_row("transcripts", place["folder"])
    state = "writable" if place["writable"] else "NOT writable: choose another folder with --transcripts DIR"
    table.add_row("", state if place["exists"] else f"{state}; made at the first debate")
    table.add_row(
        "settings", ", ".join(found["settings"]) or f"none ({settings.user_file()} or ./jemaa.toml)"
    )
    screen = found["terminal"]
    table.add_row(
        "terminal",
        f"{screen['type'] or 'unknown'}, {screen['columns']} x {screen['lines']}, "
        f"colours: {screen['colours']}, {screen['encoding']}; the app {screen['app']}",
    )
    return table


def _version(distribution: str) -> str | None:
    try:
        return metadata.version(distribution)
    except metadata.PackageNotFoundError:
        return None
