"""A charter as a reader would want it: whom the role speaks for, what it weighs, what it never accepts."""

from collections.abc import Iterator

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.text import Text

from agents.knowledge.load import vocabulary
from agents.roles.model import Charter, Fact
from tui.labels import Labels, labels
from tui.present.words import grid, named, styled
from tui.state import title_in

BAR = 10
MUCH = 0.8


def charter_sheet(charter: Charter, language: str) -> RenderableType:
    """The whole charter in one language."""
    label = labels(language)
    name = styled((title_in(charter.title, language), "bold"), (f"  {charter.name}", "dim"))
    if charter.weight != 1:
        name.append_text(styled(f"  {label('weight')} {charter.weight:g}"))
    mission = styled(title_in(charter.mission, language))
    return Group(
        name, Padding(mission, (0, 0, 1, 4)), Padding(grid(_rows(charter, language, label)), (0, 0, 1, 4))
    )


def _rows(charter: Charter, language: str, label: Labels) -> Iterator[tuple[str, Text]]:
    yield from named(label("cares_for"), _indicators(charter, language))
    yield from named(label("maxims"), _maxims(charter, language))
    red_lines = (
        styled(title_in(line.text, language), (f"  ({line.id})", "dim")) for line in charter.red_lines
    )
    yield from named(label("red_lines"), red_lines)
    yield from named(label("facts"), (_fact(fact, language) for fact in charter.facts))


def _indicators(charter: Charter, language: str) -> Iterator[Text]:
    known = vocabulary().indicators
    for name, care in sorted(charter.indicators.items(), key=lambda item: -item[1]):
        bar = "■" * round(care * BAR)
        text = known[name].label[language] if name in known else name
        yield styled((f"{bar:<{BAR}}", "cyan"), f" {care:.1f}  {text}")


def _maxims(charter: Charter, language: str) -> Iterator[Text]:
    """One wording of what it says about each thing that it cares for most."""
    for name, variants in charter.maxims.items():
        if charter.indicators.get(name, 0) >= MUCH:
            yield styled(
                next(iter(variants.get(language) or variants.get("en") or next(iter(variants.values()))))
            )


def _fact(fact: Fact, language: str) -> Text:
    return styled(
        (fact.id, "bold"), f" {title_in(fact.text, language)}", (f"  {fact.source}, {fact.as_of}", "dim")
    )
