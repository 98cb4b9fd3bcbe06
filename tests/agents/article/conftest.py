"""What the tests of reading share."""

from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from typing import Any

import pytest

BENCHMARKS = Path(__file__).resolve().parents[3] / "benchmarks"


@pytest.fixture(scope="session")
def reading() -> Any:
    """The scorer, a script that stands beside the packages."""
    spec = spec_from_file_location("reading_benchmark", BENCHMARKS / "reading.py")
    assert spec is not None
    assert spec.loader is not None
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
