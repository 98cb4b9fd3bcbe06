"""Sections 1 to 4: mandate and method, summary, diagnosis, vision."""

from agents.argument.words import sentence
from agents.roles.model import in_language
from transcripts.export.chair import count_of
from transcripts.export.material import Block, Material, bullets, fields, table
from transcripts.export.text import address, escape

OFFLINE = "offline"


def mandate(of: Material) -> list[Block]:
    """Who argued about what, by which method, and what stayed unverified."""
    say, plan, strategy = of.labels, of.plan, of.strategy
    dated = say.date(strategy.as_of) if strategy.as_of else say("undated")
    grounding = strategy.grounding
    blocks = [
        fields(
            [
                (say("article"), of.prose(strategy.article_title)),
                (say("source"), address(plan.article.source)),
                (say("published"), dated),
                (say("hash"), f"`{_hexadecimal(strategy.article_sha256)}`"),
                (say("who"), who_argued(of)),
                (say("roles"), of.roles(strategy.roles)),
                (say("chair"), say("chair_of", count=count_of(of)) if count_of(of) else ""),
                (say("rounds"), say("rounds_of", count=plan.rounds)),
                (say("decided_by"), say.rule.get(strategy.rule, escape(strategy.rule))),
                (say("as_of"), dated),
                (say("facts_as_of"), say.date(strategy.facts_as_of) if strategy.facts_as_of else ""),
                (
                    say("grounding"),
                    say(
                        "grounding_of",
                        exact=grounding.exact,
                        repaired=grounding.repaired,
                        unverified=grounding.unverified,
                    ),
                ),
            ]
        ),
        bullets(
            of.pair(of.role(charter.name), of.prose(in_language(charter.mission, plan.language)))
            for charter in plan.charters
        ),
        " ".join([say("agreement_note"), sentence("strength_note", plan.language), say("figures")]),
    ]
    for name, notes in (("gaps", strategy.notes), ("cut", strategy.cut)):
        if notes:
            blocks += [f"**{say(name)}**", bullets(of.prose(note) for note in notes)]
    return blocks


def who_argued(of: Material) -> str:
    """Embedded rules, or models by their names, with the roles that had a model of their own."""
    apart = [
        f"{of.role(role)} ({_speaker(of, model)})" for role, model in sorted(of.plan.role_models.items())
    ]
    return of.labels("semicolon").join([_speaker(of, of.strategy.model), *apart])


def _speaker(of: Material, model: str) -> str:
    return of.labels("embedded") if model == OFFLINE else of.labels("model", model=escape(model))


def summary(of: Material) -> list[Block]:
    """The summary, then one line and one status for each recommendation, each dissent cited."""
    say = of.labels
    rank = {name: place for place, name in enumerate(of.strategy.priorities, 1)}
    rows = []
    for recommendation in of.plan.recommendations:
        ruling = of.rulings.get(recommendation.id)
        if ruling is None:
            continue
        against = [
            f"{of.role(dissent.role)} {of.cite([dissent.argument] * bool(dissent.argument))}".strip()
            for dissent in of.dissents(recommendation.id)
        ]
        rows.append(
            (
                f"{of.cite([recommendation.id])} {of.title(recommendation.id)}",
                f"**{say.decision[ruling.decision]}**",
                say.consensus[ruling.consensus],
                say("semicolon").join(against) or say("none"),
                str(rank.get(recommendation.id, "–")),
            )
        )
    header = [say(name) for name in ("recommendation", "decision", "status", "dissents", "priority")]
    notes = [of.code(note) for note in of.strategy.priority_notes]
    return [
        *of.listed(of.strategy.summary),
        table(header, rows, numbers=[4]),
        *([bullets(notes)] if notes else []),
    ]


def diagnosis(of: Material) -> list[Block]:
    """Assets, gaps and constraints."""
    return of.listed(of.strategy.diagnosis) or [of.labels("nothing")]


def vision(of: Material) -> list[Block]:
    """What is sought, and what is not."""
    blocks = of.sentences(of.strategy.vision) or [of.labels("nothing")]
    if of.strategy.not_sought:
        blocks += [f"### {of.labels('not_sought')}", *of.listed(of.strategy.not_sought)]
    return blocks


def _hexadecimal(digest: str) -> str:
    return "".join(character for character in digest if character in "0123456789abcdef")
