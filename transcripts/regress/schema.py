"""The JSON Schema of a suite, for editors, made from the models.

`python -m transcripts.regress.schema > docs/suite.schema.json` publishes it.
"""

import inspect
import json
import sys
from typing import Any

from transcripts.regress.suite import Suite


def json_schema() -> str:
    """The schema of a suite file, as indented JSON; an editor shows its descriptions beside the keys."""
    schema: dict[str, Any] = _tidy(Suite.model_json_schema(mode="validation"))
    schema = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **schema,
        "title": "A suite of debates",
    }
    return json.dumps(schema, indent=2, ensure_ascii=False) + "\n"


def _tidy(value: Any) -> Any:
    """The schema without the titles that repeat the keys, its descriptions on one line."""
    if isinstance(value, list):
        return [_tidy(item) for item in value]
    if not isinstance(value, dict):
        return value
    kept = {key: _tidy(item) for key, item in value.items() if not _is_title(key, item)}
    if isinstance(kept.get("description"), str):
        kept["description"] = " ".join(inspect.cleandoc(kept["description"]).split())
    return kept


def _is_title(key: str, item: Any) -> bool:
    return key == "title" and isinstance(item, str)


if __name__ == "__main__":
    sys.stdout.write(json_schema())
