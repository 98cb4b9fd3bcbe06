"""What defines a debate before anybody has spoken."""

from typing import Literal

from agents.article.model import Article, Recommendation
from agents.model import Frozen
from agents.roles.model import Charter

Language = Literal["fr", "en", "ar"]


class DebatePlan(Frozen):
    """Everything that two runs of the same debate have in common.

    `recommendations` are those to be debated, in their declared order; `charters` the roles, in theirs;
    `rounds` counts the opening (2 is an opening and one rebuttal); `rule` names the decision rule of
    `agents.argument.decision`, fixed before the debate; `model` is what was asked for, as typed.
    """

    article: Article
    recommendations: tuple[Recommendation, ...]
    charters: tuple[Charter, ...]
    language: Language
    rounds: int = 2
    rule: str = "consent"
    model: str = "offline"

    def charter(self, role: str) -> Charter:
        """The charter of `role`; KeyError when it takes no part."""
        for charter in self.charters:
            if charter.name == role:
                return charter
        raise KeyError(role)
