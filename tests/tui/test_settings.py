from pathlib import Path

import pytest

from agents.errors import InputError
from tui.settings import load, user_file


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def write_user_file(text: str) -> None:
    user_file().parent.mkdir(parents=True)
    user_file().write_text(text)


class TestPrecedence:
    def test_flag_environment_folder_user(self, here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """A flag wins over the environment, over ./jemaa.toml, over the user's own file."""
        write_user_file("rounds = 3\nlanguage = 'fr'\nrule = 'strict'\nmodel = 'openai:a'")
        Path("jemaa.toml").write_text("rounds = 4\nlanguage = 'ar'\nrule = 'majority'")
        monkeypatch.setenv("JEMAA_ROUNDS", "5")
        monkeypatch.setenv("JEMAA_LANGUAGE", "en")
        found = load(rounds="6", language=None)

        assert (6, "en", "majority", "openai:a") == (found.rounds, found.language, found.rule, found.model)

    def test_defaults(self, own_files: Path) -> None:
        """With nothing said, debates are held offline with all roles in the article's language."""
        found = load()

        assert ("offline", None, None, 2) == (found.model, found.roles, found.language, found.rounds)
        assert own_files / "saved" == found.transcripts

    def test_words(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """Roles are one word list, written with commas or as a list."""
        monkeypatch.setenv("JEMAA_ROLES", "energy, finance")
        assert ("energy", "finance") == load().roles

        Path("jemaa.toml").write_text("roles = ['industry']")
        monkeypatch.delenv("JEMAA_ROLES")
        assert ("industry",) == load().roles

    def test_models_of_roles(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """A model for a role is a table in a file, and a word with an equals sign elsewhere."""
        Path("jemaa.toml").write_text("[role_models]\nenergy = 'openai:a'")
        assert {"energy": "openai:a"} == load().role_models

        monkeypatch.setenv("JEMAA_ROLE_MODELS", "energy=openai:b,finance=offline")
        assert {"energy": "openai:b", "finance": "offline"} == load().role_models
        assert {"energy": "openai:c"} == load(role_models=["energy=openai:c"]).role_models


class TestRefusals:
    def test_value(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """A value that does not hold is named with its source."""
        monkeypatch.setenv("JEMAA_ROUNDS", "many")
        with pytest.raises(InputError, match=r"rounds cannot be 'many' \(from the environment\)"):
            load()

    def test_name(self) -> None:
        """An unknown setting is answered with those that exist."""
        Path("jemaa.toml").write_text("modell = 'offline'")
        with pytest.raises(
            InputError, match=r"jemaa\.toml: unknown setting 'modell'(?s:.*)model, role_models"
        ):
            load()

    @pytest.mark.parametrize("content", [b"rounds =", b"\xff\xfe\x00"])
    def test_file(self, content: bytes) -> None:
        """A file that is no TOML is refused by name."""
        Path("jemaa.toml").write_bytes(content)
        with pytest.raises(InputError, match=r"jemaa\.toml cannot be read"):
            load()
