"""The form of a reply as JSON Schema, with the ids that may be cited as enumerations.

Written out rather than derived from the reply models, so that a release of pydantic cannot change what a
recorded turn was asked, and within what strict structured output takes everywhere: every property required,
none additional, absence as null.
"""

from collections.abc import Sequence
from typing import Any, get_args

from agents.argument.absence import absences
from agents.argument.model import Relation, Scheme, Side, Stance
from agents.backends.chat.citable import Citable
from agents.debate.document import BudgetBand
from agents.debate.turn import TurnRequest

Schema = dict[str, Any]

_TEXT: Schema = {"type": "string"}
_NULL: Schema = {"type": "null"}
_MAYBE_TEXT: Schema = {"anyOf": [_TEXT, _NULL]}
_SCORE: Schema = {"type": "integer", "minimum": 0, "maximum": 100}
FIRST_REBUTTAL = 2
"""The round in which every role must answer somebody."""


def reply_schema(request: TurnRequest, citable: Citable) -> Schema:
    """The form that the reply to `request` must have. Enumerations hold legal ids only, so none is empty."""
    match request.address.phase:
        case "extraction":
            return _object(quotes=_list(_TEXT))
        case "opening":
            return _object(
                stance=_one_of(Stance), text=_TEXT, arguments=_list(_argument(citable)), priority=_SCORE
            ) | _sources(citable)
        case "question":
            return _object(able={"type": "boolean"}, text=_TEXT, grounds=_grounds(citable)) | _sources(
                citable
            )
        case "rebuttal":
            answers = bool(citable.put or (citable.others and request.address.round == FIRST_REBUTTAL))
            return _object(
                stance=_one_of(Stance),
                because=_maybe_one_of(citable.others),
                text=_TEXT,
                arguments=_list(_argument(citable, rebuts=True), at_least=int(answers)),
                votes=_votes(citable.conditions),
                withdrawn=_some_of(citable.own),
                priority=_SCORE,
            ) | _sources(citable)
        case "ruling":
            return _ruling(citable)
        case "synthesis":
            return _synthesis(citable)
        case phase:
            raise ValueError(f"No reply is known for the phase {phase!r}.")


def _argument(citable: Citable, *, rebuts: bool = False) -> Schema:
    target = _object(argument=_one_of(citable.others), relation=_one_of(get_args(Relation)))
    return _object(
        claim=_TEXT,
        scheme=_one_of(Scheme),
        side=_maybe_one_of(get_args(Side)) if rebuts else _one_of(get_args(Side)),
        grounds=_grounds(citable, at_least=0 if rebuts else 1),
        targets=_list(target, at_least=1) if rebuts and citable.others else None,
        condition=_MAYBE_TEXT,
        red_line=_maybe_one_of(citable.red_lines),
    )


def _grounds(citable: Citable, at_least: int = 0) -> Schema | None:
    ground = _object(id={"$ref": "#/$defs/sources"}, quote=_TEXT, absence=_maybe_one_of(absences()))
    return _list(ground, at_least) if citable.sources else None


def _votes(conditions: Sequence[str]) -> Schema | None:
    if not conditions:
        return None
    return _list(_object(condition=_one_of(conditions), accepts={"type": "boolean"}, reason=_TEXT))


def _ruling(citable: Citable) -> Schema:
    level = _one_of(("low", "medium", "high"))
    ids, sentences = {"$ref": "#/$defs/ids"}, {"$ref": "#/$defs/sentences"}
    kpi = _object(
        name=_TEXT,
        unit=_TEXT,
        target=_MAYBE_TEXT,
        baseline=_MAYBE_TEXT,
        year={"anyOf": [{"type": "integer"}, _NULL]},
        rests_on=ids,
    )
    risk = _object(text=_TEXT, likelihood=level, impact=level, mitigation=_TEXT, holder=_TEXT, rests_on=ids)
    objection = _object(
        argument=_one_of(citable.objections),
        majority_reply=_TEXT,
        why_insufficient=_TEXT,
        review_trigger=_TEXT,
    )
    measure = _object(
        title=_TEXT,
        adopted_wording=_TEXT,
        changes=sentences,
        owner=_TEXT,
        partners=_list(_TEXT),
        budget_band=_one_of(sorted(get_args(BudgetBand), key=lambda band: band != "not costed")),
        financing=sentences,
        kpi=kpi,
        risks=_list(risk),
        legal_basis=sentences,
        energy_water_note=sentences,
        rests_on=ids,
    )
    return _object(
        reasons=sentences, measure=measure, objections=_list(objection) if citable.objections else None
    ) | _definitions(citable)


def _synthesis(citable: Citable) -> Schema:
    ids, sentences = {"$ref": "#/$defs/ids"}, {"$ref": "#/$defs/sentences"}
    several = len(citable.recommendations) > 1
    name = _one_of(citable.recommendations)
    tension = _object(recommendations=_list(name, at_least=2), text=_TEXT, rests_on=ids)
    return _object(
        title=_TEXT,
        summary=sentences,
        diagnosis=sentences,
        vision=sentences,
        not_sought=sentences,
        tensions=_list(tension) if several else None,
        dependencies=_list(_object(recommendation=name, needs=name, because=_TEXT)) if several else None,
        cross_cutting=_object(energy_water=sentences, financing=sentences, law=sentences, skills=sentences),
        governance=sentences,
    ) | _definitions(citable)


def _sources(citable: Citable) -> Schema:
    """The sentences and facts that may be cited, by themselves: they are the same for all turns on a proposal."""
    return {"$defs": {"sources": _one_of(citable.sources)}} if citable.sources else {}


def _definitions(citable: Citable) -> Schema:
    """What is used many times stands once: providers count enumeration values."""
    sentence = _object(text=_TEXT, rests_on={"$ref": "#/$defs/ids"})
    return {"$defs": {"ids": _list(_one_of(citable.support), at_least=1), "sentences": _list(sentence)}}


def _object(**properties: Schema | None) -> Schema:
    """An object of exactly these properties; one that is None here has no legal value and is left out."""
    present = {name: schema for name, schema in properties.items() if schema is not None}
    return {
        "type": "object",
        "properties": present,
        "required": list(present),
        "additionalProperties": False,
    }


def _list(items: Schema, at_least: int = 0) -> Schema:
    return {"type": "array", "items": items} | ({"minItems": at_least} if at_least else {})


def _one_of(values: Sequence[str] | type[Stance | Scheme]) -> Schema:
    return {"type": "string", "enum": [str(value) for value in values]}


def _maybe_one_of(values: Sequence[str]) -> Schema | None:
    return {"anyOf": [_one_of(values), _NULL]} if values else None


def _some_of(values: Sequence[str]) -> Schema | None:
    return _list(_one_of(values)) if values else None
