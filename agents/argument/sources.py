"""What a strategy may rest on, by id, in words."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from agents.argument.audit import Source, Sources
from agents.argument.model import Argument, Ruling, Speech
from agents.argument.words import sentence
from agents.article.model import Article, Recommendation
from agents.roles.model import Charter, Fact


def collect_sources(
    *,
    article: Article,
    recommendations: Sequence[Recommendation],
    charters: Sequence[Charter],
    facts: Mapping[str, Fact],
    speeches: Sequence[Speech],
    rulings: Sequence[Ruling],
    language: str,
    context: str = "",
) -> Sources:
    """Every span, fact, argument, condition and ruling with what it says.

    An argument says its claim, its condition and its verified grounds, those on other arguments included; a
    ruling says the recommendation, who held what, the conditions, the dissents and its figures.
    """
    texts = {span.id: Source(span.text, article.language) for span in article.spans}
    for name, fact in facts.items():
        texts[name] = Source(f"{' '.join(fact.text.values())} {fact.source} {fact.as_of.year}", language)
    arguments = {argument.id: argument for speech in speeches for argument in speech.arguments}
    for name, argument in arguments.items():
        texts[name] = Source("\n".join(_argument_says(argument, arguments, article, facts)), language)
    for speech in speeches:
        for condition in speech.conditions:
            asked_by = texts.get(condition.argument)
            texts[condition.id] = Source(f"{condition.text}\n{asked_by.text if asked_by else ''}", language)
    names = {charter.name: charter.title.get(language, charter.name) for charter in charters}
    wordings = {recommendation.id: recommendation.text for recommendation in recommendations}
    for ruling in rulings:
        said = "\n".join(_ruling_says(ruling, wordings.get(ruling.recommendation, ""), names, language))
        texts[ruling.recommendation] = Source(said, language)
    return Sources(
        texts=texts,
        rulings={ruling.recommendation: ruling for ruling in rulings},
        unverified=frozenset(
            name
            for name, argument in arguments.items()
            if argument.grounds and all(ground.status == "unverified" for ground in argument.grounds)
        ),
        context="\n".join([article.title, context, *wordings.values(), *names, *names.values()]),
        titles=names,
        authors={name: argument.role for name, argument in arguments.items()}
        | {condition.id: condition.role for speech in speeches for condition in speech.conditions},
    )


def _argument_says(
    argument: Argument,
    arguments: Mapping[str, Argument],
    article: Article,
    facts: Mapping[str, Fact],
) -> Iterator[str]:
    yield argument.claim
    if argument.condition:
        yield argument.condition
    verified = [ground for ground in argument.grounds if ground.status != "unverified"]
    spans = {ground.id for ground in verified if ground.kind == "span"}
    for ground in verified:
        yield ground.quote
        if ground.kind == "argument" and ground.id in arguments:
            yield arguments[ground.id].claim
        elif ground.kind == "fact" and ground.id in facts:
            yield " ".join(facts[ground.id].text.values())
    yield from (span.text for span in article.spans if span.id in spans)


def _ruling_says(
    ruling: Ruling, recommendation: str, names: Mapping[str, str], language: str
) -> Iterator[str]:
    yield recommendation
    yield sentence(ruling.decision, language)
    yield sentence(ruling.consensus, language)
    yield from (
        f"{names.get(role, role)} {sentence(held.final, language)}" for role, held in ruling.stances.items()
    )
    yield from (condition.text for condition in ruling.conditions)
    for dissent in ruling.dissents:
        yield from filter(
            None,
            (dissent.objection, dissent.majority_reply, dissent.acceptance_condition, dissent.review_trigger),
        )
    yield "; ".join(_written((ruling.strength, ruling.dfquad, ruling.euler, *ruling.margin.values())))


def _written(values: Iterable[float]) -> Iterator[str]:
    """The ways in which a share or a strength may be quoted, apart so that they read as numbers."""
    for value in values:
        for text in (f"{value:.1f}", f"{value:.2f}", f"{value:.3f}", f"{100 * value:.0f} %"):
            yield text.lstrip("-")
