"""One debate among many, as far as a report needs it."""

from agents.model import Frozen
from transcripts.library.record import DebateRecord


class Configuration(Frozen):
    """How a debate was held: the model, and folders of prompts and charters, None for those that ship."""

    model: str
    prompts: str | None = None
    charters: str | None = None


class Run(Frozen):
    """The outcome and the cost of one debate on `article`, held under a configuration with a seed, once of several.

    `decisions` are by recommendation; `unverified` counts the grounds that do not stand in the article; `cost`
    is in US dollars, None where a price is unknown.
    """

    article: str
    configuration: Configuration
    seed: int | None = None
    repeat: int = 1
    decisions: dict[str, str]
    unverified: int = 0
    turns: int = 0
    calls: int = 0
    input_tokens: int = 0
    output_tokens: int = 0
    cost: float | None = None


def run_of(
    record: DebateRecord, article: str, configuration: Configuration, seed: int | None, repeat: int
) -> Run:
    """What a report needs of a debate that was read or held."""
    return Run(
        article=article,
        configuration=configuration,
        seed=seed,
        repeat=repeat,
        decisions={ruling.recommendation: str(ruling.decision) for ruling in record.rulings},
        unverified=record.grounding.unverified,
        turns=record.usage.turns,
        calls=record.usage.calls,
        input_tokens=record.usage.input_tokens,
        output_tokens=record.usage.output_tokens,
        cost=record.usage.cost,
    )
