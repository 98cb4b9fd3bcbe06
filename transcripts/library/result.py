"""The JSON objects that commands print about a debate."""

from typing import Any

from agents.argument.model import Argument, Dissent, Ruling
from transcripts.library.record import DebateRecord

_DIGITS = 4


def debate_result(record: DebateRecord) -> dict[str, Any]:
    """What `jemaa debate --json` prints: outcome, grounding, usage and where everything lies."""
    strategy = record.strategy
    return {
        "id": record.id,
        "transcript": str(record.path),
        "strategy_path": str(record.strategy_path),
        "status": record.status,
        "title": record.plan.article.title,
        "article_sha256": record.plan.article.sha256,
        "language": record.plan.language,
        "model": record.plan.model,
        "roles": [charter.name for charter in record.plan.charters],
        "rounds": record.plan.rounds,
        "rule": record.plan.rule,
        "rulings": [ruling_result(ruling) for ruling in record.rulings],
        "priorities": list(strategy.priorities) if strategy else [],
        "grounding": record.grounding.model_dump(mode="json"),
        "usage": record.usage.model_dump(mode="json"),
        "seconds": record.seconds,
    }


def show_result(record: DebateRecord) -> dict[str, Any]:
    """What `jemaa show --json` prints: `debate_result`, and everything that was said and written."""
    strategy = record.strategy
    return debate_result(record) | {
        "began": record.began,
        "parent": record.parent.model_dump(mode="json") if record.parent else None,
        "chair": [
            {"before": given.before, "act": given.act.model_dump(mode="json")} for given in record.chair
        ],
        "unanswered": list(record.unanswered),
        "recommendations": [item.model_dump(mode="json") for item in record.plan.recommendations],
        "speeches": [
            speech.model_dump(mode="json", exclude={"arguments"})
            | {"arguments": [argument.id for argument in speech.arguments]}
            for speech in record.speeches
        ],
        "arguments": [argument_result(argument) for argument in record.arguments],
        "moves": [move.model_dump(mode="json", by_alias=True) for move in record.moves],
        "dissents": [dissent_result(dissent) for ruling in record.rulings for dissent in ruling.dissents],
        "reasons": {
            ruled.ruling.recommendation: [reason.model_dump(mode="json") for reason in ruled.reasons]
            for ruled in record.heard
        },
        "tensions": [tension.model_dump(mode="json") for tension in strategy.tensions] if strategy else [],
        "document": strategy.model_dump(mode="json", exclude={"rulings", "minority", "tensions"})
        if strategy
        else {"measures": []},
    }


def ruling_result(ruling: Ruling) -> dict[str, Any]:
    """One ruling; strengths and margins to four digits."""
    data = ruling.model_dump(mode="json")
    return data | {
        "strength": _rounded(ruling.strength),
        "dfquad": _rounded(ruling.dfquad),
        "euler": _rounded(ruling.euler),
        "margin": {test: _rounded(margin) for test, margin in ruling.margin.items()},
        "dissents": [dissent_result(dissent) for dissent in ruling.dissents],
    }


def argument_result(argument: Argument) -> dict[str, Any]:
    """One argument; `strength` is None while its recommendation is not ruled on."""
    data = argument.model_dump(mode="json")
    return data | {"base": _rounded(argument.base), "strength": _rounded(argument.strength)}


def dissent_result(dissent: Dissent) -> dict[str, Any]:
    """One surviving objection."""
    data = dissent.model_dump(mode="json")
    return data | {"strength": _rounded(dissent.strength), "dfquad": _rounded(dissent.dfquad)}


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, _DIGITS)
