"""The words of the screen, in the languages of the debates."""

from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from agents.model import Frozen


class Labels(Frozen):
    """Every word that is shown beside what was said; keys are the values of the models."""

    stance: dict[str, str]
    decision: dict[str, str]
    consensus: dict[str, str]
    phase: dict[str, str]
    relation: dict[str, str]
    status: dict[str, str]
    word: dict[str, str]

    def __call__(self, name: str) -> str:
        """A word that belongs to no model."""
        return self.word[name]


@cache
def labels(language: str) -> Labels:
    """The labels of a language, English for one that has none."""
    known: dict[str, Any] = yaml.safe_load(files("tui").joinpath("labels.yaml").read_text(encoding="utf-8"))
    return Labels.model_validate(known.get(language) or known["en"])
