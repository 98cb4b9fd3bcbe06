"""From suites to debates."""

import subprocess
import sys
from pathlib import Path

import pytest

from agents.errors import SuiteError
from tests.transcripts.regress.conftest import ARTICLE, WriteSuite
from transcripts.regress.case import Trial, cases_of, trials_of
from transcripts.regress.load import load_suite


def trials(path: Path) -> list[Trial]:
    file = load_suite(path)
    return [trial for case in cases_of(file) for trial in trials_of(file, case)]


class TestCases:
    def test_the_matrix_is_multiplied_out(self, write_suite: WriteSuite, tmp_path: Path) -> None:
        """Models, prompts, charters and seeds in all combinations; only axes that vary are in the name."""
        for folder in ("strict", "short"):
            (tmp_path / "suites" / folder).mkdir()
        path = write_suite(
            "matrix: {models: [offline, 'openai:gpt'], prompts: [shipped, short], charters: [shipped], seeds: [1, 2]}"
        )
        cases = cases_of(load_suite(path))

        assert [
            "harbour/offline/shipped",
            "harbour/offline/short",
            "harbour/openai-gpt/shipped",
            "harbour/openai-gpt/short",
        ] == [case.name for case in cases]
        assert all(case.seeds == (1, 2) for case in cases)

    def test_an_articles_own_expectations_go_first(self, write_suite: WriteSuite) -> None:
        """What is said of an article completes and overrides what is said of all."""
        path = write_suite(
            "expect: {unverified: 0, decisions: {R1: adopt, R2: defer}, properties: [{count: rulings, at_least: 1}]}",
            articles="[{path: harbour.md, expect: {unverified: 2, decisions: {R1: reject}, "
            "properties: [{count: rulings, at_most: 9}]}}]",
        )
        expect = cases_of(load_suite(path))[0].expect

        assert 2 == expect.unverified
        assert {"R1": ("reject",), "R2": ("defer",)} == expect.decisions
        assert 2 == len(expect.properties)

    @pytest.mark.parametrize(
        "articles, text, line, said",
        [
            ("\n  - bundled\n  - nowhere.md", "", 4, "there is no article 'nowhere.md'"),
            ("\n  - https://example.org/a", "", 3, "is an address; regression runs read files only"),
            ("[bundled, bundled]", "", 2, "two cases are called 'brief'"),
            ("[bundled]", "charters: mine", 3, "there is no folder 'mine'"),
            ("[bundled]", "matrix: {prompts: [shipped, mine]}", 1, "there is no folder 'mine'"),
            ("\n  - path: harbour.md\n    recommendations: [R9]", "", 3, "Unknown recommendation: R9"),
            ("[harbour.md]", "roles: [finance, health]", 2, "Unknown role 'health'"),
            ("[harbour.md]", "expect: {decisions: {R7: adopt}}", 2, "R7 is expected, and harbour does not debate it"),
            ("[harbour.md]", "roles: [finance]\nprobes: [{leave_out: role}]", 4, "nobody is left"),
        ],
    )  # fmt: skip
    def test_what_leads_nowhere(
        self, write_suite: WriteSuite, articles: str, text: str, line: int, said: str
    ) -> None:
        """Names of articles, folders, recommendations and roles that are not there are told with their line."""
        path = write_suite(text, articles=articles)

        with pytest.raises(SuiteError) as caught:
            trials(path)

        assert said in str(caught.value)
        assert str(caught.value).startswith(f"{path}:{line}: ")

    def test_an_article_that_recommends_nothing(self, write_suite: WriteSuite, tmp_path: Path) -> None:
        """Such an article is refused, and taken with a recommendation of the suite's own."""
        (tmp_path / "suites" / "none.md").write_text("# Weather\n\nIt rained on Monday.\n", "utf-8")

        with pytest.raises(SuiteError, match="recommends nothing"):
            trials(write_suite(articles="[none.md]"))
        (trial,) = trials(write_suite(articles="[{path: none.md, add: [The town should buy umbrellas.]}]"))
        assert ["R1"] == [one.id for one in trial.plan.recommendations]


class TestIds:
    def test_each_debate_has_its_own(self, write_suite: WriteSuite) -> None:
        """Seeds and repeats have ids of their own, which tell them."""
        found = trials(write_suite("seeds: [3, 4]\nrepeats: 2"))

        assert ["harbour-s3", "harbour-s3-r2", "harbour-s4", "harbour-s4-r2"] == [
            one.id.rpartition("-")[0] for one in found
        ]
        assert [3, 3, 4, 4] == [one.plan.seed for one in found]

    def test_they_follow_from_the_content(self, write_suite: WriteSuite, tmp_path: Path) -> None:
        """The same debate elsewhere has the same id; another article, rule, role or model another one."""
        (here,) = trials(write_suite())
        other = tmp_path / "elsewhere"
        other.mkdir()
        (other / "harbour.md").write_text(ARTICLE, "utf-8")
        (other / "s.yaml").write_text("jemaa: 1\narticles: [harbour.md]\nexpect: {unverified: 0}\n", "utf-8")
        changed = [
            trials(write_suite(text))[0].id
            for text in (
                "rule: strict",
                "rounds: 3",
                "roles: [finance, energy]",
                "model: 'openai:a'",
                "language: fr",
            )
        ]

        assert here.id == trials(other / "s.yaml")[0].id
        assert 6 == len({here.id, *changed})
        (other / "harbour.md").write_text(ARTICLE.replace("30 MW", "40 MW"), "utf-8")
        assert here.id != trials(other / "s.yaml")[0].id

    def test_they_do_not_depend_on_the_process(self, write_suite: WriteSuite) -> None:
        """Another hash seed gives the same ids."""
        path = write_suite(
            "probes: [{permute: roles}, {insert: Rain fell.}]\nroles: [finance, energy, industry]"
        )
        code = (
            "from pathlib import Path; from tests.transcripts.regress.test_cases import trials; import sys;"
            "print(*(one.id for one in trials(Path(sys.argv[1]))))"
        )
        said = {
            subprocess.run(
                [sys.executable, "-c", code, str(path)],
                cwd=Path(__file__).parents[3],
                env={"PYTHONHASHSEED": seed},
                capture_output=True,
                text=True,
                check=True,
            ).stdout
            for seed in ("1", "2")
        }

        assert 1 == len(said)

    def test_a_model_file_is_known_by_its_name(self, write_suite: WriteSuite) -> None:
        """Where a model file lies does not count."""
        one, other = (
            trials(write_suite(f"model: 'gguf:{folder}/small.gguf'"))[0] for folder in ("a", "/b/c")
        )

        assert one.id == other.id

    def test_long_names_stay_apart(self, write_suite: WriteSuite) -> None:
        """Names that begin alike do not become one file name."""
        models = ", ".join(f"'openai:{'m' * 150}{n}'" for n in range(2))
        found = trials(write_suite(f"matrix: {{models: [{models}]}}"))

        assert 2 == len({one.id.rpartition("-")[0] for one in found})
        assert all(len(one.id) < 150 for one in found)
