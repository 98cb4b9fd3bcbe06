"""What suites expect of debates."""

import asyncio
from pathlib import Path
from typing import Any

import pytest
import yaml

from agents.argument.model import Argument, Ground, Ruling, Scheme, Speech, Stance, Stances, Target
from agents.backends.open import open_backend
from agents.debate.event import Ruled
from tests.transcripts.conftest import small_plan
from tests.transcripts.regress.conftest import ARTICLE
from transcripts.library.record import DebateRecord, Totals
from transcripts.regress.case import cases_of, trials_of
from transcripts.regress.check import checked, distinctness, names_of, uncovered
from transcripts.regress.expectation import Bound, Expectations
from transcripts.regress.hold import argue
from transcripts.regress.load import load_suite
from transcripts.regress.property import Property


def argument(id_: str, role: str, claim: str, *, attacks: str = "", status: str = "exact") -> Argument:
    return Argument(
        id=id_,
        role=role,
        recommendation="R1",
        phase="opening",
        round=1,
        stance=Stance.SUPPORT,
        scheme=Scheme.CAUSE,
        side="for",
        claim=claim,
        grounds=(Ground.model_validate({"id": "S1", "quote": "two ships", "status": status}),),
        targets=(Target(argument=attacks, relation="rebut"),) if attacks else (),
        strength=0.6,
    )


def speech(role: str, *arguments: Argument, round_: int = 1, withdrawn: tuple[str, ...] = ()) -> Speech:
    return Speech(
        address=f"R1/x/{round_}/{role}",
        recommendation="R1",
        phase="opening",
        round=round_,
        role=role,
        stance=Stance.SUPPORT,
        arguments=arguments,
        withdrawn=withdrawn,
    )


def record(*speeches: Speech, usage: Totals | None = None, **ruling: Any) -> DebateRecord:
    plan = small_plan(roles=("finance", "energy"))
    given = {
        "recommendation": "R1",
        "decision": "adopt",
        "consensus": "consensus",
        "rule": "consent",
        "strength": 0.6234,
        "dfquad": 0.6,
        "euler": 0.6,
        "stances": {"finance": Stances(opening=Stance.OPPOSE, final=Stance.SUPPORT)},
    } | ruling
    return DebateRecord(
        id="a",
        path=Path("a.jsonl"),
        status="finished",
        began="",
        plan=plan,
        source=None,
        parent=None,
        heard=(Ruled(ruling=Ruling.model_validate(given), speeches=speeches),),
        open_speeches=(),
        strategy=None,
        usage=usage or Totals(turns=7, calls=9, cost=0.02),
        seconds=0.0,
        unanswered=(),
    )


SAID = (
    speech("finance", argument("A1.1", "finance", "The cranes cost more than the harbour earns in a year.")),
    speech(
        "energy", argument("A1.2", "energy", "Electric cranes end the noise and the smoke.", attacks="A1.1")
    ),
)


def problems(expect: dict[str, Any], subject: DebateRecord) -> dict[str, str | None]:
    return checked(Expectations.model_validate(expect), subject)


class TestExpectations:
    @pytest.mark.parametrize(
        "expect, name, problem",
        [
            ({"decisions": {"R1": "adopt"}}, "decisions.R1", None),
            ({"decisions": {"R1": ["defer", "reject"]}}, "decisions.R1", "adopt, expected defer or reject"),
            ({"decisions": {"R2": "adopt"}}, "decisions.R2", "not ruled on, expected adopt"),
            ({"statuses": {"R1": "majority"}}, "statuses.R1", "consensus, expected majority"),
            ({"stances": {"R1": {"finance": "support"}}}, "stances.R1.finance", None),
            ({"stances": {"R1": {"finance": "oppose"}}}, "stances.R1.finance", "support, expected oppose"),
            ({"stances": {"R1": {"health": "oppose"}}}, "stances.R1.health", "does not speak, expected oppose"),
            ({"strength": {"R1": {"is": 0.6, "within": 0.03}}}, "strength.R1", None),
            ({"strength": {"R1": {"is": 0.6, "within": 0.02}}}, "strength.R1", "0.6234, expected 0.6 ± 0.02"),
            ({"strength": {"R1": {"at_least": 0.7}}}, "strength.R1", "0.6234, expected at least 0.7"),
            ({"usage": {"calls": 9}}, "usage.calls", None),
            ({"usage": {"turns": 6}}, "usage.turns", "7 turns, expected at most 6"),
            ({"cost": 0.02}, "cost", None),
            ({"cost": 0.01}, "cost", "$0.0200, expected at most $0.01"),
            ({"unverified": 0}, "unverified", None),
            ({"fidelity": 0}, "fidelity", None),
            ({"distinctness": 1}, "distinctness", None),
        ],
    )  # fmt: skip
    def test_each_is_told_with_what_was_found(
        self, expect: dict[str, Any], name: str, problem: str | None
    ) -> None:
        """An expectation is fulfilled, or says what is there and what should be."""
        assert {name: problem} == problems(expect, record(*SAID))

    def test_names_are_known_before(self) -> None:
        """The same names come without a debate, so that tests can be collected."""
        expect = Expectations.model_validate(
            {
                "decisions": {"R10": "adopt", "R2": "adopt"},
                "coverage": True,
                "usage": {"calls": 3},
                "properties": [{"count": "rulings", "at_least": 1}] * 2,
            }
        )

        assert list(checked(expect, record(*SAID))) == names_of(expect)
        assert ["decisions.R2", "decisions.R10"] == names_of(expect)[:2]

    def test_a_cost_that_nobody_knows_is_not_low(self) -> None:
        """Where calls were made at an unknown price, a ceiling does not hold; where none was made, it does."""
        assert "not known" in str(problems({"cost": 5}, record(usage=Totals(calls=1)))["cost"])
        assert problems({"cost": 0}, record(usage=Totals(calls=0)))["cost"] is None

    def test_unverified_grounds_are_counted(self) -> None:
        """Grounds that do not stand in the article count."""
        said = speech("finance", argument("A1.1", "finance", "It is dear.", status="unverified"))

        assert (
            "1 unverified grounds, expected at most 0"
            == problems({"unverified": 0}, record(said))["unverified"]
        )


class TestBounds:
    @pytest.mark.parametrize(
        "bound, inside, outside",
        [
            ({"is": 0.5}, 0.5, 0.5001),
            ({"is": 0.3, "within": 0.1}, 0.4, 0.41),
            ({"at_least": 0.2, "at_most": 0.3}, 0.2, 0.31),
        ],
    )
    def test_ends_belong_to_it(self, bound: dict[str, float], inside: float, outside: float) -> None:
        """A bound holds at its ends, rounding errors of sums aside."""
        one = Bound.model_validate(bound)

        assert one.holds(inside)
        assert not one.holds(outside)


class TestCoverage:
    def test_a_silent_role(self) -> None:
        """Each role must speak in the first and in the last round."""
        later = speech("finance", round_=2)

        assert ["energy did not speak on R1 in round 2"] == uncovered(record(*SAID, later, standing=["A1.2"]))

    def test_an_attack_that_nobody_answers(self) -> None:
        """An attack must be answered, or be listed as standing."""
        answer = argument("A1.3", "finance", "Smoke was never the harbour's trouble.", attacks="A1.2")
        answered = (
            *SAID,
            speech("finance", answer, round_=2),
            speech("energy", round_=2, withdrawn=("A1.3",)),
        )

        assert ["A1.2 attacks and is neither answered nor listed"] == uncovered(record(*SAID))
        assert [] == uncovered(record(*SAID, standing=["A1.2"]))
        assert [] == uncovered(record(*answered))


class TestDistinctness:
    def test_the_same_words_count_once_for_each(self) -> None:
        """An argument in much the same words as another one is not distinct, whoever makes it."""
        said = (
            speech(
                "finance",
                argument("A1.1", "finance", "Cranes cost too much for the town."),
                SAID[0].arguments[0],
            ),
            speech(
                "energy",
                argument("A1.2", "energy", "For the town, cranes cost too much!"),
                SAID[1].arguments[0],
            ),
        )

        assert 0.5 == distinctness(record(*said))
        assert 1.0 == distinctness(record())


class TestProperties:
    @pytest.mark.parametrize(
        "text, problem",
        [
            ("{every: rulings, holds: {decision: adopt}}", None),
            ("{every: rulings, where: {decision: adopt}, holds: {strength: {at_least: 0.7}}}", "R1: strength 0.6234"),
            ("{every: rulings, where: {decision: reject}, holds: {strength: {at_least: 0.7}}}", None),
            ("{some: arguments, holds: {role: energy, claim: {contains: NOISE}}}", None),
            ("{some: arguments, holds: {role: health}}", "none of 2 arguments"),
            ("{none: grounds, holds: {status: unverified}}", None),
            ("{none: grounds, where: {role: finance}, holds: {status: [exact, repaired]}}", "A1.1 S1 finance R1: status exact"),
            ("{every: targets, holds: {relation: {not: concede}}}", None),
            ("{count: arguments, where: {side: for}, at_least: 2, at_most: 2}", None),
            ("{count: arguments, at_most: 1}", "2 arguments"),
            ("{every: rulings, holds: {stances.finance.final: support}}", None),
            ("{every: rulings, holds: {stances.finance.final: oppose}}", "R1: stances.finance.final support"),
            ("{every: rulings, holds: {stances.health.final: null}}", None),
            ("{every: arguments, holds: {grounds: {size: {at_least: 1, at_most: 1}}}}", None),
            ("{every: arguments, holds: {condition: {size: {at_least: 1}}}}", "A1.1 finance R1: condition none"),
            ("{every: measures, holds: {owner: x}}", None),
        ],
    )  # fmt: skip
    def test_sentences(self, text: str, problem: str | None) -> None:
        """Every, some, none and count say what they mean, and failures name who fails with which value."""
        found = problems({"properties": [yaml.safe_load(text)]}, record(*SAID, standing=["A1.2"]))
        said = next(iter(found.values()))

        assert (problem is None) == (said is None)
        assert problem is None or problem in str(said)

    def test_text_is_compared_and_never_run(self) -> None:
        """Words that look like code, templates or patterns are words."""
        hostile = "__import__('os').system('true') {{ 7*7 }} .*"
        one = Property.model_validate({"some": "arguments", "holds": {"claim": {"contains": hostile}}})

        assert one.failures({"arguments": [{"claim": "anything at all"}]})
        assert not one.failures({"arguments": [{"claim": f"he wrote {hostile} there"}]})

    def test_truth_is_no_number(self) -> None:
        """True is not 1."""
        one = Property.model_validate({"every": "arguments", "holds": {"round": 1}})

        assert one.failures({"arguments": [{"round": True}]})
        assert not one.failures({"arguments": [{"round": 1}]})


class TestOnADebate:
    def test_every_kind_can_be_asked_of_a_real_one(self, tmp_path: Path) -> None:
        """A debate of the embedded debaters fulfils what can be expected of any."""
        (tmp_path / "harbour.md").write_text(ARTICLE, "utf-8")
        collections = "recommendations rulings speeches arguments grounds targets conditions moves dissents tensions measures"
        properties = "".join(f"\n  - {{count: {name}, at_least: 0}}" for name in collections.split())
        path = tmp_path / "s.yaml"
        path.write_text(
            "jemaa: 1\narticles: [harbour.md]\nexpect:\n coverage: true\n unverified: 0\n fidelity: 0\n cost: 0\n"
            f" distinctness: 0.9\n usage: {{failed: 0, calls: 0}}\n properties:{properties}\n",
            "utf-8",
        )
        file = load_suite(path)
        (case,) = cases_of(file)
        (trial,) = trials_of(file, case)
        held = asyncio.run(argue(trial.plan, open_backend(trial.plan), trial.id))

        assert {} == {name: said for name, said in checked(case.expect, held.record).items() if said}
