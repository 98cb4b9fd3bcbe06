"""Ids of debates, which are also the names of their files."""

import re
import secrets
import unicodedata
from datetime import datetime

_ALPHABET = "23456789abcdefghjkmnpqrstuvwxyz"
_LONGEST = 40


def new_id(title: str) -> str:
    """A fresh id: today's date, the title in at most 40 plain letters, and five random characters."""
    parts = [
        datetime.now().astimezone().date().isoformat(),
        slug(title),
        "".join(secrets.choice(_ALPHABET) for _ in range(5)),
    ]
    return "-".join(part for part in parts if part)


def slug(title: str) -> str:
    """The title in lower-case ASCII letters, digits and hyphens, cut between words; "" if nothing is left."""
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode().lower()
    words = re.findall(r"[a-z0-9]+", re.sub(r"['’]", " ", plain))
    kept: list[str] = []
    for word in words:
        if len("-".join([*kept, word])) > _LONGEST:
            break
        kept.append(word)
    return "-".join(kept) or (words[0][:_LONGEST] if words else "")
