"""Reading suites."""

from contextlib import suppress
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from agents.errors import SuiteError
from tests.transcripts.regress.conftest import WriteSuite
from transcripts.regress.load import SHIPPED_SUITES, find_suites, is_suite, load_suite, shipped_names
from transcripts.regress.marked import read_marked


class TestGoodSuites:
    def test_short_forms(self, write_suite: WriteSuite) -> None:
        """One value stands for a list of one, a number for a bound, a path for an article."""
        suite = load_suite(
            write_suite("expect: {decisions: {R1: adopt, R2: [defer, reject]}, strength: {R1: 0.5}}")
        ).suite

        assert "harbour.md" == suite.articles[0].path
        assert {"R1": ("adopt",), "R2": ("defer", "reject")} == suite.expect.decisions
        assert suite.expect.strength["R1"].holds(0.5)
        assert not suite.expect.strength["R1"].holds(0.51)

    def test_aliases_stand_for_what_they_name(self, write_suite: WriteSuite) -> None:
        """An anchor may be used again, as editors of long suites do."""
        suite = load_suite(
            write_suite("expect: {decisions: {R1: &kept [adopt, adopt_with_conditions], R2: *kept}}")
        ).suite

        assert suite.expect.decisions["R1"] == suite.expect.decisions["R2"]

    @pytest.mark.parametrize("name", shipped_names())
    def test_every_shipped_suite_holds(self, name: str) -> None:
        """Each suite that ships can be found by its name and read."""
        (path,) = find_suites([name])

        assert SHIPPED_SUITES == path.parent
        assert load_suite(path).suite.probes


class TestBadSuites:
    @pytest.mark.parametrize(
        "text, line, said",
        [
            ("rouds: 3", 3, "unknown key 'rouds'.\nDid you mean 'rounds'?"),
            ("rounds: many", 3, "rounds: Input should be a valid integer"),
            ("rounds: 10", 3, "less than or equal to 9, not 10"),
            ("model: gpt", 3, "PROVIDER:NAME, for example openai:NAME, not 'gpt'"),
            ("roles: [Finance]", 3, "lower-case letters"),
            ("expect:\n  decisions:\n    R1: adopted", 5, "'adopt', 'adopt_with_conditions', 'defer' or 'reject'"),
            ("expect:\n  decisions:\n    first: adopt", 5, "a recommendation is named R1, R2"),
            ("expect:\n  stances: {R1: {finance: yes}}", 4, "not True"),
            ("expect:\n  strength:\n    R1: {within: 0.1}", 5, "say is, at_least or at_most"),
            ("expect: {coverage: false}", 3, "coverage: Input should be True, not False"),
            ("expect:\n  properties:\n    - {every: rulings}", 5, "every takes where and holds"),
            ("expect:\n  properties:\n    - {every: rulings, some: rulings, holds: {rule: a}}", 5, "one of every"),
            ("expect:\n  properties:\n    - {count: dissents}", 5, "count takes where, and at_least or at_most"),
            ("expect:\n  properties:\n    - every: people\n      holds: {id: a}", 5, "'recommendations', 'rulings'"),
            ("expect:\n  properties:\n    - every: rulings\n      holds: {mood: good}", 6, "rulings have no field 'mood'"),
            ("probes:\n  - {permute: roles, insert: words}", 4, "say one of permute, leave_out, insert, single_agent"),
            ("seeds: [1]\nmatrix: {seeds: [2]}", 1, "keep one of the two"),
            ("budget: [$2, a lot]", 3, "'a lot' is no budget"),
            ("repeats: 0", 3, "greater than or equal to 1"),
            ("name: two words", 3, "a name begins with a letter or digit"),
            ("rounds: 2\nrounds: 3", 4, "the key 'rounds' stands twice"),
            ("expect: [1, 2", 4, "not YAML"),
            ("model: !!python/name:os.system x", 3, "cannot be read"),
            ("? [a, b]\n: c", 3, "a key must be a word"),
            ("roles: &all [finance, *all]", 3, "an alias stands inside what it names"),
        ],
    )  # fmt: skip
    def test_file_and_line_are_named(self, write_suite: WriteSuite, text: str, line: int, said: str) -> None:
        """What does not hold is told with file and line, in two lines at most."""
        path = write_suite(text)

        with pytest.raises(SuiteError) as caught:
            load_suite(path)

        assert str(caught.value).startswith(f"{path}:{line}: ")
        assert said in str(caught.value)
        assert len(str(caught.value).splitlines()) <= 2

    @pytest.mark.parametrize(
        "data, said",
        [
            (b"", "the file is empty"),
            (b"# only words\n", "the file is empty"),
            (b"- a\n- b\n", "a suite is a mapping"),
            (b"articles: [bundled]\n", "the key 'jemaa' is missing"),
            (b"jemaa: 2\narticles: [bundled]\n", "Input should be 1, not 2"),
            (b"jemaa: 1\n", "the key 'articles' is missing"),
            (b"jemaa: 1\narticles: []\n", "at least 1 item"),
            (b"jemaa: 1\nname: \xff\n", "not UTF-8"),
            (b"jemaa: 1\narticles: " + b"[" * 5000, "nested more than"),
            (b"jemaa: 1\n" + b"#" * 1_000_001, "bytes are too many"),
        ],
    )
    def test_other_files(self, tmp_path: Path, data: bytes, said: str) -> None:
        """A file that is no suite is refused with what a suite would be."""
        path = tmp_path / "a.yaml"
        path.write_bytes(data)

        with pytest.raises(SuiteError, match=said):
            load_suite(path)

    def test_aliases_cannot_blow_up(self, write_suite: WriteSuite) -> None:
        """Aliases of aliases are counted each time, and given up on."""
        lists = "".join(f"l{n}: &l{n} [{', '.join([f'*l{n - 1}'] * 10)}]\n" for n in range(1, 9))

        with pytest.raises(SuiteError, match="more than 50,000 values"):
            load_suite(write_suite(f"l0: &l0 [a, b, c, d, e, f]\n{lists}"))

    def test_folders_are_no_suites(self, tmp_path: Path) -> None:
        """A folder that holds none is refused."""
        with pytest.raises(SuiteError, match="There is no suite in"):
            find_suites([str(tmp_path)])

    def test_unknown_names(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """A name that leads nowhere is answered with those that would."""
        monkeypatch.chdir(tmp_path)

        with pytest.raises(SuiteError, match="There is no suite 'nowhere'") as caught:
            find_suites(["nowhere"])
        assert "injected" in str(caught.value)

    @given(
        st.recursive(
            st.none() | st.booleans() | st.integers() | st.text(max_size=8),
            lambda inner: (
                st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3)
            ),
            max_leaves=10,
        )
    )
    def test_no_yaml_is_a_defect(self, tmp_path_factory: pytest.TempPathFactory, value: object) -> None:
        """Whatever YAML holds, it is a suite or refused."""
        path = tmp_path_factory.mktemp("any") / "a.yaml"
        path.write_text(yaml.safe_dump({"jemaa": 1, "articles": ["bundled"], "expect": value}), "utf-8")

        with suppress(SuiteError):
            load_suite(path)


class TestMarks:
    @given(
        st.recursive(
            st.none() | st.booleans() | st.integers(-9, 9) | st.text("ab: #-'\"é", max_size=6),
            lambda inner: (
                st.lists(inner, max_size=3)
                | st.dictionaries(st.text("abc", min_size=1, max_size=3), inner, max_size=3)
            ),
            max_leaves=12,
        ).filter(lambda value: value is not None)
    )
    def test_data_is_what_yaml_says(self, tmp_path_factory: pytest.TempPathFactory, value: object) -> None:
        """The data are those of any safe YAML reader, and every place has a line of the file."""
        path = tmp_path_factory.mktemp("marks") / "a.yaml"
        path.write_text(yaml.safe_dump({"top": value}, allow_unicode=True), "utf-8")
        marked = read_marked(path)

        assert {"top": value} == marked.data
        assert set(marked.lines.values()) <= set(range(1, len(path.read_text("utf-8").splitlines()) + 1))

    def test_a_place_inside_a_value_has_the_values_line(self, write_suite: WriteSuite) -> None:
        """Steps that the file does not have are passed over."""
        marked = read_marked(write_suite("expect:\n  decisions:\n    R1: adopt"))

        assert 5 == marked.line(("expect", "decisions", "R1", 0, "function-before[x]"))


def test_what_says_it_is_a_suite(tmp_path: Path) -> None:
    """A key `jemaa` at the left margin of a YAML file makes a suite; other YAML is left alone."""
    texts = {
        "a.yaml": "# words\njemaa: 1\n",
        "b.yml": "jemaa : 1\n",
        "c.yaml": "  jemaa: 1\n",
        "d.txt": "jemaa: 1\n",
    }
    for name, text in texts.items():
        (tmp_path / name).write_text(text, "utf-8")

    assert ["a.yaml", "b.yml"] == [name for name in sorted(texts) if is_suite(tmp_path / name)]
