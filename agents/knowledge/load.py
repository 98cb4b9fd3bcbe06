"""Knowledge files, read when they are needed: the terms always, a concept when a text speaks of it."""

from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml
from pydantic import ValidationError

from agents.data import load_yaml
from agents.errors import KnowledgeError
from agents.knowledge.model import Concept, Condition, Vocabulary
from agents.knowledge.pattern import Group, Phrase, parse_group, parse_phrase

FOLDER = Path(__file__).parent
LANGUAGES = ("fr", "en", "es", "ar")


def read_yaml(path: Path) -> dict[str, Any]:
    """The mapping in `path`. Raises KnowledgeError when the file is absent or is not a YAML mapping."""
    try:
        data = load_yaml(path)
    except (OSError, yaml.YAMLError) as error:
        raise KnowledgeError(f"{path.name}: cannot be read: {error}") from error
    if not isinstance(data, dict):
        raise KnowledgeError(f"{path.name}: a mapping was expected")
    return data


def describe(error: ValidationError) -> str:
    """The first thing wrong in a validation error, with its place and value."""
    first = error.errors(include_url=False)[0]
    place = ".".join(str(part) for part in first["loc"])
    return f"{place}: {first['msg']} (value {first['input']!r:.80})"


@lru_cache(maxsize=1)
def vocabulary() -> Vocabulary:
    """Indicators and resources. Raises KnowledgeError when the file does not hold."""
    try:
        return Vocabulary.model_validate(read_yaml(FOLDER / "vocabulary.yaml"))
    except ValidationError as error:
        raise KnowledgeError(f"vocabulary.yaml: {describe(error)}") from error


@lru_cache(maxsize=1)
def _index() -> dict[str, tuple[str, dict[str, str]]]:
    """For each concept that has a file, its field and its terms by language, in alphabetical order."""
    found: dict[str, tuple[str, dict[str, str]]] = {}
    for path in sorted((FOLDER / "terms").glob("*.yaml")):
        for name, terms in read_yaml(path).items():
            if name in found:
                raise KnowledgeError(f"terms/{path.name}: {name} stands in terms/{found[name][0]}.yaml too")
            if (FOLDER / "concepts" / path.stem / f"{name}.yaml").is_file():
                found[name] = (path.stem, terms)
    return dict(sorted(found.items()))


def concept_names() -> tuple[str, ...]:
    """All concepts that can be recognised, in alphabetical order."""
    return tuple(_index())


@lru_cache(maxsize=8)
def frames(language: str) -> dict[str, Group]:
    """The lexicon of how proposals are worded in `language`; empty for a language without one."""
    path = FOLDER / "frames" / f"{language}.yaml"
    if not path.is_file():
        return {}
    return {kind: parse_group(str(written)) for kind, written in read_yaml(path).items()}


@lru_cache(maxsize=512)
def terms(name: str, language: str) -> tuple[Phrase, ...]:
    """The phrases by which `name` is recognised in a text in `language`; empty when there are none."""
    written = _index()[name][1].get(language, "")
    return tuple(parse_phrase(part) for part in str(written).split("|") if part.strip())


@lru_cache(maxsize=8)
def _signs(language: str) -> dict[str, str]:
    path = FOLDER / "signs" / f"{language}.yaml"
    return {name: str(written) for name, written in read_yaml(path).items()} if path.is_file() else {}


@lru_cache(maxsize=512)
def signs(name: str, language: str) -> tuple[Phrase, ...]:
    """Words by which a sentence in `language` is about the matter of concept `name` without naming it."""
    return tuple(parse_phrase(part) for part in _signs(language).get(name, "").split("|") if part.strip())


def _cue_lists(folder: str, language: str) -> dict[str, tuple[str, ...]]:
    path = FOLDER / folder / f"{language}.yaml"
    if not path.is_file():
        return {}
    return {
        name: tuple(part.strip() for part in str(written).split(";") if part.strip())
        for name, written in sorted(read_yaml(path).items())
    }


@lru_cache(maxsize=8)
def patterns(language: str) -> dict[str, tuple[str, ...]]:
    """Cues of words that name a concept together, by concept, for texts in `language`."""
    known = _index()
    return {name: cues for name, cues in _cue_lists("patterns", language).items() if name in known}


@lru_cache(maxsize=8)
def stakes(language: str) -> dict[str, tuple[str, ...]]:
    """Cues of sentences that show an indicator to be at stake, by indicator, for texts in `language`."""
    return _cue_lists("stakes", language)


@lru_cache(maxsize=256)
def concept(name: str) -> Concept:
    """The concept `name` with its points. Raises KnowledgeError when it is unknown or does not hold."""
    if name not in _index():
        raise KnowledgeError(f"unknown concept: {name}", f"known: {', '.join(_index())}")
    field = _index()[name][0]
    path = FOLDER / "concepts" / field / f"{name}.yaml"
    try:
        return Concept.model_validate({"name": name, "field": field, **read_yaml(path)})
    except ValidationError as error:
        raise KnowledgeError(f"concepts/{field}/{name}.yaml: {describe(error)}") from error


def condition_named(reference: str) -> Condition:
    """The condition `concept.name`. Raises KnowledgeError when there is none."""
    owner, _, name = reference.partition(".")
    known = general()[owner] if owner in general() else concept(owner).conditions
    if name not in known:
        raise KnowledgeError(f"unknown condition: {reference}", f"{owner} has {', '.join(known)}")
    return known[name]


def easing_conditions(owner: str, indicator: str) -> tuple[str, ...]:
    """References of the conditions of `general.yaml` under `owner` that help an indicator, in their order."""
    return tuple(f"{owner}.{name}" for name, found in general()[owner].items() if indicator in found.helps)


@lru_cache(maxsize=1)
def general() -> dict[str, dict[str, Condition]]:
    """Conditions that belong to no concept, by what they ease."""
    try:
        return {
            owner: {name: Condition.model_validate(body) for name, body in items.items()}
            for owner, items in read_yaml(FOLDER / "general.yaml").items()
        }
    except ValidationError as error:
        raise KnowledgeError(f"general.yaml: {describe(error)}") from error
