"""What a debate looks like so far: a plain object, fed with events, read by commands and app."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from time import monotonic
from typing import Self

from agents.argument.model import CHAIR, Argument, Ruling, Speech, Stance
from agents.backends.watch import Waiting, Writing
from agents.debate.document import Strategy
from agents.debate.event import (
    ChairActed,
    Event,
    Ruled,
    SpeechGiven,
    StrategyWritten,
    TurnAsked,
    TurnTaken,
)
from agents.debate.plan import DebatePlan
from agents.debate.turn import MODERATOR, WHOLE_DEBATE
from agents.errors import JemaaError
from transcripts.library.record import DebateRecord
from tui.labels import labels
from tui.turns import Progress, Retry, Said, Spent, Step

RULING = 0
"""Where the steps of the ruling are kept, whatever its round."""


@dataclass
class DebateState:
    """Everything that can be shown of a debate. `recommendations` and `roles` map an id to its text.

    By address, in the order of asking: `speaking` are the turns that were asked and not answered, `said` what
    was answered in rounds that are not over, `writing` what the speakers of unfinished turns have written,
    `retries` the calls that wait to be made again. `acts` is what the chair did on each recommendation, each
    with the number of speeches that were given before it; `touched` the version in which something last
    happened to it.
    """

    plan: DebatePlan
    title: str
    language: str
    model: str
    recommendations: dict[str, str]
    roles: dict[str, str]
    rounds: int
    steps: dict[tuple[str, int], Step] = field(default_factory=dict)
    speeches: dict[str, list[Speech]] = field(default_factory=dict)
    arguments: dict[str, Argument] = field(default_factory=dict)
    acts: dict[str, list[tuple[int, ChairActed]]] = field(default_factory=dict)
    speaking: dict[str, None] = field(default_factory=dict)
    said: dict[str, Said] = field(default_factory=dict)
    ruled: dict[str, Ruled] = field(default_factory=dict)
    strategy: Strategy | None = None
    writing: dict[str, str] = field(default_factory=dict)
    retries: dict[str, Retry] = field(default_factory=dict)
    spent: Spent = field(default_factory=Spent)
    stopped: JemaaError | None = None
    version: int = 0
    touched: dict[str, int] = field(default_factory=dict)

    @classmethod
    def of(cls, plan: DebatePlan) -> Self:
        """The state before anybody has spoken."""
        return cls(
            plan=plan,
            title=plan.article.title,
            language=plan.language,
            model=plan.model,
            recommendations={item.id: item.text for item in plan.recommendations},
            roles={charter.name: title_in(charter.title, plan.language) for charter in plan.charters},
            rounds=plan.rounds,
        )

    @classmethod
    def of_record(cls, record: DebateRecord) -> Self:
        """The state in which a transcript leaves its debate."""
        state = cls.of(record.plan)
        state.apply_all(SpeechGiven(speech=speech) for speech in record.speeches)
        state.apply_all(record.heard)
        if record.strategy:
            state.apply(StrategyWritten(strategy=record.strategy))
        state.spent.turns = record.usage.turns
        return state

    def begin_again(self) -> None:
        """Forget all that has happened: the same debate before anybody has spoken."""
        fresh = type(self).of(self.plan)
        version = self.version + 1
        self.__dict__.update(fresh.__dict__)
        self.version = version
        self.touched = dict.fromkeys(self.recommendations, version)

    @property
    def ruling_round(self) -> int:
        """The column of the ruling, after the opening and the rebuttals."""
        return self.rounds + 1

    def apply_all(self, events: Iterable[Event]) -> "DebateState":
        """Take in everything that happened; returns the state itself."""
        for event in events:
            self.apply(event)
        return self

    def apply(self, event: Event) -> None:
        """Take in what has happened."""
        self.version += 1
        match event:
            case TurnAsked():
                step, role = self._step(event.address)
                step.asked.add(role)
                self.speaking[event.address] = None
            case TurnTaken():
                self._take(event)
            case ChairActed():
                about = event.before.split("/")[0]
                self.acts.setdefault(about, []).append((len(self.speeches.get(about, [])), event))
                self.touched[about] = self.version
            case SpeechGiven(speech=speech):
                self.speeches.setdefault(speech.recommendation, []).append(speech)
                self._know([speech])
                self.said.pop(speech.address, None)
                step, role = self._step(speech.address)
                step.taken.add(role)
                if speech.failed:
                    step.failures[role] = speech.failed
            case Ruled(ruling=ruling):
                self.ruled[ruling.recommendation] = event
                self.touched[ruling.recommendation] = self.version
                if event.speeches:
                    self.speeches[ruling.recommendation] = list(event.speeches)
                    self._know(event.speeches)
            case StrategyWritten(strategy=strategy):
                self.strategy = strategy
                # Its rulings are the final ones.
                self.touched.update(dict.fromkeys(self.recommendations, self.version))

    def notice(self, told: Writing | Waiting) -> None:
        """Take in what a backend tells of a turn that is under way."""
        self.version += 1
        self._step(told.address)
        if isinstance(told, Writing):
            self.writing[told.address] = told.text
            self.retries.pop(told.address, None)
        else:
            self.writing.pop(told.address, None)
            self.retries[told.address] = Retry(told, monotonic() + told.seconds)

    def stop(self, error: JemaaError) -> None:
        """The debate could not go on."""
        self.version += 1
        self.stopped = error

    def progress(self, recommendation: str, round_: int) -> Progress:
        """How far a round (or, in the last column, the ruling) of a recommendation is."""
        step = self.step(recommendation, round_)
        ruled = recommendation in self.ruled
        if step.failures:
            return "failed"
        if round_ == self.ruling_round:
            return "done" if ruled else "running" if step.asked else "waiting"
        if len(step.taken) >= len(self.roles):
            return "done"
        if ruled:
            return "skipped"
        return "running" if step.asked or step.taken else "waiting"

    def running(self, recommendation: str, round_: int) -> tuple[int, int]:
        """How many turns of a round are there, and how many it has."""
        step = self.step(recommendation, round_)
        return len(step.taken), 1 if round_ == self.ruling_round else len(self.roles)

    def stance(self, recommendation: str, role: str, round_: int | None = None) -> Stance | None:
        """What a role held after a round (default: holds now); None before it has spoken."""
        held = [
            (speech.round, speech.stance)
            for speech in self.speeches.get(recommendation, [])
            if speech.role == role and speech.is_turn
        ]
        for address, said in self.said.items():
            about, _, spoken, speaker = address.split("/")[:4]
            if (about, speaker) == (recommendation, role) and said.stance is not None:
                held.append((int(spoken), said.stance))
        known = [stance for spoken, stance in held if round_ is None or spoken <= round_]
        return known[-1] if known else None

    def ruling(self, recommendation: str) -> Ruling | None:
        """The ruling, once there is one. The strategy's is preferred, for it is the final one."""
        if self.strategy:
            for ruling in self.strategy.rulings:
                if ruling.recommendation == recommendation:
                    return ruling
        ruled = self.ruled.get(recommendation)
        return ruled.ruling if ruled else None

    def argument(self, id_: str) -> Argument | None:
        """The argument of that id, if it has been made."""
        return self.arguments.get(id_)

    @property
    def turns(self) -> int:
        """How many turns have been taken."""
        return self.spent.turns

    @property
    def expected(self) -> int:
        """How many turns the debate takes unless a round is left out or a wording is sent back."""
        return len(self.recommendations) * (self.rounds * len(self.roles) + 1) + 1

    def role_title(self, role: str) -> str:
        """The role's title in the debate's language; also that of the chair and of the moderator."""
        if role in {CHAIR, MODERATOR}:
            return labels(self.language)(role)
        return self.roles.get(role, role)

    @property
    def said_by_roles(self) -> tuple[Speech, ...]:
        """All speeches, by recommendation in the plan's order and as they were given."""
        return tuple(speech for name in self.recommendations for speech in self.speeches.get(name, []))

    @property
    def writing_strategy(self) -> bool:
        """True from when the moderator is asked for the strategy."""
        return (WHOLE_DEBATE, RULING) in self.steps

    @property
    def finished(self) -> bool:
        """True once the strategy is written."""
        return self.strategy is not None

    def step(self, recommendation: str, round_: int) -> Step:
        """The turns of a round or, in the last column, of the ruling."""
        return self.steps.get((recommendation, RULING if round_ == self.ruling_round else round_), Step())

    def _step(self, address: str) -> tuple[Step, str]:
        about, phase, written, role = address.split("/")[:4]
        self.touched[about] = self.version
        if role == MODERATOR:
            return self.steps.setdefault((about, RULING), Step()), role
        if phase not in {"opening", "rebuttal"}:
            return Step(), role
        self.rounds = max(self.rounds, int(written))
        return self.steps.setdefault((about, int(written)), Step()), role

    def _take(self, event: TurnTaken) -> None:
        step, role = self._step(event.address)
        step.taken.add(role)
        self._over(event.address)
        self.spent.add(event.usage)
        if event.failure:
            step.failures[role] = event.failure
            self.spent.failed += 1
        elif event.text or event.stance is not None:
            self.said[event.address] = Said(event.stance, event.text)

    def _over(self, address: str) -> None:
        self.speaking.pop(address, None)
        self.writing.pop(address, None)
        self.retries.pop(address, None)

    def _know(self, speeches: Iterable[Speech]) -> None:
        for speech in speeches:
            for argument in speech.arguments:
                self.arguments[argument.id] = argument


def title_in(text: dict[str, str], language: str) -> str:
    """A charter's text in a language, or else in English, or else in any."""
    return text.get(language) or text.get("en") or next(iter(text.values()), "")
