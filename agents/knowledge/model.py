"""The knowledge base as data: what may be said of a policy, by whom, and on what evidence.

A *concept* is something that a policy text may propose, restrain or talk about. It owns *points* (one
effect on one indicator), *conditions* (what would ease an objection) and *replies* (what answers a point).
The guide for authors is `agents/knowledge/README.md`.
"""

from typing import Annotated, Literal

from pydantic import AfterValidator, BeforeValidator, Field, StringConstraints

from agents.model import Frozen

Name = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{1,39}$")]
"""A lower-case identifier."""

Reference = Annotated[str, StringConstraints(pattern=r"^([a-z][a-z0-9_]*\.)?[a-z][a-z0-9_]{1,39}$")]
"""A name of the same concept, or `concept.name`."""


def _one_or_many(value: object) -> object:
    return (value,) if isinstance(value, str) else value


Variants = Annotated[tuple[str, ...], BeforeValidator(_one_or_many), Field(min_length=1, max_length=4)]
Cues = Annotated[tuple[str, ...], BeforeValidator(_one_or_many)]
"""Patterns in the language of an article; see `agents.knowledge.pattern`."""


def _recognised(value: dict[str, Cues]) -> dict[str, Cues]:
    unknown = sorted(set(value) - {"fr", "en", "es", "ar"})
    if unknown:
        raise ValueError(f"no text is recognised in {', '.join(unknown)}: use fr, en, es, ar")
    return value


CuesByLanguage = Annotated[dict[str, Cues], AfterValidator(_recognised)]


class Both(Frozen):
    """One text in the two languages that are spoken."""

    fr: str = Field(min_length=1)
    en: str = Field(min_length=1)

    def __getitem__(self, language: str) -> str:
        return self.fr if language == "fr" else self.en


class BothVariants(Frozen):
    """One to four equivalent wordings in each of the two languages that are spoken."""

    fr: Variants
    en: Variants

    def __getitem__(self, language: str) -> tuple[str, ...]:
        return self.fr if language == "fr" else self.en


class Label(Frozen):
    """A noun phrase with its article: for indicators and resources."""

    fr: str = Field(min_length=1)
    en: str = Field(min_length=1)
    ar: str = Field(min_length=1)

    def __getitem__(self, language: str) -> str:
        return {"fr": self.fr, "ar": self.ar}.get(language, self.en)


class FrenchNoun(Frozen):
    """`text` with its article ("les centres de données"); `again` a later mention ("ces centres")."""

    text: str = Field(min_length=3)
    again: str = Field(min_length=3)
    gender: Literal["m", "f"]
    number: Literal["s", "p"]


class EnglishNoun(Frozen):
    """`text` as the subject of a sentence ("data centres"); `again` a later mention ("such centres")."""

    text: str = Field(min_length=2)
    again: str = Field(min_length=3)
    number: Literal["s", "p"]


class Noun(Frozen):
    """How a concept is called when it is the subject of a sentence."""

    fr: FrenchNoun
    en: EnglishNoun
    ar: str = Field(min_length=2)


class Acts(Frozen):
    """What a decision-maker does with a concept, as an infinitive clause without subject."""

    build: Both
    restrain: Both


class Measured(Frozen):
    """One indicator of success in one language: what is counted, and in which unit."""

    name: str = Field(min_length=5)
    unit: str = Field(min_length=1)


class Kpi(Frozen):
    """One indicator of success. No number: baselines and targets come from texts and debates."""

    fr: Measured
    en: Measured

    def __getitem__(self, language: str) -> Measured:
        return self.fr if language == "fr" else self.en


class When(Frozen):
    """Limits a point to some recommendations.

    `strength`: only where the text imposes (`mandate`) or only encourages (`incentive`); `all_of`: only
    where these other concepts are recognised in the same recommendation; `none_of`: only where none is.
    """

    strength: Literal["mandate", "incentive"] | None = None
    all_of: tuple[Name, ...] = ()
    none_of: tuple[Name, ...] = ()


class Point(Frozen):
    """One effect of a concept on one indicator.

    `sign` is `+` where building the concept helps what the indicator stands for and `-` where it harms it;
    `weight` (0.1 to 1) says how much. `says` is a verb phrase whose subject is the concept's noun, with
    number marks `{singular|plural}` or, in French, `{m.s.|f.s.|m.pl.|f.pl.}`. `handle` is a nominal phrase
    with its article by which others refer to the point. `cues` tell which spans are evidence for it,
    `counter_cues` which are evidence against. `eased_by` names the conditions that would ease it, best
    first.
    """

    indicator: Name
    sign: Literal["+", "-"]
    weight: float = Field(ge=0.1, le=1.0)
    says: BothVariants
    handle: Both
    cues: CuesByLanguage
    counter_cues: CuesByLanguage = {}
    eased_by: tuple[Reference, ...] = ()
    when: When = When()
    kind: Literal["fact", "value", "cost", "risk", "law", "feasibility"] = "risk"


class Condition(Frozen):
    """What would ease an objection.

    `do` is an infinitive clause without subject and without final stop ("adosser chaque centre à …", "back
    each centre with …"); `handle` a nominal phrase with its article. `met` patterns tell when a
    recommendation asks for it already. `helps` and `hurts` are indicators; `first` says that it must be
    met before the measure starts.
    """

    do: Both
    handle: Both
    met: CuesByLanguage = {}
    helps: tuple[Name, ...] = Field(min_length=1)
    hurts: tuple[Name, ...] = ()
    first: bool = False
    kpi: Kpi | None = None
    owner: Both | None = None


class Reply(Frozen):
    """What answers a point: a full clause without capital and final stop, to follow a colon or "mais".

    `indicators` are those in whose name it is said: a role that cares for one of them may say it. `relation`
    is how it meets the point (`rebut`: the opposite is true; `undercut`: it does not follow; `undermine`:
    what it rests on is weak). `offers` names a condition that goes with it.
    """

    to: Reference
    says: Both
    indicators: tuple[Name, ...] = Field(min_length=1)
    relation: Literal["rebut", "undercut", "undermine"] = "undercut"
    cues: CuesByLanguage = {}
    offers: Reference | None = None


class Concept(Frozen):
    """Something that a policy may build, restrain or talk about, with what can be said of it.

    `kind`: an `object` is built or bought, an `instrument` is a way of governing, a `sector` is where
    something happens, a `goal` is what is wanted. `draws` and `supplies` are resources with an amount from
    1 (some) to 3 (a lot). `talk` marks concepts that only inform or debate, `curbs` those that restrain
    what they are applied to (a tax, a ban, a stricter rule), `generic` ways of governing that any field may
    use and that step back where something more precise is named.
    """

    name: Name
    field: Name
    kind: Literal["object", "instrument", "sector", "goal"]
    talk: bool = False
    curbs: bool = False
    generic: bool = False
    noun: Noun
    acts: Acts
    draws: dict[Name, int] = {}
    supplies: dict[Name, int] = {}
    owner: Both
    kpi: Kpi
    points: dict[Name, Point]
    conditions: dict[Name, Condition] = {}
    replies: dict[Name, Reply] = {}


class Indicator(Frozen):
    """Something that roles value. `label` can be helped or harmed ("l'équilibre du réseau électrique")."""

    label: Label


class Resource(Frozen):
    """Something limited that measures share. `scarce` is false for what use does not use up (data)."""

    label: Label
    scarce: bool = True


class Vocabulary(Frozen):
    """The controlled words that concepts and charters share.

    `implied` names, by direction, the concept that a proposal is about when its first verb says so and no
    term of any such concept does.
    """

    indicators: dict[Name, Indicator]
    resources: dict[Name, Resource]
    implied: dict[Literal["talk"], Name] = {}
