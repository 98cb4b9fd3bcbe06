"""References: what came of the debates of a suite when somebody last agreed to it. Small, readable YAML."""

import sys
from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Any

import yaml
from pydantic import ValidationError

from agents.errors import SuiteError
from agents.model import Frozen
from transcripts.compare.outcome import Outcome, outcome_of
from transcripts.log.whole import write_whole
from transcripts.regress.check import uncovered, unfaithful
from transcripts.regress.hold import Held
from transcripts.regress.load import SHIPPED_SUITES, SuiteFile
from transcripts.regress.marked import Marked, read_marked

LARGEST = 20_000_000
_ONE_LINE = 90
_VERSION = 1


class Quality(Frozen):
    """What must not get worse: all of these count defects."""

    unverified: int = 0
    failed: int = 0
    uncovered: int = 0
    unfaithful: int = 0


class TrialReference(Frozen):
    """The outcome of one debate, its defects, and a mark of each turn (`Mark`, as text) by address."""

    seed: int | None = None
    repeat: int = 1
    quality: Quality
    outcome: Outcome
    turns: dict[str, str]


class References(Frozen):
    """What a reference file holds: for each case, its debates."""

    reference: int = _VERSION
    suite: str
    cases: dict[str, tuple[TrialReference, ...]] = {}

    def of(self, case: str, seed: int | None, repeat: int) -> TrialReference | None:
        """The reference of one debate, if there is one."""
        return next(
            (one for one in self.cases.get(case, ()) if (one.seed, one.repeat) == (seed, repeat)), None
        )


def store_of(file: SuiteFile) -> Path:
    """The folder in which references and recordings of a suite lie: its own; for a shipped one, ./suites."""
    return Path("suites") if file.folder == SHIPPED_SUITES else file.folder


def reference_path(file: SuiteFile) -> Path:
    """Where the reference of a suite lies."""
    return store_of(file) / "references" / f"{file.path.stem}.yaml"


def recordings_of(file: SuiteFile) -> Path:
    """The folder of a suite's recordings."""
    return store_of(file) / "recordings" / file.path.stem


def reference_of(held: Held, seed: int | None, repeat: int) -> TrialReference:
    """What is kept of a debate that was held."""
    record = held.record
    outcome = outcome_of(record)
    effort = {name: value for name, value in outcome.effort.items() if name != "seconds" and value}
    return TrialReference(
        seed=seed,
        repeat=repeat,
        quality=Quality(
            unverified=record.grounding.unverified,
            failed=record.usage.failed,
            uncovered=len(uncovered(record)),
            unfaithful=unfaithful(record),
        ),
        outcome=outcome.model_copy(update={"effort": effort}),
        turns={address: str(mark) for address, mark in held.marks.items()},
    )


def read_references(file: SuiteFile) -> References | None:
    """The reference of a suite; None when nobody has agreed to one yet. Raises SuiteError for one that is damaged."""
    path = reference_path(file)
    if not path.exists():
        return None
    marked: Marked = read_marked(path, largest=LARGEST)
    try:
        found = References.model_validate(marked.data)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        place = ".".join(str(step) for step in first["loc"])
        raise marked.error(first["loc"], f"{place}: {first['msg']}.", _AGAIN) from error
    if found.reference != _VERSION:
        raise marked.error(("reference",), f"version {found.reference} is not known here.", _AGAIN)
    return found


_AGAIN = "Take a new reference with --accept."


def write_references(file: SuiteFile, references: References) -> Path:
    """Write the reference of a suite; returns where. Raises SuiteError when it cannot be written."""
    path = reference_path(file)
    data = references.model_dump(mode="json", by_alias=True, exclude_defaults=True)
    head = f"# What came of the suite {path.stem} when it was last accepted: jemaa regress --accept\n"
    body = yaml.dump(
        {"reference": _VERSION, **data},
        Dumper=_Dumper,
        sort_keys=False,
        allow_unicode=True,
        width=sys.maxsize,
    )
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        write_whole(path, (head + body).encode())
    except OSError as error:
        raise SuiteError(f"{path} cannot be written: {error.strerror}.") from error
    return path


def merged(
    old: References | None, suite: str, new: Mapping[str, tuple[TrialReference, ...]], *, known: set[str]
) -> References:
    """The old reference with the cases that were held now replaced, and those left out that the suite dropped."""
    kept = {} if old is None else {name: held for name, held in old.cases.items() if name in known}
    return References(suite=suite, cases=kept | dict(new))


class _Dumper(yaml.SafeDumper):
    """One line for each text and for each short record, so that a changed one is seen in a diff; no aliases."""

    def ignore_aliases(self, data: Any) -> bool:
        return True

    def represent_dict(self, data: Any) -> yaml.MappingNode:
        return self.represent_mapping("tag:yaml.org,2002:map", data, flow_style=_is_short(data.values()))

    def represent_list(self, data: Any) -> yaml.SequenceNode:
        return self.represent_sequence("tag:yaml.org,2002:seq", data, flow_style=_is_plain(data))


_Dumper.add_representer(dict, _Dumper.represent_dict)
_Dumper.add_representer(list, _Dumper.represent_list)


def _is_short(values: Collection[Any]) -> bool:
    return _is_plain(values) and sum(len(str(value)) for value in values) <= _ONE_LINE


def _is_plain(values: Collection[Any]) -> bool:
    """Whether nothing in it has parts of its own."""
    return not any(isinstance(value, dict | list) and value for value in values)
