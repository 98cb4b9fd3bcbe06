"""A suite: which debates are held, and what is expected of them."""

from typing import Annotated, Any, Literal, Self

from pydantic import BeforeValidator, Field, StringConstraints, model_validator

from agents.debate.plan import Language
from agents.model import Frozen
from transcripts.regress.expectation import Expectations, RecommendationId, Share
from transcripts.regress.probe import Probe

BUNDLED = "bundled"
"""Names the brief that ships with the program where an article, and what ships where a folder, is asked for."""
SHIPPED = "shipped"

Mode = Literal["replay", "record", "live"]

NAME = r"^[A-Za-z0-9][A-Za-z0-9_.+-]*$"
MODEL = r"^(offline|[^\s:]+:\S.*)$"
ROLE = r"^[a-z][a-z0-9_]{0,31}$"
WORDS = r"\S"

Name = Annotated[str, StringConstraints(pattern=NAME, max_length=60)]
Place = Annotated[str, StringConstraints(min_length=1, max_length=1000)]
Model = Annotated[str, StringConstraints(pattern=MODEL, max_length=300)]
Role = Annotated[str, StringConstraints(pattern=ROLE)]
Seed = Annotated[int, Field(ge=0, lt=2**31)]


class ArticleEntry(Frozen):
    """An article to debate: a file beside the suite, or `bundled`.

    `name` is what its cases are called (default: the file's name); `recommendations` limits the debate to some,
    `add` adds some in the suite's own words. `language` and `expect` hold for this article.
    """

    path: Place = BUNDLED
    name: Name | None = None
    recommendations: Annotated[tuple[RecommendationId, ...], Field(min_length=1)] | None = None
    add: tuple[Annotated[str, StringConstraints(pattern=WORDS)], ...] = ()
    language: Language | None = None
    expect: Expectations = Expectations()


def _entry(value: Any) -> Any:
    return {"path": value} if isinstance(value, str) else value


class Tolerances(Frozen):
    """What may differ from the reference without being a change.

    `strength`: by how much a strength may move; `rank`: by how many places a recommendation; `arguments` and
    `conditions`: how many may appear or vanish; `stances` and `decisions`: which share of the debates of a case
    may differ in one.
    """

    strength: Annotated[float, Field(ge=0, le=1, allow_inf_nan=False)] = 0.0
    rank: Annotated[int, Field(ge=0)] = 0
    arguments: Annotated[int, Field(ge=0)] = 0
    conditions: Annotated[int, Field(ge=0)] = 0
    stances: Share = 0.0
    decisions: Share = 0.0


class Matrix(Frozen):
    """Every article is debated under each combination of these; an empty axis takes the suite's own value.

    `prompts` and `charters` are folders beside the suite, or `shipped`.
    """

    models: tuple[Model, ...] = ()
    prompts: tuple[Place, ...] = ()
    charters: tuple[Place, ...] = ()
    seeds: tuple[Seed, ...] = ()


class Suite(Frozen):
    """Debates and what is expected of them. `jemaa` is the version of the format.

    Articles, charters and prompts are found from where the suite lies. `seeds` are handed to models that take
    one; each debate is held `repeats` times for each seed. `context` is how many tokens a request may take.
    `budget` caps what one run of the suite may spend, in amounts such as "40 calls", "200k tokens" or "$2".
    With `reference: false` outcomes are judged by expectations alone. `probes` disturb each debate and tell
    how much that changes.
    """

    jemaa: Literal[1]
    name: Name | None = None
    articles: Annotated[
        tuple[
            Annotated[ArticleEntry, BeforeValidator(_entry, json_schema_input_type=ArticleEntry | str)], ...
        ],
        Field(min_length=1),
    ]
    roles: Annotated[tuple[Role, ...], Field(min_length=1)] | None = None
    charters: Place = SHIPPED
    prompts: Place = SHIPPED
    model: Model = "offline"
    role_models: dict[str, Model] = {}
    fallbacks: tuple[Model, ...] = ()
    context: Annotated[int, Field(ge=512)] | None = None
    language: Language | None = None
    rounds: Annotated[int, Field(ge=1, le=9)] = 2
    rule: Literal["consent", "strict", "majority"] = "consent"
    seeds: tuple[Seed, ...] = ()
    repeats: Annotated[int, Field(ge=1, le=1000)] = 1
    matrix: Matrix = Matrix()
    probes: tuple[Probe, ...] = ()
    budget: tuple[str, ...] = ()
    reference: bool = True
    tolerances: Tolerances = Tolerances()
    expect: Expectations = Expectations()

    @model_validator(mode="after")
    def _one_place_for_seeds(self) -> Self:
        if self.seeds and self.matrix.seeds:
            raise ValueError("seeds stand in the suite and in its matrix: keep one of the two")
        return self
