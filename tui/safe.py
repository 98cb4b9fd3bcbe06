"""Text of others, made safe for a terminal."""

import re

_ESCAPES = re.compile(
    r"\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)?"  # operating system commands: titles, links, clipboard
    r"|\x1b[PX^_][^\x1b]*(?:\x1b\\)?"  # device control, start of string, privacy, application commands
    r"|(?:\x1b\[|\x9b)[0-?]*[ -/]*[@-~]?"  # colours, cursor movements, modes
    r"|\x1b[ -/]*[0-~]?"
)
_LINE_BREAKS = re.compile(r"\r\n?|[\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
_INVISIBLE = re.compile(
    "[\x00-\x08\x0e-\x1b\x1f\x7f-\x9f"
    "\u00ad\u061c\u180e\u200b\u2060-\u2064\ufeff\ufff9-\ufffb"
    "\u202a-\u202e\u2066-\u206f"  # bidirectional embeddings, overrides and isolates
    "\U000e0000-\U000e007f"  # tags: text that is never seen
    "\ud800-\udfff]"
)
_LINE_INVISIBLE = re.compile("[\x00-\x1f\x7f-\x9f\u061c\u202a-\u202e\u2028\u2029\u2066-\u2069\ud800-\udfff]")
# Two characters for private use stand for no-break spaces; in a text of others they become such spaces.
_HELD = str.maketrans({"\u00a0": "\uf8fe", "\u202f": "\uf8ff"})
_RELEASED = str.maketrans({"\uf8fe": "\u00a0", "\uf8ff": "\u202f"})


def safe_text(text: str) -> str:
    """`text` without escape sequences, control characters and bidirectional overrides.

    Line breaks and tabs stay, and so do the marks that order mixed scripts (U+200E, U+200F) and the joiners
    that shape letters: they cannot reorder what surrounds them.
    """
    return released(_INVISIBLE.sub("", _LINE_BREAKS.sub("\n", _ESCAPES.sub("", text))))


def safe_line(text: str) -> str:
    """A piece of a finished line without any character that could act on the terminal; they have no width.

    What `safe_text` has cleaned passes unchanged; this is for what came in by another way.
    """
    return text if text.isprintable() else _LINE_INVISIBLE.sub("", text)


def held(text: str) -> str:
    """`text` with stand-ins for no-break spaces: Rich and Textual break lines at those as at any other."""
    return text.translate(_HELD)


def released(text: str) -> str:
    """`text` with its no-break spaces again, once its lines are broken."""
    return text.translate(_RELEASED)
