"""The words of the screen, in the languages of the debates: those of the documents and some of its own."""

from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from agents.model import Frozen
from transcripts.export.labels import Labels as DocumentLabels
from transcripts.export.labels import labels as document_labels


class Labels(Frozen):
    """The words of one language; `document` has those that exported documents use too."""

    document: DocumentLabels
    phase: dict[str, str]
    test: dict[str, str]
    short: dict[str, str]
    """Stances, in a word."""
    outcome: dict[str, str]
    """Decisions, in a word or two."""
    word: dict[str, str]

    def __call__(self, name: str, **details: object) -> str:
        """A word of the screen, or else of the documents, {details} filled in. KeyError without one."""
        if name not in self.word:
            return self.document(name, **details)
        text = self.word[name]
        for key, value in details.items():
            text = text.replace(f"{{{key}}}", str(value))
        return text


@cache
def labels(language: str) -> Labels:
    """The labels of a language, English for one that has none."""
    known: dict[str, Any] = yaml.safe_load(files("tui").joinpath("labels.yaml").read_text(encoding="utf-8"))
    return Labels(document=document_labels(language), **known.get(language, known["en"]))
