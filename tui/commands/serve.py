"""`jemaa serve`: the terminal app in a browser."""

from typing import Annotated

import typer

from agents.errors import InputError
from tui import settings
from tui.options import Transcripts


def command(
    host: Annotated[str, typer.Option(metavar="ADDRESS", help="Where to listen.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=1, max=65535, metavar="N", help="On which port.")] = 8000,
    *,
    allow_remote: Annotated[
        bool, typer.Option("--allow-remote", help="Listen to other machines too. There is no password.")
    ] = False,
    transcripts: Transcripts = None,
) -> None:
    """Open the terminal app in a browser, on this machine.

    Each page is a session of its own. Ctrl-C ends it; debates under way can be resumed.
    """
    chosen = settings.load(transcripts=transcripts)
    try:
        from tui.web.server import is_loopback, serve
    except ImportError as error:
        raise InputError(
            f"What serves the app to a browser is not installed ({error.name}).",
            "Install it: pip install 'jemaa[web]'",
        ) from error
    if not is_loopback(host) and not allow_remote:
        raise InputError(
            f"{host} can be reached by other machines, and the app has no password: whoever opens it reads your "
            "transcripts and files, and debates at your expense.",
            f"Better: ssh -L {port}:127.0.0.1:{port} THIS-MACHINE. If you must: --allow-remote",
        )
    serve(
        host,
        port,
        remote=allow_remote,
        environment={"JEMAA_TRANSCRIPTS": str(chosen.transcripts.absolute())},
    )
