"""Many debates by one command, in real processes: interrupted, shared out, killed, and begun again."""

import json
import os
import signal
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from tui.main import run
from tui.sweeping import exposed

Captured = pytest.CaptureFixture[str]

JEMAA = Path(__file__).parents[3] / "jemaa.py"


@pytest.fixture
def saved(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder in which transcripts will lie."""
    folder = tmp_path / "many"
    monkeypatch.setenv("JEMAA_TRANSCRIPTS", str(folder))
    return folder


@pytest.fixture
def suite(article: Path, tmp_path: Path) -> Path:
    """Twelve debates on one recommendation."""
    path = tmp_path / "suite.yaml"
    (tmp_path / article.name).write_bytes(article.read_bytes())
    path.write_text(
        f"jemaa: 1\nname: dozen\narticles: [{{path: {article.name}, name: own, recommendations: [R1]}}]\n"
        "matrix: {seeds: [1, 2]}\nrepeats: 6\n",
        encoding="utf-8",
    )
    return path


def swept(suite: Path, capsys: Captured, *options: str) -> dict[str, Any]:
    assert 0 == run(["sweep", str(suite), "--json", *options])
    found: dict[str, Any] = json.loads(capsys.readouterr().out)
    return found


def child(suite: Path, *options: str) -> subprocess.Popen[str]:
    """The command as a user starts it, in a group of its own."""
    return subprocess.Popen(
        [sys.executable, JEMAA, "sweep", suite, *options],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )


def until(done: Any) -> None:
    """Wait until something is so, for a minute at most."""
    end = time.monotonic() + 60
    while not done():
        assert time.monotonic() < end
        time.sleep(0.02)


class TestSweep:
    def test_again_finds_all(self, suite: Path, saved: Path, capsys: Captured) -> None:
        """Every debate has a transcript under an id that follows from it; the same command finds them finished."""
        first = swept(suite, capsys)
        second = swept(suite, capsys)

        assert (12, 12, 0) == (first["debates"], first["held"], first["unfinished"])
        assert (0, 12) == (second["held"], second["found"])
        assert [one["id"] for one in first["results"]] == [one["id"] for one in second["results"]]
        assert [one["decisions"] for one in first["results"]] == [
            one["decisions"] for one in second["results"]
        ]
        assert {f"{one['id']}.jsonl" for one in first["results"]} == {
            path.name for path in saved.glob("*.jsonl")
        }

    def test_shards(self, suite: Path, saved: Path, capsys: Captured) -> None:
        """Shares hold different debates and together all of them; then nothing is left for the whole."""
        shares = [swept(suite, capsys, "--shard", f"{number}/3")["held"] for number in (1, 2, 3)]

        assert [4, 4, 4] == shares
        assert 12 == swept(suite, capsys)["found"]

    def test_reports(self, suite: Path, saved: Path, tmp_path: Path, capsys: Captured) -> None:
        """A person reads flip rates and decisions with what they cannot show; files hold page and comment."""
        page, comment = tmp_path / "r.html", tmp_path / "r.md"
        assert 0 == run(["sweep", str(suite), "--html", str(page), "--markdown", str(comment)])
        out = capsys.readouterr().out

        assert "12 of 12 debates" in out
        assert "With 12 repeats a flip rate under 22 % cannot be told from 0" in out
        assert "<svg" in page.read_text("utf-8")
        assert "| offline | 12 |" in comment.read_text("utf-8")

    @pytest.mark.parametrize(
        "options, said",
        [
            (["--shard", "3/2"], "no share of a sweep"),
            (["--cluster", "nonsense://there"], "no address of a Dask scheduler"),
            (["--budget", "much"], "no budget"),
        ],
    )
    def test_refused(self, options: list[str], said: str, suite: Path, saved: Path, capsys: Captured) -> None:
        """What cannot be is refused with exit code 2 and in words, before anything is written."""
        assert 2 == run(["sweep", str(suite), *options])
        assert said in capsys.readouterr().err
        assert [] == list(saved.glob("*"))

    def test_model_that_is_not_there(self, suite: Path, saved: Path, capsys: Captured) -> None:
        """Where every debate would fail alike the exit code is 2, and the cause is told once."""
        suite.write_text(suite.read_text("utf-8") + "model: nowhere:model\n", encoding="utf-8")
        assert 2 == run(["sweep", str(suite), "--yes"])
        err = capsys.readouterr().err

        assert 2 == err.count("jemaa: ")
        assert "12 of 12 debates are left" in err

    def test_interrupted(self, suite: Path, saved: Path, capsys: Captured) -> None:
        """Ctrl-C ends with 130 and says that the same command goes on, which it does."""
        running = child(suite)
        until(lambda: any(saved.glob("*.md")))
        os.killpg(running.pid, signal.SIGINT)
        _, err = running.communicate(timeout=60)

        if running.returncode == 0:
            pytest.skip("all debates were finished before the signal came")
        assert 130 == running.returncode
        assert "The same command does what is left." in err
        assert "Traceback" not in err
        assert 12 == len(swept(suite, capsys)["results"])
        assert 12 == len(list(saved.glob("*.jsonl")))


class TestCluster:
    @pytest.mark.parametrize(
        "address, told",
        [
            ("tcp://10.0.0.3:8786", True),
            ("node7:8786", True),
            ("tcp://[2001:db8::1]:8786", True),
            ("tls://10.0.0.3:8786", False),
            ("tcp://127.0.0.1:8786", False),
            ("localhost:8786", False),
            ("tcp://[::1]:8786", False),
        ],
    )
    def test_exposed(self, address: str, told: bool) -> None:
        """Only another machine's scheduler without TLS is warned of."""
        assert told == exposed(address)

    def test_nobody_answers(
        self, suite: Path, saved: Path, capsys: Captured, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Where no scheduler answers the exit code is 3, for the same command may do later."""
        pytest.importorskip("distributed", reason="Dask is not installed (the extra cluster)")
        monkeypatch.setattr("transcripts.sweep.connect._SECONDS", 0.5)
        assert 3 == run(["sweep", str(suite), "--cluster", "tcp://127.0.0.1:9"])
        assert "No Dask scheduler can be had" in capsys.readouterr().err

    def test_workers_and_scheduler_are_killed(self, suite: Path, saved: Path, capsys: Captured) -> None:
        """A worker is killed, then all is; the same command does what is missing and nothing twice but what was in flight."""
        pytest.importorskip("distributed", reason="Dask is not installed (the extra cluster)")
        suite.write_text("jemaa: 1\narticles: [bundled]\nrepeats: 16\n", encoding="utf-8")
        first = child(suite, "--cluster", "local", "--workers", "2", "--at-once", "2", "--json")
        until(lambda: any(saved.glob("*.md")))
        os.kill(_workers(first.pid)[-1], signal.SIGKILL)
        until(lambda: len(list(saved.glob("*.md"))) > 5)
        workers = _workers(first.pid)
        first.kill()
        assert -signal.SIGKILL == first.wait(60)
        first.communicate()
        until(lambda: not any(map(_alive, workers)))
        second = child(suite, "--cluster", "local", "--workers", "2", "--at-once", "2", "--json")
        out, err = second.communicate(timeout=120)
        assert 0 == second.returncode, err
        found = json.loads(out)

        assert 16 == found["debates"] == len(list(saved.glob("*.jsonl")))
        assert 5 < found["found"]
        # Two processes held two debates each, of six recommendations by four roles.
        assert sum(one["twice"] for one in found["results"]) <= 2 * 2 * 6 * 4
        for path in saved.glob("*.jsonl"):
            assert {1} == set(_times_answered(path).values())


def _workers(parent: int) -> list[int]:
    """The processes that Dask has started for its workers."""
    listed = subprocess.run(
        ["ps", "-wweo", "pid,ppid,args"], capture_output=True, text=True, check=True
    ).stdout
    rows = [line.split(None, 2) for line in listed.splitlines()[1:]]
    return sorted(int(pid) for pid, ppid, args in rows if int(ppid) == parent and "spawn_main" in args)


def _alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def _times_answered(path: Path) -> Counter[str]:
    records = map(json.loads, path.read_text("utf-8").splitlines())
    return Counter(record["address"] for record in records if record["kind"] == "answered")
