"""A small declarative language for what must hold of a debate: data, never code.

    every: rulings
    where: {decision: adopt}
    holds: {strength: {at_least: 0.5}}

A property chooses a collection of what `jemaa show --json` prints and says that every, some or none of its
items hold, or how many there are. A condition maps fields to tests; all of them must pass.
"""

from collections.abc import Mapping
from typing import Annotated, Any, Literal, Self

from pydantic import BeforeValidator, Field, model_validator

from agents.argument.model import Argument, Dissent, Ground, Move, RuledCondition, Ruling, Speech, Target
from agents.argument.typography import fold
from agents.article.model import Recommendation
from agents.debate.document import Measure, Tension
from agents.model import Frozen

Collection = Literal[
    "recommendations",
    "rulings",
    "speeches",
    "arguments",
    "grounds",
    "targets",
    "conditions",
    "moves",
    "dissents",
    "tensions",
    "measures",
]
Scalar = str | int | float | bool | None

_SHOWN = 3
_LONGEST = 80


class Size(Frozen):
    """How many items a list (or characters a text) has; null has none."""

    at_least: Annotated[int, Field(ge=0)] = 0
    at_most: Annotated[int, Field(ge=0)] | None = None

    def holds(self, value: Any) -> bool:
        """Whether `value` is that long."""
        length = len(value) if isinstance(value, str | list | dict) else 0
        return length >= self.at_least and (self.at_most is None or length <= self.at_most)


class Test(Frozen):
    """What a field must be; everything that is named must hold.

    `is` and `not`: equal to one of these values, or to none. `at_least` and `at_most`: a number's range.
    `contains`: a text that holds these words, or a list that holds this value. `size`: how long a list or
    text is. A field that is not there is null.
    """

    is_: Annotated[
        tuple[Scalar, ...] | None,
        BeforeValidator(lambda value: value if isinstance(value, list | tuple) else [value]),
    ] = Field(default=None, alias="is")
    not_: Annotated[
        tuple[Scalar, ...] | None,
        BeforeValidator(lambda value: value if isinstance(value, list | tuple) else [value]),
    ] = Field(default=None, alias="not")
    at_least: float | None = None
    at_most: float | None = None
    contains: Scalar = None
    size: Size | None = None

    def passes(self, value: Any) -> bool:
        """Whether `value` is what is asked for."""
        return (
            (self.is_ is None or any(_same(value, one) for one in self.is_))
            and (self.not_ is None or not any(_same(value, one) for one in self.not_))
            and (self.at_least is None or (_is_number(value) and value >= self.at_least))
            and (self.at_most is None or (_is_number(value) and value <= self.at_most))
            and (self.contains is None or _contains(value, self.contains))
            and (self.size is None or self.size.holds(value))
        )


def _test(value: Any) -> Any:
    """A bare value or list stands for `is`."""
    return value if isinstance(value, dict) else {"is": value}


Condition = dict[
    str,
    Annotated[Test, BeforeValidator(_test, json_schema_input_type=Test | Scalar | list[Scalar])],
]


class Property(Frozen):
    """Every, some or none of a collection's items (those of them that pass `where`) pass `holds`.

    `count` says instead that `at_least` or `at_most` so many items pass `where`.
    """

    name: str | None = None
    every: Collection | None = None
    some: Collection | None = None
    none: Collection | None = None
    count: Collection | None = None
    where: Condition = {}
    holds: Condition = {}
    at_least: Annotated[int, Field(ge=0)] | None = None
    at_most: Annotated[int, Field(ge=0)] | None = None

    @model_validator(mode="after")
    def _is_one_sentence(self) -> Self:
        named = [word for word in ("every", "some", "none", "count") if getattr(self, word) is not None]
        if len(named) != 1:
            raise ValueError("say one of every, some, none and count")
        bounded = self.at_least is not None or self.at_most is not None
        if named == ["count"] and (not bounded or self.holds):
            raise ValueError("count takes where, and at_least or at_most")
        if named != ["count"] and (bounded or not self.holds):
            raise ValueError(f"{named[0]} takes where and holds")
        return self

    @property
    def collection(self) -> Collection:
        """What it is about."""
        chosen = self.every or self.some or self.none or self.count
        assert chosen is not None, "the validator saw to it"
        return chosen

    def failures(self, shown: Mapping[str, Any]) -> list[str]:
        """What does not hold in a debate as `jemaa show --json` prints it; empty when everything does."""
        chosen = [item for item in items_of(shown, self.collection) if _passes(item, self.where)]
        if self.count is not None:
            fits = (self.at_least is None or len(chosen) >= self.at_least) and (
                self.at_most is None or len(chosen) <= self.at_most
            )
            return [] if fits else [f"{len(chosen)} {self.count}"]
        holding = [item for item in chosen if _passes(item, self.holds)]
        if self.some is not None:
            return [] if holding else [f"none of {len(chosen)} {self.some}"]
        wrong = holding if self.none is not None else [item for item in chosen if item not in holding]
        told = [_told(item, self.holds) for item in wrong[:_SHOWN]]
        return [*told, f"and {len(wrong) - _SHOWN} more"] if len(wrong) > _SHOWN else told

    def __str__(self) -> str:
        if self.name:
            return self.name
        word = next(word for word in ("every", "some", "none", "count") if getattr(self, word) is not None)
        fields = ", ".join(dict.fromkeys((*self.holds, *self.where)))
        return f"{word} {self.collection}: {fields}" if fields else f"{word} {self.collection}"


def items_of(shown: Mapping[str, Any], collection: Collection) -> list[dict[str, Any]]:
    """The items of a collection; parts of arguments, rulings and the document carry whose they are."""
    match collection:
        case "grounds" | "targets":
            return [
                {"argument": argument["id"]} | {key: argument[key] for key in _OWNER} | part
                for argument in shown["arguments"]
                for part in argument[collection]
            ]
        case "conditions":
            return [
                {"recommendation": ruling["recommendation"]} | condition
                for ruling in shown["rulings"]
                for condition in ruling["conditions"]
            ]
        case "measures":
            return list(shown["document"]["measures"])
        case _:
            return list(shown[collection])


_OWNER = ("role", "recommendation")


def fields_of(collection: Collection) -> tuple[str, ...]:
    """The fields that an item of the collection has; those with parts are entered by a dot."""
    own: dict[str, type[Frozen]] = {
        "recommendations": Recommendation,
        "rulings": Ruling,
        "speeches": Speech,
        "arguments": Argument,
        "grounds": Ground,
        "targets": Target,
        "conditions": RuledCondition,
        "moves": Move,
        "dissents": Dissent,
        "tensions": Tension,
        "measures": Measure,
    }
    fields = tuple(field.alias or name for name, field in own[collection].model_fields.items())
    owners = {"grounds": ("argument", *_OWNER), "targets": _OWNER, "conditions": ("recommendation",)}
    return (*fields, *owners.get(collection, ()))


def _passes(item: Mapping[str, Any], condition: Mapping[str, Test]) -> bool:
    return all(test.passes(_field(item, path)) for path, test in condition.items())


def _field(item: Any, path: str) -> Any:
    for step in path.split("."):
        item = item.get(step) if isinstance(item, dict) else None
    return item


def _told(item: Mapping[str, Any], holds: Mapping[str, Test]) -> str:
    who = [item.get(key) for key in ("argument", "id", "role", "recommendation")]
    values = [f"{path} {_short(_field(item, path))}" for path in holds]
    return f"{' '.join(dict.fromkeys(str(part) for part in who if part))}: {', '.join(values)}"


def _short(value: Any) -> str:
    text = "none" if value is None else str(value)
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"


def _same(value: Any, wanted: Any) -> bool:
    """Equal, and true is not 1."""
    return bool(value == wanted) and isinstance(value, bool) == isinstance(wanted, bool)


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _contains(value: Any, wanted: Any) -> bool:
    if isinstance(value, str):
        return fold(str(wanted)).text in fold(value).text
    return isinstance(value, list | dict) and any(_same(item, wanted) for item in value)
