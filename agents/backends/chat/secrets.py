"""Keeping keys out of whatever is shown, logged or recorded."""

import os
import re

_NAMES = re.compile(r"(?:KEY|TOKEN|SECRET|PASSWORD|PASSWD|CREDENTIALS?|AUTHORIZATION)\Z", re.IGNORECASE)
_SHAPES = re.compile(
    r"(?i:\bbearer|\bbasic)\s+[\w.~+/=-]{8,}"
    r"|\b(?:sk|pk|rk|gsk|xai|hf|ghp|lsv2)[-_][\w-]{8,}"
    r"|\bAIza[\w-]{20,}"
    r"|(?<=://)[^\s/@]+:[^\s/@]+(?=@)"
    r"|(?i:(?<=api_key=)|(?<=apikey=)|(?<=key=)|(?<=token=))[^\s&\"']+",
)
_SHORTEST = 6
_HIDDEN = "***"


def without_secrets(text: str) -> str:
    """`text` with every key hidden: values of secret-looking environment variables, and shapes of keys."""
    values = {value for name, value in os.environ.items() if _NAMES.search(name) and len(value) >= _SHORTEST}
    for value in sorted(values, key=lambda value: (-len(value), value)):
        text = text.replace(value, _HIDDEN)
    return _SHAPES.sub(_HIDDEN, text)
