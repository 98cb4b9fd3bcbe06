"""How a decision came about, in at most ten lines, each with the ids that it rests on."""

from collections.abc import Callable, Iterable, Mapping, Sequence

from agents.argument.decision import moves_of
from agents.argument.model import Argument, Ruling, Speech
from agents.argument.words import sentence, worded

MAX_LINES = 10
_LONGEST = 160


def why(
    ruling: Ruling, speeches: Sequence[Speech], language: str, names: Mapping[str, str] | None = None
) -> tuple[str, ...]:
    """At most ten lines on a ruling: decision, votes, moves, conditions, strengths, dissent, pivots, notes.

    `speeches` are those on its recommendation, with strengths filled in. `names` gives what roles are called.
    What does not fit is left out from the end of each part, never a whole part.
    """
    called = names or {}

    def say(name: str, ids: Iterable[str], **details: str) -> str:
        return sentence(name, language, ids=", ".join(ids), **details)

    def word(name: str) -> str:
        return sentence(name, language)

    def people(roles: Iterable[str]) -> str:
        return ", ".join(called.get(role, role) for role in roles)

    arguments = [argument for speech in speeches for argument in speech.arguments]
    stances = ", ".join(
        f"{called.get(role, role)} {word(held.final)}" for role, held in ruling.stances.items()
    )
    recommendation = [ruling.recommendation]
    parts: list[list[str]] = [
        [
            say(
                "why_decision",
                recommendation,
                decision=word(ruling.decision),
                status=word(ruling.consensus),
                rule=ruling.rule,
            )
        ],
        [say("why_votes", recommendation, stances=stances, margin=_margin(ruling, "consent", language))],
        [
            say(
                "why_move",
                [move.because or word("why_uncaused")],
                role=called.get(move.role, move.role),
                before=word(move.from_),
                after=word(move.to),
            )
            for move in moves_of(s for s in speeches if s.recommendation == ruling.recommendation)
        ],
        _conditions(ruling, say, people, word),
        [
            say(
                "why_strength",
                _strongest(arguments) or recommendation,
                strength=_number(ruling.strength, language),
                dfquad=_number(ruling.dfquad, language),
                euler=_number(ruling.euler, language),
                margin=_margin(ruling, "strength", language),
            )
        ],
        [
            say(
                "why_dissent",
                [dissent.argument or ruling.recommendation],
                role=called.get(dissent.role, dissent.role),
                text=_short(dissent.objection),
            )
            for dissent in sorted(ruling.dissents, key=lambda dissent: -dissent.strength)
        ],
        [_pivots(ruling, say)],
        [
            say(
                "why_influence",
                recommendation,
                role=called.get(influence.role, influence.role),
                decision=word(influence.decision),
            )
            for influence in ruling.influence
            if influence.changes
        ],
        [
            say("why_signals", recommendation, text=worded(code, language, called))
            for code in (*ruling.disagreements, *ruling.warnings)
        ],
    ]
    return tuple(_fitted([part for part in parts if part]))


def _conditions(
    ruling: Ruling,
    say: Callable[..., str],
    people: Callable[[Iterable[str]], str],
    word: Callable[[str], str],
) -> list[str]:
    lines = [
        say(
            "why_adopted_condition",
            [condition.id, condition.argument],
            text=_short(condition.text),
            roles=people(condition.accepted_by),
        )
        for condition in ruling.conditions
        if condition.status == "accepted"
    ]
    lines += [
        say(
            "why_open_condition",
            [condition.id, condition.argument],
            status=word(f"condition_{condition.status}"),
            text=_short(condition.text),
        )
        for condition in ruling.conditions
        if condition.status != "accepted"
    ]
    red_lines = round(-ruling.margin.get("red_lines", 0.0))
    if red_lines:
        blocking = [d.argument for d in ruling.dissents if d.argument in ruling.standing] or [
            ruling.recommendation
        ]
        lines.insert(0, say("why_red_line", blocking, count=str(red_lines)))
    return lines


def _pivots(ruling: Ruling, say: Callable[..., str]) -> str:
    if not ruling.pivotal:
        return say("why_no_pivot", [ruling.recommendation])
    return say("why_pivotal", ["+".join(names) for names in ruling.pivotal[:5]])


def _strongest(arguments: Sequence[Argument]) -> list[str]:
    """The ids of the strongest argument for and of the strongest against."""
    ids: list[str] = []
    for side in ("for", "against"):
        on_side = [argument for argument in arguments if argument.side == side and argument.strength]
        if on_side:
            ids.append(max(on_side, key=lambda argument: argument.strength or 0.0).id)
    return ids


def _fitted(parts: Sequence[Sequence[str]]) -> list[str]:
    """One line of each part first; what room is left goes to the parts in order."""
    taken = [1] * len(parts)
    room = MAX_LINES - len(parts)
    for place, part in enumerate(parts):
        more = min(room, len(part) - 1)
        taken[place] += more
        room -= more
    return [line for part, count in zip(parts, taken, strict=True) for line in part[:count]]


def _margin(ruling: Ruling, test: str, language: str) -> str:
    margin = ruling.margin.get(test, 0.0)
    return ("+" if margin >= 0 else "") + _number(margin, language)


def _number(value: float, language: str) -> str:
    return f"{value:.2f}".replace(".", "," if language == "fr" else ".")


def _short(text: str) -> str:
    plain = " ".join(text.split())
    return plain if len(plain) <= _LONGEST else plain[: _LONGEST - 1].rsplit(" ", 1)[0] + "…"
