"""Lines, their chain, and reading them back from anybody's file."""

import io
import json
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agents.errors import TranscriptError
from transcripts.log.chain import GENESIS, Line, seal
from transcripts.log.read import Torn, read_lines

RECORDS: list[dict[str, object]] = [
    {"schema": 2, "kind": "header", "id": "header", "run": "x", "title": "Été « long » \u202f!"},
    {"kind": "blob", "id": "blob/1", "text": "a\nb"},
    {"kind": "closed", "id": "closed"},
]


def _log(records: list[dict[str, object]]) -> bytes:
    lines, prev = [], GENESIS
    for record in records:
        line, prev = seal(json.dumps(record, ensure_ascii=False).encode(), prev)
        lines.append(line)
    return b"".join(lines)


def _read(content: bytes) -> list[Line | Torn]:
    return list(read_lines(io.BytesIO(content), "x.jsonl"))


LOG = _log(RECORDS)


class TestChain:
    def test_what_is_written_is_read(self) -> None:
        """Records come back as they were, each chained to the one before."""
        lines = [line for line in _read(LOG) if isinstance(line, Line)]

        assert RECORDS == [
            {k: v for k, v in line.record.items() if k not in {"prev", "hash"}} for line in lines
        ]
        assert GENESIS == lines[0].record["prev"]
        assert all(before.hash == after.record["prev"] for before, after in pairwise(lines))

    @given(st.integers(0, len(LOG) * 8 - 1))
    def test_a_flipped_bit_is_named_by_its_line(self, bit: int) -> None:
        """Wherever a bit flips, reading fails at that line; in the last newline it shows as a torn line."""
        content = bytearray(LOG)
        content[bit // 8] ^= 1 << bit % 8
        line = LOG[: bit // 8].count(b"\n") + 1
        if bit // 8 == len(LOG) - 1:
            torn = _read(bytes(content))[-1]
            assert isinstance(torn, Torn)
            assert torn.number == line
            return
        with pytest.raises(TranscriptError, match=rf"line {line}\b"):
            _read(bytes(content))

    @given(st.integers(0, len(LOG)))
    def test_a_log_cut_anywhere_keeps_its_whole_lines(self, length: int) -> None:
        """Cut at any byte, the whole lines before the cut are read and the rest comes as torn."""
        found = _read(LOG[:length])
        whole = LOG[:length].count(b"\n")

        assert whole == sum(isinstance(line, Line) for line in found)
        assert (length not in {0, *(i + 1 for i, b in enumerate(LOG) if b == 10)}) == (len(found) > whole)

    @pytest.mark.parametrize("order", [[0, 2], [0, 1, 1, 2], [0, 2, 1]])
    def test_lines_cannot_be_removed_repeated_or_moved(self, order: list[int]) -> None:
        """Every line follows the very line that it was written after."""
        lines = LOG.splitlines(keepends=True)
        with pytest.raises(TranscriptError, match="does not follow"):
            _read(b"".join(lines[i] for i in order))


class TestStrangers:
    @pytest.mark.parametrize(
        "content",
        [
            b"hello\n",
            b"\n",
            b"[]\n",
            b"null\n",
            b'{"kind":"header"}\n',
            b'{"schema":"1"}\n',
            b'{"schema":true}\n',
            b'{"schema":99999}\n',
            b'{"schema":' + b"9" * 5000 + b"}\n",
            b'{"schema":NaN}\n',
            b'{"schema":1,"a":' + b"[" * 100_000 + b"]" * 100_000 + b"}\n",
            b'{"schema":1,"a":' + b'{"a":' * 100_000 + b"1" + b"}" * 100_000 + b"}\n",
            b"\xff\xfe\x00\n",
            b"\x00" * 2000 + b"\n",
        ],
        ids=lambda content: content[:24].decode("ascii", "replace"),
    )
    def test_what_is_no_transcript_is_refused_in_words(self, content: bytes) -> None:
        """Whatever a file holds, reading it ends in an error of ours."""
        with pytest.raises(TranscriptError):
            _read(content)

    @pytest.mark.parametrize("escape", [rb"\ud800", rb"\uDC00", rb"\udc00\ud800"])
    def test_half_a_character_is_refused(self, escape: bytes) -> None:
        """Text that nothing could store or print is no text, in keys and in values."""
        for record in (b'{"schema":1,"id":"%s"}' % escape, b'{"schema":1,"%s":1}' % escape):
            with pytest.raises(TranscriptError, match="line 1: it is not a JSON record"):
                _read(seal(record, GENESIS)[0])

    def test_a_whole_character_may_be_escaped(self) -> None:
        """Both halves together are a character like any other."""
        (line,) = _read(seal(rb'{"schema":1,"id":"\ud83d\ude00"}', GENESIS)[0])

        assert isinstance(line, Line)
        assert "\U0001f600" == line.record["id"]

    def test_the_version_is_checked_before_anything_else(self) -> None:
        """A log of the future is refused for its version, which is named with those that can be read."""
        future = _log([{"schema": 7, "everything": "else", "may": ["differ"]}])
        with pytest.raises(TranscriptError, match=r"x\.jsonl.*version 7.*readable: 1"):
            _read(future)

    def test_a_line_without_end_is_not_read_into_memory(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """A line longer than the longest that is ever written is refused."""
        monkeypatch.setattr("transcripts.log.read.MAX_LINE", 1000)
        with pytest.raises(TranscriptError, match="longer than 1000"):
            _read(b'{"schema":1' + b" " * 2000)
