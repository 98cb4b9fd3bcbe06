"""From a suite to the debates that it asks for, each with an id that follows from what defines it."""

import hashlib
import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import product
from pathlib import Path, PurePath
from typing import NamedTuple

from agents.article.model import Article
from agents.article.read import BUNDLED_NAME, Place, bundled_data, pick, understand, with_recommendations
from agents.backends.speakers import OFFLINE, without_folder
from agents.debate.plan import DebatePlan, Language, debate_language
from agents.errors import InputError, SuiteError
from agents.model import Frozen
from agents.roles.load import choose, load_charters
from agents.roles.model import Charter
from transcripts.log.blobs import canonical, digest
from transcripts.log.names import slug
from transcripts.regress.disturb import Variant, disturbed, variants
from transcripts.regress.expectation import Expectations
from transcripts.regress.load import SuiteFile
from transcripts.regress.suite import BUNDLED, SHIPPED, ArticleEntry

_ID_DIGITS = 10
_LONGEST_NAME = 100


class Case(Frozen):
    """One configuration of a suite: an article debated in one way, held once for each seed and repeat.

    `article` is a file, None for the bundled brief; `charters` and `prompts` are folders, None for what ships.
    `variant` is how a probe disturbs it, and `baseline` then the case that is not disturbed. `line` is where
    the suite speaks of it.
    """

    suite: str
    name: str
    article: Path | None
    recommendations: tuple[str, ...] | None
    add: tuple[str, ...]
    roles: tuple[str, ...] | None
    charters: Path | None
    prompts: Path | None
    model: str
    role_models: dict[str, str]
    fallbacks: tuple[str, ...]
    context: int | None
    language: Language | None
    rounds: int
    rule: str
    seeds: tuple[int | None, ...]
    repeats: int
    expect: Expectations
    variant: Variant | None = None
    baseline: str | None = None
    line: int = 1

    @property
    def offline(self) -> bool:
        """True when no language model speaks: such a case is argued anew in every mode."""
        return self.model == OFFLINE and all(model == OFFLINE for model in self.role_models.values())


class Trial(NamedTuple):
    """One debate of a case: its plan, its id, and what the article was read from."""

    case: Case
    seed: int | None
    repeat: int
    id: str
    plan: DebatePlan
    source: bytes


def cases_of(file: SuiteFile) -> tuple[Case, ...]:
    """Every case of a suite, in its order: articles, then models, prompts, charters, then probes of each.

    Raises SuiteError, naming file and line, for names that stand twice and folders that are not there.
    """
    return tuple(_named_once(file, list(_cases(file))))


def trials_of(file: SuiteFile, case: Case) -> tuple[Trial, ...]:
    """The debates of a case, by seed and repeat.

    Raises SuiteError, naming file and line, when article, recommendations, roles or charters do not hold.
    """
    try:
        plan, source = _plan(case)
        expected = {
            *case.expect.decisions,
            *case.expect.statuses,
            *case.expect.stances,
            *case.expect.strength,
        }
        here = {recommendation.id for recommendation in plan.recommendations}
        if case.variant is None and (unknown := sorted(expected - here)):
            raise SuiteError(
                f"{unknown[0]} is expected, and {case.name} does not debate it.",
                f"It debates {', '.join(sorted(here, key=lambda name: int(name[1:])))}.",
            )
    except InputError as error:
        message = f"{file.path}:{case.line}: {case.name}: {error.message}"
        raise SuiteError(message, error.hint) from error
    return tuple(
        Trial(case, seed, repeat, debate_id(case, seeded, seed, repeat), seeded, source)
        for seed in case.seeds
        for seeded in [plan.model_copy(update={"seed": seed})]
        for repeat in range(1, _held(case, plan) + 1)
    )


def debate_id(case: Case, plan: DebatePlan, seed: int | None, repeat: int) -> str:
    """The id of a debate: case, seed and repeat in words, and a hash of all that defines it.

    That is article, recommendations, roles, models, rules, prompts, seed, repeat and probe; never places, times or
    what the program makes of them.
    """
    defined = {
        "article": plan.article.sha256,
        "recommendations": [[one.id, one.text] for one in plan.recommendations],
        "charters": [digest(canonical(one.model_dump(mode="json")).encode()) for one in plan.charters],
        "prompts": None if case.prompts is None else case.prompts.name,
        "models": [without_folder(plan.model), *map(without_folder, plan.fallbacks)],
        "role_models": {role: without_folder(model) for role, model in plan.role_models.items()},
        "language": plan.language,
        "rounds": plan.rounds,
        "rule": plan.rule,
        "context": case.context,
        "variant": None if case.variant is None else case.variant.model_dump(mode="json"),
        "seed": seed,
        "repeat": repeat,
    }
    short = hashlib.sha256(canonical(defined).encode()).hexdigest()[:_ID_DIGITS]
    parts = [_in_file_names(case.name)]
    parts += [] if seed is None else [f"s{seed}"]
    parts += [] if repeat == 1 else [f"r{repeat}"]
    return "-".join([*parts, short])


def _in_file_names(name: str) -> str:
    """A case's name in letters, digits and hyphens; a long one is cut and ends with a hash of the whole."""
    plain = "-".join(re.findall(r"[a-z0-9]+", name.lower())) or "case"
    if len(plain) <= _LONGEST_NAME:
        return plain
    return f"{plain[:_LONGEST_NAME]}-{hashlib.sha256(name.encode()).hexdigest()[:_ID_DIGITS]}"


def _cases(file: SuiteFile) -> Iterator[Case]:
    suite = file.suite
    axes = suite.matrix
    models = axes.models or (suite.model,)
    prompts = axes.prompts or (suite.prompts,)
    charters = axes.charters or (suite.charters,)
    seeds: tuple[int | None, ...] = axes.seeds or suite.seeds or (None,)
    for number, entry in enumerate(suite.articles):
        article = _article_place(file, entry, number)
        for model, prompt, charter in product(models, prompts, charters):
            varied = [
                _part_of_name(value)
                for value, axis in ((model, models), (prompt, prompts), (charter, charters))
                if len(axis) > 1
            ]
            case = Case(
                suite=file.name,
                name="/".join([_article_name(entry), *varied]),
                article=article,
                recommendations=entry.recommendations,
                add=entry.add,
                roles=suite.roles,
                charters=_folder(file, charter, "charters"),
                prompts=_folder(file, prompt, "prompts"),
                model=_model(file, model),
                role_models={role: _model(file, name) for role, name in suite.role_models.items()},
                fallbacks=tuple(_model(file, name) for name in suite.fallbacks),
                context=suite.context,
                language=entry.language or suite.language,
                rounds=suite.rounds,
                rule=suite.rule,
                seeds=seeds,
                repeats=suite.repeats,
                expect=entry.expect.over(suite.expect),
                line=file.marked.line(("articles", number)),
            )
            yield case
            yield from _probed(file, case)


def _probed(file: SuiteFile, case: Case) -> Iterator[Case]:
    """The case under each probe; only what is expected of sensitivity holds for it."""
    if not file.suite.probes:
        return
    plan = trials_of(file, case)[0].plan
    roles = [charter.name for charter in plan.charters]
    recommendations = [recommendation.id for recommendation in plan.recommendations]
    for number, probe in enumerate(file.suite.probes):
        if probe.leave_out and len(roles) == 1:
            raise file.marked.error(("probes", number), "nobody is left when the only role is left out.")
        for variant in variants(probe, roles, recommendations):
            yield case.model_copy(
                update={
                    "name": f"{case.name}/{variant.name}",
                    "variant": variant,
                    "baseline": case.name,
                    "expect": Expectations(sensitivity=case.expect.sensitivity),
                    "line": file.marked.line(("probes", number)),
                }
            )


def _named_once(file: SuiteFile, cases: list[Case]) -> Iterator[Case]:
    taken: set[str] = set()
    for case in cases:
        if case.name in taken:
            raise SuiteError(
                f"{file.path}:{case.line}: two cases are called {case.name!r}.",
                "Give articles, folders and probes names of their own (name: …).",
            )
        taken.add(case.name)
        yield case


def _article_name(entry: ArticleEntry) -> str:
    if entry.name:
        return entry.name
    return "brief" if entry.path == BUNDLED else slug(PurePath(entry.path).stem) or "article"


def _part_of_name(value: str) -> str:
    """A model or folder as a part of a case's name: a path by its last step, blanks and colons kept out."""
    kind, colon, name = value.partition(":")
    short = f"{kind}{colon}{PurePath(name).stem}" if kind == "gguf" else value
    return PurePath(short).name.replace(":", "-").replace(" ", "-")


def _article_place(file: SuiteFile, entry: ArticleEntry, number: int) -> Path | None:
    if entry.path == BUNDLED:
        return None
    if "://" in entry.path:
        raise file.marked.error(
            ("articles", number),
            f"{entry.path[:80]} is an address; regression runs read files only.",
            "Save the article beside the suite and give its path.",
        )
    path = file.folder / Path(entry.path).expanduser()
    if not path.is_file():
        raise file.marked.error(
            ("articles", number, "path"),
            f"there is no article {entry.path[:80]!r} at {path}.",
            f"Give a file, as seen from the suite, or {BUNDLED!r}.",
        )
    return path


def _folder(file: SuiteFile, place: str, what: str) -> Path | None:
    if place == SHIPPED:
        return None
    path = file.folder / Path(place).expanduser()
    if not path.is_dir():
        raise file.marked.error(
            (what,), f"there is no folder {place[:80]!r} at {path}.", f"Give a folder, or {SHIPPED!r}."
        )
    return path


def _model(file: SuiteFile, name: str) -> str:
    """The model as typed; a model file is found from where the suite lies."""
    kind, _, path = name.partition(":")
    return f"{kind}:{file.folder / Path(path).expanduser()}" if kind == "gguf" else name


def _held(case: Case, plan: DebatePlan) -> int:
    """How often a debate is held: a single agent speaks as often as all roles in all rounds together.

    One that argues by rules says the same every time.
    """
    if case.variant is None or case.variant.kind != "single_agent" or case.offline:
        return case.repeats
    return case.repeats * len(_charters(case)) * case.rounds


def _charters(case: Case) -> tuple[Charter, ...]:
    known = load_charters(case.charters)
    return choose(known, list(known) if case.roles is None else case.roles)


def _plan(case: Case) -> tuple[DebatePlan, bytes]:
    data = bundled_data() if case.article is None else case.article.read_bytes()
    name = BUNDLED_NAME if case.article is None else case.article.name
    variant = case.variant
    inserted = (variant.at, variant.text) if variant is not None and variant.at and variant.text else None
    article = with_recommendations(_understood(data, name, inserted), case.add)
    if case.recommendations is not None:
        article = pick(article, case.recommendations)
    if not article.recommendations:
        raise InputError(
            f"{name} recommends nothing that could be debated.", 'Add a recommendation with: add: ["…"]'
        )
    plan = DebatePlan(
        article=article,
        recommendations=article.recommendations,
        charters=_charters(case),
        language=debate_language(article, case.language)[0],
        rounds=case.rounds,
        rule=case.rule,
        model=case.model,
        role_models=case.role_models,
        fallbacks=case.fallbacks,
        context=case.context,
    )
    return plan if variant is None else disturbed(plan, variant), data


@lru_cache(maxsize=8)
def _understood(data: bytes, name: str, inserted: tuple[Place, str] | None) -> Article:
    return understand(data, name, inserted=inserted)
