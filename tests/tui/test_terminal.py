"""Whole sessions in a real pseudo-terminal: keys go in, bytes come out."""

import fcntl
import os
import pty
import re
import select
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PATIENCE = 20
"""Seconds until a screen that does not come counts as missing."""

MARKUP = "[link=file:///etc/passwd]click[/link][/foo]\u202e"
HOSTILE = f"\x1b]52;c;aGFja2Vk\x07\x1b]0;owned\x07\x1b[8m{MARKUP}"
DEBATE = ["debate", "article.md", "--recommendation", f"Plant trees. {HOSTILE}"]
ARTICLE = f"""# A harbour {MARKUP} on the wind

Its cranes stand still in every storm.

## Recommendations

- Build a wind farm of 30 MW beside the northern mole. {MARKUP}
- Train two hundred electricians for the harbour before 2028.
"""


class Terminal:
    """A program in a terminal of its own."""

    def __init__(
        self, arguments: list[str], folder: Path, columns: int, lines: int, *, pace: int = 0
    ) -> None:
        self._primary, secondary = pty.openpty()
        fcntl.ioctl(secondary, termios.TIOCSWINSZ, struct.pack("HHHH", lines, columns, 0, 0))
        environment = os.environ | {
            "PYTHONPATH": str(ROOT),
            "TERM": "xterm-256color",
            "COLORTERM": "truecolor",
        }
        environment |= {"LANG": "C", "JEMAA_PACE": str(pace)}
        environment = {name: value for name, value in environment.items() if name not in {"COLUMNS", "LINES"}}
        self.process = subprocess.Popen(
            [sys.executable, "-m", "jemaa", *arguments],
            cwd=folder,
            env=environment,
            stdin=secondary,
            stdout=secondary,
            stderr=secondary,
            start_new_session=True,
        )
        os.close(secondary)
        self.written = b""

    def press(self, keys: str) -> None:
        """Type."""
        os.write(self._primary, keys.encode())

    def wait_for(self, text: str) -> None:
        """Read until the text has been written since the last wait, whatever colours it has."""
        start = len(self.written)
        deadline = time.monotonic() + PATIENCE
        while text not in plain(self.written[start:]):
            if time.monotonic() > deadline or not self._read(deadline):
                pytest.fail(f"{text!r} did not come; the end of what came: {plain(self.written)[-2000:]!r}")

    def leave(self) -> int:
        """Wait until the program has ended; its exit code."""
        deadline = time.monotonic() + PATIENCE
        while self._read(deadline):
            pass
        return self.process.wait(PATIENCE)

    def close(self) -> None:
        """End the program if it has not ended."""
        if self.process.poll() is None:
            self.process.kill()
            self.process.wait()
        os.close(self._primary)

    def _read(self, deadline: float) -> bool:
        ready, _, _ = select.select([self._primary], [], [], max(0.0, deadline - time.monotonic()))
        if not ready:
            return False
        try:
            chunk = os.read(self._primary, 65536)
        except OSError:  # the other side is closed
            return False
        self.written += chunk
        return bool(chunk)


def plain(written: bytes) -> str:
    """What was written without its escape sequences, blanks run together."""
    text = written.decode("utf-8", "replace")
    return " ".join(
        re.sub(r"\x1b(\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b]*(\x07|\x1b\\)|[PX^_].*?\x1b\\|.)", " ", text).split()
    )


@pytest.fixture
def terminals(tmp_path: Path) -> Iterator[list[Terminal]]:
    (tmp_path / "article.md").write_text(ARTICLE, encoding="utf-8")
    opened: list[Terminal] = []
    yield opened
    for terminal in opened:
        terminal.close()


SIZES = pytest.mark.parametrize("columns, lines", [(80, 24), (200, 60)])


@SIZES
def test_a_session(tmp_path: Path, terminals: list[Terminal], columns: int, lines: int) -> None:
    """A whole session: debate at reading speed, question a role, let it end, try what if, export, leave with Ctrl-Q.

    Nothing of the article acts on the terminal: no clipboard, no title, no link, no hidden text, no override.
    """
    live = Terminal([*DEBATE, "--watch", "--pace", "3000"], tmp_path, columns, lines)
    terminals.append(live)
    live.wait_for("has the floor")
    for keys, words in (
        (" ", "paused"),
        ("c", "Question to one role"),
        ("1", "Your question"),
        ("Who pays?\r", "1 of yours waiting"),
        (" ", "live"),
        ("]]]++++", "asks all"),
        (">", "finished"),
        ("2", "├"),
        ("3", "· strength 0"),
        ("4", "embedded rules"),
        ("w", "As it was"),
        ("\x1b[C", "1.10"),
    ):
        live.press(keys)
        live.wait_for(words)
    live.press("\x11")
    assert 0 == live.leave()

    saved = Terminal(["watch", "last"], tmp_path, columns, lines)
    terminals.append(saved)
    saved.wait_for("northern mole")
    for keys, words in (("/", "Words to find"), ("WHO pays\r", "4 places"), ("\r", "paused")):
        saved.press(keys)
        saved.wait_for(words)
    saved.press("q")
    assert 0 == saved.leave()

    exported = Terminal(["export", "last", "--to", "markdown"], tmp_path, columns, lines)
    terminals.append(exported)
    assert 0 == exported.leave()

    for terminal in (live, saved):
        for harm in (b"\x1b]52", b"\x1b]0;owned", b"\x1b[8m", b"\x1b]8;", "\u202e".encode()):
            assert harm not in terminal.written
        assert "[link=file:///etc/passwd]click" in plain(terminal.written)


def test_left_in_the_middle(tmp_path: Path, terminals: list[Terminal]) -> None:
    """Ctrl-Q in mid-debate leaves with 0 and says how to go on; the transcript is valid and goes on from there."""
    live = Terminal([*DEBATE, "--watch"], tmp_path, 80, 24, pace=240)
    terminals.append(live)
    live.wait_for("has the floor")
    live.press("\x11")
    assert 0 == live.leave()
    assert "jemaa resume last" in plain(live.written)

    for arguments in (["verify", "last"], ["resume", "last"]):
        command = Terminal(arguments, tmp_path, 80, 24)
        terminals.append(command)
        assert 0 == command.leave()
    assert "Decisions" in plain(command.written)


def test_home(tmp_path: Path, terminals: list[Terminal]) -> None:
    """The bare command opens the list; one key debates the bundled brief; Escape leads back, q out."""
    home = Terminal([], tmp_path, 80, 24)
    terminals.append(home)
    home.wait_for("brief")
    home.press("b")
    home.wait_for("finished")
    home.press("\x1b")
    home.wait_for("offline")
    home.press("q")

    assert 0 == home.leave()


def test_commands_write_no_escapes_of_others(tmp_path: Path, terminals: list[Terminal]) -> None:
    """Debate and show print an article's text into a terminal as text."""
    for arguments in (DEBATE, ["show"], ["list"]):
        terminal = Terminal(arguments, tmp_path, 80, 24)
        terminals.append(terminal)
        assert 0 == terminal.leave()
        for harm in (b"\x1b]", b"\x1b[8m", "\u202e".encode()):
            assert harm not in terminal.written
