"""A debate in preparation."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agents.errors import InputError
from tui.app.prepare.draft import Draft, completed, read_pasted, read_place

TEXT = """# A plan for the port

The port is slow.

## Recommendations

- Build a second quay before 2030.
- Train two hundred crane drivers.
"""


@pytest.fixture
def draft() -> Draft:
    one = Draft()
    one.take(*read_pasted(TEXT))
    return one


def test_untouched(draft: Draft) -> None:
    """What was understood is debated as it was found."""
    assert draft.article is not None
    assert draft.article.recommendations == draft.chosen().recommendations


def test_edited(draft: Draft) -> None:
    """Edited words are the person's own: they keep the id and rest on no place of the article."""
    draft.write(0, "Build  two\nquays.")
    first = draft.chosen().recommendations[0]
    assert ("R1", "Build two quays.", ()) == (first.id, first.text, first.spans)
    assert draft.points[0].own


def test_edited_back(draft: Draft) -> None:
    """Whoever writes the found words again has what was found again."""
    found = draft.points[0].text
    draft.write(0, "Something else.")
    draft.write(0, found)
    assert draft.article is not None
    assert draft.article.recommendations == draft.chosen().recommendations


def test_added_and_left(draft: Draft) -> None:
    """What is unticked is left out; what is added gets the next free id."""
    draft.tick(0)
    draft.add("Publish the waiting times.")
    assert ["R2", "R3"] == [one.id for one in draft.chosen().recommendations]


def test_nothing_left(draft: Draft) -> None:
    """A debate on nothing is refused, with what to do."""
    for place in range(len(draft.points)):
        draft.tick(place)
    with pytest.raises(InputError, match="Nothing is left"):
        draft.chosen()
    with pytest.raises(InputError, match="needs words"):
        draft.add(" \n ")


def test_same_article_again(draft: Draft) -> None:
    """Reading the same article again loses nothing that was corrected; another one begins anew."""
    draft.add("Publish the waiting times.")
    draft.take(*read_pasted(TEXT))
    assert 3 == len(draft.points)
    draft.take(*read_pasted(TEXT.replace("slow", "full")))
    assert 2 == len(draft.points)


@pytest.mark.parametrize("place", ["", "  ", "nowhere.md"])
def test_bad_places(place: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is nowhere is refused as the command refuses it."""
    monkeypatch.chdir(tmp_path)
    with pytest.raises(InputError):
        read_place(place)
    with pytest.raises(InputError, match="Nothing was pasted"):
        read_pasted(place if not place.strip() else "")


def test_completion(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The beginning of a path is completed by the first name that fits; folders end in a slash."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "plans").mkdir()
    for name in ("plans/port.md", "plans/.hidden", "plans/bad\x1bname", "other.txt"):
        (tmp_path / name).write_text("x")
    assert "plans/" == completed("pl")
    assert "plans/port.md" == completed("plans/")
    assert "plans/.hidden" == completed("plans/.")
    assert completed("plans/bad") is None
    assert completed("zzz") is None
    assert completed("https://exa") is None
    assert completed("") is None


@given(st.text(max_size=30))
def test_completion_of_anything(text: str) -> None:
    """Whatever is typed, completing it fails quietly and only ever adds to it."""
    found = completed(text)
    assert found is None or found.startswith(text)
