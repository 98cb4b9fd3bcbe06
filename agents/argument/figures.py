"""Every number of a claim must stand in what the claim rests on, or it is flagged."""

import re
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from agents.argument.model import Ground
from agents.article.model import Article
from agents.roles.model import Fact


class FigureCheck(NamedTuple):
    """Numbers of a claim, as written, that none of its grounds has, and those that it proposes itself."""

    unsupported: tuple[str, ...]
    proposed: tuple[str, ...]


def check_figures(
    claim: str,
    grounds: Iterable[Ground],
    article: Article,
    recommendation_text: str,
    facts: Mapping[str, Fact],
    language: str,
    condition: str | None = None,
) -> FigureCheck:
    return FigureCheck((), ())
