"""Reading a long log page by page."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from agents.errors import InputError, TranscriptError
from transcripts.log import pages as module
from transcripts.log.chain import GENESIS, seal
from transcripts.log.pages import PAGE, open_pages
from transcripts.log.read import read_file


def _log(path: Path, lines: int, tail: bytes = b"") -> Path:
    prev, sealed = GENESIS, []
    for number in range(lines):
        record = b'{"schema":1,"id":"header"}' if number == 0 else b'{"id":"n%d"}' % number
        line, prev = seal(record, prev)
        sealed.append(line)
    path.write_bytes(b"".join(sealed) + tail)
    return path


class TestPages:
    @settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(lines=st.integers(1, 3 * PAGE), tail=st.binary(max_size=20), chunk=st.integers(1, 5000))
    def test_all_pages_together_are_the_log(
        self, tmp_path: Path, lines: int, tail: bytes, chunk: int
    ) -> None:
        """Page after page gives the lines of a whole reading; a torn end belongs to no page."""
        path = _log(tmp_path / "log.jsonl", lines, tail.replace(b"\n", b""))
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(module, "_CHUNK", chunk)
            pages = open_pages(path)
        found = [line for number in range(pages.count) for line in pages.page(number + 1)]

        assert lines == pages.lines == len(found)
        assert "header" == pages.header["id"]
        assert found == list(read_file(path))[:lines]

    @pytest.mark.parametrize("number", [-1, 0, 3])
    def test_a_page_that_is_none_is_refused(self, tmp_path: Path, number: int) -> None:
        """Before the first and after the last page there is nothing, and the refusal tells how many there are."""
        pages = open_pages(_log(tmp_path / "log.jsonl", PAGE + 1))
        with pytest.raises(InputError, match="fill 2 pages"):
            pages.page(number)

    def test_damage_shows_on_its_page(self, tmp_path: Path) -> None:
        """A changed line is named when its page is read; other pages can still be read."""
        path = _log(tmp_path / "log.jsonl", 2 * PAGE)
        path.write_bytes(path.read_bytes().replace(b'"n3"', b'"n4"'))
        pages = open_pages(path)

        assert PAGE == len(pages.page(2))
        with pytest.raises(TranscriptError, match="line 4"):
            pages.page(1)

    @pytest.mark.parametrize(
        "content", [b"", b"{}", b"{}\n", b'{"schema":9}\n', b"\x00\n", b'{"schema":1}\n']
    )
    def test_what_is_no_transcript_is_refused(self, tmp_path: Path, content: bytes) -> None:
        """Empty, cut, foreign and future files are refused in words."""
        path = tmp_path / "log.jsonl"
        path.write_bytes(content)
        with pytest.raises(TranscriptError):
            open_pages(path)

    def test_an_endless_line_is_not_read(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """A line longer than any that is written is refused before it is in memory."""
        path = _log(tmp_path / "log.jsonl", 1, b"x" * 5000 + b"\n")
        monkeypatch.setattr(module, "MAX_LINE", 4000)
        pages = open_pages(path)
        with pytest.raises(TranscriptError, match="line 2 is longer"):
            pages.page(1)
