"""Charters: the shipped ones, a user's own, and what is refused."""

from datetime import date
from pathlib import Path

import pytest
from pydantic import ValidationError

from agents.errors import CharterError, InputError
from agents.roles.load import choose, load_charters
from agents.roles.model import Charter, in_language

HEALTH = """
title: {fr: Santé, en: Health}
mission: {fr: Protéger les patients, en: Protect patients}
indicators: {health: 1.0, privacy: 0.8}
"""


def _folder(tmp_path: Path, **files: str) -> Path:
    for name, text in files.items():
        (tmp_path / f"{name}.yaml").write_text(text, encoding="utf-8")
    return tmp_path


class TestShipped:
    def test_are_four_in_a_fixed_order(self) -> None:
        """The house has four roles, declared in one order."""
        assert ["finance", "energy", "sovereignty", "industry"] == list(load_charters(None))

    def test_speak_french_and_english(self) -> None:
        """Every text of a shipped charter exists in French and in English."""
        for charter in load_charters(None).values():
            texts = [charter.title, charter.mission, *(f.text for f in charter.facts)]
            texts += [line.text for line in charter.red_lines]
            assert all({"fr", "en"} <= set(text) for text in texts)
            assert all(len(maxims["fr"]) == len(maxims["en"]) for maxims in charter.maxims.values())

    def test_facts_have_source_date_and_country(self) -> None:
        """Every shipped fact tells where it was read, when it was true and of which country."""
        facts = [fact for charter in load_charters(None).values() for fact in charter.facts]
        assert len(facts) == len({fact.id for fact in facts})
        assert all(fact.source.startswith("https://") and fact.country == "MA" for fact in facts)
        assert all(date(2009, 1, 1) <= fact.as_of <= date(2026, 12, 31) for fact in facts)
        assert all(fact.topics for fact in facts)


class TestOwn:
    def test_fifth_file_gives_a_fifth_role(self, tmp_path: Path) -> None:
        """A charter beside the shipped ones adds a role, named after its file."""
        charters = load_charters(_folder(tmp_path, health=HEALTH))
        assert ["finance", "energy", "sovereignty", "industry", "health"] == list(charters)
        assert 1.0 == charters["health"].weight

    def test_replaces_a_shipped_one(self, tmp_path: Path) -> None:
        """A charter of the same name takes the place of the shipped one."""
        charters = load_charters(_folder(tmp_path, energy=HEALTH))
        assert "Health" == charters["energy"].title["en"]
        assert 4 == len(charters)

    @pytest.mark.parametrize(
        "text,value",
        [
            ("title: {en: X}\nindicators: {health: 1}", "mission"),
            (HEALTH + "name: Not A Name", "Not A Name"),
            (HEALTH + "weight: -1", "-1"),
            (HEALTH + "weight: .nan", "nan"),
            (HEALTH.replace("1.0", "7"), "7"),
            (HEALTH + "red_lines: [{id: x, text: {en: never}, points: []}]", "points"),
            (HEALTH + "hobby: chess", "hobby"),
            ("- a\n- b", "mapping"),
            ("title: {en: [", "line"),
            ("", "mapping"),
        ],
    )
    def test_that_does_not_hold_is_refused(self, tmp_path: Path, text: str, value: str) -> None:
        """A broken charter is refused with its file and the offending value or field."""
        with pytest.raises(CharterError) as caught:
            load_charters(_folder(tmp_path, health=text))
        assert "health.yaml" in str(caught.value)
        assert value in str(caught.value)

    def test_folder_must_hold_charters(self, tmp_path: Path) -> None:
        """A folder that is absent or empty is refused by name."""
        for folder in (tmp_path, tmp_path / "nowhere"):
            with pytest.raises(CharterError, match=folder.name):
                load_charters(folder)

    def test_name_is_given_once(self, tmp_path: Path) -> None:
        """Two files for one role are refused."""
        with pytest.raises(CharterError, match="health"):
            load_charters(_folder(tmp_path, a=HEALTH + "name: health", b=HEALTH + "name: health"))


class TestChoice:
    def test_keeps_the_order_asked_for(self) -> None:
        """Roles come in the order in which they are named."""
        chosen = choose(load_charters(None), ["industry", "finance"])
        assert ["industry", "finance"] == [charter.name for charter in chosen]

    @pytest.mark.parametrize("names", [["finance", "magic"], ["finance", "finance"], []])
    def test_refuses_what_is_unknown_or_repeated(self, names: list[str]) -> None:
        """An unknown, repeated or missing role is refused with the roles that are known."""
        with pytest.raises(InputError, match="sovereignty"):
            choose(load_charters(None), names)


def test_text_falls_back_on_a_language_that_it_has() -> None:
    """A text without the language asked for is given in English, French or whatever there is."""
    assert "a" == in_language({"ar": "a"}, "fr")
    assert "b" == in_language({"ar": "a", "en": "b"}, "fr")
    assert not in_language({}, "fr")


@pytest.mark.parametrize(
    "wrong",
    [
        {"name": "moderator"},
        {"weight": True},
        {"mission": {"en": " "}},
        {"red_lines": [{"id": "x", "text": {"en": ""}, "points": ["a.b"]}]},
    ],
)
def test_a_charter_that_says_nothing_or_takes_the_moderators_name_is_refused(
    wrong: dict[str, object],
) -> None:
    """Blank texts, a weight that is no number and the reserved name are errors, not defaults."""
    fine: dict[str, object] = {"name": "trade", "title": {"en": "Trade"}, "mission": {"en": "Sell."}}

    with pytest.raises(ValidationError):
        Charter.model_validate(fine | wrong)
