"""What a suite expects of a debate, with tolerances."""

from typing import Annotated, Any, Literal, Self

from pydantic import BeforeValidator, Field, model_validator

from agents.argument.model import Stance
from agents.argument.rules import Consensus, Decision
from agents.model import Frozen
from transcripts.regress.property import Property

RECOMMENDATION = r"^R[1-9]\d*$"

RecommendationId = Annotated[str, Field(pattern=RECOMMENDATION)]
Share = Annotated[float, Field(ge=0, le=1, allow_inf_nan=False)]
Number = Annotated[float, Field(allow_inf_nan=False)]
Count = Annotated[int, Field(ge=0)]


def _listed(value: Any) -> Any:
    return value if isinstance(value, list | tuple) else [value]


Decisions = Annotated[
    tuple[Decision, ...],
    BeforeValidator(_listed, json_schema_input_type=Decision | list[Decision]),
    Field(min_length=1),
]
Statuses = Annotated[
    tuple[Consensus, ...],
    BeforeValidator(_listed, json_schema_input_type=Consensus | list[Consensus]),
    Field(min_length=1),
]
Stances = Annotated[
    tuple[Stance, ...],
    BeforeValidator(_listed, json_schema_input_type=Stance | list[Stance]),
    Field(min_length=1),
]


class Bound(Frozen):
    """Where a number must lie: `is` give or take `within`, or between `at_least` and `at_most`."""

    is_: Number | None = Field(default=None, alias="is")
    within: Annotated[float, Field(ge=0, allow_inf_nan=False)] = 0.0
    at_least: Number | None = None
    at_most: Number | None = None

    @model_validator(mode="after")
    def _says_something(self) -> Self:
        if self.is_ is None and self.at_least is None and self.at_most is None:
            raise ValueError("say is, at_least or at_most")
        return self

    def holds(self, value: float) -> bool:
        """Whether `value` lies there, rounding errors aside."""
        slack = 1e-9
        return (
            (self.is_ is None or abs(value - self.is_) <= self.within + slack)
            and (self.at_least is None or value >= self.at_least - slack)
            and (self.at_most is None or value <= self.at_most + slack)
        )

    def __str__(self) -> str:
        said = (
            []
            if self.is_ is None
            else [f"{self.is_:g} ± {self.within:g}" if self.within else f"{self.is_:g}"]
        )
        said += [] if self.at_least is None else [f"at least {self.at_least:g}"]
        said += [] if self.at_most is None else [f"at most {self.at_most:g}"]
        return ", ".join(said)


def _bound(value: Any) -> Any:
    return {"is": value} if isinstance(value, int | float) and not isinstance(value, bool) else value


Bounded = Annotated[Bound, BeforeValidator(_bound, json_schema_input_type=Bound | float)]


class UsageCeilings(Frozen):
    """At most so much in one debate, recorded turns counted as they were paid for."""

    turns: Count | None = None
    calls: Count | None = None
    retries: Count | None = None
    failed: Count | None = None
    input_tokens: Count | None = None
    output_tokens: Count | None = None


class Sensitivity(Frozen):
    """At most which share may differ under a probe from the debate without it.

    `decisions`: of all decisions; `stances`: of all final stances of roles that speak in both; `priorities`:
    of all pairs of recommendations, those ranked the other way round.
    """

    decisions: Share | None = None
    stances: Share | None = None
    priorities: Share | None = None


class Expectations(Frozen):
    """What must hold. `share` is the part of a case's debates (seeds and repeats) in which each must.

    `decisions`, `statuses` and final `stances` name one value or a list of those that would do. `strength`
    bounds the strength of recommendations. `unverified` is the largest number of grounds that do not stand
    in the article; `fidelity` that of sentences that say more than they rest on; `distinctness` the smallest
    share of arguments that no other argument makes in much the same words. `coverage`: each role spoke on each
    recommendation in the first and the last round, and each argument that was attacked is answered by its
    author or listed as standing. `cost` is in US dollars.
    """

    share: Share = 1.0
    decisions: dict[RecommendationId, Decisions] = {}
    statuses: dict[RecommendationId, Statuses] = {}
    stances: dict[RecommendationId, dict[str, Stances]] = {}
    strength: dict[RecommendationId, Bounded] = {}
    unverified: Count | None = None
    coverage: Literal[True] | None = None
    fidelity: Count | None = None
    distinctness: Share | None = None
    usage: UsageCeilings = UsageCeilings()
    cost: Annotated[float, Field(ge=0, allow_inf_nan=False)] | None = None
    sensitivity: Sensitivity = Sensitivity()
    properties: tuple[Property, ...] = ()

    def over(self, other: "Expectations") -> "Expectations":
        """These expectations, and those of `other` where these say nothing.

        What names recommendations is merged by name, properties are added up.
        """
        merged: dict[str, Any] = {}
        for name in type(self).model_fields:
            mine, theirs = getattr(self, name), getattr(other, name)
            if isinstance(mine, dict):
                merged[name] = theirs | mine
            elif isinstance(mine, tuple):
                merged[name] = theirs + mine
            else:
                merged[name] = mine if name in self.model_fields_set else theirs
        return Expectations.model_construct(set(self.model_fields_set | other.model_fields_set), **merged)
