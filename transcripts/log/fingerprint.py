"""What identifies a request: model configuration, prompt parts and reply schema, nothing else."""

from typing import Any, NamedTuple

from agents.debate.turn import Prompt
from transcripts.log.blobs import canonical, digest

APART = 1000
"""Definitions of a schema that take more characters than this are stored by themselves: many turns share them."""


class Fingerprint(NamedTuple):
    """A request by hashes, with the contents they stand for."""

    sha256: str
    config: str
    parts: tuple[str, ...]
    schema: str
    contents: dict[str, bytes]


class Fingerprints:
    """Computes fingerprints; a text that several turns share is hashed once."""

    def __init__(self) -> None:
        self._texts: dict[str, tuple[str, bytes]] = {}

    def of(self, prompt: Prompt) -> Fingerprint:
        """The fingerprint of a rendered request."""
        form, apart = self._divided(prompt.schema)
        hashed = [self._hashed(text) for text in (canonical(prompt.config), canonical(form), *prompt.parts)]
        config, schema, *parts = (name for name, _ in hashed)
        whole = canonical({"config": config, "parts": parts, "schema": schema})
        return Fingerprint(digest(whole.encode()), config, tuple(parts), schema, apart | dict(hashed))

    def _divided(self, schema: dict[str, Any]) -> tuple[dict[str, Any], dict[str, bytes]]:
        """The schema with its long definitions named by their hash, and these."""
        definitions, apart = dict(schema.get("$defs", {})), {}
        for name, held in definitions.items():
            text = canonical(held)
            if len(text) > APART:
                key, content = self._hashed(text)
                apart[key] = content
                definitions[name] = {"$ref": f"blob/{key}"}
        return (schema | {"$defs": definitions} if apart else schema), apart

    def _hashed(self, text: str) -> tuple[str, bytes]:
        known = self._texts.get(text)
        if known is None:
            content = text.encode()
            known = self._texts[text] = (digest(content), content)
        return known
