"""Section 5: one sheet for each measure, and what has none."""

from agents.argument.model import RuledCondition
from agents.debate.document import Kpi, Measure
from agents.debate.event import Ruled
from transcripts.export.material import Block, Material, bullets, fields, table
from transcripts.export.text import escape, quoted


def measures(of: Material) -> list[Block]:
    """Every sheet in the plan's order, then the recommendations without one."""
    blocks: list[Block] = []
    without: list[Ruled] = []
    for ruled in of.heard:
        measure = of.measures.get(ruled.ruling.recommendation)
        if measure is None:
            without.append(ruled)
        else:
            blocks += sheet(of, ruled, measure)
    blocks.append(of.labels("no_total"))
    if without:
        blocks.append(f"### {of.labels('not_retained')}")
    for ruled in without:
        blocks += _without_measure(of, ruled)
    return blocks


def sheet(of: Material, ruled: Ruled, measure: Measure) -> list[Block]:
    """One measure with everything that was decided about it."""
    say, ruling = of.labels, ruled.ruling
    blocks = [
        f"### {of.anchor(measure.recommendation)}{escape(measure.id)}. {of.prose(measure.title)}",
        _verdict(of, ruled),
        *_wording(of, measure),
        f"**{say('in_words')}**",
        f"> {of.prose(quoted(measure.source_recommendation, of.plan.language))}",
        *_titled(
            of, "changes", bullets(_cited(of, change.text, change.rests_on) for change in measure.changes)
        ),
        *_titled(of, "reasons", *of.sentences(ruled.reasons)),
        fields(
            [
                (say("owner"), of.prose(measure.owner)),
                (say("partners"), ", ".join(of.prose(partner) for partner in measure.partners)),
                (say("period"), of.prose(measure.period)),
                (say("budget"), say.band[measure.budget_band]),
                (say("kpi"), kpi(of, measure.kpi)),
                (say("depends_on"), of.cite(measure.depends_on)),
                (say("support"), of.roles(measure.support)),
                (say("reservations"), of.roles(measure.reservations)),
                (say("opposed"), of.roles(measure.opposed)),
                (say("evidence"), of.cite(measure.evidence)),
            ]
        ),
        *_titled(of, "conditions", bullets(condition(of, one) for one in ruling.conditions)),
        *_titled(of, "risks", _risks(of, measure)),
        *_titled(of, "financing", *of.sentences(measure.financing)),
        *_titled(of, "legal_basis", *of.sentences(measure.legal_basis)),
        *_titled(of, "energy_water", *of.sentences(measure.energy_water_note)),
        *_objections(of, measure.recommendation),
    ]
    watched = [of.code(code) for code in (*ruling.disagreements, *ruling.warnings)]
    return [*blocks, *_titled(of, "margins", bullets(watched))]


def kpi(of: Material, given: Kpi) -> str:
    """The indicator with its unit, baseline, target and year, what is missing said."""
    say = of.labels
    unit = f" ({of.prose(given.unit)})" if given.unit else ""
    baseline = f"{say('baseline')} {of.prose(given.baseline)}" if given.baseline else say("baseline_missing")
    target = f"{say('target')} {of.prose(given.target)}" if given.target else say("target_missing")
    year = f" ({given.year})" if given.year else ""
    text = say("comma").join([f"{of.prose(given.name)}{unit}", baseline, f"{target}{year}"])
    return f"{text} {of.cite(given.rests_on)}".strip()


def condition(of: Material, given: RuledCondition) -> str:
    """A condition with who asked for it and who answered what."""
    say = of.labels
    told = [say.condition[given.status], say("asked_by", role=of.role(given.role))]
    if given.accepted_by:
        told.append(say("accepted_by", roles=of.roles(given.accepted_by)))
    if given.refused_by:
        told.append(say("refused_by", roles=of.roles(given.refused_by)))
    text = f"**{escape(given.id)}** {of.prose(given.text)}"
    return f"{of.anchor(given.id)}{text} ({say('semicolon').join(told)}) {of.cite([given.argument])}"


def _verdict(of: Material, ruled: Ruled) -> str:
    say, ruling = of.labels, ruled.ruling
    strength = f"{say('strength')} {say.number(ruling.strength)}"
    return f"**{say.decision[ruling.decision]}** – {say.consensus[ruling.consensus]} – {strength}"


def _wording(of: Material, measure: Measure) -> list[Block]:
    """The adopted wording; where votes were split, the options side by side instead of a single one."""
    say = of.labels
    others = [
        (dissent.role, dissent.alternative_wording)
        for dissent in of.dissents(measure.recommendation)
        if dissent.alternative_wording
    ]
    if measure.status != "majority" or not others:
        name = "proposed" if measure.decision == "defer" else "adopted"
        return [f"**{say(name)}**", f"> {of.prose(measure.adopted_wording)}"]
    blocks = [say("options"), f"**{say('option_majority')}**", f"> {of.prose(measure.adopted_wording)}"]
    for role, wording in others:
        blocks += [f"**{say('option_minority', role=of.role(role))}**", f"> {of.prose(wording)}"]
    return blocks


def _risks(of: Material, measure: Measure) -> Block:
    if not measure.risks:
        return ""
    say = of.labels
    header = [say(name) for name in ("risk", "likelihood", "impact", "mitigation", "holder")]
    return table(
        header,
        [
            (
                _cited(of, risk.text, risk.rests_on),
                say.level[risk.likelihood],
                say.level[risk.impact],
                of.prose(risk.mitigation),
                of.prose(risk.holder),
            )
            for risk in measure.risks
        ],
    )


def _objections(of: Material, recommendation: str) -> list[Block]:
    listed = [
        of.pair(of.role(dissent.role), of.objection(dissent)) for dissent in of.dissents(recommendation)
    ]
    return _titled(of, "dissents", bullets(listed))


def _without_measure(of: Material, ruled: Ruled) -> list[Block]:
    recommendation = ruled.ruling.recommendation
    text = next((item.text for item in of.plan.recommendations if item.id == recommendation), "")
    lifted = [
        of.pair(of.role(dissent.role), of.prose(reopening))
        for dissent in of.dissents(recommendation)
        if (reopening := dissent.acceptance_condition or dissent.alternative_wording)
    ]
    return [
        f"#### {of.anchor(recommendation)}{escape(recommendation)}. {of.title(recommendation)}",
        _verdict(of, ruled),
        f"> {of.prose(quoted(text, of.plan.language))}",
        *(of.sentences(ruled.reasons) or [of.labels("not_worded")]),
        *_titled(of, "conditions", bullets(condition(of, one) for one in ruled.ruling.conditions)),
        *_objections(of, recommendation),
        *_titled(of, "reopens", bullets(lifted)),
    ]


def _titled(of: Material, name: str, *blocks: Block) -> list[Block]:
    """Blocks under a name in bold; nothing at all when they are empty."""
    kept = [block for block in blocks if block]
    return [f"**{of.labels(name)}**", *kept] if kept else []


def _cited(of: Material, text: str, names: tuple[str, ...] | list[str]) -> str:
    return f"{of.prose(text)} {of.cite(names)}".strip()
