"""The strategy on one long page: what was decided, by whom, why, and what is to be done."""

from collections.abc import Iterator
from pathlib import Path

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.rule import Rule
from rich.text import Text

from agents.debate.document import Kpi, Measure, Strategy
from transcripts.library.record import DebateRecord
from tui.labels import Labels
from tui.present.ruling import headline, holdings
from tui.present.stances import matrix
from tui.present.words import first_line, grid, styled, told, words
from tui.state import DebateState


def summary(state: DebateState) -> RenderableType:
    """The strategy of a finished debate, for the commands and for the app."""
    strategy = state.strategy
    if strategy is None:
        return styled(words(state)("not_written"))
    return Group(*_parts(strategy, state))


def outcome(state: DebateState, record: DebateRecord) -> RenderableType:
    """The strategy, and where it and its transcript lie."""
    label = words(state)
    places = {label("transcript"): record.path}
    if record.strategy:
        places[label("strategy")] = record.strategy_path
    return Group(summary(state), "", *(_place(name, path) for name, path in places.items()))


def _place(name: str, path: Path) -> Text:
    """A path in one piece, however long, so that it can be copied."""
    line = styled((f"{name:13}  ", "dim"), str(path))
    line.no_wrap, line.overflow = True, "ignore"
    return line


def _parts(strategy: Strategy, state: DebateState) -> Iterator[RenderableType]:
    label = words(state)
    yield styled((strategy.title, "bold"))
    yield heading(strategy, state)
    yield _rule(label("decisions"))
    yield matrix(state)
    for ruling in strategy.rulings:
        yield Padding(headline(ruling, state), (1, 0, 0, 0))
        yield Padding(styled((state.recommendations.get(ruling.recommendation, ""), "italic")), (0, 0, 0, 4))
        yield Padding(holdings(ruling, state, replies=False), (0, 0, 0, 4))
    if not strategy.minority:
        yield Padding(styled((label("no_dissent"), "yellow")), (1, 0, 0, 0))
    yield _rule(label("priorities"))
    yield priorities(strategy, state)
    if strategy.tensions:
        yield _rule(label("tensions"))
        for tension in strategy.tensions:
            yield styled(tension.text)
    yield _rule(label("measures"))
    for measure in strategy.measures:
        yield Padding(styled((f"{measure.id}  {measure.title}", "bold")), (1, 0, 0, 0))
        yield Padding(styled(measure.adopted_wording), (0, 0, 0, 4))
        yield Padding(sheet(measure, label), (0, 0, 0, 4))


def heading(strategy: Strategy, state: DebateState) -> RenderableType:
    """What the strategy is about and who argued."""
    label = words(state)
    date = f", {label.document.date(strategy.as_of)}" if strategy.as_of else ""
    embedded = strategy.model == "offline"
    model = label("embedded") if embedded else label("model", model=strategy.model)
    quotes = label("quotes", **strategy.grounding.model_dump())
    return grid(
        [
            (
                label("on"),
                styled(f"{strategy.article_title}{date} (sha256 {strategy.article_sha256[:12]})"),
            ),
            (
                label("debaters"),
                styled(f"{model}{label('colon')}{', '.join(map(state.role_title, strategy.roles))}"),
            ),
            (label("by_rule"), styled(label.document.rule.get(strategy.rule, strategy.rule))),
            (label("grounding"), styled(quotes)),
        ]
    )


def priorities(strategy: Strategy, state: DebateState) -> RenderableType:
    """The order of priorities with each recommendation's own words."""
    ranks = enumerate(strategy.priorities, 1)
    rows = [(f"{rank}. {name}", first_line(state.recommendations.get(name, ""))) for rank, name in ranks]
    return grid([*rows, *(("", styled((told(note, state), "dim"))) for note in strategy.priority_notes)], 6)


def sheet(measure: Measure, label: Labels) -> RenderableType:
    """What a measure needs: owner, period, cost, indicator."""
    return grid(
        [
            (label("owner"), styled(measure.owner)),
            (label("period"), styled(measure.period)),
            (label("cost"), styled(label.document.band[measure.budget_band])),
            (label("kpi"), kpi_line(measure.kpi, label)),
        ]
    )


def kpi_line(kpi: Kpi, label: Labels) -> Text:
    """An indicator of success with what is known of where it stands and where it should go."""
    unit = f" ({kpi.unit})" if kpi.unit else ""
    baseline = kpi.baseline or label("baseline_missing")
    target = f"; {label('target')}{label('colon')}{kpi.target}" if kpi.target else ""
    year = f" ({kpi.year})" if kpi.target and kpi.year else ""
    return styled(f"{kpi.name}{unit}{label('colon')}{baseline}{target}{year}")


def _rule(title: str) -> RenderableType:
    return Padding(Rule(styled((title, "bold")), style="dim", align="left"), (1, 0, 0, 0))
