"""The format as it is written down."""

import json
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from agents.debate.plan import DebatePlan
from transcripts.library.record import read_record
from transcripts.library.verify import verify
from transcripts.log.chain import SCHEMA
from transcripts.log.schema import json_schema
from transcripts.log.session import start
from transcripts.log.upgrade import READABLE

DOCS = Path(__file__).parents[3] / "docs"
OLD = Path(__file__).parents[1] / "old"
Scripted = Callable[..., Any]


class TestFormat:
    def test_the_schema_in_the_docs_is_that_of_the_models(self) -> None:
        """Whoever changes a record also publishes its schema: python -m transcripts.log.schema > docs/transcript.schema.json."""
        assert json_schema() == (DOCS / "transcript.schema.json").read_text("utf-8")

    async def test_a_hash_can_be_checked_by_hand(
        self, plan: DebatePlan, scripted: Scripted, folder: Path
    ) -> None:
        """The hash of a line is that of its bytes before the last comma, as the docs say."""
        session = start(plan, lambda _: scripted(), folder)
        async for _ in session.events():
            pass
        prev = "0" * 64
        for line in session.path.read_bytes().splitlines():
            record = json.loads(line)
            assert prev == record["prev"]
            prev = sha256(line[: line.rindex(b',"hash"')]).hexdigest()
            assert prev == record["hash"]
            assert ["prev", "hash"] == list(record)[-2:]

    def test_a_file_of_this_version_holds_whatever_changes_around_it(self) -> None:
        """Everything in a kept transcript, the chair's inputs included, comes out the same computed again."""
        assert () == verify(OLD / f"schema-{SCHEMA}.jsonl").problems

    @pytest.mark.parametrize("version", READABLE)
    def test_files_of_every_version_are_read(self, version: int) -> None:
        """A transcript that an earlier program wrote can still be read."""
        record = read_record(OLD / f"schema-{version}.jsonl")

        assert "finished" == record.status
        assert ["R1", "R2"] == [ruling.recommendation for ruling in record.rulings]
        assert record.strategy is not None
