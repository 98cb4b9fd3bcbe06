"""What happens to a debate when its process, its disk or its file fails, with real processes."""

import json
import os
import random
import shutil
import signal
import socketserver
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from agents.debate.plan import DebatePlan
from transcripts.library.record import read_record
from transcripts.library.verify import verify
from transcripts.log.file import reopen
from transcripts.log.session import resume, start

WORKER = Path(__file__).with_name("faulty_worker.py")
TURNS = 55
ROUNDS = int(os.environ.get("JEMAA_FAULT_ROUNDS", "1"))
"""How many debates are killed in each test; `benchmarks/faults.py` asks for more."""

Scripted = Callable[..., Any]


class Counting(socketserver.ThreadingTCPServer):
    """Counts calls; when the count reaches `kill_at`, kills `victim` before it answers."""

    allow_reuse_address = True
    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.calls: list[str] = []
        self.kill_at = -1
        self.victim: subprocess.Popen[str] | None = None
        self.guard = threading.Lock()


class Handler(socketserver.StreamRequestHandler):
    def handle(self) -> None:
        server = self.server
        assert isinstance(server, Counting)
        address = self.rfile.readline().decode().strip()
        with server.guard:
            server.calls.append(address)
            if len(server.calls) == server.kill_at and server.victim is not None:
                server.victim.send_signal(signal.SIGKILL)
        try:
            self.wfile.write(b"go\n")
        except OSError:
            return


@pytest.fixture
def server() -> Iterator[Counting]:
    with Counting() as counting:
        threading.Thread(target=counting.serve_forever, daemon=True).start()
        yield counting
        counting.shutdown()


@pytest.fixture(scope="session")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same debate without any fault."""
    folder = tmp_path_factory.mktemp("whole")
    assert (0, "") == _run(folder)
    return folder / "debate.jsonl"


def _work(folder: Path, port: int = 0, fault: str = "none") -> subprocess.Popen[str]:
    command = [sys.executable, str(WORKER), str(folder), str(port), fault]
    environment = os.environ | {"PYTHONPATH": str(Path.cwd())}
    return subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment
    )


def _run(folder: Path, fault: str = "none") -> tuple[int, str]:
    process = _work(folder, fault=fault)
    out, errors = process.communicate()
    assert "Traceback" not in errors
    return process.returncode, out


def _records(path: Path) -> list[str]:
    lines = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    return [
        json.dumps({key: value for key, value in line.items() if key not in {"time", "run", "prev", "hash"}})
        for line in sorted(lines, key=lambda line: line["id"])
    ]


def _assert_like(whole: Path, path: Path) -> None:
    assert _records(whole) == _records(path)
    assert whole.with_suffix(".md").read_bytes() == path.with_suffix(".md").read_bytes()
    assert () == verify(path).problems


class TestKilled:
    @pytest.mark.parametrize("seed", range(ROUNDS))
    def test_a_debate_killed_several_times_ends_as_if_nothing_had_happened(
        self, seed: int, server: Counting, whole: Path, folder: Path
    ) -> None:
        """Records, strategy and verification are those of one run; only calls in flight are made again."""
        chance = random.Random(seed)
        in_flight = 0
        for _ in range(3):
            server.kill_at = len(server.calls) + chance.randint(1, 24)
            server.victim = _work(folder, server.server_address[1])
            server.victim.communicate()
            if server.victim.returncode == 0:
                break
            if (folder / "debate.jsonl").exists():
                in_flight += len(read_record(folder / "debate.jsonl").unanswered)
        server.kill_at = -1
        last = _work(folder, server.server_address[1])
        assert ("", "") == last.communicate()

        _assert_like(whole, folder / "debate.jsonl")
        assert TURNS <= len(server.calls) <= TURNS + in_flight

    def test_between_the_strategy_and_its_name(self, whole: Path, folder: Path) -> None:
        """Killed before the strategy's file is renamed, nothing half-written has its name; resume writes it."""
        code, _ = _run(folder, "rename")

        assert -signal.SIGKILL == code
        assert not (folder / "debate.md").exists()
        assert 0 == _run(folder)[0]
        assert {"debate.jsonl", "debate.md"} == {file.name for file in folder.iterdir()}
        _assert_like(whole, folder / "debate.jsonl")


class TestDiskFull:
    @pytest.mark.parametrize("share", [0.3, 0.97])
    def test_a_debate_goes_on_once_there_is_room(self, share: float, whole: Path, folder: Path) -> None:
        """Without room the debate stops in words with code 3; with room it ends as if nothing had happened."""
        room = int(whole.stat().st_size * share)
        code, said = _run(folder, f"room:{room}")

        assert 3 == code
        assert "no room" in said
        assert "jemaa resume debate" in said
        assert 0 == _run(folder)[0]
        for torn in folder.glob("*.torn-*"):
            torn.unlink()
        _assert_like(whole, folder / "debate.jsonl")

    def test_without_room_for_a_beginning_nothing_is_left(self, folder: Path) -> None:
        """A transcript that cannot even begin leaves no file."""
        code, said = _run(folder, "room:100")

        assert 3 == code
        assert "no room" in said
        assert [] == list(folder.iterdir())

    @pytest.mark.skipif(os.geteuid() != 0, reason="only the superuser can mount a small disk")
    def test_on_a_small_disk(self, whole: Path, folder: Path) -> None:
        """On a disk that is really full the debate stops in words, and goes on elsewhere."""
        folder.mkdir()
        mounted = subprocess.run(
            ["mount", "-t", "tmpfs", "-o", "size=96k", "tmpfs", str(folder)], capture_output=True, check=False
        )
        if mounted.returncode != 0:
            pytest.skip("mounting is not allowed here")
        try:
            code, said = _run(folder)
            roomy = folder.with_name("roomy")
            shutil.copytree(folder, roomy)
        finally:
            subprocess.run(["umount", str(folder)], check=True)

        assert 3 == code
        assert "no room" in said
        assert 0 == _run(roomy)[0]
        for torn in roomy.glob("*.torn-*"):
            torn.unlink()
        _assert_like(whole, roomy / "debate.jsonl")


class TestTorn:
    async def test_the_last_line_cut_at_every_byte(
        self, plan: DebatePlan, scripted: Scripted, folder: Path
    ) -> None:
        """Wherever the last line is cut, what stands before it is read and continued, and the rest is put aside."""
        session = start(plan, lambda _: scripted(), folder)
        async for _ in session.events():
            pass
        content = session.path.read_bytes()
        begin = content[:-1].rindex(b"\n") + 1
        for length in range(begin, len(content)):
            session.path.write_bytes(content[:length])
            reopened = reopen(session.path)
            reopened.writer.close()
            assert content[:begin] == session.path.read_bytes()
            if reopened.torn is not None:
                assert content[begin:length] == reopened.torn.read_bytes()
                reopened.torn.unlink()

    async def test_a_debate_cut_at_any_byte_ends_as_if_nothing_had_happened(
        self, plan: DebatePlan, scripted: Scripted, folder: Path
    ) -> None:
        """Cut anywhere after its beginning and resumed, a transcript holds the same records again."""
        session = start(plan, lambda _: scripted(), folder)
        async for _ in session.events():
            pass
        content, expected = session.path.read_bytes(), _records(session.path)
        chance = random.Random(7)
        begun = content.index(b'{"kind":"asked"')
        for length in [begun, *(chance.randrange(begun, len(content)) for _ in range(8 * ROUNDS))]:
            session.path.write_bytes(content[:length])
            again = resume(session.path, lambda _: scripted())
            async for _ in again.events():
                pass
            assert expected == _records(session.path)
