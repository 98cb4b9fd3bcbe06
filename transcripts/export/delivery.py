"""Sections 6 to 9: cross-cutting questions, timetable, governance, minority report."""

from agents.argument.model import Dissent
from transcripts.export.material import Block, Material, bullets, fields


def cross_cutting(of: Material) -> list[Block]:
    """Energy and water, financing, law, skills, and the tensions between recommendations."""
    say, shared = of.labels, of.strategy.cross_cutting
    parts = [
        ("energy_water", shared.energy_water),
        ("financing", shared.financing),
        ("law", shared.law),
        ("skills", shared.skills),
    ]
    blocks: list[Block] = []
    for name, sentences in parts:
        if sentences:
            blocks += [f"### {say(name)}", *of.sentences(sentences)]
    if of.strategy.tensions:
        listed = [
            f"{of.cite(tension.recommendations)} {of.prose(tension.text)} {of.cite(tension.rests_on)}".strip()
            for tension in of.strategy.tensions
        ]
        blocks += [f"### {say('tensions')}", bullets(listed)]
    return blocks or [say("nothing")]


def sequence(of: Material) -> list[Block]:
    """The measures in stages, each after what it needs."""
    blocks: list[Block] = []
    staged = [[of.measures[name] for name in names if name in of.measures] for names in of.strategy.sequence]
    for number, stage in enumerate((stage for stage in staged if stage), 1):
        listed = []
        for measure in stage:
            needs = of.labels("needs", measures=of.cite(measure.depends_on)) if measure.depends_on else ""
            told = ", ".join(part for part in (of.prose(measure.period), needs) if part)
            listed.append(f"{of.cite([measure.recommendation])} {of.prose(measure.title)} ({told})")
        blocks += [f"**{of.labels('stage', number=number)}**", bullets(listed)]
    return blocks or [of.labels("nothing")]


def governance(of: Material) -> list[Block]:
    """Who steers and watches, and what reopens the strategy."""
    say = of.labels
    triggers = [
        f"{of.cite([dissent.recommendation])} {of.prose(dissent.review_trigger)}"
        for dissent in of.strategy.minority
        if dissent.review_trigger
    ]
    clause = [say("revision_of"), bullets(dict.fromkeys(triggers))] if triggers else []
    return [*of.sentences(of.strategy.governance), f"### {say('revision')}", *clause, say("review_default")]


def minority(of: Material) -> list[Block]:
    """Every objection that was maintained; when there is none, how many were made in each round."""
    say = of.labels
    if not of.strategy.minority:
        counts = (
            say("round_count", round=number, count=sum(a.round == number for a in of.against))
            for number in range(1, of.plan.rounds + 1)
        )
        return [f"{say('no_minority')} {say('semicolon').join(counts)}."]
    blocks = [say("minority_intro")]
    for dissent in of.strategy.minority:
        blocks += _entry(of, dissent)
    return blocks


def _entry(of: Material, dissent: Dissent) -> list[Block]:
    say = of.labels
    strengths = say("strengths_of", qe=say.number(dissent.strength), dfquad=say.number(dissent.dfquad))
    about = f"{of.cite([dissent.recommendation])} {of.title(dissent.recommendation)}"
    return [
        f"### {of.role(dissent.role)} – {about}",
        f"> {of.objection(dissent)}",
        fields(
            [
                (say("type"), say.dissent[dissent.type]),
                (say("scheme"), say.scheme[dissent.scheme]),
                (say("evidence"), of.cite(dissent.evidence)),
                (say("strength"), strengths),
                (say("majority_reply"), of.prose(dissent.majority_reply or say("none"))),
                (say("why_insufficient"), of.prose(dissent.why_insufficient or "")),
                (say("alternative"), of.prose(dissent.alternative_wording or "")),
                (say("lifted"), of.prose(dissent.acceptance_condition or "")),
                (say("review"), of.prose(dissent.review_trigger or "")),
            ]
        ),
    ]
