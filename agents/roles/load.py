"""Charters from YAML: those that are shipped and a user's own."""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml
from pydantic import ValidationError

from agents.errors import CharterError, InputError
from agents.roles.model import Charter

SHIPPED = Path(__file__).parent


def load_charters(folder: Path | None) -> dict[str, Charter]:
    """The shipped charters and those in `folder`, by name; a user's charter replaces a shipped one.

    Shipped ones come first, in the order of `SHIPPED_ORDER`, then the user's in the order of their file
    names. Raises CharterError, which names the file and the offending value, when one does not hold.
    """
    charters = dict(_shipped())
    if folder is None:
        return charters
    if not folder.is_dir():
        raise CharterError(
            f"No folder of charters at {folder}.", "Give a folder that holds one YAML file for each role."
        )
    files = sorted(path for path in folder.iterdir() if path.suffix in (".yaml", ".yml"))
    if not files:
        raise CharterError(f"No charter in {folder}.", "A charter is a file that ends in .yaml.")
    own: dict[str, Path] = {}
    for path in files:
        charter = read_charter(path)
        if charter.name in own:
            raise CharterError(
                f"{path.name}: the role {charter.name!r} stands in {own[charter.name].name} too."
            )
        own[charter.name] = path
        charters[charter.name] = charter
    return charters


def choose(charters: Mapping[str, Charter], names: Sequence[str]) -> tuple[Charter, ...]:
    """The charters called `names`, in that order. Raises InputError for an unknown or repeated role."""
    known = ", ".join(charters)
    if not names:
        raise InputError("No role was named.", f"Known roles: {known}.")
    chosen: list[Charter] = []
    for name in names:
        if name not in charters:
            raise InputError(f"Unknown role {name!r}.", f"Known roles: {known}.")
        if charters[name] in chosen:
            raise InputError(
                f"The role {name!r} is named twice.", f"Name each role once; known roles: {known}."
            )
        chosen.append(charters[name])
    return tuple(chosen)


def read_charter(path: Path) -> Charter:
    """The charter in `path`; its name defaults to the file's. Raises CharterError when it does not hold."""
    try:
        data: Any = yaml.load(path.read_bytes(), Loader=yaml.CSafeLoader)
    except OSError as error:
        raise CharterError(f"{path.name}: cannot be read: {error.strerror}.") from error
    except yaml.YAMLError as error:
        place = getattr(error, "problem_mark", None)
        line = f" in line {place.line + 1}" if place else ""
        problem = getattr(error, "problem", None) or str(error).splitlines()[0]
        raise CharterError(f"{path.name}: not YAML{line}: {problem}.", "Check quotes and indents.") from error
    if not isinstance(data, dict):
        raise CharterError(f"{path.name}: a mapping of fields was expected.", f"For example {EXAMPLE}")
    try:
        return Charter.model_validate({"name": path.stem, **{str(key): value for key, value in data.items()}})
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        place = ".".join(str(part) for part in first["loc"]) or "charter"
        value = "" if first["type"] == "missing" else f" (value {first['input']!r:.80})"
        raise CharterError(
            f"{path.name}: {place}: {first['msg']}{value}.", f"For example {EXAMPLE}"
        ) from error


SHIPPED_ORDER = ("finance", "energy", "sovereignty", "industry")
EXAMPLE = (
    "title: {fr: La santé, en: Health}, mission: {fr: Protéger les patients, en: Protect patients}, "
    "indicators: {health: 1.0, privacy: 0.8}"
)


@lru_cache(maxsize=1)
def _shipped() -> dict[str, Charter]:
    return {name: read_charter(SHIPPED / f"{name}.yaml") for name in SHIPPED_ORDER}
