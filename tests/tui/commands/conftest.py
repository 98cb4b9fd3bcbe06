"""One real debate, held once with the embedded debaters, for all tests that read it."""

from pathlib import Path
from shutil import copytree

import pytest

from tui.main import run

ARTICLE = """# A harbour that runs on the wind

The harbour of Tamda burns forty thousand tonnes of diesel a year. Its cranes stand still in every storm.

## Recommendations

- The town should build a wind farm of 30 MW beside the northern mole.
- The ministry should train two hundred electricians for the harbour before 2028.

## Doubts

Critics say that nobody has named who would pay for the farm.
"""


@pytest.fixture(scope="session")
def held(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with an article and the transcript of its debate."""
    folder = tmp_path_factory.mktemp("held")
    article = folder / "harbour.md"
    article.write_text(ARTICLE, encoding="utf-8")
    assert 0 == run(["debate", str(article), "--transcripts", str(folder / "saved")])
    return folder


@pytest.fixture
def saved(held: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of its transcripts, which the test may change; it is the folder that commands look in."""
    copy = tmp_path / "saved"
    copytree(held / "saved", copy)
    monkeypatch.setenv("JEMAA_TRANSCRIPTS", str(copy))
    monkeypatch.chdir(tmp_path)
    return copy


@pytest.fixture
def article(held: Path) -> Path:
    """The article of that debate."""
    return held / "harbour.md"
