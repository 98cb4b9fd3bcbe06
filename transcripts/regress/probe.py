"""Disturbances that should not matter, or whose effect one wants to know."""

from typing import Annotated, Literal, Self

from pydantic import Field, StringConstraints, model_validator

from agents.model import Frozen

Text = Annotated[str, StringConstraints(pattern=r"\S", max_length=5000)]


class Probe(Frozen):
    """One kind of disturbance; each gives one or more variants of a debate.

    `permute` recommendations or roles, in `times` other orders drawn from a fixed seed. `leave_out` each role
    in turn. `insert` puts a paragraph into the article, at its `start`, in the `middle` and at its `end`.
    `single_agent` lets one agent with all mandates decide alone, as often as the debate has turns of speech
    on a recommendation, so that it is given the same tokens; the most frequent decision counts.
    """

    name: Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9-]*$", max_length=40)] | None = None
    permute: Literal["recommendations", "roles"] | None = None
    times: Annotated[int, Field(ge=1, le=100)] = 3
    leave_out: Literal["role"] | None = None
    insert: Text | None = None
    at: Annotated[tuple[Literal["start", "middle", "end"], ...], Field(min_length=1)] = (
        "start",
        "middle",
        "end",
    )
    single_agent: Literal[True] | None = None

    @model_validator(mode="after")
    def _is_one_kind(self) -> Self:
        kinds = [kind for kind in KINDS if getattr(self, kind) is not None]
        if len(kinds) != 1:
            raise ValueError(f"say one of {', '.join(KINDS)}")
        return self


KINDS = ("permute", "leave_out", "insert", "single_agent")
