"""The JSON Schema of a line, made from the models.

`python -m transcripts.log.schema > docs/transcript.schema.json` publishes it.
"""

import json
import sys
from typing import Any

from transcripts.log.record import RECORD


def json_schema() -> str:
    """The schema of one line as it stands in a file, as indented JSON."""
    schema: dict[str, Any] = _without_prose(RECORD.json_schema(by_alias=True))
    schema["$schema"] = "https://json-schema.org/draft/2020-12/schema"
    schema["title"] = "One line of a Jemaa transcript"
    link = {"type": "string", "pattern": "^[0-9a-f]{64}$"}
    for definition in schema["$defs"].values():
        properties = definition.get("properties", {})
        if "prev" in properties:
            # Optional in the models, which are made before a record has its place in the chain.
            properties |= {"prev": link, "hash": link}
            definition["required"] = [*definition["required"], "prev", "hash"]
            if "kind" in properties:
                definition["required"].append("kind")
    return json.dumps(schema, indent=2, ensure_ascii=False) + "\n"


def _without_prose(value: Any) -> Any:
    """The schema without titles and descriptions: rewording a docstring changes no format."""
    if isinstance(value, dict):
        return {
            key: _without_prose(item)
            for key, item in value.items()
            if not (key in {"title", "description"} and isinstance(item, str))
        }
    return [_without_prose(item) for item in value] if isinstance(value, list) else value


if __name__ == "__main__":
    sys.stdout.write(json_schema())
