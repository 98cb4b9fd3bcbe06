"""Checking a transcript against itself."""

import json
import subprocess
import sys
import tracemalloc
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from agents.debate.document import Sentence, Strategy
from agents.debate.fidelity import document_findings
from agents.debate.plan import DebatePlan
from agents.errors import TranscriptError
from transcripts.library.record import read_record
from transcripts.library.verify import verify
from transcripts.log.chain import seal
from transcripts.log.session import start

Scripted = Callable[..., Any]


@pytest.fixture
async def finished(plan: DebatePlan, scripted: Scripted, folder: Path) -> Path:
    session = start(plan, lambda _: scripted(), folder)
    async for _ in session.events():
        pass
    return session.path


def _peak(path: Path) -> int:
    """Bytes held at most while a transcript is verified."""
    tracemalloc.start()
    assert verify(path).ok
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return peak


def _lengthen(path: Path, turns: int) -> None:
    """Append turns that nothing follows from."""
    lines = path.read_bytes().splitlines(keepends=True)
    records = [json.loads(line) for line in lines]
    prev = records[-1]["hash"]
    pair = [next(r for r in records if r["kind"] == kind) for kind in ("asked", "answered")]
    for number in range(turns):
        address = f"R1/opening/{number + 10}/energy"
        for record in pair:
            changed = record | {"id": f"{record['kind']}/{address}", "address": address}
            del changed["prev"], changed["hash"]
            line, prev = seal(json.dumps(changed).encode(), prev)
            lines.append(line)
    path.write_bytes(b"".join(lines))


class TestVerify:
    def test_an_untouched_transcript_holds(self, finished: Path) -> None:
        """What a debate wrote is found without a problem."""
        assert {"ok": True, "problems": [], "notes": []} == verify(finished).as_json()

    async def test_failed_turns_are_no_problem(
        self, plan: DebatePlan, scripted: Scripted, folder: Path
    ) -> None:
        """A debate in which a role and the moderator failed verifies like any other."""
        failing = ("R1/opening/1/energy", "R2/ruling/3/moderator", "all/synthesis/4/moderator")
        session = start(plan, lambda _: scripted(failing=failing), folder)
        async for _ in session.events():
            pass

        assert () == verify(session.path).problems

    def test_an_unfinished_debate_holds_as_far_as_it_goes(
        self, plan: DebatePlan, scripted: Scripted, folder: Path
    ) -> None:
        """A debate that has only begun has no problem."""
        session = start(plan, lambda _: scripted(), folder)
        session.close()

        assert verify(session.path).ok

    @pytest.mark.parametrize(
        "change,kind,where",
        [
            ((b'"status":"unverified"', b'"status":"exact"'), "grounding", "speech/R1/opening/1/finance"),
            ((b'"decision":"defer"', b'"decision":"adopt"'), "ruling", "ruling/R2"),
            ((b'"A1.1":0.', b'"A1.1":0.9'), "strength", "ruling/R1"),
            ((b'"priorities":["R1","R2"]', b'"priorities":["R2","R1"]'), "priority", "strategy"),
            ((b'"side":"against","claim":"finance finds R1 dear."', b'"side":"against","claim":"finance finds R1 cheap."'), "speech", "speech/R1"),
            ((b'"consensus":"majority"', b'"consensus":"consensus"'), "ruling", "ruling/R2"),
            ((b'"fingerprint":"', b'"fingerprint":"0'), "record", ""),
            ((b'"text":"You argue', b'"text":"You agree'), "record", ""),
            ((b"ships a week to its neighbours.", b"ships a week to its competitors"), "record", ""),
        ],
    )  # fmt: skip
    def test_what_was_changed_is_found(
        self, finished: Path, reseal: Any, change: tuple[bytes, bytes], kind: str, where: str
    ) -> None:
        """Somebody who rewrites a result and makes the chain hold again is found by computing it again."""
        reseal(finished, *change)
        problems = verify(finished).problems

        assert [p for p in problems if p.kind == kind and where in p.where], problems

    @settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(place=st.floats(0, 1, exclude_max=True), bit=st.integers(0, 7))
    def test_a_flipped_bit_is_found(self, finished: Path, place: float, bit: int) -> None:
        """Wherever a bit flips, the transcript no longer verifies, and the problem names the line."""
        content = finished.read_bytes()
        damaged = bytearray(content)
        at = int(place * len(content))
        damaged[at] ^= 1 << bit
        finished.write_bytes(damaged)
        problems = verify(finished).problems
        finished.write_bytes(content)

        line = content[:at].count(b"\n") + 1
        assert f"line {line}" in f"{problems[0].where} {problems[0].text}"

    def test_memory_does_not_grow_with_length(self, finished: Path) -> None:
        """A transcript many times as long, chain and all, is verified in the same memory."""
        verify(finished)
        short = _peak(finished)
        size = finished.stat().st_size
        _lengthen(finished, turns=1500)

        assert finished.stat().st_size > 10 * size
        assert _peak(finished) < short + 250_000

    def test_damage_far_behind_a_wrong_record_is_found_too(self, finished: Path, reseal: Any) -> None:
        """A record that is none does not keep the rest of the chain from being followed."""
        reseal(finished, b'"stance":"oppose"', b'"stance":"happy"')
        content = finished.read_bytes()
        finished.write_bytes(content[:-10] + b"x" + content[-9:])

        assert {"record", "chain"} == {problem.kind for problem in verify(finished).problems}

    def test_a_missing_file_is_an_error(self, folder: Path) -> None:
        """What cannot be opened is not verified."""
        with pytest.raises(TranscriptError, match="cannot be read"):
            verify(folder / "none.jsonl")

    def test_it_does_not_load_the_engine(self) -> None:
        """Verifying needs no LangGraph."""
        code = "import sys, transcripts.library.verify; print('langgraph' in sys.modules)"
        loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

        assert "False" == loaded.stdout.strip()


class TestFidelity:
    @pytest.mark.parametrize(
        "text,rests_on,found",
        [
            ("The town buys and trains.", ("R1",), ""),
            ("A crane costs 40 million dirhams.", ("S4",), ""),
            ("“The town should buy electric cranes”", ("S3",), ""),
            ("The town buys.", (), "rests_on_nothing"),
            ("The town buys.", ("A9.9",), "unknown_id"),
            ("A crane costs 50 million dirhams.", ("S4",), "number"),
            ("A crane costs 40 million dirhams.", ("S1",), "number"),
            ("It is said that “cranes are free”.", ("R1",), "quote"),
        ],
    )
    def test_sentences_are_held_against_their_sources(
        self, finished: Path, text: str, rests_on: tuple[str, ...], found: str
    ) -> None:
        """A sentence is found out when it rests on nothing, or quotes or counts what is not there."""
        record = read_record(finished)
        strategy: Strategy = record.strategy.model_copy(  # type: ignore[union-attr]
            update={"summary": (Sentence(text=text, rests_on=rests_on),)}
        )
        findings = document_findings(record.plan, record.heard, strategy)

        assert [kind for kind in [found] if kind] == [f.kind for f in findings if f.where == "summary[0]"]
