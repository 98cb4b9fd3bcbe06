"""`jemaa article` shows what was understood."""

import json
from pathlib import Path

import pytest

from agents.errors import ArticleError
from tui.commands.article import show_article

TEXT = """\
# La bataille de [bold]l'eau[/bold]

Publié le 3 mars 2024

## Constat

Le barrage contient 400 millions de mètres cubes. \x1b]0;titre\x07Le \u202etexte\u202c continue.

## Recommandations

- Installer des compteurs.
- Taxer les forages.

Lire aussi : autre chose
"""


@pytest.fixture
def file(tmp_path: Path) -> str:
    path = tmp_path / "eau.md"
    path.write_text(TEXT, "utf-8")
    return str(path)


def test_shows_outline_recommendations_and_figures(file: str, capsys: pytest.CaptureFixture[str]) -> None:
    """The outline, the recommendations with their spans and the figures with value and unit are shown."""
    show_article(file, as_json=False, show_dropped=False)
    shown = capsys.readouterr().out
    for part in (
        "fr · 2024-03-03 · eau.md",
        "Constat",
        "2 recommendations",
        "R1 Installer des compteurs.  S6",
        "400 000 000",
        "m3",
    ):
        assert part in shown
    assert "autre chose" not in shown


def test_text_of_the_article_is_data(file: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Markup of the console, escape sequences and overrides in an article have no effect."""
    show_article(file, as_json=False, show_dropped=True)
    shown = capsys.readouterr().out
    assert "[bold]l'eau[/bold]" in shown
    assert not set(shown) & set("\x1b\x07\u202e\u202c")


def test_shows_what_was_left_out_and_why(file: str, capsys: pytest.CaptureFixture[str]) -> None:
    """`--show-dropped` lists the pieces by reason."""
    show_article(file, as_json=False, show_dropped=True)
    shown = capsys.readouterr().out
    assert "related article (1)" in shown
    assert "Lire aussi : autre chose" in shown


def test_json_holds_the_contract(file: str, capsys: pytest.CaptureFixture[str]) -> None:
    """The JSON object has the agreed keys, and its offsets index its body."""
    show_article(file, as_json=True, show_dropped=False)
    data = json.loads(capsys.readouterr().out)
    assert {"title", "language", "sha256", "body", "spans", "recommendations", "figures"} <= data.keys()
    assert all(data["body"][one["start"] : one["end"]] == one["text"] for one in data["spans"])
    assert {"id", "text", "start", "end", "section"} <= data["spans"][0].keys()
    assert {"id", "text", "spans"} == data["recommendations"][0].keys()
    assert {"text", "value", "unit", "span"} == data["figures"][0].keys()
    assert "dropped" not in data


def test_a_text_without_recommendations_says_what_to_do(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Nothing recommended is no error here; the way to add one is told."""
    path = tmp_path / "x.txt"
    path.write_text("Le barrage contient de l'eau.", "utf-8")
    show_article(str(path), as_json=False, show_dropped=False)
    assert '--recommendation "…"' in capsys.readouterr().out


def test_a_missing_file_is_an_error(tmp_path: Path) -> None:
    """What cannot be read is raised for the command line to tell."""
    with pytest.raises(ArticleError):
        show_article(str(tmp_path / "none"), as_json=False, show_dropped=False)
