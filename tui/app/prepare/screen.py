"""A new debate in three steps; what was typed stays until it is held."""

from asyncio import to_thread
from collections.abc import Callable
from typing import ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding
from textual.widgets import ContentSwitcher, Footer, Input, Static

from agents.article.model import Article
from agents.errors import JemaaError
from tui.app.interface import say
from tui.app.page import Page
from tui.app.prepare.assembly import Assembly, Told, estimated, known_here
from tui.app.prepare.draft import Draft, read_pasted, read_place
from tui.app.prepare.source import Source
from tui.app.prepare.understood import Understood
from tui.app.routes import Begin
from tui.convene import Convened, begun
from tui.present.words import styled
from tui.settings import Settings

STEPS = {"source": "Article", "understood": "Recommendations", "assembly": "Assembly"}


class Prepare(Page[None]):
    """Posts `Begin` to the app when the debate may begin."""

    ABOUT: ClassVar[str] = (
        "A new debate: choose an article, check what was understood of it, choose who argues. "
        "Nothing is asked of anybody before you begin."
    )
    PASSING = True
    BINDINGS = [
        Binding("ctrl+n", "next", "Next", priority=True),
        Binding("ctrl+n", "begin", "Begin", priority=True),
        Binding("escape", "back", "Back"),
    ]
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (140, "-wide")]

    def __init__(self, settings: Settings, draft: Draft) -> None:
        super().__init__()
        self.settings = settings
        self.draft = draft
        self._told: Told | None = None
        self._agreed = False

    def compose(self) -> ComposeResult:
        """Where one is, the step, what is wrong."""
        yield Static(id="title", markup=False)
        with ContentSwitcher(initial="source", id="steps"):
            yield Source(self.draft)
            yield Understood(self.draft)
            yield Assembly(self.settings)
        yield Static(id="said", markup=False)
        yield Footer()

    def on_mount(self) -> None:
        """Begin with the article."""
        self._go("source")
        self.query_one("#path", Input).focus()

    @property
    def step(self) -> str:
        """Which of STEPS is shown."""
        return self.query_one(ContentSwitcher).current or "source" if self.is_mounted else "source"

    def action_next(self) -> None:
        """Do what this step is for, and go on."""
        match self.step:
            case "source":
                self.query_one(Source).give()
            case _:
                self.gather()

    def action_begin(self) -> None:
        """Hold the debate."""
        self.begin()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """The last step begins the debate, the others go on."""
        if action in {"next", "begin"}:
            return (action == "begin") == (self.step == "assembly")
        return True

    async def action_back(self) -> None:
        """Go back by one step, or home."""
        steps = list(STEPS)
        place = steps.index(self.step)
        if place:
            self._go(steps[place - 1])
        else:
            await self.dismiss()

    @on(Source.Given)
    def _given(self, message: Source.Given) -> None:
        self.read(read_pasted if message.kind == "pasted" else read_place, message.text)

    @on(Assembly.Changed)
    def _changed(self, message: Assembly.Changed) -> None:
        self.settings = message.settings
        self.estimate()

    @work(exclusive=True)
    async def read(self, how: Callable[[str], tuple[Article, bytes | None]], text: str) -> None:
        """Read the article, the screen staying alive, and show what was understood."""
        self._say(say("Reading …"))
        try:
            article, source = await to_thread(how, text)
        except JemaaError as error:
            self._complain(error)
            return
        self.draft.take(article, source)
        self._go("understood")

    @work(exclusive=True)
    async def gather(self) -> None:
        """Find out what can be chosen here, and show it."""
        try:
            article = self.draft.chosen()
            self._say(say("Looking which models can be used …"))
            known = await to_thread(known_here, self.settings)
        except JemaaError as error:
            self._complain(error)
            return
        self._go("assembly")
        self.query_one(Assembly).show(known, article)

    @work(exclusive=True)
    async def estimate(self) -> None:
        """Say what the debate would take, or what stands in its way."""
        self._told, self._agreed = None, False
        assembly = self.query_one(Assembly)
        try:
            self._told = await to_thread(estimated, self.settings, self.draft.chosen())
        except JemaaError as error:
            assembly.tell(str(error), "yellow")
            return
        assembly.tell(" ".join(filter(None, (self._told.words, self._told.remark))))

    @work(exclusive=True, group="begin")
    async def begin(self) -> None:
        """Open the transcript and let the debate be held; one that costs more than was allowed is asked about."""
        told = self._told
        if told is None:
            self._say(say("It cannot begin yet: see the line above."), "yellow")
            return
        if told.cost is not None and told.cost > self.settings.ask_above and not self._agreed:
            self._agreed = True
            self._say(
                say("This may cost ${cost}. Press Ctrl+N again to begin.", cost=f"{told.cost:.2f}"), "yellow"
            )
            return
        self._say(say("The assembly gathers …"))
        try:
            convened = await to_thread(_begun, self.settings, told, self.draft.source)
        except JemaaError as error:
            self._complain(error)
            return
        self.post_message(Begin(convened))

    def _go(self, step: str) -> None:
        self.query_one(ContentSwitcher).current = step
        self._say("")
        number = list(STEPS).index(step)
        parts = [styled((say("New debate"), "bold"), ("  ", ""))]
        for place, name in enumerate(STEPS.values()):
            parts.append(styled((f" {place + 1} {say(name)} ", "reverse bold" if place == number else "dim")))
        self.query_one("#title", Static).update(styled(*parts))
        if step == "understood":
            self.query_one(Understood).show()
        elif step == "source":
            self.query_one("#path", Input).focus()
        self.refresh_bindings()

    def _complain(self, error: JemaaError) -> None:
        self._say(str(error), "red")

    def _say(self, text: str, style: str = "dim") -> None:
        said = self.query_one("#said", Static)
        said.display = bool(text)
        said.update(styled((text, style)))


def _begun(settings: Settings, told: Told, source: bytes | None) -> Convened:
    return begun(settings, told.plan, told.remark, source, watched=True)
