"""Section 10: argument map, arguments, ballots, register of objections, what the chair put, sources."""

from collections.abc import Callable, Iterable

from agents.argument.model import Argument, Stances
from transcripts.export.chair import count_of, interventions
from transcripts.export.material import Block, Material, bullets, table
from transcripts.export.mermaid import argument_map
from transcripts.export.text import address, escape, quoted


def annexes(of: Material) -> list[Block]:
    """All annexes, each under its heading."""
    parts: list[tuple[str, Callable[[Material], Iterable[Block]]]] = [
        ("map", _maps),
        ("arguments", _arguments),
        ("ballots", _ballots),
        ("objections", _objections),
    ]
    if count_of(of):
        parts.append(("chair", interventions))
    blocks: list[Block] = []
    for name, make in (*parts, ("sources", _sources)):
        blocks += [f"### {of.labels(name)}", *make(of)]
    return blocks


def _maps(of: Material) -> Iterable[Block]:
    yield of.labels("legend")
    for recommendation in of.plan.recommendations:
        if recommendation.id in of.rulings:
            yield _titled(of, recommendation.id)
            yield argument_map(of, recommendation.id)


def _arguments(of: Material) -> Iterable[Block]:
    say = of.labels
    header = [say(name) for name in ("claim", "role", "answers", "evidence", "strength")]
    for recommendation in of.plan.recommendations:
        made = [one for one in of.arguments.values() if one.recommendation == recommendation.id]
        if made:
            yield _titled(of, recommendation.id)
            yield table(header, [_argument(of, one) for one in made], numbers=[4])


def _titled(of: Material, recommendation: str) -> Block:
    return f"#### {escape(recommendation)}. {of.title(recommendation)}"


def _argument(of: Material, argument: Argument) -> list[str]:
    say = of.labels
    answers = [f"{say.relation[t.relation]} {of.cite([t.argument])}" for t in argument.targets]
    if argument.side is not None:
        answers.insert(0, f"{say(argument.side)} {of.cite([argument.recommendation])}")
    grounds = [ground for ground in argument.grounds if ground.status != "unverified"]
    cited = of.cite(ground.id for ground in grounds if ground.absence is None)
    absent = [f"{say('absence')} {of.cite([ground.id])}" for ground in grounds if ground.absence is not None]
    return [
        f"{of.anchor(argument.id)}**{escape(argument.id)}** {of.prose(argument.claim)}",
        say("comma").join(
            [of.role(argument.role), say("in_round", round=argument.round), say.scheme[argument.scheme]]
        ),
        say("comma").join(answers),
        say("comma").join(part for part in (cited, *absent) if part),
        "" if argument.strength is None else say.number(argument.strength),
    ]


def _ballots(of: Material) -> Iterable[Block]:
    say = of.labels
    header = [say(name) for name in ("recommendation", "role", "opening", "final", "score")]
    rows = []
    for ruled in of.heard:
        name = ruled.ruling.recommendation
        scores = {s.role: s.priority for s in ruled.speeches if s.priority is not None}
        for role, held in ruled.ruling.stances.items():
            rows.append([of.cite([name]), of.role(role), *_stances(of, held), str(scores.get(role, "–"))])
    yield table(header, rows, numbers=[4])
    ranked = [f"{of.cite([name])} {of.title(name)}" for name in of.strategy.priorities]
    if ranked:
        yield f"**{say('priorities')}**"
        yield "\n".join(f"{place}. {name}" for place, name in enumerate(ranked, 1))


def _stances(of: Material, held: Stances) -> tuple[str, str]:
    return of.labels.stance[held.opening], of.labels.stance[held.final]


def _objections(of: Material) -> Iterable[Block]:
    if not of.against:
        yield of.labels("nothing")
        return
    say = of.labels
    withdrawn = {name for speech in of.speeches for name in speech.withdrawn}
    maintained = {dissent.argument for dissent in of.strategy.minority}
    standing = {name for ruling in of.rulings.values() for name in ruling.standing}
    rows = []
    for argument in of.against:
        outcome = next(
            name
            for name, members in (
                ("withdrawn", withdrawn),
                ("dissent", maintained),
                ("standing", standing),
                ("answered", {argument.id}),
            )
            if argument.id in members
        )
        rows.append(
            [of.cite([argument.id]), of.role(argument.role), str(argument.round), say.objection[outcome]]
        )
    yield table([say(name) for name in ("objection", "role", "round", "outcome")], rows, numbers=[2])


def _sources(of: Material) -> Iterable[Block]:
    say = of.labels
    spans = [name for name in of.cited if name in of.spans]
    facts = [name for name in of.cited if name in of.facts]
    yield f"#### {say('quoted')}"
    yield bullets(
        f"{of.anchor(name)}**{escape(name)}** {escape(quoted(of.spans[name].text, of.plan.article.language))}"
        for name in spans
    ) or say("nothing")
    yield f"#### {say('facts')}"
    yield bullets(_fact(of, name) for name in facts) or say("no_facts")


def _fact(of: Material, name: str) -> str:
    fact = of.facts[name]
    text = fact.text.get(of.plan.language) or fact.text.get("en") or next(iter(fact.text.values()), "")
    dated = of.labels.date(fact.as_of)
    return f"{of.anchor(name)}**{escape(name)}** {of.prose(text)} ({address(fact.source)}, {dated})"
