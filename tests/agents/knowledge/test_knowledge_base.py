"""The shipped knowledge: it holds, it is balanced, and its lint sees what is wrong."""

from pathlib import Path

import pytest
import yaml

from agents.errors import CharterError, KnowledgeError
from agents.knowledge import charters, lint
from agents.knowledge.charters import check_charter
from agents.knowledge.load import FOLDER, concept, concept_names, condition_named, frames, terms, vocabulary
from agents.knowledge.prose import problems
from agents.roles.load import load_charters
from agents.roles.model import Charter


class TestShipped:
    def test_holds(self) -> None:
        """No concept, term, condition or reply has an error."""
        findings = [*lint.check(concept_names()), *lint.check_general(), *lint.orphans()]
        assert [] == [finding for finding in findings if finding.error]

    @pytest.mark.parametrize("name", concept_names())
    def test_is_recognised_in_four_languages(self, name: str) -> None:
        """Each concept has terms in French, English, Spanish and Arabic."""
        assert all(terms(name, language) for language in ("fr", "en", "es", "ar"))

    @pytest.mark.parametrize("name", concept_names())
    def test_can_be_argued_both_ways(self, name: str) -> None:
        """Each concept has points for and against, and every point has a reply."""
        item = concept(name)
        assert {"+", "-"} == {point.sign for point in item.points.values()}
        answered = {reply.to.rpartition(".")[2] for reply in item.replies.values()}
        assert set(item.points) <= answered

    def test_points_have_handles_of_their_own(self) -> None:
        """No two points are referred to by the same words."""
        for language in ("fr", "en"):
            handles = [
                point.handle[language] for name in concept_names() for point in concept(name).points.values()
            ]
            assert [] == sorted({handle for handle in handles if handles.count(handle) > 1})

    def test_conditions_have_words_of_their_own(self) -> None:
        """No two conditions ask for the same in the same words."""
        for language in ("fr", "en"):
            asked = [c.do[language] for name in concept_names() for c in concept(name).conditions.values()]
            assert len(asked) == len(set(asked))

    def test_has_words_for_how_proposals_are_worded(self) -> None:
        """Each recognised language knows verbs that build, restrain and talk."""
        for language in ("fr", "en", "es", "ar"):
            assert {"build", "restrain", "talk", "mandate", "negation"} <= set(frames(language))

    def test_keys_are_words(self) -> None:
        """No key of a knowledge file was taken for a truth value."""
        for path in sorted(FOLDER.rglob("*.yaml")):
            data = yaml.load(path.read_bytes(), Loader=yaml.CSafeLoader)
            assert all(isinstance(key, str) for key in _keys(data)), path.name


def _keys(data: object) -> list[object]:
    if isinstance(data, dict):
        return [*data, *(key for value in data.values() for key in _keys(value))]
    return [key for item in data for key in _keys(item)] if isinstance(data, list) else []


class TestLoading:
    def test_names_what_is_unknown(self) -> None:
        """An unknown concept or condition is refused with the names that are known."""
        with pytest.raises(KnowledgeError, match="known"):
            concept("perpetual_motion")
        with pytest.raises(KnowledgeError, match="unknown condition"):
            condition_named("data_centre.perpetual_motion")

    def test_refuses_a_file_that_is_no_mapping(self, tmp_path: Path) -> None:
        """A file that is not YAML, or not a mapping, is refused by name."""
        from agents.knowledge.load import read_yaml

        (tmp_path / "odd.yaml").write_text("- a\n- b\n")
        with pytest.raises(KnowledgeError, match=r"odd\.yaml"):
            read_yaml(tmp_path / "odd.yaml")


class TestProse:
    @pytest.mark.parametrize(
        "text,language,marks,expected",
        [
            ("{aide|aident} les villes", "fr", True, ""),
            ("{aide|aident|aidez} les villes", "fr", True, "needs singular|plural"),
            ("l'aide aux {ville|villes}", "fr", False, "none is allowed"),
            ("coûte 3 fois plus", "fr", False, "a number"),
            ("coûte deux fois plus", "fr", False, "number in words"),
            ("les deux rives", "fr", False, ""),
            ("Costs more", "en", False, "capital"),
            ("costs more.", "en", False, "punctuation"),
            ("l’eau", "fr", False, "apostrophe"),
        ],
    )
    def test_is_checked(self, text: str, language: str, marks: bool, expected: str) -> None:
        """What a rule can see wrong in a phrase is told in words."""
        found = " / ".join(problems(text, language, marks=marks))
        assert expected in found
        assert bool(expected) == bool(found)


class TestCharters:
    @pytest.mark.parametrize("name", list(load_charters(None)))
    def test_of_the_house_name_what_exists(self, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
        """The shipped charters name only indicators, points and conditions that exist."""
        monkeypatch.setattr(charters, "load_charters", lambda _: {})
        check_charter(load_charters(None)[name])

    def test_of_the_house_care_for_every_indicator(self) -> None:
        """Each indicator matters to some role."""
        cared = {name for charter in load_charters(None).values() for name in charter.indicators}
        assert set(vocabulary().indicators) == cared

    @pytest.mark.parametrize(
        "change,value",
        [
            ({"indicators": {"glory": 1.0}}, "glory"),
            ({"indicators": {"health": 0.0}}, "no indicator"),
            (
                {"red_lines": ({"id": "x", "text": {"en": "no"}, "points": ("data_centre.nothing",)},)},
                "data_centre.nothing",
            ),
            ({"counter_offers": {"health": ("nowhere.nothing",)}}, "nowhere.nothing"),
        ],
    )
    def test_that_name_nothing_are_refused(self, change: dict[str, object], value: str) -> None:
        """A charter of a user's own that names what does not exist is refused with the offending value."""
        body: dict[str, object] = {
            "name": "health",
            "title": {"en": "Health"},
            "mission": {"en": "Protect patients"},
            "indicators": {"health": 1.0},
        }
        with pytest.raises(CharterError, match=value):
            check_charter(Charter.model_validate({**body, **change}))
