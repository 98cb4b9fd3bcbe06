"""What a document is made from, and the small pieces that all its sections are made of."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from agents.argument.model import CHAIR, Argument, Condition, Dissent, Ground, Ruling, Speech
from agents.argument.words import worded
from agents.article.model import Span
from agents.debate.course import known_facts
from agents.debate.document import Measure, Sentence, Strategy
from agents.debate.event import Ruled
from agents.debate.grounded import grounds_of
from agents.debate.plan import DebatePlan
from agents.roles.model import Fact, in_language
from transcripts.export.labels import Labels, labels
from transcripts.export.text import escape, plain, typeset

Block = str
"""A paragraph, heading, list, table or fence; blocks are separated by empty lines."""


ATTACKS = frozenset({"rebut", "undercut", "undermine"})


@dataclass(frozen=True)
class Material:
    """A finished debate, with the words of the language that it was held in."""

    plan: DebatePlan
    strategy: Strategy
    heard: Sequence[Ruled]

    @cached_property
    def labels(self) -> Labels:
        """The words of the document."""
        return labels(self.plan.language)

    @cached_property
    def speeches(self) -> tuple[Speech, ...]:
        """Every speech, strengths filled in."""
        return tuple(speech for ruled in self.heard for speech in ruled.speeches)

    @cached_property
    def arguments(self) -> dict[str, Argument]:
        """Every argument by id."""
        return {argument.id: argument for speech in self.speeches for argument in speech.arguments}

    @cached_property
    def against(self) -> tuple[Argument, ...]:
        """Every objection, in the order of speaking: against a recommendation, or against what favours it."""
        found: dict[str, Argument] = {}
        for argument in self.arguments.values():
            attacked = (target.argument for target in argument.targets if target.relation in ATTACKS)
            if argument.side == "against" or any(name not in found for name in attacked):
                found[argument.id] = argument
        return tuple(found.values())

    @cached_property
    def conditions(self) -> dict[str, Condition]:
        """Every condition that was put on the table, by id."""
        return {condition.id: condition for speech in self.speeches for condition in speech.conditions}

    @cached_property
    def rulings(self) -> dict[str, Ruling]:
        """Every ruling by recommendation."""
        return {ruled.ruling.recommendation: ruled.ruling for ruled in self.heard}

    @cached_property
    def measures(self) -> dict[str, Measure]:
        """Every measure by recommendation."""
        return {measure.recommendation: measure for measure in self.strategy.measures}

    @cached_property
    def spans(self) -> dict[str, Span]:
        """Every span of the article by id."""
        return {span.id: span for span in self.plan.article.spans}

    @cached_property
    def facts(self) -> dict[str, Fact]:
        """Every outside fact that could be cited, by id, those that the chair brought included."""
        return known_facts(self.plan, self.speeches)

    @cached_property
    def cited(self) -> tuple[str, ...]:
        """The spans and facts that verified grounds and the document's sentences rest on, sorted."""
        found = {ground.id for ground in self.verified_grounds()} | set(_rests_on(self.strategy.model_dump()))
        found |= set(_rests_on([ruled.model_dump(include={"reasons", "measure"}) for ruled in self.heard]))
        return tuple(in_order(name for name in found if name in self.spans or name in self.facts))

    def verified_grounds(self) -> Iterable[Ground]:
        """The grounds that passed the gate, arguments as grounds left out."""
        for ground in grounds_of(self.speeches):
            if ground.kind != "argument" and ground.status != "unverified":
                yield ground

    def role(self, name: str) -> str:
        """The title of a role, escaped."""
        return escape(self.title_of(name))

    def title_of(self, role: str) -> str:
        """The title of a role as it is written in its charter."""
        for charter in self.plan.charters:
            if charter.name == role:
                return in_language(charter.title, self.plan.language)
        return self.labels("the_chair") if role == CHAIR else role

    def roles(self, names: Iterable[str]) -> str:
        """Several roles by their titles, or the word for none."""
        return self.labels("comma").join(self.role(name) for name in names) or self.labels("none")

    def prose(self, text: str) -> str:
        """A text in the debate's language, escaped and well set."""
        return typeset(escape(text), self.plan.language)

    def code(self, code: str) -> str:
        """A computed warning, disagreement or note in words; the code itself if it has none."""
        titles = {
            charter.name: in_language(charter.title, self.plan.language) for charter in self.plan.charters
        }
        try:
            return self.prose(worded(code, self.plan.language, titles))
        except KeyError:
            return self.prose(code)

    def cite(self, names: Iterable[str]) -> str:
        """References to what stands elsewhere in the document; what does not is named without a link."""
        known = self.anchors
        return " ".join(
            f"[{name}]" if name in known else f"\\[{escape(name)}\\]" for name in dict.fromkeys(names)
        )

    @cached_property
    def anchors(self) -> frozenset[str]:
        """Every id that the document holds a target for."""
        recommendations = (item.id for item in self.plan.recommendations)
        names = {*recommendations, *self.arguments, *self.conditions, *self.cited}
        # An id with other characters could break out of a link; nothing of ours mints one.
        return frozenset(
            name for name in names if name.replace(".", "").replace("-", "").replace("_", "").isalnum()
        )

    def anchor(self, name: str) -> str:
        """The target of references to `name`."""
        return f'<a id="{name.lower()}"></a>' if name in self.anchors else ""

    def sentences(self, given: Sequence[Sentence]) -> list[Block]:
        """Sentences as one paragraph, each with what it rests on; nothing when there are none."""
        said = [f"{self.prose(one.text)} {self.cite(one.rests_on)}".strip() for one in given]
        return [" ".join(said)] if said else []

    def listed(self, given: Sequence[Sentence]) -> list[Block]:
        """Sentences as a list, each with what it rests on; nothing when there are none."""
        said = [f"{self.prose(one.text)} {self.cite(one.rests_on)}".strip() for one in given]
        return [bullets(said)] if said else []

    def pair(self, name: str, value: str) -> str:
        """A name in bold and what is said under it."""
        return self.labels("pair", name=f"**{name}**", value=value)

    def dissents(self, recommendation: str) -> list[Dissent]:
        """The objections that were maintained on a recommendation."""
        return [dissent for dissent in self.strategy.minority if dissent.recommendation == recommendation]

    def objection(self, dissent: Dissent) -> str:
        """An objection in its author's words, with the argument that made it."""
        made_by = self.cite([dissent.argument]) if dissent.argument else ""
        return f"{self.prose(dissent.objection)} {made_by}".strip()

    def title(self, recommendation: str) -> str:
        """What a recommendation is called: its measure's title, else the beginning of its own words."""
        measure = self.measures.get(recommendation)
        if measure is not None:
            return self.prose(measure.title)
        text = next(
            (item.text for item in self.plan.recommendations if item.id == recommendation), recommendation
        )
        return self.prose(shortened(text, 110))


def shortened(text: str, length: int) -> str:
    """The beginning of a text, cut between words."""
    text = plain(text)
    if len(text) <= length:
        return text
    return f"{text[:length].rsplit(' ', 1)[0].rstrip(' ,;:.')}…"


def bullets(items: Iterable[str]) -> Block:
    """A list."""
    return "\n".join(f"- {item}" for item in items)


def table(header: Sequence[str], rows: Iterable[Sequence[str]], numbers: Sequence[int] = ()) -> Block:
    """A table; the columns `numbers` are set to the right. Cells are Markdown already."""
    rules = ("---:" if column in numbers else "---" for column in range(len(header)))
    lines = [header, list(rules), *rows]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines)


def fields(pairs: Iterable[tuple[str, str]]) -> Block:
    """A table of two columns, name and value; pairs without a value are left out."""
    return table(("", ""), [(f"**{name}**", value) for name, value in pairs if value])


def _rests_on(value: object) -> Iterable[str]:
    if isinstance(value, dict):
        for key, item in value.items():
            if key in {"rests_on", "evidence"}:
                yield from (str(name) for name in item)
            else:
                yield from _rests_on(item)
    elif isinstance(value, list | tuple):
        for item in value:
            yield from _rests_on(item)


def in_order(names: Iterable[str]) -> list[str]:
    """Ids by their letters, then by their numbers: A1.2 before A1.10."""
    return sorted(
        names, key=lambda name: [(piece.isdigit(), piece.zfill(9)) for piece in re.split(r"(\d+)", name)]
    )
