"""Writing: one writer, one fsync for what arrives together, nothing after an error."""

import asyncio
import errno
import os
import subprocess
import sys
from pathlib import Path

import pytest

from agents.errors import InputError, StorageError, TranscriptError
from transcripts.log.chain import Line
from transcripts.log.file import create, reopen
from transcripts.log.read import read_file

HEADER = b'{"schema":1,"kind":"header"}'


def _record(number: int) -> bytes:
    return b'{"kind":"x","id":"%d"}' % number


def _ids(path: Path) -> list[str]:
    return [line.record["id"] for line in read_file(path) if isinstance(line, Line) and "id" in line.record]


@pytest.fixture
def syncs(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """One entry for each fsync from now on."""
    real, calls = os.fsync, list[int]()

    def counting(descriptor: int) -> None:
        calls.append(descriptor)
        real(descriptor)

    monkeypatch.setattr(os, "fsync", counting)
    return calls


class TestBatches:
    async def test_replies_that_arrive_together_share_one_sync(self, folder: Path, syncs: list[int]) -> None:
        """Twenty-four records of one moment reach the disk with a single fsync."""
        writer = create(folder / "a.jsonl", [HEADER])
        syncs.clear()
        await asyncio.gather(*(writer.write([_record(i)]) for i in range(24)))
        writer.close()

        assert 1 == len(syncs)
        assert [str(i) for i in range(24)] == _ids(folder / "a.jsonl")

    async def test_a_write_returns_only_when_synced(self, folder: Path, syncs: list[int]) -> None:
        """When a write returns, an fsync has covered its record and the record can be read."""
        writer = create(folder / "a.jsonl", [HEADER])
        for number in range(3):
            before = len(syncs)
            await writer.write([_record(number)])
            assert len(syncs) > before
            assert str(number) in _ids(folder / "a.jsonl")
        writer.close()

    async def test_what_nobody_waits_for_goes_with_the_next(self, folder: Path, syncs: list[int]) -> None:
        """Records that are put cost no fsync of their own and keep their place."""
        writer = create(folder / "a.jsonl", [HEADER])
        syncs.clear()
        writer.put([_record(1)])
        await writer.write([_record(2)])
        writer.put([_record(3)])
        writer.close()

        assert 2 == len(syncs)
        assert ["1", "2", "3"] == _ids(folder / "a.jsonl")

    async def test_file_and_folder_are_synced_at_creation(self, folder: Path, syncs: list[int]) -> None:
        """A transcript that was created survives a power cut: both its bytes and its name are synced."""
        create(folder / "a.jsonl", [HEADER]).close()

        assert 2 == len(syncs)


class TestRefusals:
    @pytest.mark.parametrize(
        "code,words",
        [(errno.EIO, "disk reports an error"), (errno.ENOSPC, "no room"), (errno.EFBIG, "no room")],
    )
    async def test_a_failed_sync_is_never_tried_again(
        self, folder: Path, monkeypatch: pytest.MonkeyPatch, code: int, words: str
    ) -> None:
        """After one refusal everybody who waits or comes later is told, and the disk is left alone."""
        writer = create(folder / "a.jsonl", [HEADER])
        calls = []

        def failing(descriptor: int) -> None:
            calls.append(descriptor)
            raise OSError(code, os.strerror(code))

        monkeypatch.setattr(os, "fsync", failing)
        results = await asyncio.gather(
            *(writer.write([_record(i)]) for i in range(3)), return_exceptions=True
        )
        with pytest.raises(StorageError, match=words):
            await writer.write([_record(9)])
        with pytest.raises(StorageError, match="jemaa resume a"):
            writer.put([_record(9)])
        writer.close()

        assert [StorageError] * 3 == [type(result) for result in results]
        assert 1 == len(calls)

    def test_a_folder_that_cannot_be_made_is_for_the_person_to_change(self, tmp_path: Path) -> None:
        """A transcripts folder below a file is refused with what to set instead."""
        (tmp_path / "file").write_text("x")
        with pytest.raises(InputError, match="--transcripts"):
            create(tmp_path / "file" / "saved" / "a.jsonl", [HEADER])

    async def test_an_existing_transcript_is_never_overwritten(self, folder: Path) -> None:
        """Creating what exists is refused and leaves it as it was."""
        path = folder / "a.jsonl"
        create(path, [HEADER, _record(1)]).close()
        before = path.read_bytes()
        with pytest.raises(TranscriptError, match="exists already"):
            create(path, [HEADER])

        assert before == path.read_bytes()

    def test_a_transcript_that_never_began_is_begun_again(self, folder: Path) -> None:
        """A file that was cut within its first record takes a new beginning."""
        folder.mkdir()
        path = folder / "a.jsonl"
        path.write_bytes(HEADER[:9])
        create(path, [HEADER, _record(1)]).close()

        assert ["1"] == _ids(path)


class TestOneWriter:
    def test_a_second_process_is_refused(self, folder: Path) -> None:
        """While one process writes a transcript another one cannot, and is told so."""
        path = folder / "a.jsonl"
        writer = create(path, [HEADER])
        code = (
            "import sys; from pathlib import Path; from agents.errors import TranscriptError\n"
            "from transcripts.log.file import reopen\n"
            "try: reopen(Path(sys.argv[1]))\n"
            "except TranscriptError as error: print(error.message)"
        )
        second = subprocess.run(
            [sys.executable, "-c", code, str(path)],
            capture_output=True,
            text=True,
            check=True,
            cwd=Path.cwd(),
        )
        writer.close()

        assert "being written by another process" in second.stdout

    def test_the_lock_of_a_dead_process_is_no_obstacle(self, folder: Path) -> None:
        """A process that was killed while writing leaves nothing that stops the next one."""
        path = folder / "a.jsonl"
        code = (
            "import os, signal, sys; from pathlib import Path\n"
            "from transcripts.log.file import create\n"
            f"create(Path(sys.argv[1]), [{HEADER!r}]); os.kill(os.getpid(), signal.SIGKILL)"
        )
        subprocess.run([sys.executable, "-c", code, str(path)], check=False, cwd=Path.cwd())
        reopened = reopen(path)
        reopened.writer.close()

        assert 1 == len(reopened.lines)


class TestReopen:
    async def test_a_torn_line_is_put_aside_and_the_chain_goes_on(self, folder: Path) -> None:
        """What was cut is kept beside the transcript, and what follows is chained to the last whole line."""
        path = folder / "a.jsonl"
        create(path, [HEADER, _record(1)]).close()
        with path.open("ab") as file:
            file.write(b'{"kind":"torn')
        reopened = reopen(path)
        await reopened.writer.write([_record(2)])
        reopened.writer.close()

        assert reopened.torn is not None
        assert b'{"kind":"torn' == reopened.torn.read_bytes()
        assert ["1", "2"] == _ids(path)
