"""The chamber: one debate on the screen, live or played back from its transcript."""

from asyncio import to_thread
from collections.abc import Callable
from contextlib import aclosing
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING, ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container, Vertical
from textual.events import Resize
from textual.widgets import Footer, Static, Tab, Tabs

from agents.debate.chair import Input
from agents.errors import JemaaError
from transcripts.library.course import read_course
from tui.app.chamber_cards import Desk, Search
from tui.app.chamber_status import both_ends, standing, title, usage
from tui.app.interface import say
from tui.app.page import Page
from tui.app.routes import OpenGrounds, OpenStrategy, OpenWhatIf
from tui.app.widgets.matrix import Matrix
from tui.app.widgets.panel import Panel
from tui.app.widgets.reel import Reel
from tui.app.widgets.timeline import Timeline
from tui.present.grounds import citations
from tui.present.hearing import ruling
from tui.present.minutes import minutes
from tui.present.summary import summary
from tui.present.tree import tree
from tui.settings import Settings
from tui.sitting import Sitting, live, saved
from tui.state import DebateState

if TYPE_CHECKING:
    from tui.convene import Convened

VIEWS = {"speeches": "Debate", "arguments": "Arguments", "ruling": "Ruling", "strategy": "Strategy"}
WIDE = 140
REFRESH = 1 / 20
"""Seconds between two looks at the state; however many events come, the screen is drawn no more often."""


class Chamber(Page[None]):
    """Shows a sitting and, when it is live, follows its events."""

    ABOUT = (
        "The debate. Above, what every role holds of each recommendation; below, what is said on the one that "
        "is chosen. Press e on an argument to see what it rests on."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("space", "pause", "Pause"),
        Binding("c", "chair", "Chair"),
        Binding("e", "evidence", "Evidence"),
        Binding("w", "what_if", "What if"),
        Binding("n", "choose(1)", "Next recommendation", show=False),
        Binding("slash", "search", "Search", key_display="/"),
        Binding("p", "choose(-1)", "Previous recommendation", show=False),
        *(
            Binding(str(number), f"view('{name}')", word, show=False)
            for number, (name, word) in enumerate(VIEWS.items(), 1)
        ),
        Binding("full_stop,right", "step", "One turn more", show=False, key_display="."),
        Binding("left", "turn_back", "One turn back", show=False),
        Binding("plus,equals_sign", "faster(1)", "Faster", show=False, key_display="+"),
        Binding("minus", "faster(-1)", "Slower", show=False, key_display="-"),
        Binding("right_square_bracket", "ruling(1)", "To the next ruling", show=False, key_display="]"),
        Binding("left_square_bracket", "ruling(-1)", "To the ruling before", show=False, key_display="["),
        Binding("greater_than_sign", "to_the_end", "To the end, at once", show=False, key_display=">"),
        Binding("less_than_sign", "to_the_beginning", "To the beginning", show=False, key_display="<"),
        Binding("f", "follow", "Follow who speaks", show=False),
        Binding("m", "fold", "Fold the matrix", show=False),
        Binding("t", "strategy", "Strategy and its sources", show=False),
        Binding("y", "copy", "Copy", show=False),
        Binding("tab", "app.focus_next", "To the next part", show=False),
    ]
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (WIDE, "-wide")]

    def __init__(self, sitting: Sitting, clock: Callable[[], float] = monotonic) -> None:
        super().__init__()
        self.sitting = sitting
        self.chosen = next(iter(sitting.state.recommendations), "")
        self.view = "speeches"
        self.following = True
        self._clock = clock
        self._last = clock()
        self._drawn: object = None
        self._told: object = None
        self._marks: tuple[int, dict[str, int]] = (-1, {})

    @property
    def state(self) -> DebateState:
        """What is shown."""
        return self.sitting.state

    def compose(self) -> ComposeResult:
        """Title; matrix; views with their tabs; timeline and status."""
        yield Static(id="title", markup=False)
        with Container(id="floor"):
            with Vertical(id="side"):
                yield Matrix()
                yield Panel("beside")
            with Vertical(id="views"):
                yield Tabs(*(Tab(self._tab(number, name), id=name) for number, name in enumerate(VIEWS, 1)))
                yield Reel("speeches")
                yield Reel("arguments")
                yield Panel("ruling")
                yield Panel("strategy")
        yield Timeline()
        yield Static(id="status", markup=False)
        yield Footer()

    def on_mount(self) -> None:
        """Start to follow the debate, if it is live."""
        self.query_one(Tabs).can_focus = False
        self.query_one("#speeches", Reel).focus()
        self.action_view(self.view)
        self.draw()
        self.set_interval(REFRESH, self.tick)
        if self.sitting.events is not None:
            self.follow()

    def on_resize(self, event: Resize) -> None:
        """Where there is room, the matrix tells what each recommendation says."""
        matrix = self.query_one(Matrix)
        if matrix.roomy != (event.size.width >= WIDE):
            matrix.roomy = not matrix.roomy
            self._drawn = None

    @work(exclusive=True, group="events")
    async def follow(self) -> None:
        """Take in what happens until the debate is over."""
        assert self.sitting.events is not None
        try:
            async with aclosing(self.sitting.events()) as happening:
                async for event in happening:
                    self.sitting.put(event)
            self.sitting.ended()
            if self.sitting.finished and self.sitting.path is not None:
                self.sitting.settle(await to_thread(read_course, self.sitting.path))
        except JemaaError as error:
            self.sitting.ended(error)
            self.query_one("#title").add_class("-stopped")

    def tick(self) -> None:
        """Some time has gone by."""
        now = self._clock()
        self.sitting.tick(now - self._last)
        self._last = now
        self.draw()

    def draw(self) -> None:
        """Bring everything up to date that has changed."""
        state = self.state
        self._follow_who_speaks()
        self._show_status()
        seen = (state.version, self.chosen, tuple(retry.seconds for retry in state.retries.values()))
        if self._drawn == seen:
            return
        self._drawn = seen
        self.query_one("#title", Static).update(title(self.sitting), layout=state.stopped is not None)
        self.query_one(Matrix).show(state)
        self._show_timeline()
        self._show_view()

    def _show_status(self) -> None:
        left, right = standing(self.sitting), usage(self.sitting)
        if (left, right) != self._told:
            self._told = left, right
            self.query_one("#status", Static).update(both_ends(left, right), layout=False)

    def _show_view(self) -> None:
        state, chosen = self.state, self.chosen
        moment = (id(state.ruling(chosen)), id(state.ruled.get(chosen)))
        if self.view == "speeches":
            speaking = any(address.startswith(f"{chosen}/") for address in (*state.speaking, *state.writing))
            self.query_one("#speeches", Reel).show(chosen, minutes(chosen, state), follow=speaking)
        elif self.view == "arguments":
            self.query_one("#arguments", Reel).show(chosen, tree(chosen, state))
        elif self.view == "strategy":
            self.query_one("#strategy", Panel).show(None, state.finished, lambda: summary(state))
        for name in ("ruling", "beside"):
            panel = self.query_one(f"#{name}", Panel)
            if panel.display:
                panel.show(chosen, moment, lambda: ruling(chosen, state))

    def _show_timeline(self) -> None:
        playback, line = self.sitting.playback, self.query_one(Timeline)
        if self._marks[0] != len(playback.events):
            self._marks = (len(playback.events), playback.rulings)
        if self.sitting.live:
            # Its length is not known: turns stand for it, and every turn gives about three events.
            line.show(self.state.turns, self.state.expected, {})
        else:
            line.show(playback.position, len(playback.events), self._marks[1])

    def _follow_who_speaks(self) -> None:
        playback = self.sitting.playback
        if not self.following or (playback.at_the_end and not self.sitting.live):
            return
        speaking = [address.split("/")[0] for address in (*self.state.writing, *self.state.speaking)]
        if playback.paced and speaking and speaking[0] in self.state.recommendations:
            self._choose(speaking[0])

    def _choose(self, recommendation: str) -> None:
        if recommendation != self.chosen:
            self.chosen = recommendation
            self.query_one(Matrix).choose(recommendation)

    @on(Reel.Moved, "#rows")
    def _row_chosen(self, message: Reel.Moved) -> None:
        if message.item != self.chosen:
            self.chosen = message.item
            self.following = False
            self.draw()

    @on(Reel.Opened, "#speeches, #arguments")
    def _piece_opened(self, message: Reel.Opened) -> None:
        self.action_evidence()

    @on(Tabs.TabActivated)
    def _show_tab(self, message: Tabs.TabActivated) -> None:
        if message.tab.id and message.tab.id != self.view:
            self.action_view(message.tab.id)

    @on(Timeline.Sought)
    def _sought(self, message: Timeline.Sought) -> None:
        if not self.sitting.live:
            self.seek(message.position)

    def seek(self, position: int, piece: str | None = None) -> None:
        """Go to a place of the debate; a saved one is held there."""
        self.sitting.playback.seek(position)
        self.following = True
        self._show_what_was_last(position)
        self.draw()
        if piece is not None:
            self.query_one("#speeches", Reel).move_to(piece)

    def _show_what_was_last(self, position: int) -> None:
        touched = self.state.touched
        if position and touched:
            latest = max(self.state.recommendations, key=lambda name: touched.get(name, 0))
            if not self.state.finished:
                self._choose(latest)

    def action_view(self, view: str) -> None:
        """Show one of the views."""
        self.view = view
        self.query_one(Tabs).active = view
        self.set_classes([*(name for name in self.classes if name not in VIEWS), view])
        widget = self.query_one(f"#{view}")
        self._drawn = None
        self.draw()
        if not self.query_one("#rows", Reel).has_focus:
            widget.focus()

    def action_choose(self, by: int) -> None:
        """Choose the next recommendation or the one before, round and round."""
        names = list(self.state.recommendations)
        if names:
            self.following = False
            self._choose(names[(names.index(self.chosen) + by) % len(names)])
            self.draw()

    def action_pause(self) -> None:
        """Hold the debate or let it go on."""
        self.sitting.pause()
        self.following = True
        self.draw()

    def action_step(self) -> None:
        """One turn more, then hold."""
        self.sitting.step()
        self.following = True
        self.draw()

    def action_turn_back(self) -> None:
        """One turn back."""
        self.sitting.playback.playing = False
        self.sitting.playback.back()
        self._show_what_was_last(self.sitting.playback.position)
        self.draw()

    def action_faster(self, by: int) -> None:
        """Play at another speed; slower, if it was not played at reading speed yet."""
        if self.sitting.playback.paced:
            self.sitting.playback.faster(by)
            self.draw()

    def action_ruling(self, by: int) -> None:
        """Go to the next ruling or to the one before."""
        playback = self.sitting.playback
        marks = sorted(playback.rulings.values())
        beyond = [mark for mark in marks if (mark - playback.position) * by > 0]
        if beyond and not self.sitting.live:
            self.seek(beyond[0] if by > 0 else beyond[-1])

    def action_to_the_end(self) -> None:
        """Show everything at once."""
        self.sitting.to_the_end()
        self.draw()

    def action_to_the_beginning(self) -> None:
        """Begin again."""
        if not self.sitting.live:
            self.seek(0)
            self._choose(next(iter(self.state.recommendations), ""))
            self.draw()

    def action_follow(self) -> None:
        """Go where somebody speaks, also from now on."""
        self.following = True
        self.draw()

    def action_fold(self) -> None:
        """Show less of the matrix, or all of it again."""
        self.toggle_class("-folded")

    def action_evidence(self) -> None:
        """Show what the argument under the cursor rests on."""
        view = self.view if self.view in {"speeches", "arguments"} else "speeches"
        piece = self.query_one(f"#{view}", Reel).current
        found = citations(piece, self.chosen, self.state) if piece else []
        if found:
            self.post_message(OpenGrounds(self.state.plan.article, tuple(found)))
        else:
            self.notify(say("Nothing is cited here. Go to an argument with the arrows."), markup=False)

    def action_what_if(self) -> None:
        """Try other weights, roles, arguments and rules on what was said."""
        if self.state.ruled:
            self.post_message(OpenWhatIf(self.state, self.sitting.path))
        else:
            self.notify(say("Nothing is decided yet."), markup=False)

    def action_strategy(self) -> None:
        """Show the strategy with the sources of each sentence."""
        if self.state.finished and self.sitting.path is not None:
            self.post_message(OpenStrategy(self.sitting.path))
        else:
            self.action_view("strategy")

    async def action_search(self) -> None:
        """Find words in everything that was said."""

        def go(found: tuple[int, str, str] | None) -> None:
            if found is not None:
                position, recommendation, piece = found
                self.sitting.playback.playing = False
                self.action_view("speeches")
                self.seek(max(position, self.sitting.playback.position if self.sitting.live else 0))
                self.following = False
                self._choose(recommendation)
                self.draw()
                self.query_one("#speeches", Reel).move_to(piece)

        await self.app.push_screen(Search(self.state, self.sitting.playback.events), go)

    async def action_chair(self) -> None:
        """Put something to the debate."""
        if self.sitting.chair is None or not self.sitting.live:
            self.notify(say("This debate is over. Fork it to take another course."), markup=False)
            return
        await self.app.push_screen(Desk(self.state, self.chosen, self._preside, self._stop))

    def _preside(self, given: Input) -> None:
        self.sitting.preside(given)
        self.draw()

    def _stop(self) -> None:
        if self.sitting.chair is not None:
            self.sitting.chair.stop()

    def action_copy(self) -> None:
        """Copy the text under the cursor."""
        focused = self.focused
        if isinstance(focused, Reel):
            self.app.copy_to_clipboard(focused.text)
            self.notify(say("Copied."), markup=False)

    @staticmethod
    def _tab(number: int, name: str) -> str:
        return f"{number} {say(VIEWS[name])}"


def saved_chamber(path: Path, settings: Settings) -> Chamber:
    """The chamber of a transcript. Raises TranscriptError."""
    return Chamber(saved(path, settings))


def live_chamber(convened: "Convened", settings: Settings) -> Chamber:
    """The chamber of a debate that begins when it is shown."""
    sitting = live(convened.session, settings)
    convened.wire.listener = sitting.notice
    return Chamber(sitting)
