"""What every test can rely on: no network but loopback, and nobody's own files or keys."""

import ipaddress
import os
import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

settings.register_profile("jemaa", deadline=None, derandomize="CI" in os.environ)
settings.load_profile("jemaa")

CONNECTING = {
    "socket.connect",
    "socket.sendto",
    "socket.sendmsg",
    "socket.getaddrinfo",
    "socket.gethostbyname",
}


def _is_here(host: object) -> bool:
    if host in {None, "", "localhost"}:
        return True
    name = host.decode() if isinstance(host, bytes) else str(host)
    try:
        return ipaddress.ip_address(name.partition("%")[0]).is_loopback
    except ValueError:
        return name == "localhost"


def _stay_here(event: str, arguments: tuple[Any, ...]) -> None:
    if event not in CONNECTING:
        return
    address = arguments[0] if event.startswith("socket.get") else arguments[1]
    host = address[0] if isinstance(address, tuple) else None if event.count("send") else address
    if isinstance(address, str | bytes) and event == "socket.connect":
        return  # a Unix socket
    if not _is_here(host):
        # Not an ordinary exception: no handler of the program may take it for a provider that is down.
        pytest.fail(f"A test reached out to {host!r}; tests talk to this machine only.")


# Interpreter-wide and for good, so that no library can step around it; only this process is bound.
sys.addaudithook(_stay_here)


@pytest.fixture(autouse=True)
def own_files(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty home: settings, transcripts and caches of the person who runs the tests stay untouched."""
    home = tmp_path_factory.mktemp("home")
    for name in list(os.environ):
        if name.startswith("JEMAA_") or name.endswith(("_API_KEY", "_BASE_URL")):
            monkeypatch.delenv(name)
    for name, folder in {
        "HOME": "",
        "XDG_CONFIG_HOME": ".config",
        "XDG_DATA_HOME": ".local/share",
        "XDG_CACHE_HOME": ".cache",
        "XDG_STATE_HOME": ".local/state",
        "JEMAA_TRANSCRIPTS": "saved",
    }.items():
        monkeypatch.setenv(name, str(home / folder))
    return home
