"""The golden transcripts are those that this program would write."""

from pathlib import Path

import pytest

from tests.golden import AGAIN, DEBATES, FOLDER, differences, record
from transcripts.library.verify import verify


@pytest.mark.parametrize("name", DEBATES)
class TestGolden:
    def test_is_what_the_debate_gives_now(self, name: str, tmp_path: Path) -> None:
        """Held again, the debate gives the same records, times and the program's edition aside."""
        changed = list(differences(FOLDER / f"{name}.jsonl", record(name, tmp_path)))

        if changed:
            some = ", ".join(changed[:3])
            pytest.fail(
                f"transcripts/golden/{name}.jsonl is out of date: {len(changed)} differences ({some}, …). {AGAIN}",
                pytrace=False,
            )

    def test_holds(self, name: str) -> None:
        """Kept transcripts verify as any other."""
        assert () == verify(FOLDER / f"{name}.jsonl").problems
