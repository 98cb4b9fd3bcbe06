"""What the chair does from the command line: options turned into inputs with the turn before which they stand."""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple, cast

from agents.argument.model import GroundDraft, Target
from agents.debate.chair import AnotherRound, Close, Evidence, Question, Remark
from agents.debate.plan import DebatePlan
from agents.debate.presiding import Given, check_input, made
from agents.debate.turn import WHOLE_DEBATE
from agents.errors import InputError
from transcripts.log.place import place

_CITED = re.compile(r"([^\s:]+)\s*(?::\s*(.*))?", re.DOTALL)


class Wish(NamedTuple):
    """The options of one command, as they were typed."""

    at: str | None = None
    on: str | None = None
    questions: Sequence[str] = ()
    to: str | None = None
    remark: str | None = None
    side: str | None = None
    grounds: Sequence[str] = ()
    answers: Sequence[str] = ()
    condition: str | None = None
    evidence: str | None = None
    source: str | None = None
    as_of: str | None = None
    another_round: Sequence[str] = ()
    close: Sequence[str] = ()


def inputs_of(plan: DebatePlan, wish: Wish) -> tuple[Given, ...]:
    """The inputs that a command puts. Raises InputError for what does not hold."""
    _check_together(wish)
    given = tuple(_inputs(plan, wish))
    for item in given:
        check_input(plan, cast("Question | Remark | AnotherRound | Close", item.act))
    return given


def _inputs(plan: DebatePlan, wish: Wish) -> Iterator[Given]:
    if wish.questions or wish.remark is not None:
        name = wish.on or (wish.at or "").partition("/")[0]
        if not name:
            raise InputError(
                "On which recommendation? A question or remark needs --on R2, or --at with an address.",
                f"The debate has {', '.join(item.id for item in plan.recommendations)}.",
            )
        before = place(plan, wish.at or name)
        roles = tuple(role.strip() for role in wish.to.split(",")) if wish.to else ()
        for question in wish.questions:
            yield Given(before, made(Question, recommendation=name, text=question, to=roles))
        if wish.remark is not None:
            yield Given(before, _remark(name, wish, wish.remark))
    for name in wish.another_round:
        yield Given(place(plan, wish.at or name), AnotherRound(recommendation=name))
    for name in _each(plan, wish.close):
        yield Given(place(plan, wish.at or f"{name}/rebuttal/2"), Close(recommendation=name))


def _each(plan: DebatePlan, names: Sequence[str]) -> list[str]:
    return [item.id for item in plan.recommendations] if WHOLE_DEBATE in names else list(names)


def _remark(name: str, wish: Wish, text: str) -> Remark:
    evidence: tuple[Evidence, ...] = ()
    if wish.evidence is not None:
        evidence = (made(Evidence, text=wish.evidence, source=wish.source, as_of=wish.as_of),)
    return made(
        Remark,
        recommendation=name,
        text=text,
        side=wish.side,
        grounds=tuple(_ground(written) for written in wish.grounds),
        targets=tuple(_target(written) for written in wish.answers),
        condition=wish.condition,
        evidence=evidence,
    )


def _ground(written: str) -> GroundDraft:
    """`S4: words of the article`, or the id of a fact alone."""
    found = _CITED.fullmatch(written.strip())
    if found is None:
        raise InputError(
            f"{written[:60]!r} is no ground.", 'Write it like --ground "S4: words of the article".'
        )
    name, quote = found[1], (found[2] or "").strip()
    return GroundDraft(kind="fact" if name.startswith("F-") else "span", id=name, quote=quote)


def _target(written: str) -> Target:
    """`A2.3: undercut`; a bare id is rebutted."""
    name, _, relation = (part.strip() for part in written.partition(":"))
    return made(Target, argument=name, relation=relation or "rebut")


def _check_together(wish: Wish) -> None:
    """Options that mean nothing without another one are refused rather than forgotten."""
    of_a_remark = {
        "--side": wish.side,
        "--ground": wish.grounds,
        "--answers": wish.answers,
        "--condition": wish.condition,
        "--evidence": wish.evidence,
    }
    idle = [option for option, value in of_a_remark.items() if value]
    if wish.remark is None and idle:
        raise InputError(f"{idle[0]} belongs to a remark.", 'Give one with --remark "…".')
    if wish.to and not wish.questions:
        raise InputError("--to belongs to a question.", 'Give one with --question "…".')
    if (wish.evidence is None) != (wish.source is None and wish.as_of is None):
        raise InputError(
            "--evidence, --source and --as-of belong together.",
            "A fact of your own names its source and the day on which it was true (2026-03-31).",
        )
