"""Suites on a small article of our own."""

from collections.abc import Callable
from pathlib import Path
from textwrap import dedent

import pytest

ARTICLE = """# A harbour that runs on the wind

The harbour of Tamda burns forty thousand tonnes of diesel a year. Its cranes stand still in every storm.

## Recommendations

- The town should build a wind farm of 30 MW beside the northern mole.
- The ministry should train two hundred electricians for the harbour before 2028.

## Doubts

Critics say that nobody has named who would pay for the farm.
"""

WriteSuite = Callable[..., Path]


@pytest.fixture
def write_suite(tmp_path: Path) -> WriteSuite:
    """Writes a suite, by default on the article beside it; returns its path."""
    folder = tmp_path / "suites"
    folder.mkdir()
    (folder / "harbour.md").write_text(ARTICLE, encoding="utf-8")

    def write(text: str = "", *, articles: str = "[harbour.md]", name: str = "first") -> Path:
        path = folder / f"{name}.yaml"
        path.write_text(f"jemaa: 1\narticles: {articles}\n{dedent(text)}", encoding="utf-8")
        return path

    return write
