"""Settings: a flag wins over the environment, over ./jemaa.toml, over the user's own file.

Read by hand rather than with pydantic-settings, whose import alone would make `jemaa list` twice as slow.
"""

import json
import os
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, ValidationError

from agents.errors import InputError
from agents.model import Frozen
from tui import amounts

PREFIX = "JEMAA_"
_FLAG = "the command line"
_FLAGS = {"role_models": "--role-model", "fallbacks": "--fallback"}
"""Flags that are not called like their setting."""


def _pairs(value: Any) -> Any:
    """Pairs from a table, or from words like energy=openai:NAME."""
    if isinstance(value, dict):
        return value
    pairs = [word.partition("=") for word in amounts.words(value)]
    for role, _, model in pairs:
        if not role.strip() or not model.strip():
            raise ValueError("Write ROLE=MODEL, for example energy=openai:NAME")
    return {role.strip(): model.strip() for role, _, model in pairs}


def _path(value: Any) -> Any:
    return Path(value).expanduser() if value else None


Words = Annotated[tuple[str, ...], BeforeValidator(amounts.words)]
RoleModels = Annotated[dict[str, str], BeforeValidator(_pairs)]
Theme = Literal["dark", "light", "contrast"]
Folder = Annotated[Path, BeforeValidator(_path)]
Seconds = Annotated[float, BeforeValidator(amounts.seconds)]
PerMinute = Annotated[dict[str, int], BeforeValidator(amounts.rates)]


class Settings(Frozen):
    """What a person may set once for all debates. None: whatever the article or the charters say.

    `budget` holds amounts such as "40 calls", "200k tokens" or "$2"; `in_flight` calls may be made at a time,
    `requests_per_minute` and `tokens_per_minute` of each provider, or of those named; `turn_deadline` and
    `deadline` (of the debate) are seconds; `context` is how many tokens a request may take (None: what the
    model is known to take); a debate that is estimated to cost more than `ask_above` US dollars needs consent.
    `extract` says who finds the recommendations of an article, `log_file` where a log is written.

    The rest is the terminal app's: `interface` is the language of its own words (None: the machine's), `pace`
    the words a minute at which an offline debate and a replay play (0: as fast as it comes), `terminal_bidi`
    whether the terminal itself joins Arabic letters and puts them in order.
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
    requests_per_minute: PerMinute = {}
    tokens_per_minute: PerMinute = {}
    turn_deadline: Seconds = 1800.0
    deadline: Seconds | None = None
    context: int | None = Field(default=None, ge=4096)
    extract: Literal["rules", "model"] = "rules"
    log_file: Folder | None = None
    ask_above: float = Field(default=1.0, ge=0)
    theme: Theme = "dark"
    interface: Literal["en", "fr", "ar"] | None = None
    reduced_motion: bool = False
    pace: int = Field(default=240, ge=0, le=6000)
    terminal_bidi: bool = False


def load(**flags: Any) -> Settings:
    """The settings in force; flags that are None count as not given. Raises InputError naming the source."""
    merged: dict[str, Any] = {}
    sources: dict[str, str] = {}
    for source, values in [*_files(), ("the environment", _environment()), (_FLAG, flags)]:
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
        called = _FLAGS.get(name, f"--{name.replace('_', '-')}") if sources[name] == _FLAG else name
        raise InputError(
            f"{called} cannot be {_shown(merged[name])} (from {sources[name]}).", f"{_wanted(first)}."
        ) from error


def _shown(value: Any) -> str:
    return repr(", ".join(map(str, value)) if isinstance(value, list | tuple) else value)


def _wanted(error: Any) -> str:
    """What would do in place of a value that does not."""
    field = Settings.model_fields[str(error["loc"][0])]
    least, most = (
        next((getattr(bound, name) for bound in field.metadata if hasattr(bound, name)), None)
        for name in ("ge", "le")
    )
    if least is None:
        said = str(error["msg"]).removeprefix("Value error, ")
        return said.replace("Input should be ", "Write ", 1)
    kind = "a number" if field.annotation is float else "a whole number"
    return f"It must be {kind} " + (f"from {least} to {most}" if most else f"of at least {least}")


def user_file() -> Path:
    """Where the person's own settings lie."""
    from platformdirs import user_config_path

    return user_config_path("jemaa") / "jemaa.toml"


def save(name: str, value: str | bool | int | None) -> None:
    """Write one setting into the person's own file, whose other lines stay; None takes it out.

    Raises InputError when the file cannot be read or written.
    """
    path = user_file()
    known = dict(_read(path)) if path.is_file() else {}
    lines = path.read_text(encoding="utf-8").splitlines() if path.is_file() else []
    # Settings of the app stand alone on a line; tables begin after all of them.
    top = next((at for at, line in enumerate(lines) if line.lstrip().startswith("[")), len(lines))
    kept = [line for line in lines[:top] if line.partition("=")[0].strip() != name]
    if value is not None:
        kept.append(f"{name} = {json.dumps(value, ensure_ascii=False)}")
    text = "".join(f"{line}\n" for line in [*kept, *lines[top:]])
    known.pop(name, None)
    wanted = known if value is None else known | {name: value}
    if tomllib.loads(text) != wanted:
        raise InputError(
            f"{path} is not changed: {name} is written there in another way.", "Edit it by hand."
        )
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    except OSError as error:
        raise InputError(
            f"{path} cannot be written: {error.strerror}.", "The setting holds until the app is left."
        ) from error


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
