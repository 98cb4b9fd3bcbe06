"""The third step: who argues, by which model, how long, in which language, by which rule; and what it costs."""

from collections.abc import Sequence
from typing import NamedTuple

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.message import Message
from textual.widgets import Input, Static

from agents.argument.rules import RULES
from agents.article.model import Article
from agents.backends.speakers import OFFLINE, all_models
from agents.debate.plan import DebatePlan
from agents.roles.load import load_charters
from agents.roles.model import Charter
from tui.app.interface import say, spoken
from tui.app.widgets.dials import Choice, Dial, Dials, Value
from tui.convene import planned
from tui.present.words import styled
from tui.settings import Settings
from tui.state import title_in

MOST_ROUNDS = 5
ROLE = "role:"


class Known(NamedTuple):
    """What can be chosen here: charters, and the providers with what each lacks."""

    charters: dict[str, Charter]
    providers: dict[str, str]


class Told(NamedTuple):
    """The plan with what it is expected to take, in words, and in dollars when that is known."""

    plan: DebatePlan
    remark: str | None
    words: str
    cost: float | None


class Assembly(Vertical):
    """Posts `Changed` with the settings that the lines stand for."""

    class Changed(Message):
        """The person wants the debate held like this."""

        def __init__(self, settings: Settings) -> None:
            super().__init__()
            self.settings = settings

    def __init__(self, settings: Settings) -> None:
        super().__init__(id="assembly")
        self._settings = settings
        self._known: Known | None = None
        self._article: Article | None = None

    def compose(self) -> ComposeResult:
        """The lines, the name of a model, the estimate."""
        yield Dials("dials")
        yield Input(placeholder=say("The model's name, as its provider writes it"), compact=True, id="model")
        yield Static(id="meaning", markup=False)
        yield Static(id="estimate", markup=False)

    def show(self, known: Known, article: Article) -> None:
        """Show the lines for an article."""
        self._known, self._article = known, article
        kind, _, name = self._settings.model.partition(":")
        model = self.query_one("#model", Input)
        model.display = kind != OFFLINE
        with self.prevent(Input.Changed):
            model.value = name
        self.query_one(Dials).show(_dials(self._settings, known, article))
        self.query_one(Dials).focus()
        self.post_message(self.Changed(self._settings))

    def tell(self, text: str, style: str = "") -> None:
        """Say what it takes, or what is missing."""
        self.query_one("#estimate", Static).update(styled((text, style)))

    @on(Dials.Pointed)
    def _pointed(self, message: Dials.Pointed) -> None:
        self.query_one("#meaning", Static).update(styled((message.meaning, "dim")))

    @on(Dials.Turned)
    def _turned(self, message: Dials.Turned) -> None:
        assert self._known is not None
        self._settings = with_turned(self._settings, self._known, message.name, message.value)
        if message.name == "provider":
            model = self.query_one("#model", Input)
            model.display = message.value != OFFLINE
            with self.prevent(Input.Changed):
                model.value = ""
        self.post_message(self.Changed(self._settings))

    @on(Input.Changed, "#model")
    def _named(self, event: Input.Changed) -> None:
        kind = self._settings.model.partition(":")[0]
        self._settings = self._settings.model_copy(update={"model": f"{kind}:{event.value.strip()}"})
        self.post_message(self.Changed(self._settings))


def known_here(settings: Settings) -> Known:
    """What can be chosen on this machine. Raises CharterError for a charter that does not hold."""
    from agents.backends.chat.provider import PROVIDERS, missing_for

    lacking = {kind: missing_for(kind) for kind in PROVIDERS}
    told = {kind: f"{lack.what}. {lack.remedy}" if lack else "" for kind, lack in lacking.items()}
    return Known(load_charters(settings.charters), {OFFLINE: "", **told})


def estimated(settings: Settings, article: Article) -> Told:
    """The debate as it would be held, with what it takes. Raises InputError for whatever does not hold."""
    plan, remark = planned(settings, article)
    if not all_models(plan):
        return Told(plan, remark, say("Embedded debaters: no key, no network, no cost."), 0.0)
    from agents.backends.chat.estimate import estimate
    from agents.backends.chat.price import price_list

    told = estimate(plan)
    price = (
        say("price unknown")
        if told.cost is None
        else say("about ${cost} by {list}", cost=f"{told.cost:.2f}", list=price_list())
    )
    words = say(
        "{calls} calls, {read} tokens in, {written} out: {price}.",
        calls=told.calls,
        read=f"{told.input_tokens:,}",
        written=f"{told.output_tokens:,}",
        price=price,
    )
    return Told(plan, remark, words, told.cost)


def with_turned(settings: Settings, known: Known, name: str, value: Value) -> Settings:
    """The settings after a line was turned."""
    if name.startswith(ROLE):
        role = name.removeprefix(ROLE)
        now = tuple(known.charters) if settings.roles is None else settings.roles
        kept = tuple(one for one in known.charters if (one in now if one != role else bool(value)))
        return settings.model_copy(update={"roles": kept})
    if name == "provider":
        return settings.model_copy(update={"model": value if value == OFFLINE else f"{value}:"})
    return settings.model_copy(update={name: value})


def _dials(settings: Settings, known: Known, article: Article) -> Sequence[Dial]:
    speaking = tuple(known.charters) if settings.roles is None else settings.roles
    roles = [
        Dial(
            f"{ROLE}{name}",
            title_in(charter.title, spoken()),
            (
                Choice(True, say("speaks"), title_in(charter.mission, spoken())),
                Choice(False, say("is silent")),
            ),
            name in speaking,
        )
        for name, charter in known.charters.items()
    ]
    providers = [
        Choice(kind, kind, say("embedded debaters") if kind == OFFLINE else lack or say("ready"))
        for kind, lack in known.providers.items()
    ]
    kind = settings.model.partition(":")[0]
    if kind not in known.providers:
        providers.append(Choice(kind, kind))
    rounds = [
        Choice(number, str(number), _rounds(number))
        for number in range(1, max(MOST_ROUNDS, settings.rounds) + 1)
    ]
    languages = [
        Choice(None, say("the article's"), article.language),
        *(Choice(code, told) for code, told in (("fr", "français"), ("en", "English"), ("ar", "العربية"))),
    ]
    rules = [Choice(name, name, say(RULE_MEANS.get(name, ""))) for name in RULES]
    return [
        *roles,
        Dial("provider", say("Model"), providers, kind),
        Dial("rounds", say("Rounds"), rounds, settings.rounds),
        Dial("language", say("Language"), languages, settings.language),
        Dial("rule", say("Rule"), rules, settings.rule),
    ]


def _rounds(number: int) -> str:
    if number <= 2:
        return say("an opening and a rebuttal") if number == 2 else say("an opening only")
    return say("an opening and {n} rebuttals", n=number - 1)


RULE_MEANS = {
    "consent": "three quarters agree and no grounded red line stands",
    "strict": "all agree and no red line stands",
    "majority": "more than half agree",
}
"""What the rules ask for, in a few words."""
