"""Reading a suite, with errors that name file and line."""

import difflib
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from agents.backends.chat.limits import Limits, with_budget
from agents.errors import InputError, SuiteError
from transcripts.regress.expectation import RECOMMENDATION
from transcripts.regress.marked import Marked, read_marked
from transcripts.regress.property import Property, fields_of
from transcripts.regress.suite import MODEL, NAME, ROLE, WORDS, Suite

SHIPPED_SUITES = Path(__file__).parents[1] / "suites"
SUITE_FILES = (".yaml", ".yml")
DEFAULT_FOLDERS = (Path("suites"), Path("tests", "suites"))

_FIRST_LINES = 65_536
_BEGINS = re.compile(rb"^jemaa\s*:", re.MULTILINE)
_SHOWN = 60
_FORMS = {
    MODEL: "a model is 'offline' or PROVIDER:NAME, for example openai:NAME",
    NAME: "a name begins with a letter or digit and goes on with letters, digits, '.', '_', '+' and '-'",
    RECOMMENDATION: "a recommendation is named R1, R2, …",
    ROLE: "a role is named in lower-case letters, digits and '_'",
    WORDS: "it says nothing",
}


class SuiteFile(NamedTuple):
    """A suite and where it stands; `name` is the suite's own, or that of its file."""

    suite: Suite
    marked: Marked

    @property
    def path(self) -> Path:
        """The file."""
        return self.marked.path

    @property
    def name(self) -> str:
        """What the suite is called."""
        return self.suite.name or self.path.stem

    @property
    def folder(self) -> Path:
        """Where its articles, charters, references and recordings are looked for."""
        return self.path.parent


def load_suite(path: Path) -> SuiteFile:
    """The suite in `path`. Raises SuiteError, in one or two lines that name file and line."""
    marked = read_marked(path)
    if not isinstance(marked.data, dict):
        raise marked.error((), "a suite is a mapping of settings.", "It begins with: jemaa: 1")
    if "jemaa" not in marked.data:
        raise marked.error((), "the key 'jemaa' is missing.", "A suite begins with: jemaa: 1")
    try:
        suite = Suite.model_validate(marked.data)
    except ValidationError as error:
        raise _first(marked, error) from error
    for number, amount in enumerate(suite.budget):
        try:
            with_budget(Limits(), [amount])
        except InputError as error:
            raise marked.error(("budget", number), error.message, error.hint) from error
    _check_fields(marked, ("expect",), suite.expect.properties)
    for number, entry in enumerate(suite.articles):
        _check_fields(marked, ("articles", number, "expect"), entry.expect.properties)
    return SuiteFile(suite, marked)


def is_suite(path: Path) -> bool:
    """Whether a file says that it is a suite: YAML with a key `jemaa` at its left margin."""
    if path.suffix not in SUITE_FILES or not path.is_file():
        return False
    with path.open("rb") as file:
        return _BEGINS.search(file.read(_FIRST_LINES)) is not None


def find_suites(named: Sequence[str]) -> list[Path]:
    """The suites of these names: files, folders, or names of shipped ones; without any, those that lie here.

    They lie in `suites` and `tests/suites`. Raises SuiteError when a name leads nowhere, and when nothing is there.
    """
    if not named:
        found = [path for folder in DEFAULT_FOLDERS for path in _in(folder)]
        if not found:
            places = " or ".join(str(folder) for folder in DEFAULT_FOLDERS)
            raise SuiteError(
                f"There is no suite in {places}.",
                "Write a first one with: jemaa regress --init. "
                f"Shipped ones have names: jemaa regress {' | '.join(shipped_names())}",
            )
        return found
    return list(dict.fromkeys(path for name in named for path in _named(name)))


def shipped_names() -> list[str]:
    """The names of the suites that ship with the program."""
    return [path.stem for path in _in(SHIPPED_SUITES)]


def _named(name: str) -> list[Path]:
    path = Path(name).expanduser()
    if path.is_dir():
        found = _in(path)
        if not found:
            raise SuiteError(f"There is no suite in {path}.", "A suite is a YAML file that begins: jemaa: 1")
        return found
    if path.is_file():
        return [path]
    shipped = {one.stem: one for one in _in(SHIPPED_SUITES)}
    here = {one.stem: one for folder in DEFAULT_FOLDERS for one in _in(folder)}
    if name in here or name in shipped:
        return [(shipped | here)[name]]
    raise SuiteError(
        f"There is no suite {name[:_SHOWN]!r}.",
        f"Give a file, a folder, or a name: {', '.join([*here, *shipped])}.",
    )


def _in(folder: Path) -> list[Path]:
    return sorted(path for path in folder.iterdir() if is_suite(path)) if folder.is_dir() else []


def _first(marked: Marked, error: ValidationError) -> SuiteError:
    """The first thing that does not hold, in words of the suite."""
    found = error.errors(include_url=False)
    inner = [one for one in found if not any(_is_around(one["loc"], other["loc"]) for other in found)]
    details = min(inner, key=lambda one: marked.line(one["loc"]))
    place = details["loc"]
    named = ".".join(str(step) for step in place if (_is_step(marked, place, step)))
    if details["type"] == "extra_forbidden":
        key = str(place[-1])
        known = _keys_around(place)
        near = difflib.get_close_matches(key, known, 1)
        meant = f"Did you mean {near[0]!r}? " if near else ""
        return marked.error(
            place, f"unknown key {key[:_SHOWN]!r}.", f"{meant}Known keys: {', '.join(known)}."
        )
    if details["type"] == "missing":
        return marked.error(place, f"the key {place[-1]!r} is missing{_inside(place)}.")
    said = _FORMS.get(details.get("ctx", {}).get("pattern", ""), details["msg"]).removeprefix("Value error, ")
    return marked.error(place, f"{named or 'the suite'}: {said.rstrip('.')}{_value(details)}.")


def _is_around(place: tuple[int | str, ...], other: tuple[int | str, ...]) -> bool:
    """Whether the first place holds the second: what is wrong there may follow from what is wrong inside."""
    return len(place) < len(other) and other[: len(place)] == place


def _is_step(marked: Marked, place: Sequence[str | int], step: str | int) -> bool:
    return any(step in where for where in marked.lines if len(where) <= len(place))


def _inside(place: Sequence[str | int]) -> str:
    around = ".".join(str(step) for step in place[:-1])
    return f" in {around}" if around else ""


def _value(details: ErrorDetails) -> str:
    value = details["input"]
    if details["type"] == "value_error" or isinstance(value, dict | list):
        return ""
    text = "nothing" if value is None else repr(value)
    return f", not {text[:_SHOWN]}"


def _keys_around(place: Sequence[str | int]) -> list[str]:
    """The keys that are known where an unknown one stands."""
    model: Any = Suite
    for step in place[:-1]:
        model = _part(model, step)
    return [field.alias or name for name, field in model.model_fields.items()] if _is_model(model) else []


def _part(annotation: Any, step: str | int) -> Any:
    """What stands at a key or index of something with this annotation."""
    if _is_model(annotation):
        fields = {field.alias or name: field for name, field in annotation.model_fields.items()}
        return _model_in(fields[str(step)].annotation) if step in fields else annotation
    return annotation


def _model_in(annotation: Any) -> Any:
    """The first model that an annotation mentions, however deep."""
    if _is_model(annotation):
        return annotation
    for inner in getattr(annotation, "__args__", ()):
        found = _model_in(inner)
        if _is_model(found):
            return found
    return annotation


def _is_model(annotation: Any) -> bool:
    return isinstance(annotation, type) and issubclass(annotation, BaseModel)


def _check_fields(marked: Marked, place: tuple[str | int, ...], properties: Sequence[Property]) -> None:
    """Raises SuiteError for a property that asks for a field that its collection has not."""
    for number, one in enumerate(properties):
        known = fields_of(one.collection)
        for part in ("where", "holds"):
            for field in getattr(one, part):
                if field.partition(".")[0] not in known:
                    raise marked.error(
                        (*place, "properties", number, part, field),
                        f"{one.collection} have no field {field[:_SHOWN]!r}.",
                        f"They have {', '.join(known)}.",
                    )
