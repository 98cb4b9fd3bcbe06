"""`jemaa export`."""

import json
from pathlib import Path

import pytest

from tui.main import run


class TestExport:
    def test_a_page_lies_beside_the_transcript(self, saved: Path, capsys: pytest.CaptureFixture[str]) -> None:
        """Without another place the page takes the transcript's name, which is told."""
        assert 0 == run(["export", "--to", "html", "--json"])
        written = Path(json.loads(capsys.readouterr().out)["path"])

        assert saved == written.parent
        assert written.read_text("utf-8").startswith("<!DOCTYPE html>")

    def test_standard_output_gets_the_document_alone(
        self, saved: Path, capsysbinary: pytest.CaptureFixture[bytes]
    ) -> None:
        """With -o - nothing but the document is printed."""
        assert 0 == run(["export", "--to", "argdown", "-o", "-"])
        assert capsysbinary.readouterr().out.startswith(b"===\ntitle: ")

    @pytest.mark.parametrize(
        "arguments,said", [(["--to", "exe"], "argdown"), (["-o", "/nowhere/x.html"], "--output")]
    )
    def test_what_cannot_be_written_is_refused(
        self, saved: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], said: str
    ) -> None:
        """Code 2, with the values that would do."""
        assert 2 == run(["export", *arguments])
        assert said in capsys.readouterr().err
