"""Whether two pieces of text speak of the same things: the content words that they share."""

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from functools import lru_cache

from agents.knowledge.text import Word, without_clitics, words

_STEM = 6
_SHORT = 4
_FEW = 3
_EMPTY = frozenset(
    (
        "cette cettes leurs notre votre entre comme aussi encore toujours chaque parce depuis avant apres alors "
        "celle celles celui ceux meme memes moins autre autres toute toutes avoir etait etaient serait sera "
        "seront faire fait faits dont sans sous vers plus tres bien peut doit doivent elles nous vous quand "
        "aucun aucune quelque quelques plusieurs pendant contre selon ainsi donc mais pour avec dans sont leur "
        "pays part forme personne personnes faute grand grande grands grandes echelle annee annees "
        "their there these those which would should could about after before every other others where while "
        "being been have does done make made into over only more most some such than that then them they this "
        "will with what when from also each much many very even still again between under until within without "
        "country countries late later year years "
        "para como pero todo toda todos todas este esta estos estas entre sobre desde hasta cada muy"
    ).split()
)


@lru_cache(maxsize=16384)
def stem(folded: str) -> str:
    """The beginning of a word, an Arabic one without particle and article, so that inflected forms meet."""
    folded = (folded, *without_clitics(folded))[-1]
    return folded[:_STEM] if len(folded) > _STEM else folded.rstrip("sx")


def stems(found: Iterable[Word]) -> frozenset[str]:
    """The beginnings of the content words among `found`."""
    return frozenset(
        stem(word.folded) for word in found if len(word.folded) >= _SHORT and word.folded not in _EMPTY
    )


def stems_of(text: str) -> frozenset[str]:
    """The beginnings of a text's content words."""
    return stems(words(text))


class Links:
    """The content words of numbered passages, but for those that most proposals of the text have in common.

    How often a word stands in the rest of the text plays no part: taking a sentence away must not bring
    others closer.
    """

    def __init__(self, passages: Iterable[tuple[Word, ...]], proposals: Sequence[tuple[Word, ...]]) -> None:
        counts = Counter(word for found in proposals for word in stems(found))
        many = len(proposals) >= _FEW
        common = {word for word, count in counts.items() if many and count * 2 > len(proposals)}
        self._stems = tuple(stems(found) - common for found in passages)

    def shared(self, passage: int, subject: Collection[str]) -> int:
        """How many words a passage shares with a subject."""
        return len(self._stems[passage] & frozenset(subject))
