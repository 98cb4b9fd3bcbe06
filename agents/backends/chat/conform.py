"""Holding a parsed reply against the form that was asked for, with errors a model can act on."""

from collections.abc import Mapping
from typing import Any

Schema = Mapping[str, Any]

_SHOWN = 12
"""How many legal values an error lists; the whole list stands in the form already."""

_KINDS: dict[str, tuple[type, ...]] = {
    "string": (str,),
    "integer": (int,),
    "boolean": (bool,),
    "null": (type(None),),
    "array": (list,),
    "object": (dict,),
}


def conform(value: Any, schema: Schema) -> tuple[Any, list[str]]:
    """`value` in the form of `schema`, and what is wrong with it.

    Properties that the form does not have are dropped; an absent one that may be null is null. Nothing else
    is assumed: each other departure is a problem, named by its place, the offending value and legal ones.
    Lengths of lists are not checked.
    """
    problems: list[str] = []
    return _conform(value, schema, schema, "reply", problems), problems


def _conform(value: Any, schema: Schema, root: Schema, place: str, problems: list[str]) -> Any:
    if "$ref" in schema:
        schema = root["$defs"][schema["$ref"].rpartition("/")[2]]
    if "anyOf" in schema:
        if value is None:
            return None
        (schema,) = (branch for branch in schema["anyOf"] if branch.get("type") != "null")
    kind = schema["type"]
    if kind == "integer" and isinstance(value, float) and value.is_integer():
        value = int(value)
    if not isinstance(value, _KINDS[kind]) or (kind == "integer" and isinstance(value, bool)):
        problems.append(f"{place}: {_shown(value)} where {_named(kind)} was asked for")
        return value
    if "enum" in schema and value not in schema["enum"]:
        problems.append(f"{place}: {_shown(value)} is none of the legal values: {_listed(schema['enum'])}")
    if kind == "integer" and not schema.get("minimum", value) <= value <= schema.get("maximum", value):
        problems.append(f"{place}: {value} is not between {schema['minimum']} and {schema['maximum']}")
    if isinstance(value, list):
        return [
            _conform(item, schema["items"], root, f"{place}[{number}]", problems)
            for number, item in enumerate(value)
        ]
    if isinstance(value, dict):
        return _object(value, schema, root, place, problems)
    return value


def _object(value: dict[str, Any], schema: Schema, root: Schema, place: str, problems: list[str]) -> Any:
    held: dict[str, Any] = {}
    for name, wanted in schema["properties"].items():
        if name in value:
            held[name] = _conform(value[name], wanted, root, f"{place}.{name}", problems)
        elif "anyOf" in wanted:
            held[name] = None
        else:
            problems.append(f"{place}.{name} is missing")
    return held


def _shown(value: Any) -> str:
    text = repr(value)
    return text if len(text) <= 80 else f"{text[:77]}…"


def _listed(values: list[str]) -> str:
    more = f" and {len(values) - _SHOWN} more" if len(values) > _SHOWN else ""
    return ", ".join(values[:_SHOWN]) + more


def _named(kind: str) -> str:
    return f"an {kind}" if kind[0] in "aio" else f"a {kind}"
