"""YAML that remembers where everything stands, and that no file can make large or endless."""

from collections.abc import Hashable, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from agents.errors import SuiteError

try:
    from yaml import CSafeLoader as _Loader
except ImportError:  # PyYAML can be built without libyaml
    from yaml import SafeLoader as _Loader  # type: ignore[assignment]

LARGEST = 1_000_000
"""Bytes of a file that is still read."""
DEEPEST = 24
MOST_VALUES = 50_000
"""Values of a document, those that stand for an alias counted each time."""

Step = str | int
Path_ = tuple[Step, ...]


class Marked(NamedTuple):
    """What a YAML file holds. `lines` tells for each place in it (keys and indices) on which line it stands."""

    path: Path
    data: Any
    lines: dict[Path_, int]

    def error(self, place: Sequence[Step], message: str, hint: str | None = None) -> SuiteError:
        """An error that names the file and the line of `place`, or of the nearest thing around it."""
        return SuiteError(f"{self.path}:{self.line(place)}: {message}", hint)

    def line(self, place: Sequence[Step]) -> int:
        """The line of `place`; steps that are not in the file (those of a validator) are passed over."""
        here: Path_ = ()
        for step in place:
            if (*here, step) in self.lines:
                here = (*here, step)
        return self.lines.get(here, 1)


def read_marked(path: Path, largest: int = LARGEST) -> Marked:
    """The document in `path`, of at most `largest` bytes.

    Raises SuiteError, which names file and line, when it cannot be read.
    """
    try:
        size = path.stat().st_size
        if size > largest:
            raise SuiteError(f"{path}: {size:,} bytes are too many; {largest:,} are read.")
        text = path.read_bytes().decode("utf-8-sig")
    except IsADirectoryError as error:
        raise SuiteError(f"{path} is a folder.", "Name a suite: a YAML file.") from error
    except OSError as error:
        raise SuiteError(f"{path} cannot be read: {error.strerror}.") from error
    except UnicodeDecodeError as error:
        line = path.read_bytes()[: error.start].count(b"\n") + 1
        raise SuiteError(f"{path}:{line}: not UTF-8.", "Save the file as UTF-8.") from error
    try:
        node = _composed(path, text)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
        problem = getattr(error, "problem", None) or str(error).splitlines()[0]
        where = f":{mark.line + 1}" if mark else ""
        raise SuiteError(f"{path}{where}: not YAML: {problem}.", "Check indents and quotes.") from error
    if node is None:
        raise SuiteError(f"{path}:1: the file is empty.", "jemaa regress --init writes a first suite.")
    reading = _Reading(path, most=MOST_VALUES * max(1, largest // LARGEST))
    return Marked(path, reading.data(node, (), ()), reading.lines)


def _composed(path: Path, text: str) -> yaml.Node | None:
    depth = 0
    for event in yaml.parse(text, Loader=_Loader):  # composing is recursive, parsing is not
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        if depth > DEEPEST:
            line = event.start_mark.line + 1 if event.start_mark else 1
            raise SuiteError(f"{path}:{line}: nested more than {DEEPEST} deep.")
    return yaml.compose(text, Loader=_Loader)


class _Reading:
    def __init__(self, path: Path, most: int) -> None:
        self.lines: dict[Path_, int] = {}
        self._most = most
        self._path = path
        self._values = 0
        self._plain = yaml.SafeLoader("")

    def data(self, node: yaml.Node, place: Path_, around: tuple[yaml.Node, ...]) -> Any:
        """The value of a node; `around` are those that it stands in."""
        self._values += 1
        line = node.start_mark.line + 1
        self.lines.setdefault(place, line)
        if self._values > self._most:
            raise SuiteError(f"{self._path}:{line}: more than {self._most:,} values (aliases are counted).")
        if any(node is one for one in around):
            raise SuiteError(f"{self._path}:{line}: an alias stands inside what it names.")
        match node:
            case yaml.MappingNode():
                return self._mapping(node, place, (*around, node))
            case yaml.SequenceNode():
                return [
                    self.data(item, (*place, number), (*around, node))
                    for number, item in enumerate(node.value)
                ]
            case _:
                return self._scalar(node, line)

    def _mapping(self, node: yaml.MappingNode, place: Path_, around: tuple[yaml.Node, ...]) -> Any:
        found: dict[str, Any] = {}
        for key_node, value_node in node.value:
            line = key_node.start_mark.line + 1
            key = key_node.value
            if not isinstance(key, str):
                raise SuiteError(f"{self._path}:{line}: a key must be a word, not a list or a mapping.")
            if key in found:
                raise SuiteError(f"{self._path}:{line}: the key {key[:60]!r} stands twice.")
            self.lines[*place, key] = line
            found[key] = self.data(value_node, (*place, key), around)
        return found

    def _scalar(self, node: yaml.Node, line: int) -> Hashable:
        if node.tag.endswith((":timestamp", ":str")):
            return str(node.value)
        try:
            value: Hashable = self._plain.construct_object(node)
        except (yaml.YAMLError, ValueError) as error:
            problem = getattr(error, "problem", None) or str(error)
            raise SuiteError(
                f"{self._path}:{line}: {node.value[:60]!r} cannot be read: {problem}."
            ) from error
        return value
