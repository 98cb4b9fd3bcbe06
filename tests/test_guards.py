"""The suite's own guards hold."""

import os
import socket
from pathlib import Path

import pytest
from _pytest.outcomes import Failed


@pytest.mark.parametrize("address", [("192.0.2.1", 80), ("198.51.100.7", 443)])
def test_no_test_reaches_another_machine(address: tuple[str, int]) -> None:
    """Connecting to any address but loopback fails the test, whatever the program catches."""
    with socket.socket() as sock, pytest.raises(Failed, match="talk to this machine only"):
        sock.connect(address)


def test_no_test_asks_for_a_name() -> None:
    """Looking up a host name other than localhost fails the test."""
    with pytest.raises(Failed, match=r"example\.org"):
        socket.getaddrinfo("example.org", 443)


def test_loopback_is_open() -> None:
    """A server on this machine can be reached."""
    with (
        socket.create_server(("127.0.0.1", 0)) as server,
        socket.create_connection(server.getsockname()) as client,
    ):
        assert client.getpeername() == server.getsockname()


def test_own_files_are_elsewhere(own_files: Path) -> None:
    """Home and transcripts point into the test's own temporary folder."""
    assert Path.home() == own_files
    assert Path(os.environ["JEMAA_TRANSCRIPTS"]).is_relative_to(own_files)
