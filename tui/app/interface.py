"""The language of the interface: English in the source, French and Arabic in `wording/*.yaml`.

It is the person's, not the debate's: what was said and decided keeps the words of its own language
(`tui.present.words.words`).
"""

import locale
import os
from functools import cache
from pathlib import Path

from tui.arabic import LEFT_TO_RIGHT

LANGUAGES = {"en": "English", "fr": "Français", "ar": "العربية"}

_spoken = ["en"]
"""The language in use. One app runs in a process, and its parts are made before they know it."""


def speak(language: str | None) -> None:
    """Let everything that is said from now on be in a language; None: that of the machine."""
    _spoken[0] = language or _of_machine()


def spoken() -> str:
    """The language in use: a key of LANGUAGES."""
    return _spoken[0]


def say(text: str, **details: object) -> str:
    """An English text of the interface in the language in use, its {details} filled in."""
    said = text if spoken() == "en" else wording(spoken()).get(text, text)
    for name, value in details.items():
        said = said.replace(f"{{{name}}}", str(value))
    return said


def ours(text: str) -> bool:
    """Whether a text, in any language, is one of the interface's own, and not one of a library's."""
    return text.removeprefix(LEFT_TO_RIGHT) in _all()


@cache
def _all() -> frozenset[str]:
    others = [wording(code) for code in LANGUAGES if code != "en"]
    return frozenset(text for told in others for text in (*told, *told.values()))


@cache
def wording(language: str) -> dict[str, str]:
    """All texts of the interface in a language, by their English."""
    from agents.data import load_yaml

    found: dict[str, str] = {}
    for path in sorted(Path(__file__).with_name("wording").glob("*.yaml")):
        found.update({english: told[language] for english, told in load_yaml(path).items()})
    return found


def _of_machine() -> str:
    for variable in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if value := os.environ.get(variable):
            code = locale.normalize(value)[:2].lower()
            return code if code in LANGUAGES else "en"
    return "en"
