"""Data files that ship with the program."""

from pathlib import Path
from typing import Any

import yaml

# libyaml's safe loader is some ten times faster; PyYAML can be built without it.
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def load_yaml(path: Path) -> Any:
    """What the YAML file at `path` holds. Raises OSError or yaml.YAMLError."""
    return yaml.load(path.read_bytes(), Loader=_LOADER)  # noqa: S506  both are safe loaders
