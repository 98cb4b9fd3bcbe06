"""Serving the app to browsers: a process of its own for each page, and to pages of this address only.

Anybody who can open the page can read transcripts and files and spend what the keys allow, so pages of other
sites must not reach it either: a browser lets them open a WebSocket to this machine, and a name that is made to
point here would pass for a site of its own. Both are told by the headers Host and Origin.
"""

import os
import shlex
import sys
from collections.abc import Awaitable, Callable
from ipaddress import ip_address
from pathlib import Path
from urllib.parse import urlsplit

from aiohttp import web
from textual_serve.server import Server

import tui
from agents.errors import InputError

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]

HEADERS = {
    "Content-Security-Policy": (
        "default-src 'self'; img-src 'self' data:; connect-src 'self' ws: wss:; "
        "style-src 'self' 'unsafe-inline'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
}


class AppServer(Server):
    """`remote`: the page may be opened under whatever name leads here, not only under those of this machine."""

    def __init__(self, host: str, port: int, *, remote: bool) -> None:
        name = f"[{host}]" if ":" in host else host
        super().__init__(
            app_command(),
            host=host,
            port=port,
            title="Jemaa",
            public_url=f"http://{name}:{port}",
            templates_path=Path(__file__).parent,
        )
        self.remote = remote

    async def _make_app(self) -> web.Application:
        app = await super()._make_app()
        app.middlewares.append(self._guarded)
        return app

    async def on_startup(self, app: web.Application) -> None:
        """Nothing is said before it listens."""

    def serve(self, debug: bool = False) -> None:
        """Serve until Ctrl-C. Raises OSError when the address cannot be had."""
        web.run_app(self._make_app(), host=self.host, port=self.port, print=self._listening)

    def _listening(self, *_: object) -> None:
        sys.stderr.write(f"Jemaa in a browser: {self.public_url}   (Ctrl-C ends it)\n")
        sys.stderr.flush()

    @web.middleware
    async def _guarded(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        if not may_come(request.host, request.headers.get("Origin"), remote=self.remote):
            raise web.HTTPForbidden(text="This page is served to pages of its own address only.")
        response = await handler(request)
        if not response.prepared:
            response.headers.update(HEADERS)
        return response


def may_come(host: str, origin: str | None, *, remote: bool) -> bool:
    """Whether a request was made for us, and by a page of ours if by any page at all."""
    if not remote and not is_loopback(urlsplit(f"//{host}").hostname or ""):
        return False
    return origin is None or urlsplit(origin).netloc == host


def is_loopback(host: str) -> bool:
    """Whether a name or an address means this machine only."""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def app_command() -> str:
    """The app's own command line, whatever the working directory holds."""
    launcher = Path(tui.__file__).parents[1] / "jemaa.py"
    return shlex.join([sys.executable, str(launcher)])


def serve(host: str, port: int, *, remote: bool, environment: dict[str, str]) -> None:
    """Serve until Ctrl-C. Raises InputError when the address cannot be had."""
    os.environ.update(environment)
    try:
        AppServer(host, port, remote=remote).serve()
    except OSError as error:
        raise InputError(
            f"{host}:{port} cannot be served from: {error.strerror or error}.",
            "Choose another with --port N.",
        ) from error
