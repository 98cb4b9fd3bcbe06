"""What identifies a request, and what is stored of it."""

from typing import Any

from agents.debate.turn import Prompt
from transcripts.log.blobs import canonical, digest
from transcripts.log.fingerprint import Fingerprints


def prompt(target: str, sources: int = 400) -> Prompt:
    ids = [f"S{number}" for number in range(1, sources + 1)]
    schema: dict[str, Any] = {
        "properties": {"target": {"enum": [target]}, "source": {"$ref": "#/$defs/sources"}},
        "$defs": {"sources": {"enum": ids}, "short": {"enum": ["a"]}},
    }
    return Prompt(config={"model": "openai:one"}, parts=("rules",), schema=schema)


class TestFingerprint:
    def test_what_many_forms_share_is_stored_once(self) -> None:
        """A list of ids that two forms have in common is one blob, named in both."""
        fingerprints = Fingerprints()

        one, two = (fingerprints.of(prompt(target)) for target in ("A1.1", "A1.2"))

        (shared,) = {*one.contents} & {*two.contents} - {one.config, *one.parts}
        assert canonical(prompt("A1.1").schema["$defs"]["sources"]).encode() == one.contents[shared]
        assert len(one.contents[one.schema]) < 300 < len(one.contents[shared])
        assert f'"sources":{{"$ref":"blob/{shared}"}}' in one.contents[one.schema].decode()

    def test_every_id_counts(self) -> None:
        """Two requests that differ in one id that may be cited, near or far in the list, are not the same."""
        fingerprints = Fingerprints()

        several = {fingerprints.of(prompt("A1.1", sources)).sha256 for sources in (1, 2, 400, 401)}

        assert 4 == len(several)

    def test_a_short_form_is_stored_as_it_is(self) -> None:
        """Nothing is taken apart that is not long."""
        schema = prompt("A1.1", sources=2).schema

        found = Fingerprints().of(prompt("A1.1", sources=2))

        assert digest(canonical(schema).encode()) == found.schema
