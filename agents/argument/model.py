"""What is said in a debate and what is decided: the words that every floor above shares."""

from enum import StrEnum
from typing import Literal

from pydantic import Field

from agents.model import Frozen
from agents.roles.model import Fact

CHAIR = "chair"
"""The person who presides over the debate, as the author of what they put to it; it has no vote."""

QUESTION = "question"
"""The phase of an answer to a question of the chair; like the chair's own words it moves no stance."""


def _unset(value: object) -> bool:
    return not value


class Stance(StrEnum):
    """What a role holds of a recommendation. Silence is `no_position`, never consent."""

    SUPPORT = "support"
    CONDITIONS = "support_with_conditions"
    OPPOSE = "oppose"
    NONE = "no_position"


class Scheme(StrEnum):
    """How an argument argues (Walton, Reed and Macagno, *Argumentation Schemes*, 2008)."""

    PRACTICAL = "practical_reasoning"
    CONSEQUENCES = "consequences"
    CAUSE = "cause_to_effect"
    ANALOGY = "analogy"
    EXPERT = "expert_opinion"
    RULE = "rule"
    VALUES = "values"
    CRITICAL_QUESTION = "critical_question"


Side = Literal["for", "against"]
Relation = Literal["rebut", "undercut", "undermine", "support", "concede"]
GroundKind = Literal["span", "fact", "argument"]
GroundStatus = Literal["exact", "repaired", "unverified"]


class GroundDraft(Frozen):
    """What an argument says it rests on, before anybody has checked it.

    `quote` must stand in the span (or fact) `id`. `absence` names a detector of `agents.argument.grounding`
    (for example `cost`): the argument then rests on the verified fact that nothing of the kind stands
    in the article about the quoted proposal.
    """

    kind: GroundKind = "span"
    id: str
    quote: str = ""
    absence: str | None = None


class Ground(GroundDraft):
    """A checked ground; `start` and `end` index the article's body when a quote was found there."""

    status: GroundStatus
    start: int | None = None
    end: int | None = None


class Target(Frozen):
    """An earlier argument that this one answers, and how."""

    argument: str
    relation: Relation


class ArgumentDraft(Frozen):
    """An argument as its author sends it.

    `side` tells whether it speaks for or against the recommendation itself; without a side it acts only
    on its targets. `condition` is what would ease an objection, an infinitive clause in the debate's
    language. `red_line` names a red line of the speaker's charter that the recommendation crosses.
    `point` is the knowledge point that it comes from, when there is one.
    """

    claim: str
    scheme: Scheme = Scheme.PRACTICAL
    side: Side | None = None
    grounds: tuple[GroundDraft, ...] = ()
    targets: tuple[Target, ...] = ()
    condition: str | None = None
    red_line: str | None = None
    point: str | None = None


class Argument(Frozen):
    """An argument on the record: minted id, author, checked grounds and computed strength.

    `base` (0 to 1) comes from grounding and scheme; `strength` (0 to 1) is its Quadratic Energy strength
    once everything that was said about its recommendation is known, else None. `unsupported_figures`
    are numbers of the claim that stand in none of its grounds, `proposed_figures` those that the
    argument itself proposes.
    """

    id: str
    role: str
    recommendation: str
    phase: str
    round: int
    stance: Stance
    scheme: Scheme
    side: Side | None
    claim: str
    grounds: tuple[Ground, ...] = ()
    targets: tuple[Target, ...] = ()
    condition: str | None = None
    red_line: str | None = None
    point: str | None = None
    unsupported_figures: tuple[str, ...] = ()
    proposed_figures: tuple[str, ...] = ()
    base: float = 0.5
    strength: float | None = None


class Condition(Frozen):
    """A condition on the table: the text of `argument`, by `role`. Minted as C<recommendation>.<n>."""

    id: str
    recommendation: str
    text: str
    role: str
    argument: str


class ConditionVote(Frozen):
    """A role's expressed answer to a condition, with the reason in a few words."""

    condition: str
    accepts: bool
    reason: str = ""


class Speech(Frozen):
    """One turn of one role, on the record. `failed` holds the cause when the turn could not be had.

    An answer to the chair says to which `question`, what it rests on (`grounds`, checked), and whether the
    role was `unable` to answer from what it knows. A remark of the chair carries the `facts` that it brings.
    """

    address: str
    recommendation: str
    phase: str
    round: int
    role: str
    stance: Stance
    because: str | None = None
    text: str = ""
    arguments: tuple[Argument, ...] = ()
    conditions: tuple[Condition, ...] = ()
    votes: tuple[ConditionVote, ...] = ()
    withdrawn: tuple[str, ...] = ()
    priority: int | None = None
    failed: str | None = None
    question: str | None = Field(default=None, exclude_if=_unset)
    grounds: tuple[Ground, ...] = Field(default=(), exclude_if=_unset)
    unable: bool = Field(default=False, exclude_if=_unset)
    facts: tuple[Fact, ...] = Field(default=(), exclude_if=_unset)

    @property
    def is_turn(self) -> bool:
        """Whether a role took the floor of its own right: an opening or a rebuttal."""
        return self.role != CHAIR and self.phase != QUESTION


class Stances(Frozen):
    """Where a role began and where it ended on one recommendation."""

    opening: Stance
    final: Stance


class Move(Frozen):
    """A change of stance and the argument that its author names as the cause."""

    role: str
    recommendation: str
    from_: Stance = Field(alias="from")
    to: Stance
    because: str | None = None


class RuledCondition(Frozen):
    """A condition with what the roles answered; `status` is accepted, refused or open."""

    id: str
    text: str
    role: str
    argument: str
    accepted_by: tuple[str, ...] = ()
    refused_by: tuple[str, ...] = ()
    status: Literal["accepted", "refused", "open"]


class Dissent(Frozen):
    """An objection that was neither withdrawn nor answered to its author's consent."""

    role: str
    recommendation: str
    argument: str
    objection: str
    type: Literal["fact", "value", "cost", "risk", "law", "feasibility"] = "risk"
    scheme: Scheme
    strength: float
    dfquad: float
    evidence: tuple[str, ...] = ()
    majority_reply: str | None = None
    why_insufficient: str | None = None
    alternative_wording: str | None = None
    acceptance_condition: str | None = None
    review_trigger: str | None = None


class Influence(Frozen):
    """The ruling as it would have been without one role."""

    role: str
    decision: str
    changes: bool


class Ruling(Frozen):
    """What was computed for one recommendation; nobody's prose can change it.

    `strength` is the Quadratic Energy strength of the recommendation (0 to 1), `dfquad` and `euler` the
    same by the other two semantics. `margin` says how far each test of the rule was from tipping
    (positive: passed by that much). `pivotal` lists the smallest sets of arguments (up to two) whose
    removal changes the decision. `standing` are attacks that nobody answered. `disagreements` says in
    words where strength, votes and the moderator's wording part.
    """

    recommendation: str
    decision: Literal["adopt", "adopt_with_conditions", "defer", "reject"]
    consensus: Literal[
        "consensus", "consensus_with_reservations", "qualified_majority", "majority", "not_retained"
    ]
    rule: str
    strength: float
    dfquad: float
    euler: float
    margin: dict[str, float] = {}
    stances: dict[str, Stances] = {}
    conditions: tuple[RuledCondition, ...] = ()
    dissents: tuple[Dissent, ...] = ()
    pivotal: tuple[tuple[str, ...], ...] = ()
    influence: tuple[Influence, ...] = ()
    standing: tuple[str, ...] = ()
    failed: dict[str, str] = {}
    disagreements: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
