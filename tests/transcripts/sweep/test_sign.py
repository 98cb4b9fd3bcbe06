from pathlib import Path

import pytest

from agents.errors import InputError
from transcripts.sweep.sign import wanted


def test_gone_at_the_end(tmp_path: Path) -> None:
    """The sign lies in the folder as long as the sweep is wanted."""
    with wanted(tmp_path / "new") as sign:
        assert (tmp_path / "new" / sign).exists()

    assert [] == list((tmp_path / "new").iterdir())


def test_those_of_the_killed_go_too(tmp_path: Path) -> None:
    """A sign whose sweep was killed is taken away by the next one; one that is held is left."""
    (tmp_path / ".sweep-0123456789ab").touch()
    with wanted(tmp_path) as first, wanted(tmp_path) as second:
        assert {first, second} == {path.name for path in tmp_path.iterdir()}


def test_no_folder(tmp_path: Path) -> None:
    """A folder that cannot be is told with what would do."""
    (tmp_path / "file").touch()
    with pytest.raises(InputError, match="No transcript can be written"), wanted(tmp_path / "file" / "sub"):
        pass
