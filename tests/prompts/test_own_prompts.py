"""Prompts of somebody's own."""

from pathlib import Path
from shutil import copytree

import pytest
import yaml

from prompts.load import SHIPPED, Prompts

ROOT = Path(__file__).parents[2]
INPUTS = yaml.safe_load(Path(__file__).with_name("inputs.yaml").read_text(encoding="utf-8"))


@pytest.fixture
def own(tmp_path: Path) -> Path:
    """A folder with a changed rebuttal in English."""
    (tmp_path / "en").mkdir()
    text = SHIPPED_TEXT.replace("# Rebuttal", "# Answers")
    (tmp_path / "en" / "rebuttal.md").write_text(text, "utf-8")
    return tmp_path


SHIPPED_TEXT = (ROOT / "prompts" / "en" / "rebuttal.md").read_text("utf-8")


class TestOwnPrompts:
    def test_a_file_replaces_the_shipped_one(self, own: Path) -> None:
        """What the folder has is taken from there, the rest from what ships."""
        prompts = Prompts(own)

        assert "# Answers" in "".join(prompts.render("rebuttal", "en", **INPUTS["rebuttal"]))
        assert SHIPPED.render("rebuttal", "fr", **INPUTS["rebuttal"]) == prompts.render(
            "rebuttal", "fr", **INPUTS["rebuttal"]
        )
        assert "# Answers" not in "".join(SHIPPED.render("rebuttal", "en", **INPUTS["rebuttal"]))

    def test_a_whole_copy_is_the_same(self, tmp_path: Path) -> None:
        """A copy of all prompts renders what the shipped ones render."""
        copytree(ROOT / "prompts", tmp_path / "copy")
        copy = Prompts(tmp_path / "copy")

        for name, inputs in INPUTS.items():
            assert SHIPPED.render(name, "en", **inputs) == copy.render(name, "en", **inputs)

    @pytest.mark.parametrize(
        "name, old, new, said",
        [
            ("rebuttal", "name: rebuttal", "name: [", "rebuttal.md"),
            ("rebuttal", "---\n", "", "rebuttal.md"),
            ("rebuttal", "inputs: [", "inputs: [more, ", "inputs and output must be"),
            ("rebuttal", "{% block instructions %}", "{% block %}", "rebuttal.md"),
            ("oratory", "name: rebuttal", "name: oratory", "There is no prompt 'oratory'"),
        ],
    )
    def test_what_is_no_prompt(self, own: Path, name: str, old: str, new: str, said: str) -> None:
        """A file that is no prompt, or of another form than the shipped one, is refused by name at once."""
        (own / "en" / f"{name}.md").write_text(SHIPPED_TEXT.replace(old, new), "utf-8")

        with pytest.raises(ValueError, match=r"\.md") as caught:
            Prompts(own)
        assert said in str(caught.value)

    def test_an_empty_folder(self, tmp_path: Path) -> None:
        """A folder without prompts is refused: its name is probably mistyped."""
        with pytest.raises(ValueError, match="holds no prompt"):
            Prompts(tmp_path)
