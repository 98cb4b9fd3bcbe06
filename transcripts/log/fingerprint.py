"""What identifies a request: model configuration, prompt parts and reply schema, nothing else."""

from typing import NamedTuple

from agents.debate.turn import Prompt
from transcripts.log.blobs import canonical, digest


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
        texts = (canonical(prompt.config), canonical(prompt.schema), *prompt.parts)
        hashed = [self._hashed(text) for text in texts]
        config, schema, *parts = (name for name, _ in hashed)
        whole = canonical({"config": config, "parts": parts, "schema": schema})
        return Fingerprint(digest(whole.encode()), config, tuple(parts), schema, dict(hashed))

    def _hashed(self, text: str) -> tuple[str, bytes]:
        known = self._texts.get(text)
        if known is None:
            content = text.encode()
            known = self._texts[text] = (digest(content), content)
        return known
