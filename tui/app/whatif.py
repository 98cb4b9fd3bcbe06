"""What if: levers at the left, what would be decided at the right, at once."""

from asyncio import to_thread
from pathlib import Path
from typing import ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.widgets import Footer, Static

from agents.errors import JemaaError
from tui.app.interface import say
from tui.app.page import Page
from tui.app.routes import Begin
from tui.app.widgets.levers import Levers
from tui.convene import Convened
from tui.present.trial import BEFORE_SLIDER, ROLE, RULE, SLIDER, levers, results
from tui.present.words import styled
from tui.settings import Settings
from tui.state import DebateState
from tui.whatif import HEAVIEST, STEP, Trial


class WhatIf(Page[None]):
    """Recomputes while a key is held; nobody is asked again."""

    ABOUT = (
        "What would have been decided with other weights or another rule, or had a role or an argument never been "
        "there. Nobody is asked again and nothing is saved, unless you save it as a fork."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("n", "choose(1)", "Next"),
        Binding("p", "choose(-1)", "Previous", show=False),
        Binding("r", "reset", "As it was"),
        Binding("s", "save", "Save as fork"),
    ]

    def __init__(self, state: DebateState, path: Path | None) -> None:
        super().__init__()
        self.state = state
        self.path = path
        self.trial = Trial.of(state)
        self.chosen = self.trial.said.recommendations[0]

    def compose(self) -> ComposeResult:
        """Levers and results."""
        yield Static(id="title", markup=False)
        with Horizontal():
            yield Levers("levers", (BEFORE_SLIDER, SLIDER), ROLE)
            with VerticalScroll(id="results"):
                yield Static(markup=False)
        yield Footer()

    def on_mount(self) -> None:
        """Show everything as it was."""
        self.query_one(Levers).focus()
        self._show()

    @on(Levers.Turned)
    def _turned(self, message: Levers.Turned) -> None:
        if message.lever == RULE:
            self.trial.turn_rule(message.by)
        elif message.lever.startswith(ROLE):
            role = message.lever.removeprefix(ROLE)
            self.trial.weigh(role, self.trial.weights[role] + message.by * STEP)
        self._show()

    @on(Levers.Placed)
    def _placed(self, message: Levers.Placed) -> None:
        self.trial.weigh(message.lever.removeprefix(ROLE), message.share * HEAVIEST)
        self._show()

    @on(Levers.Switched)
    def _switched(self, message: Levers.Switched) -> None:
        if message.lever == RULE:
            self.trial.turn_rule()
        elif message.lever.startswith(ROLE):
            self.trial.switch_role(message.lever.removeprefix(ROLE))
        else:
            self.trial.switch_argument(message.lever)
        self._show()

    def action_choose(self, by: int) -> None:
        """The arguments of another recommendation."""
        names = self.trial.said.recommendations
        self.chosen = names[(names.index(self.chosen) + by) % len(names)]
        self._show()

    def action_reset(self) -> None:
        """Every lever as it was."""
        self.trial.reset()
        self._show()

    def action_save(self) -> None:
        """Hold the debate again under these weights, this rule and by these roles, in a file of its own."""
        if self.path is None or not self.trial.changed:
            self.notify(say("Nothing is changed yet."), markup=False)
            return
        if self.trial.without_arguments:
            self.notify(
                say(
                    "Arguments that are switched off are not part of a fork: whoever speaks may make them again."
                ),
                severity="warning",
                markup=False,
            )
        self.save(self.path)

    @work(exclusive=True)
    async def save(self, path: Path) -> None:
        """Make the fork, the screen staying alive, and show it."""
        try:
            convened = await to_thread(forked, path, self.trial, self.jemaa.settings)
        except JemaaError as error:
            self.jemaa.say_error(error)
            return
        self.post_message(Begin(convened))

    def _show(self) -> None:
        head = styled(
            ("Jemaa", "bold"),
            (" · ", "dim"),
            say("What if"),
            (" · ", "dim"),
            " ".join(self.state.title.split()),
        )
        self.query_one("#title", Static).update(head)
        self.query_one(Levers).show(self.chosen, levers(self.trial, self.chosen, self.state))
        self.query_one("#results Static", Static).update(results(self.trial, self.chosen, self.state))


def forked(path: Path, trial: Trial, settings: Settings) -> Convened:
    """A fork of a transcript as the trial has it, not held yet. Raises what `fork` raises."""
    from transcripts.export.markdown import strategy_markdown
    from transcripts.log.fork import fork
    from tui.wire import Wire

    wire = Wire()
    session = fork(
        path,
        wire.backend(settings, watched=True),
        settings.transcripts,
        plan=trial.forked(),
        document=strategy_markdown,
    )
    return Convened(session, wire, None)
