"""The chamber: one debate on the screen, live or saved."""

from collections.abc import AsyncGenerator, Callable
from contextlib import aclosing
from pathlib import Path
from typing import TYPE_CHECKING

from rich.text import Text
from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal, Vertical
from textual.widgets import Footer, Static, Tab, Tabs

from agents.debate.event import Event
from agents.errors import JemaaError
from transcripts.library.record import read_record
from tui.app.page import Page
from tui.app.widgets.agenda import Agenda
from tui.app.widgets.panel import Panel
from tui.present.hearing import ruling, speeches
from tui.present.speech import retry_lines
from tui.present.stances import matrix
from tui.present.summary import summary
from tui.present.words import styled, words
from tui.settings import Settings
from tui.state import DebateState

if TYPE_CHECKING:
    from tui.convene import Convened

VIEWS = ("speeches", "stances", "ruling", "strategy")
REFRESH = 1 / 20
"""Seconds between two looks at the state; however many events come, the screen is drawn no more often."""

Events = Callable[[], AsyncGenerator[Event, None]]


class Chamber(Page[None]):
    """Shows `state`; when `events` are given, they are followed and fed into it."""

    BINDINGS = [
        *(Binding(str(number), f"view('{name}')", show=False) for number, name in enumerate(VIEWS, 1)),
        Binding("n", "step(1)", "Next"),
        Binding("p", "step(-1)", "Previous"),
        Binding("tab", "app.focus_next", "Scroll", show=True),
    ]
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (140, "-wide")]

    def __init__(self, state: DebateState, events: Events | None = None) -> None:
        super().__init__()
        self.state = state
        self.events = events
        self.chosen = next(iter(state.recommendations), "")
        self.view = VIEWS[0]
        self._drawn: object = None

    def compose(self) -> ComposeResult:
        """The title, the agenda at the left, the views at the right."""
        label = words(self.state)
        yield Static(id="title", markup=False)
        with Horizontal():
            yield Agenda("agenda")
            with Vertical():
                yield Tabs(*(Tab(f"{number} {label(name)}", id=name) for number, name in enumerate(VIEWS, 1)))
                with Horizontal():
                    for name in VIEWS:
                        yield Panel(name)
        yield Footer()

    def on_mount(self) -> None:
        """Start to follow the debate, if it is live."""
        self.query_one(Tabs).can_focus = False
        self.query_one(Agenda).focus()
        self.action_view(self.view)
        self.draw()
        self.set_interval(REFRESH, self.draw)
        if self.events is not None:
            self.follow(self.events)

    @work(exclusive=True)
    async def follow(self, events: Events) -> None:
        """Feed what happens into the state until the debate is over."""
        try:
            async with aclosing(events()) as happening:
                async for event in happening:
                    self.state.apply(event)
        except JemaaError as error:
            self.state.stop(error)
            self.query_one("#title").add_class("-stopped")

    @on(Agenda.Chosen)
    def _choose(self, message: Agenda.Chosen) -> None:
        self.chosen = message.recommendation
        self._drawn = None
        self.draw()

    @on(Tabs.TabActivated)
    def _show_tab(self, message: Tabs.TabActivated) -> None:
        if message.tab.id:
            self.view = message.tab.id
            self.set_classes([name for name in self.classes if name not in VIEWS] + [self.view])

    def action_view(self, view: str) -> None:
        """Show one of the views."""
        self.query_one(Tabs).active = view

    def action_step(self, by: int) -> None:
        """Choose the next or the previous recommendation."""
        agenda = self.query_one(Agenda)
        if agenda.option_count:
            agenda.highlighted = ((agenda.highlighted or 0) + by) % agenda.option_count

    def draw(self) -> None:
        """Bring every view up to date, if anything has happened."""
        state, chosen = self.state, self.chosen
        seen = (state.version, *(retry.seconds for retry in state.retries.values()))
        if self._drawn == seen:
            return
        self._drawn = seen
        self.query_one("#title", Static).update(title(state))
        writing = sum(len(text) for text in state.writing.values())
        self.query_one(Agenda).update(state)
        said = (len(state.speeches.get(chosen, [])), chosen in state.ruled, state.finished)
        for name, subject, version, draw in (
            ("speeches", chosen, (said, writing), lambda: speeches(chosen, state)),
            ("stances", None, state.version, lambda: matrix(state, decisions=False)),
            ("ruling", chosen, said, lambda: ruling(chosen, state)),
            ("strategy", None, state.finished, lambda: summary(state)),
        ):
            self.query_one(f"#{name}", Panel).show(subject, version, draw)


def title(state: DebateState) -> Text:
    """One line: what is debated and how far it is."""
    label = words(state)
    if state.stopped:
        return styled((f"{label('stopped')}: {' '.join(str(state.stopped).split())}", "bold red"))
    if state.retries:
        return styled((retry_lines(state)[0], "yellow"))
    how_far = label("finished" if state.finished else "running")
    turns = f" · {state.turns} {label('turns')}" if state.turns else ""
    return styled(("Jemaa", "bold"), (f" · {how_far}{turns} · ", "dim"), state.title)


def saved_chamber(path: Path) -> Chamber:
    """The chamber of a transcript. Raises TranscriptError."""
    return Chamber(DebateState.of_record(read_record(path)))


def live_chamber(convened: "Convened", settings: Settings) -> Chamber:
    """The chamber of a debate that begins when it is shown."""
    state = DebateState.of(convened.session.plan)
    convened.wire.listener = state.notice
    return Chamber(state, convened.session.events)
