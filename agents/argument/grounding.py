"""The gate: what an argument rests on is checked before it counts; arguments and conditions get their ids."""

from collections.abc import Collection, Iterable, Mapping, Sequence

from agents.argument.absence import is_absent
from agents.argument.base import base_score
from agents.argument.figures import check_figures
from agents.argument.model import (
    Argument,
    ArgumentDraft,
    Condition,
    Ground,
    GroundDraft,
    GroundStatus,
    Stance,
    Target,
)
from agents.argument.typography import find, fold
from agents.article.model import Article, Recommendation
from agents.roles.model import Fact


def check_ground(
    draft: GroundDraft,
    article: Article,
    facts: Mapping[str, Fact],
    known_arguments: Collection[str],
    language: str,
) -> Ground:
    """The ground with its status, and the offsets of its quote in the article's body.

    A quote must stand in the very span or fact that is cited, whole words, up to typography; a repaired quote
    is returned in the source's own words. Neither a paraphrase, a quote of another span, one with words left
    out, nor a citation without a quote is verified; a fact cited without a quote is quoted whole, in
    `language`. A ground on an argument is exact when that argument exists. An `absence` must besides be
    confirmed by its detector.
    """
    if draft.kind == "argument":
        status: GroundStatus = "exact" if draft.id in known_arguments else "unverified"
        return _ground(draft, status)
    if draft.kind == "fact":
        return _check_fact(draft, facts, language)
    span = next((span for span in article.spans if span.id == draft.id), None)
    found = find(draft.quote, span.text) if span else None
    if span is None or found is None:
        return _ground(draft, "unverified")
    if draft.absence is not None and not is_absent(draft.absence, span, article):
        return _ground(draft, "unverified")
    return _ground(
        draft,
        found.status,
        quote=span.text[found.start : found.end],
        start=span.start + found.start,
        end=span.start + found.end,
    )


def mint_arguments(
    drafts: Iterable[ArgumentDraft],
    *,
    recommendation: Recommendation,
    role: str,
    phase: str,
    round_: int,
    stance: Stance,
    start_number: int,
    article: Article,
    facts: Mapping[str, Fact],
    known: Mapping[str, Argument],
    language: str | None = None,
    red_lines: Collection[str] | None = None,
) -> tuple[Argument, ...]:
    """Arguments on the record: numbered from `start_number`, with checked grounds, flagged figures and base
    scores.

    `known` are the arguments that the speaker was shown: targets and grounds that name another
    are dropped or unverified, which keeps the graph free of cycles. A draft without a claim is left out.
    `language` is the debate's (default: the article's); `red_lines` are the ids of the speaker's red lines
    (default: any is believed).
    """
    minted: list[Argument] = []
    for draft in drafts:
        claim = draft.claim.strip()
        if not claim:
            continue
        spoken = language or article.language
        grounds = tuple(
            check_ground(ground, article, facts, known, spoken) for ground in dict.fromkeys(draft.grounds)
        )
        condition = (draft.condition or "").strip() or None
        targets = _targets(draft.targets, known)
        cited = dict.fromkeys(
            [ground.id for ground in grounds if ground.kind == "argument"] + [t.argument for t in targets]
        )
        unsupported, proposed = check_figures(
            claim,
            grounds,
            article,
            recommendation.text,
            facts,
            language=spoken,
            condition=condition,
            answered=[known[name] for name in cited if name in known],
        )
        crossing = draft.red_line and (red_lines is None or draft.red_line in red_lines)
        minted.append(
            Argument(
                id=f"A{recommendation.id.removeprefix('R')}.{start_number + len(minted)}",
                role=role,
                recommendation=recommendation.id,
                phase=phase,
                round=round_,
                stance=stance,
                scheme=draft.scheme,
                side=draft.side,
                claim=claim,
                grounds=grounds,
                targets=targets,
                condition=condition,
                red_line=draft.red_line if crossing else None,
                point=draft.point,
                unsupported_figures=unsupported,
                proposed_figures=proposed,
                base=base_score(draft.scheme, grounds, unsupported),
            )
        )
    return tuple(minted)


def mint_conditions(arguments: Iterable[Argument], tabled: Sequence[Condition]) -> tuple[Condition, ...]:
    """The conditions that arguments put on the table, numbered after those already `tabled`.

    A condition that says the same as one on the table (up to typography) is not put there twice: whoever asks
    for it joins the first.
    """
    seen = {fold(condition.text).text for condition in tabled}
    fresh: list[Condition] = []
    for argument in arguments:
        if not argument.condition or (key := fold(argument.condition).text) in seen:
            continue
        seen.add(key)
        number = len(tabled) + len(fresh) + 1
        fresh.append(
            Condition(
                id=f"C{argument.recommendation.removeprefix('R')}.{number}",
                recommendation=argument.recommendation,
                text=argument.condition,
                role=argument.role,
                argument=argument.id,
            )
        )
    return tuple(fresh)


def _check_fact(draft: GroundDraft, facts: Mapping[str, Fact], language: str) -> Ground:
    fact = facts.get(draft.id)
    if fact is None or draft.absence is not None:
        return _ground(draft, "unverified")
    texts = sorted(fact.text.items(), key=lambda item: (item[0] != language, item[0]))
    if not draft.quote.strip():
        return _ground(draft, "exact", quote=texts[0][1])
    for _, text in texts:
        found = find(draft.quote, text)
        if found is not None:
            return _ground(draft, found.status, quote=text[found.start : found.end])
    return _ground(draft, "unverified")


def _ground(
    draft: GroundDraft,
    status: GroundStatus,
    quote: str | None = None,
    start: int | None = None,
    end: int | None = None,
) -> Ground:
    return Ground(
        kind=draft.kind,
        id=draft.id,
        quote=draft.quote if quote is None else quote,
        absence=draft.absence,
        status=status,
        start=start,
        end=end,
    )


def _targets(targets: Iterable[Target], known: Collection[str]) -> tuple[Target, ...]:
    """The targets that the speaker could know of, one relation to each."""
    kept: dict[str, Target] = {}
    for target in targets:
        if target.argument in known:
            kept.setdefault(target.argument, target)
    return tuple(kept.values())
