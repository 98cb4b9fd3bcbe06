"""Data files that ship with the program."""

from pathlib import Path
from typing import Any

import yaml

try:
    from yaml import CSafeLoader as _SafeLoader
except ImportError:  # PyYAML can be built without libyaml, which is some ten times faster
    from yaml import SafeLoader as _SafeLoader  # type: ignore[assignment]

_STRING, _LIST, _MAPPING = (f"tag:yaml.org,2002:{kind}" for kind in ("str", "seq", "map"))


class _Loader(_SafeLoader):
    """Walks straight through mappings and lists of strings, most of our files, in two thirds of the time."""

    def construct_document(self, node: yaml.Node) -> Any:
        return self._data(node)

    def _data(self, node: yaml.Node) -> Any:
        if node.tag == _STRING:
            return node.value
        if node.tag == _MAPPING and all(key.tag == _STRING for key, _ in node.value):
            return {key.value: self._data(value) for key, value in node.value}
        if node.tag == _LIST:
            return [self._data(value) for value in node.value]
        return self.construct_object(node, deep=True)


def load_yaml(path: Path) -> Any:
    """What the YAML file at `path` holds. Raises OSError or yaml.YAMLError."""
    return yaml.load(path.read_bytes(), Loader=_Loader)  # noqa: S506  a safe loader
