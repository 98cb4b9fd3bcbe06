"""The documents speak of what is there."""

import re
from pathlib import Path

import pytest

from tui.main import COMMANDS

ROOT = Path(__file__).parents[1]
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
LINK = re.compile(r"\]\(([^)#\s]+)(?:#[^)\s]*)?\)")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_links_lead_somewhere(page: Path) -> None:
    """Every link to a file of the repository finds it."""
    targets = [target for target in LINK.findall(page.read_text("utf-8")) if "://" not in target]

    assert [] == [target for target in targets if not (page.parent / target).exists()]


def test_every_decision_is_listed() -> None:
    """The index names each decision note, by number and title."""
    index = (ROOT / "docs" / "index.md").read_text("utf-8")
    for note in sorted((ROOT / "docs" / "decisions").glob("*.md")):
        title = note.read_text("utf-8").partition("\n")[0]
        number, _, name = title.removeprefix("# ").partition(". ")

        assert int(number) == int(note.name[:4])
        assert f"- [{note.name[:4]}](decisions/{note.name}) {name}" in index


def test_readme_lists_every_command() -> None:
    """The table of commands has a row for each that the program has, and for no other."""
    readme = (ROOT / "README.md").read_text("utf-8")

    assert set(COMMANDS) == set(re.findall(r"^\| `jemaa (\w+)", readme, re.MULTILINE))
