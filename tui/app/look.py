"""The three looks of the app: dark, light, and black and white with strong colours."""

from rich.terminal_theme import TerminalTheme
from textual.theme import Theme

DARK = Theme(
    name="dark",
    primary="#6ea8d8",
    secondary="#4f7fa8",
    accent="#e0a85a",
    warning="#e0b050",
    error="#e07070",
    success="#7cc47c",
    foreground="#dcdcd6",
    background="#15181c",
    surface="#1c2026",
    panel="#272d35",
    dark=True,
    variables={"footer-key-foreground": "#e0a85a", "block-cursor-text-style": "none"},
)
LIGHT = Theme(
    name="light",
    primary="#1f5f96",
    secondary="#3f7fb6",
    accent="#9a5a00",
    warning="#8a5a00",
    error="#a82828",
    success="#2a7030",
    foreground="#22262a",
    background="#f7f5f0",
    surface="#efece5",
    panel="#e2ded4",
    dark=False,
    variables={"footer-key-foreground": "#9a5a00", "block-cursor-text-style": "none"},
)
CONTRAST = Theme(
    name="contrast",
    primary="#ffff00",
    secondary="#00ffff",
    accent="#ffff00",
    warning="#ffff00",
    error="#ff8080",
    success="#60ff60",
    foreground="#ffffff",
    background="#000000",
    surface="#000000",
    panel="#303030",
    boost="#202020",
    dark=True,
    text_alpha=1.0,
    variables={
        "footer-key-foreground": "#ffff00",
        "block-cursor-text-style": "bold",
        "border-blurred": "#ffffff",
        "scrollbar": "#ffffff",
    },
)
THEMES = (DARK, LIGHT, CONTRAST)


def _palette(ground: str, text: str, colours: str) -> TerminalTheme:
    """What red, green and the other names of colours are on a ground; the bright ones are the same."""
    named = [_rgb(colour) for colour in colours.split()]
    return TerminalTheme(_rgb(ground), _rgb(text), named, named)


def _rgb(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


PALETTES = {
    "dark": _palette("#15181c", "#dcdcd6", "#15181c #e88080 #8fce8f #e0b860 #7fb2e5 #c79ae0 #6fc3c3 #dcdcd6"),
    "light": _palette(
        "#f7f5f0", "#22262a", "#22262a #a82828 #2a7030 #7a5200 #1f5f96 #7a3a94 #0f6a70 #6a6a64"
    ),
    "contrast": _palette(
        "#000000", "#ffffff", "#000000 #ff8080 #60ff60 #ffff00 #80c0ff #ff90ff #00ffff #ffffff"
    ),
}
"""By the name of a theme, the colours that texts name (red, green, yellow, cyan); all readable on its ground."""
