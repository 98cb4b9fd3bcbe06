"""The app in a browser, as far as a browser's own words go: a page, a WebSocket, what it paints first."""

import asyncio
import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import aiohttp
import pytest

from tui.commands.serve import command
from tui.main import run
from tui.web.server import is_loopback, may_come

ROOT = Path(__file__).parents[3]
PATIENCE = 60
"""Seconds until what does not come counts as missing."""


@pytest.fixture
def address(tmp_path: Path) -> Iterator[str]:
    """A server on loopback, in a folder without transcripts; gives host and port."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    process = subprocess.Popen(
        [sys.executable, str(ROOT / "jemaa.py"), "serve", "--port", str(port)],
        cwd=tmp_path,
        env=os.environ | {"LANG": "C"},
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stderr is not None
    try:
        assert f"http://127.0.0.1:{port}" in process.stderr.readline()
        yield f"127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(PATIENCE)
        process.stderr.close()


async def _painted(socket_: aiohttp.ClientWebSocketResponse, words: str) -> str:
    """What is written until the words are there."""
    seen = ""
    async for message in socket_:
        if message.type is aiohttp.WSMsgType.BINARY:
            seen += message.data.decode("utf-8", "replace")
        if words in seen:
            return seen
    return seen


async def test_first_paint(address: str) -> None:
    """A page that connects is shown the app in the size that it has, and its keys reach it; q ends the session."""
    async with aiohttp.ClientSession() as client:
        async with client.get(f"http://{address}/") as page:
            text = await page.text()
            assert "https://" not in text
            assert "default-src 'self'" in page.headers["Content-Security-Policy"]
        url = f"ws://{address}/ws?width=100&height=30"
        async with client.ws_connect(url, origin=f"http://{address}") as socket_, asyncio.timeout(PATIENCE):
            assert "Jemaa" in await _painted(socket_, "settings")
            await socket_.send_json(["focus"])  # as a page does once a person looks at it; then keys are told
            await _painted(socket_, "Help")
            await socket_.send_json(["stdin", "q"])
            async for _ in socket_:
                pass
            assert socket_.closed


async def test_other_sites_are_refused(address: str) -> None:
    """A page of another site gets no session, nor does a foreign name that leads here."""
    async with aiohttp.ClientSession() as client:
        with pytest.raises(aiohttp.WSServerHandshakeError, match="403"):
            await client.ws_connect(f"ws://{address}/ws", origin="http://elsewhere.example")
        async with client.get(f"http://{address}/", headers={"Host": "elsewhere.example"}) as page:
            assert 403 == page.status


@pytest.mark.parametrize(
    "host, origin, remote, expected",
    [
        ("127.0.0.1:8000", None, False, True),
        ("localhost:8000", "http://localhost:8000", False, True),
        ("[::1]:8000", "http://[::1]:8000", False, True),
        ("127.0.0.1:8000", "http://127.0.0.1:9000", False, False),
        ("127.0.0.1:8000", "null", False, False),
        ("10.0.0.1:8000", "http://10.0.0.1:8000", False, False),
        ("10.0.0.1:8000", "http://10.0.0.1:8000", True, True),
        ("10.0.0.1:8000", "http://other:8000", True, False),
    ],
)
def test_who_may_come(host: str, origin: str | None, remote: bool, expected: bool) -> None:
    """Only pages of the very address that they ask; without --allow-remote only under names of this machine."""
    assert expected is may_come(host, origin, remote=remote)


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.168.1.2", "example.org"])
def test_other_machines_are_refused(host: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Listening to other machines needs a flag of its own; the message says why, and what is better."""
    assert 2 == run(["serve", "--host", host])
    told = capsys.readouterr().err
    assert "no password" in told
    assert "ssh -L" in told
    assert not is_loopback(host)


def test_without_the_extra(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """Where textual-serve is missing, it says what to install."""
    monkeypatch.setitem(sys.modules, "tui.web.server", None)
    assert 2 == run(["serve"])
    assert "jemaa[web]" in capsys.readouterr().err
    assert command.__doc__


def test_port_in_use(capsys: pytest.CaptureFixture[str]) -> None:
    """A port that is taken is named, and how to choose another."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        assert 2 == run(["serve", "--port", str(taken.getsockname()[1])])
    assert "--port" in capsys.readouterr().err
