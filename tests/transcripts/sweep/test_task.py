import pytest
from hypothesis import given
from hypothesis import strategies as st

from agents.errors import InputError
from transcripts.sweep.task import Shard, read_shard


class TestShard:
    @given(st.integers(0, 60), st.integers(1, 9))
    def test_all_shares_are_all(self, debates: int, shares: int) -> None:
        """Shares computed by machines that never spoke together hold every debate once, and are of equal size."""
        parts = [Shard(number, shares).share(range(debates)) for number in range(1, shares + 1)]

        assert list(range(debates)) == sorted(name for part in parts for name in part)
        assert max(map(len, parts)) - min(map(len, parts)) <= 1

    def test_read(self) -> None:
        """A share is written as one says it: the second of four."""
        assert Shard(2, 4) == read_shard(" 2/4 ")

    @pytest.mark.parametrize("text", ["0/3", "4/3", "1/0", "1", "a/b", "1/2/3", "-1/2", "", "٣/٤"])
    def test_refused(self, text: str) -> None:
        """What is no share is refused with what would be one."""
        with pytest.raises(InputError, match="no share of a sweep"):
            read_shard(text)
