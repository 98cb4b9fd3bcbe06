"""The JSON Schema for editors."""

import json
from pathlib import Path

from transcripts.regress.schema import json_schema
from transcripts.regress.suite import Suite

PUBLISHED = Path(__file__).parents[3] / "docs" / "suite.schema.json"


class TestSchema:
    def test_the_published_one_is_that_of_the_models(self) -> None:
        """docs/suite.schema.json is up to date: python -m transcripts.regress.schema > docs/suite.schema.json."""
        assert json_schema() == PUBLISHED.read_text("utf-8")

    def test_it_knows_every_key_and_refuses_others(self) -> None:
        """Editors complete all keys of a suite and mark those that are none."""
        schema = json.loads(json_schema())

        assert set(Suite.model_fields) == set(schema["properties"])
        assert not schema["additionalProperties"]
        assert all("description" in schema["$defs"][name] for name in ("Expectations", "Property", "Probe"))
