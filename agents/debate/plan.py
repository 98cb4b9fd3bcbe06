"""What defines a debate before anybody has spoken."""

from typing import Literal, cast, get_args

from agents.article.model import Article, Recommendation
from agents.errors import InputError
from agents.model import Frozen
from agents.roles.model import Charter, Fact

Language = Literal["fr", "en", "ar"]


class Extraction(Frozen):
    """A language model's search for recommendations, made before the debate.

    `model` is asked; `refused` is what it named that does not stand in the article word for word, `missed` why
    parts of the article could not be searched.
    """

    model: str
    refused: tuple[str, ...] = ()
    missed: tuple[str, ...] = ()


class DebatePlan(Frozen):
    """Everything that two runs of the same debate have in common.

    `recommendations` are those to be debated, in their declared order; `charters` the roles, in theirs;
    `rounds` counts the opening (2 is an opening and one rebuttal); `rule` names the decision rule of
    `agents.argument.decision`, fixed before the debate; `model` is what was asked for, as typed.
    `role_models` names other models for some roles (or the moderator), `fallbacks` those that are asked, in
    order, when a language model cannot answer. `context` is how many tokens a request to a model may take;
    None: a backend's own assumption. `seed` is handed to language models that take one.
    `extraction` is set when a model searched the article for recommendations.
    """

    article: Article
    recommendations: tuple[Recommendation, ...]
    charters: tuple[Charter, ...]
    language: Language
    rounds: int = 2
    rule: str = "consent"
    model: str = "offline"
    role_models: dict[str, str] = {}
    fallbacks: tuple[str, ...] = ()
    context: int | None = None
    seed: int | None = None
    extraction: Extraction | None = None

    def charter(self, role: str) -> Charter:
        """The charter of `role`; KeyError when it takes no part."""
        for charter in self.charters:
            if charter.name == role:
                return charter
        raise KeyError(role)

    def facts(self) -> dict[str, Fact]:
        """The charters' facts that may be cited here, by id: general ones and the article's country's."""
        return {
            fact.id: fact
            for charter in self.charters
            for fact in charter.facts
            if fact.country is None or fact.country in self.article.countries
        }


DEBATED: frozenset[str] = frozenset(get_args(Language))
"""The languages that a debate can be held in."""


def debate_language(article: Article, asked: str | None) -> tuple[Language, str | None]:
    """The language to debate in, with a note when it is not the article's and nobody asked for it.

    Raises InputError for a language that no debate is held in.
    """
    if asked is not None and asked not in DEBATED:
        raise InputError(
            f"Unknown language {asked!r}.",
            f"A debate can be held in {', '.join(sorted(DEBATED))}.",
        )
    if asked is not None:
        return cast("Language", asked), None
    if article.language in {"fr", "en"}:
        return cast("Language", article.language), None
    return (
        "en",
        f"The article is in {article.language!r}: it is debated in English, quotes stay as they are.",
    )
