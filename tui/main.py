"""The command line: which commands there are, and how the program ends."""

import sys
from contextlib import redirect_stdout
from io import TextIOWrapper
from typing import Any, NamedTuple

import typer
from typer.core import TyperCommand, TyperGroup

from tui.console import in_terminal
from tui.failure import exit_code

DEBATE = "Debate"
READ = "Read"
ABOUT = "About this installation"


class Entry(NamedTuple):
    """A command as the help lists it; its module is imported when it is called."""

    summary: str
    panel: str


COMMANDS: dict[str, Entry] = {
    "debate": Entry("Run one debate over an article and print the strategy.", DEBATE),
    "resume": Entry("Go on with a debate that was interrupted.", DEBATE),
    "replay": Entry("Run a debate again from its transcript; nobody is asked.", DEBATE),
    "whatif": Entry("Recompute the rulings with other weights, arguments, roles or rule.", DEBATE),
    "fork": Entry("Hold a recorded debate again under changed conditions, in a file of its own.", DEBATE),
    "regress": Entry(
        "Hold the debates of a suite and compare them with what is expected and was accepted.", DEBATE
    ),
    "sweep": Entry("Hold all debates of a suite side by side, each with a transcript of its own.", DEBATE),
    "article": Entry("Show what is understood of an article: outline, recommendations, figures.", READ),
    "list": Entry("List the saved transcripts, last written first.", READ),
    "show": Entry("Print what was said, decided and why.", READ),
    "search": Entry("Find words in the speeches, rulings and strategies of all transcripts.", READ),
    "compare": Entry(
        "Tell what differs between two debates: decisions, stances, arguments, priorities.", READ
    ),
    "export": Entry("Write a finished debate as a document, a page, a table or an argument graph.", READ),
    "watch": Entry("Open a transcript in the terminal app.", READ),
    "serve": Entry("Open the terminal app in a browser, on this machine.", READ),
    "verify": Entry("Check a transcript: chain, grounds, strengths, rulings, fidelity.", READ),
    "roles": Entry("Show the charters: who argues, for what, and their red lines.", ABOUT),
    "models": Entry(
        "Show which models can be used here, what is missing for the others, and known prices.", ABOUT
    ),
    "doctor": Entry("Show versions, extras, keys, the transcripts folder and the terminal.", ABOUT),
}


class LazyCommand(TyperCommand):
    """A command that the help can list and that is imported only when somebody calls it."""

    def make_context(self, *args: Any, **kwargs: Any) -> Any:
        """Hand over to the real command."""
        from importlib import import_module

        module = import_module(f"tui.commands.{self.name}")
        single = typer.Typer(add_completion=False, pretty_exceptions_enable=False)
        single.command(self.name)(module.command)
        return typer.main.get_command(single).make_context(*args, **kwargs)


class Commands(TyperGroup):
    """The group of all commands, none of them imported."""

    def list_commands(self, ctx: Any) -> list[str]:
        """All names, in the order of the help."""
        return list(COMMANDS)

    def get_command(self, ctx: Any, cmd_name: str) -> LazyCommand | None:
        """The command of that name, or None."""
        entry = COMMANDS.get(cmd_name)
        if entry is None:
            return None
        return LazyCommand(cmd_name, callback=None, help=entry.summary, rich_help_panel=entry.panel)


app = typer.Typer(
    cls=Commands,
    help="An assembly of roles argues over a policy article; what they agree on is computed and recorded.",
    epilog="Without a command: the terminal app. A transcript T is a path, an id, its prefix, or last.",
    invoke_without_command=True,
    add_completion=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


@app.callback()
def home(
    ctx: typer.Context, version: bool = typer.Option(False, "--version", help="Print the version.")
) -> None:
    """Without a command: the terminal app, or the help where there is no terminal."""
    if version:
        typer.echo(f"jemaa {installed_version()}")
    elif ctx.invoked_subcommand is None:
        if not in_terminal():
            with redirect_stdout(sys.stderr):
                typer.echo(ctx.get_help())
            raise typer.Exit(2)
        from tui.app.main import open_home

        open_home()


def installed_version() -> str:
    """The version of this installation."""
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version("jemaa")
    except PackageNotFoundError:
        return "(not installed as a package)"


def run(arguments: list[str]) -> int:
    """Run the command line; returns the exit code and never raises for what a person can cause.

    0 done, 1 the answer is no, 2 the person must change something, 3 ended early for another reason,
    130 Ctrl-C.
    """
    for stream in (sys.stdout, sys.stderr):
        if isinstance(
            stream, TextIOWrapper
        ):  # a sign that the terminal's encoding lacks is no reason to stop
            stream.reconfigure(errors="replace")
    return exit_code(
        lambda: typer.main.get_command(app).main(arguments, prog_name="jemaa", standalone_mode=False)
    )
