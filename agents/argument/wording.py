"""Whether the moderator's words say of a ruling what was computed."""

from collections.abc import Iterable

from agents.argument.model import Ruling
from agents.argument.typography import fold
from agents.argument.words import pattern

_ALL_CONSENT = frozenset({"consensus", "consensus_with_reservations"})
_ADOPTED = frozenset({"adopt", "adopt_with_conditions"})


def wording_disagreements(ruling: Ruling, texts: Iterable[str], language: str) -> tuple[str, ...]:
    """Codes for words that claim more agreement than was counted, or another decision than computed.

    To be appended to `ruling.disagreements`. A claim that the sentence itself denies ("no consensus") is
    none.
    """
    forbidden: list[tuple[str, str]] = []
    if ruling.consensus not in _ALL_CONSENT:
        forbidden.append(("unanimity", "wording_overstates"))
    if ruling.consensus != "consensus":
        forbidden.append(("unreserved", "wording_overstates"))
    if ruling.decision not in _ADOPTED:
        forbidden.append(("adoption", "wording_contradicts"))
    if ruling.decision != "reject":
        forbidden.append(("rejection", "wording_contradicts"))
    denied = pattern(language, "wording", "negation")
    codes: dict[str, None] = {}
    for text in texts:
        folded = fold(text).text
        for group, code in forbidden:
            for match in pattern(language, "wording", group).finditer(folded):
                if not denied.search(folded[: match.start()]):
                    codes[f"{code}:{match[0]}"] = None
    return tuple(codes)
