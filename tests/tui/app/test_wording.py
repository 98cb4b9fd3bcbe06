"""Every text of the interface is told in every language."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import tui.app
from transcripts.library.record import Totals
from tui.app.chamber import VIEWS
from tui.app.chamber_cards import ACTS
from tui.app.export import MEANS
from tui.app.interface import LANGUAGES, wording
from tui.app.prepare.assembly import RULE_MEANS
from tui.app.prepare.screen import STEPS
from tui.app.shelf import ORDERS
from tui.app.widgets.library import TOLD

FOLDER = Path(tui.app.__file__).parent
BY_NAME = [
    *ORDERS.values(),
    *TOLD.values(),
    *STEPS.values(),
    *RULE_MEANS.values(),
    *MEANS.values(),
    *VIEWS.values(),
    *ACTS.values(),
]
"""Texts that are told by their name, which no literal in a call shows."""


def texts(path: Path) -> Iterator[str]:
    """What a module says: literals in say(), descriptions and tooltips of bindings, ABOUT of screens."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            if node.func.id == "say":
                yield from literals(node.args[0])
            if node.func.id == "Binding":
                yield from (text for argument in node.args[2:3] for text in literals(argument))
                yield from (
                    text
                    for keyword in node.keywords
                    if keyword.arg in {"tooltip", "description"}
                    for text in literals(keyword.value)
                )
        if isinstance(node, ast.Assign | ast.AnnAssign) and node.value is not None:
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            if any(isinstance(target, ast.Name) and target.id == "ABOUT" for target in targets):
                yield from literals(node.value)


def literals(node: ast.expr) -> Iterator[str]:
    if isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value:
        yield node.value
    elif isinstance(node, ast.IfExp):
        yield from (*literals(node.body), *literals(node.orelse))


ALL = sorted({text for path in FOLDER.rglob("*.py") for text in texts(path)} | set(BY_NAME))


@pytest.mark.parametrize("language", [code for code in LANGUAGES if code != "en"])
def test_complete(language: str) -> None:
    """No text is missing in a language."""
    assert [] == [text for text in ALL if text not in wording(language)]


@pytest.mark.parametrize("language", [code for code in LANGUAGES if code != "en"])
def test_details(language: str) -> None:
    """What is filled into a text is filled in in every language."""
    assert [] == [
        text
        for text, told in wording(language).items()
        if set(re.findall(r"\{\w+\}", text)) != set(re.findall(r"\{\w+\}", told))
    ]


def test_nothing_left_over() -> None:
    """No translation is kept of what is no longer said."""
    said = set(ALL) | WITHOUT_LITERAL
    assert [] == [text for text in wording("fr") if text not in said]


WITHOUT_LITERAL = {
    "finished",
    "unfinished",
    "unreadable",
    "only in the first",
    "only in the second",
    "prompt",
    "schema",
    "request",
    "reply",
    "failure",
    "decisions",
    "stances",
    "priorities",
    "Copy selected text",
    "arguments",
    "conditions",
    "quotes",
    "model",
    "seconds",
    *(name.replace("_", " ") for name in Totals.model_fields),
}
"""Values of the models and texts of Textual that are told too."""
