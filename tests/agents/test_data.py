"""Reading the data files that ship with the program."""

from pathlib import Path

import pytest
import yaml

from agents.data import load_yaml

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize(
    "written",
    [
        "plain: words\nlist: [one, {two: three}, '4']\n",
        "numbers: [1, 2.5, 1e3, 0x1F, 1_000]\nothers: [true, no, null, ~, 2025-01-31]\n1: key\n",
        "base: &base {a: b, c: [d]}\nmerged: {<<: *base, e: f}\nset: !!set {g, h}\nagain: *base\n",
        "",
    ],
)
def test_data_reads_as_the_safe_loader_reads_it(written: str, tmp_path: Path) -> None:
    """The straight way through mappings and lists gives what PyYAML's safe loader gives, types included."""
    path = tmp_path / "data.yaml"
    path.write_text(written, encoding="utf-8")
    assert repr(load_yaml(path)) == repr(yaml.safe_load(written))


def test_data_that_ships_reads_as_the_safe_loader_reads_it() -> None:
    """The same holds for the files that come with the rooms of the agents."""
    for path in sorted((ROOT / "agents" / "argument").glob("*.yaml")):
        assert load_yaml(path) == yaml.safe_load(path.read_bytes()), path.name


def test_an_object_of_python_is_refused(tmp_path: Path) -> None:
    """A file cannot make the loader build an object or call anything."""
    path = tmp_path / "data.yaml"
    path.write_text("a: !!python/object/apply:os.getcwd []\n", encoding="utf-8")
    with pytest.raises(yaml.YAMLError):
        load_yaml(path)
