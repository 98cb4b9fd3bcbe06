"""Settings: a flag wins over the environment, over ./jemaa.toml, over the user's own file.

Read by hand rather than with pydantic-settings, whose import alone would make `jemaa list` twice as slow.
"""

import os
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any

from pydantic import BeforeValidator, Field, ValidationError

from agents.errors import InputError
from agents.model import Frozen

PREFIX = "JEMAA_"


def _words(value: Any) -> Any:
    return [word.strip() for word in value.split(",") if word.strip()] if isinstance(value, str) else value


def _pairs(value: Any) -> Any:
    """Pairs from a table, or from words like energy=openai:NAME."""
    if isinstance(value, dict):
        return value
    for word in _words(value):
        if "=" not in word:
            raise ValueError(f"{word} names no model, write ROLE=MODEL")
    return dict(word.partition("=")[::2] for word in _words(value))


Words = Annotated[tuple[str, ...], BeforeValidator(_words)]
RoleModels = Annotated[dict[str, str], BeforeValidator(_pairs)]
Folder = Annotated[Path, BeforeValidator(lambda value: Path(value).expanduser() if value else None)]


class Settings(Frozen):
    """What a person may set once for all debates. None: whatever the article or the charters say.

    `budget` holds amounts such as "40 calls", "200k tokens" or "$2"; `in_flight` calls may be made at a time;
    a debate that is estimated to cost more than `ask_above` US dollars needs consent.
    """

    model: str = "offline"
    role_models: RoleModels = {}
    fallbacks: Words = ()
    roles: Words | None = None
    language: str | None = None
    rounds: int = Field(default=2, ge=1, le=9)
    rule: str = "consent"
    transcripts: Folder = Path("transcripts", "saved")
    charters: Folder | None = None
    budget: Words = ()
    cache_first: bool = False
    in_flight: int = Field(default=24, ge=1)
    ask_above: float = Field(default=1.0, ge=0)


def load(**flags: Any) -> Settings:
    """The settings in force; flags that are None count as not given. Raises InputError naming the source."""
    merged: dict[str, Any] = {}
    sources: dict[str, str] = {}
    for source, values in [*_files(), ("the environment", _environment()), ("the command line", flags)]:
        for name, value in values.items():
            if value is None:
                continue
            if name not in Settings.model_fields:
                known = ", ".join(Settings.model_fields)
                raise InputError(f"{source}: unknown setting {name!r}", f"Settings: {known}.")
            merged[name] = value
            sources[name] = source
    try:
        return Settings.model_validate(merged)
    except ValidationError as error:
        first = error.errors()[0]
        name = str(first["loc"][0])
        raise InputError(
            f"{name} cannot be {merged[name]!r} (from {sources[name]})",
            f"{first['msg'].removeprefix('Value error, ')}.",
        ) from error


def user_file() -> Path:
    """Where the person's own settings lie."""
    from platformdirs import user_config_path

    return user_config_path("jemaa") / "jemaa.toml"


def _files() -> list[tuple[str, Mapping[str, Any]]]:
    return [(str(path), _read(path)) for path in (user_file(), Path("jemaa.toml")) if path.is_file()]


def _read(path: Path) -> Mapping[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise InputError(f"{path} cannot be read as settings: {error}", "It must be a TOML file.") from error


def _environment() -> dict[str, str]:
    names = {PREFIX + name.upper(): name for name in Settings.model_fields}
    return {name: os.environ[variable] for variable, name in names.items() if os.environ.get(variable)}
