"""What opens over the chamber: the chair's desk, and the search in what was said."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import ClassVar

from rich.text import Text
from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.widgets import Button, Input, OptionList, Select, Static
from textual.widgets.option_list import Option

from agents.debate import chair
from agents.debate.event import Event
from agents.debate.presiding import made
from agents.errors import InputError
from tui.app.interface import say
from tui.app.page import Card, Result
from tui.present.minutes import who
from tui.present.words import styled
from tui.search import Hit, find
from tui.state import DebateState

ALL = "*"
ACTS = {
    "question": "Question to one role or to all",
    "argument": "Argument of your own",
    "evidence": "Evidence, with its source",
    "another_round": "Another round",
    "close": "Close: decide on what was said",
    "stop": "Stop the debate; it can be resumed",
}
FIELDS = {
    "question": ("to", "text"),
    "argument": ("side", "text", "target", "condition"),
    "evidence": ("side", "text", "source", "as_of"),
}


def close(card: Card[Result], result: Result | None = None) -> None:
    """Let a card go from one of its own handlers, which may not wait for that."""
    _ = card.dismiss(result)


class Desk(Card[None]):
    """What the chair can do about the recommendation that is shown."""

    ABOUT = "What you put takes effect before the next turn of this recommendation, and is kept in the transcript."
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(str(number), f"act('{name}')", text, show=False)
        for number, (name, text) in enumerate(ACTS.items(), 1)
    ]

    def __init__(
        self,
        state: DebateState,
        recommendation: str,
        put: Callable[[chair.Input], None],
        stop: Callable[[], None],
    ) -> None:
        super().__init__()
        self.state = state
        self.recommendation = recommendation
        self.act = ""
        self._put = put
        self._stop = stop

    def compose(self) -> ComposeResult:
        """The acts; then, for one that needs words, its fields."""
        state = self.state
        roles = [(Content(title), name) for name, title in state.roles.items()]
        argued = [
            argument
            for argument in state.arguments.values()
            if argument.recommendation == self.recommendation
        ]
        with VerticalScroll(id="card"):
            yield Static(
                styled(
                    (f"{self.recommendation}  ", "bold"),
                    " ".join(state.recommendations[self.recommendation].split()),
                ),
                id="about",
                markup=False,
            )
            yield OptionList(
                *(
                    Option(f"{number}  {say(text)}", id=name)
                    for number, (name, text) in enumerate(ACTS.items(), 1)
                ),
                id="acts",
                markup=False,
            )
            yield Select([(say("To all"), ALL), *roles], value=ALL, allow_blank=False, id="to", compact=True)
            yield Select(
                [
                    (say("Against the recommendation"), "against"),
                    (say("For the recommendation"), "for"),
                    (say("On neither side"), ALL),
                ],
                value="against",
                allow_blank=False,
                id="side",
                compact=True,
            )
            yield Input(id="text", max_length=chair.LONGEST, compact=True)
            yield Select(
                [
                    (say("Answers no argument"), ALL),
                    *((Content(f"{a.id} {state.role_title(a.role)}"), a.id) for a in argued),
                ],
                value=ALL,
                allow_blank=False,
                id="target",
                compact=True,
            )
            yield Input(
                placeholder=say("Condition that would ease it (may be empty)"),
                id="condition",
                max_length=chair.LONGEST,
                compact=True,
            )
            yield Input(placeholder=say("Source"), id="source", max_length=chair.LONGEST, compact=True)
            yield Input(placeholder=say("True on (year-month-day)"), id="as_of", max_length=10, compact=True)
            yield Static(id="problem", markup=False)
            with Horizontal(id="buttons"):
                yield Button(say("Put it"), variant="primary", id="put", compact=True)
                yield Button(say("Cancel"), id="cancel", compact=True)

    def on_mount(self) -> None:
        """Begin with the choice."""
        self._show("")

    def action_act(self, act: str) -> None:
        """Do what needs no words; ask for the words of what does."""
        # Digits belong to a field that is being written in.
        if self.act:
            return
        match act:
            case "another_round":
                self._try(chair.AnotherRound(recommendation=self.recommendation))
            case "close":
                self._try(chair.Close(recommendation=self.recommendation))
            case "stop":
                self._stop()
                close(self)
            case _:
                self._show(act)

    @on(OptionList.OptionSelected, "#acts")
    def _act_chosen(self, message: OptionList.OptionSelected) -> None:
        self.action_act(message.option_id or "")

    @on(Input.Submitted)
    @on(Button.Pressed, "#put")
    def _put_it(self) -> None:
        try:
            given = self._made()
        except InputError as error:
            self._complain(error)
        else:
            self._try(given)

    @on(Button.Pressed, "#cancel")
    def _cancel(self) -> None:
        close(self)

    def _show(self, act: str) -> None:
        self.act = act
        fields = FIELDS.get(act, ())
        self.query_one("#acts").display = not act
        for name in ("to", "side", "text", "target", "condition", "source", "as_of"):
            self.query_one(f"#{name}").display = name in fields
        self.query_one("#buttons").display = bool(act)
        self.query_one("#problem").display = False
        text = self.query_one("#text", Input)
        text.placeholder = {
            "question": say("Your question"),
            "argument": say("Your argument, in a sentence"),
            "evidence": say("What the evidence says"),
        }.get(act, "")
        (text if act else self.query_one("#acts")).focus()

    def _made(self) -> chair.Input:
        """What the fields say. Raises InputError for what does not hold."""
        name, text = self.recommendation, self._value("text")
        if self.act == "question":
            to = self._value("to")
            return made(chair.Question, recommendation=name, text=text, to=() if to == ALL else (to,))
        side, target = self._value("side"), self._value("target")
        return made(
            chair.Remark,
            recommendation=name,
            text=text,
            side=None if side == ALL else side,
            targets=()
            if target == ALL or self.act != "argument"
            else ({"argument": target, "relation": "rebut" if side == "against" else "support"},),
            condition=self._value("condition") or None,
            evidence=(self._evidence(text),) if self.act == "evidence" else (),
        )

    def _evidence(self, text: str) -> dict[str, object]:
        try:
            as_of = date.fromisoformat(self._value("as_of"))
        except ValueError as error:
            raise InputError(say("The day must be written like 2025-02-11.")) from error
        return {"text": text, "source": self._value("source"), "as_of": as_of}

    def _value(self, name: str) -> str:
        if name in {"to", "side", "target"}:
            return str(self.query_one(f"#{name}", Select).value)
        return self.query_one(f"#{name}", Input).value.strip()

    def _try(self, given: chair.Input) -> None:
        try:
            self._put(given)
        except InputError as error:
            self._complain(error)
        else:
            close(self)

    def _complain(self, error: InputError) -> None:
        problem = self.query_one("#problem", Static)
        problem.display = True
        problem.update(styled((str(error), "red")))


class Search(Card[tuple[int, str, str]]):
    """Gives where something was said: position, recommendation, piece."""

    ABOUT = "Finds words in speeches, arguments, conditions and rulings, whatever their accents and capitals."

    def __init__(self, state: DebateState, events: Sequence[Event]) -> None:
        super().__init__()
        self._state = state
        self._events = events
        self._hits: list[Hit] = []

    def compose(self) -> ComposeResult:
        """What is looked for, and what was found."""
        with VerticalScroll(id="card"):
            yield Input(placeholder=say("Words to find; Enter"), id="words", compact=True)
            yield Static(id="found", markup=False)
            yield OptionList(id="hits", markup=False)

    def on_mount(self) -> None:
        """Begin to type at once."""
        self.query_one("#hits").display = False
        self.query_one("#words").focus()

    @on(Input.Submitted, "#words")
    def _find(self, message: Input.Submitted) -> None:
        self._hits = find(message.value, self._events)
        hits = self.query_one("#hits", OptionList)
        hits.clear_options()
        hits.add_options(Option(self._told(hit), id=str(number)) for number, hit in enumerate(self._hits))
        hits.display = bool(self._hits)
        self.query_one("#found", Static).update(
            styled(
                say("{n} places", n=len(self._hits))
                if self._hits
                else say("Nothing was said with these words.")
            )
        )
        if self._hits:
            hits.highlighted = 0
            hits.focus()

    def _told(self, hit: Hit) -> Text:
        where = who(hit.piece, self._state) if "/" in hit.piece else styled((hit.piece, "bold"))
        return styled((f"{hit.recommendation} ", "bold"), where, f"  {hit.extract}")

    @on(OptionList.OptionSelected, "#hits")
    def _go(self, message: OptionList.OptionSelected) -> None:
        hit = self._hits[int(message.option_id or 0)]
        close(self, (hit.position, hit.recommendation, hit.piece))
