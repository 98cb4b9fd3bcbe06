"""The index and the search over it."""

import contextlib
import os
import shutil
import sqlite3
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from agents.errors import InputError
from transcripts.library import summary as listing
from transcripts.library.index import NAME
from transcripts.library.search import search
from transcripts.library.summary import summaries

OLD = Path(__file__).parents[1] / "old" / "schema-1.jsonl"


@pytest.fixture
def stocked(folder: Path) -> Path:
    folder.mkdir()
    for name in ("a", "b"):
        shutil.copy(OLD, folder / f"{name}.jsonl")
    return folder


class TestSearch:
    def test_speeches_rulings_and_strategies_are_found(self, stocked: Path) -> None:
        """Words are found wherever somebody said, ruled or wrote them, with the place and an excerpt."""
        places = {hit.place for hit in search("finance", stocked)}

        assert {"speech/R1/opening/1/finance", "strategy"} <= places
        assert {"ruling/R1"} == {hit.place for hit in search("R1 weighed", stocked)}
        assert "⟦finance⟧ finds R1 ⟦dear⟧" in search("dear finance", stocked)[0].excerpt

    def test_case_and_accents_do_not_matter(self, stocked: Path) -> None:
        """Énergie finds energy, and the other way round."""
        assert search("ÉNÈRGY", stocked)

    def test_a_phrase_stands_together(self, stocked: Path) -> None:
        """Words in quotes are found in that order only."""
        assert search('"finds R1 dear"', stocked)
        assert not search('"dear finds R1"', stocked)

    @pytest.mark.parametrize("words", ["", "   ", '""', "*", "- ()"])
    def test_no_word_is_refused(self, stocked: Path, words: str) -> None:
        """A search without any word says what one looks like."""
        with pytest.raises(InputError, match="jemaa search"):
            search(words, stocked)

    @settings(max_examples=50, suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(st.text() | st.text(st.sampled_from('a"*():^-+ANDORNEAR{}')))
    def test_nobody_writes_queries(self, stocked: Path, words: str) -> None:
        """Whatever is typed is looked for, never run: there is a result or a word to say why not."""
        with contextlib.suppress(InputError):
            search(words, stocked)


class TestIndex:
    def test_it_follows_the_files(self, stocked: Path) -> None:
        """New, changed and deleted transcripts show at the next search."""
        assert {"a", "b"} == {hit.id for hit in search("dear", stocked)}
        (stocked / "a.jsonl").unlink()
        shutil.copy(OLD, stocked / "c.jsonl")
        content = OLD.read_bytes().replace(b"finds R1 dear", b"finds R1 cheap")
        (stocked / "b.jsonl").write_bytes(content)

        assert {"b", "c"} == {hit.id for hit in search("finance", stocked)}
        assert {"b"} == {hit.id for hit in search("cheap", stocked)}

    @pytest.mark.parametrize("damage", [b"", b"no database", b"SQLite format 3\0" + b"x" * 5000])
    def test_a_broken_index_is_made_anew(self, stocked: Path, damage: bytes) -> None:
        """An index that cannot be read loses nothing but the time to make it again."""
        before = search("dear", stocked)
        (stocked / NAME).write_bytes(damage)

        assert before == search("dear", stocked)

    def test_an_index_of_another_version_is_made_anew(self, stocked: Path) -> None:
        """An index that another program made is replaced."""
        connection = sqlite3.connect(stocked / NAME)
        connection.execute("CREATE TABLE file (x)")
        connection.execute("PRAGMA user_version = 99")
        connection.close()

        assert search("dear", stocked)

    @pytest.mark.skipif(os.geteuid() == 0, reason="the superuser may write anywhere")
    def test_a_folder_that_cannot_be_written_is_searched_all_the_same(self, stocked: Path) -> None:
        """Without a place for the index it is made in memory."""
        stocked.chmod(0o500)
        found = search("dear", stocked)
        stocked.chmod(0o700)

        assert found

    def test_lists_are_the_same_with_and_without_it(
        self, stocked: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """From the index or from the files, a list shows the same."""
        (stocked / "odd.jsonl").write_text("{}\n")
        direct = summaries(stocked)
        monkeypatch.setattr(listing, "FEW", 0)

        assert direct == summaries(stocked)
        assert direct == summaries(stocked)
