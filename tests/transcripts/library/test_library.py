"""Finding, listing and reading back transcripts."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from agents.debate.plan import DebatePlan
from agents.errors import InputError, TranscriptError
from transcripts.library.find import find
from transcripts.library.record import DebateRecord, read_record, seconds
from transcripts.library.result import debate_result, show_result
from transcripts.library.summary import summaries
from transcripts.log.record import Time
from transcripts.log.session import start

Scripted = Callable[..., Any]


@pytest.fixture
async def record(plan: DebatePlan, scripted: Scripted, folder: Path, source: bytes) -> DebateRecord:
    session = start(plan, lambda _: scripted(), folder, source=source)
    async for _ in session.events():
        pass
    return read_record(session.path)


def _touch(folder: Path, *names: str) -> None:
    folder.mkdir(exist_ok=True)
    for second, name in enumerate(names):
        (folder / f"{name}.jsonl").write_text("")
        os.utime(folder / f"{name}.jsonl", (second, second))


class TestFind:
    def test_by_path_id_prefix_and_last(self, folder: Path) -> None:
        """The four ways to name a transcript lead to the same file."""
        _touch(folder, "2026-a", "2026-abc", "2025-x")
        path = folder / "2025-x.jsonl"

        assert path == find(str(path), folder)
        assert path == find("2025-x", folder)
        assert path == find("2025-x.jsonl", folder)
        assert path == find("2025", folder)
        assert path == find("last", folder)

    def test_a_whole_id_wins_over_longer_ones(self, folder: Path) -> None:
        """An id that is the beginning of another one still names its own transcript."""
        _touch(folder, "2026-a", "2026-abc")

        assert folder / "2026-a.jsonl" == find("2026-a", folder)

    def test_several_are_listed(self, folder: Path) -> None:
        """A prefix of several ids is refused with the candidates."""
        _touch(folder, "2026-a", "2026-b")
        with pytest.raises(InputError, match="2026-b, 2026-a"):
            find("2026", folder)

    @pytest.mark.parametrize(
        "reference",
        [
            "",
            "nothing",
            "../../etc/passwd",
            "a\0b",
            "x" * 300,
            "a\0b.jsonl",
            "x" * 5000 + ".jsonl",
            "CON",
            "/dev/zero",
            ".",
            "\x1b[31m",
        ],
    )
    def test_hostile_names_name_nothing(self, folder: Path, reference: str) -> None:
        """A name that names no transcript is refused with those that there are, whatever it holds."""
        _touch(folder, "2026-a")
        with pytest.raises(InputError, match="2026-a"):
            find(reference, folder)

    def test_an_empty_folder_says_how_to_fill_it(self, folder: Path) -> None:
        """Without any transcript the error says how to make one."""
        with pytest.raises(InputError, match="jemaa debate"):
            find("last", folder)

    def test_a_folder_behind_a_link_is_a_folder(self, folder: Path, tmp_path: Path) -> None:
        """A transcripts folder may be a symlink to elsewhere."""
        _touch(folder, "2026-a")
        (tmp_path / "link").symlink_to(folder)

        assert "2026-a.jsonl" == find("last", tmp_path / "link").name


class TestSummaries:
    def test_finished_unfinished_and_unreadable(
        self, plan: DebatePlan, scripted: Scripted, record: DebateRecord, folder: Path
    ) -> None:
        """A list tells what is finished with its decisions, what is not, and why a file cannot be read."""
        start(plan, lambda _: scripted(), folder, run_id="unfinished").close()
        (folder / "broken.jsonl").write_text("{}\n")
        (folder / "future.jsonl").write_text('{"schema":9}\n')
        (folder / "odd.jsonl").write_text("\x00\n")
        found = {summary.id: summary for summary in summaries(folder)}

        assert "finished" == found[record.id].status
        assert {r.recommendation: r.decision for r in record.rulings} == found[record.id].decisions
        assert ("finance", "energy", "industry") == found[record.id].roles
        assert "unfinished" == found["unfinished"].status
        assert {"unreadable"} == {found[name].status for name in ("broken", "future", "odd")}
        assert "version 9" in (found["future"].problem or "")
        assert all(json.dumps(summary.as_json()) for summary in found.values())

    def test_a_torn_tail_is_unfinished(self, record: DebateRecord, folder: Path) -> None:
        """A transcript without its last line, or with a part of it, is listed as unfinished."""
        content = record.path.read_bytes()
        whole = content[:-1].rfind(b"\n") + 1
        for length in (whole, whole + 1, len(content) - 1):
            record.path.write_bytes(content[:length])
            assert "unfinished" == summaries(folder)[0].status

    def test_listing_loads_nothing_heavy(self) -> None:
        """Neither pydantic nor LangGraph is imported to list or find transcripts."""
        code = "import sys, transcripts.library.summary; print({'pydantic', 'langgraph'} & set(sys.modules))"
        loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

        assert "set()" == loaded.stdout.strip()

    def test_reading_does_not_load_the_engine(self) -> None:
        """A transcript is shown and verified without importing LangGraph."""
        code = "import sys, transcripts.library.result; print('langgraph' in sys.modules)"
        loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

        assert "False" == loaded.stdout.strip()


class TestRecord:
    def test_usage_is_summed(self, record: DebateRecord) -> None:
        """Totals cover every turn of the debate."""
        assert 15 == record.usage.turns
        assert (15, 0, 0, 1500, 300) == (
            record.usage.calls,
            record.usage.retries,
            record.usage.failed,
            record.usage.input_tokens,
            record.usage.output_tokens,
        )
        assert 0.015 == record.usage.cost

    def test_moves_name_their_cause(self, record: DebateRecord) -> None:
        """Each change of stance is told once, with the argument that caused it."""
        assert [
            ("finance", "R1"),
            ("energy", "R1"),
            ("industry", "R1"),
            ("energy", "R2"),
            ("industry", "R2"),
        ] == [(move.role, move.recommendation) for move in record.moves]
        assert all(move.because in {a.id for a in record.arguments} for move in record.moves)

    def test_time_is_summed_over_runs(self) -> None:
        """A debate that was interrupted lasted as long as its runs, not as long as the pause."""
        times = [Time(at="", elapsed=elapsed) for elapsed in (0, 1.5, 2, 0, 1, 0.5)]

        assert 3.5 == seconds(times)
        assert 0 == seconds([])

    @pytest.mark.parametrize(
        "old,new",
        [
            (b'"recommendation":"R1"', b'"recommendation":"R7"'),
            (b'"stance":"oppose"', b'"stance":"happy"'),
            (b'"id":"strategy"', b'"id":"closed"'),
            (b'"kind":"answered"', b'"kind":"unheard"'),
            (b'"kind":"header"', b'"kind":"closed"'),
        ],
    )
    def test_wrong_contents_are_refused_in_words(
        self, record: DebateRecord, reseal: Any, old: bytes, new: bytes
    ) -> None:
        """A transcript that somebody rewrote, chain included, is refused by what does not hold."""
        reseal(record.path, old, new)
        with pytest.raises(TranscriptError):
            read_record(record.path)


class TestResults:
    def test_debate_result_has_what_the_contract_names(self, record: DebateRecord) -> None:
        """Every name that other programs rely on is there, with its type."""
        result = json.loads(json.dumps(debate_result(record)))

        assert {
            "id", "transcript", "strategy_path", "language", "model", "rulings", "priorities", "grounding", "usage", "seconds",
        } <= set(result)  # fmt: skip
        assert {
            "recommendation", "decision", "strength", "consensus", "rule", "stances", "conditions", "dissents", "pivotal",
        } <= set(result["rulings"][0])  # fmt: skip
        assert {"turns", "calls", "retries", "failed", "input_tokens", "output_tokens", "cost"} <= set(
            result["usage"]
        )
        assert {"exact": 12, "repaired": 0, "unverified": 6} == result["grounding"]
        assert {"opening": "oppose", "final": "support_with_conditions"} == result["rulings"][0]["stances"][
            "finance"
        ]
        assert ["R1", "R2"] == sorted(result["priorities"])

    def test_show_result_has_what_the_contract_names(self, record: DebateRecord) -> None:
        """Arguments, moves, dissents, tensions and measures carry the names of the contract."""
        result = json.loads(json.dumps(show_result(record)))

        assert {
            "id", "role", "recommendation", "phase", "round", "stance", "scheme", "claim", "grounds", "targets", "condition", "strength",
        } <= set(result["arguments"][0])  # fmt: skip
        assert {"kind", "id", "quote", "status"} <= set(result["arguments"][0]["grounds"][0])
        assert {"argument", "relation"} == set(result["arguments"][-1]["targets"][0])
        assert {"role", "recommendation", "from", "to", "because"} == set(result["moves"][0])
        assert [
            {"recommendations": ["R1", "R2"], "text": "Both need the same budget.", "rests_on": []}
        ] == result["tensions"]
        assert {
            "recommendation", "adopted_wording", "owner", "period", "budget_band", "kpi", "conditions", "risks", "evidence",
        } <= set(result["document"]["measures"][0])  # fmt: skip

    def test_an_unfinished_debate_shows_what_there_is(
        self, plan: DebatePlan, scripted: Scripted, folder: Path
    ) -> None:
        """A debate that has only begun has its plan and nothing else, without an error."""
        session = start(plan, lambda _: scripted(), folder)
        session.close()
        result = show_result(read_record(session.path))

        assert ("unfinished", [], [], []) == (
            result["status"], result["rulings"], result["arguments"], result["document"]["measures"],
        )  # fmt: skip
