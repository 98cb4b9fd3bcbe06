"""What a charter may name: indicators, points and conditions that the knowledge base really has."""

from agents.errors import CharterError, KnowledgeError
from agents.knowledge.load import concept, concept_names, condition_named, vocabulary
from agents.roles.load import load_charters
from agents.roles.model import Charter


def check_charter(charter: Charter) -> None:
    """Raises CharterError, with the offending value, for a name that the knowledge base does not know.

    Concepts are opened only for the charters of others: tests check the shipped ones.
    """
    known = vocabulary().indicators
    named = [*charter.indicators, *charter.maxims, *charter.counter_offers]
    for name in named:
        if name not in known:
            raise CharterError(
                f"{charter.name}: unknown indicator {name!r}.", f"Known indicators: {', '.join(known)}."
            )
    if not any(charter.indicators.values()):
        raise CharterError(
            f"{charter.name}: the charter cares for no indicator.",
            f"Give at least one of them a weight above zero: {', '.join(known)}.",
        )
    if load_charters(None).get(charter.name) == charter:
        return
    for line in charter.red_lines:
        for point in line.points:
            _check_point(charter.name, line.id, point)
    for references in charter.counter_offers.values():
        for reference in references:
            _check_condition(charter.name, reference)


def _check_point(role: str, line: str, point: str) -> None:
    owner, _, name = point.partition(".")
    if owner not in concept_names() or name not in concept(owner).points:
        raise CharterError(
            f"{role}: the red line {line!r} names no known point: {point!r}.",
            "A point is named concept.point, for example data_centre.fossil_power.",
        )


def _check_condition(role: str, reference: str) -> None:
    try:
        condition_named(reference)
    except KnowledgeError as error:
        raise CharterError(
            f"{role}: the counter-offer {reference!r} names no known condition.",
            "A condition is named concept.condition, for example data_centre.operator_pays.",
        ) from error
