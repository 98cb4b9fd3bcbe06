"""Processor time of one what-if over a whole debate: `python benchmarks/whatif.py`.

The debate is made up, of the size that the bundled brief gives: 6 recommendations, 4 roles, 2 rounds, about
15 arguments each. Every figure is the median of many recomputations from the speeches; the aim is 16 ms.
"""

import random
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from agents.argument.model import (
    Argument,
    Condition,
    ConditionVote,
    Ground,
    Scheme,
    Speech,
    Stance,
    Target,
)
from agents.argument.whatif import Said, recompute
from agents.roles.model import Charter

AIM = 0.016
ROLES = ("finance", "energy", "sovereignty", "industry")
SCHEMES = (Scheme.PRACTICAL, Scheme.CONSEQUENCES, Scheme.ANALOGY, Scheme.VALUES)


def made_up(recommendations: int = 6, seed: int = 7) -> Said:
    """A debate of the usual shape: openings for and against with conditions, then rebuttals and votes."""
    chance = random.Random(seed)
    speeches: list[Speech] = []
    for number in range(1, recommendations + 1):
        speeches += _openings(number, chance)
        speeches += _rebuttals(number, speeches[-len(ROLES) :], chance)
    charters = tuple(Charter(name=role, title={"en": role}, mission={"en": role}) for role in ROLES)
    return Said(tuple(f"R{n + 1}" for n in range(recommendations)), tuple(speeches), charters, "consent")


def _openings(number: int, chance: random.Random) -> list[Speech]:
    speeches: list[Speech] = []
    for place, role in enumerate(ROLES):
        stance = chance.choice([Stance.SUPPORT, Stance.CONDITIONS, Stance.CONDITIONS, Stance.OPPOSE])
        first = 2 * place + 1
        condition = None if stance is Stance.SUPPORT else f"condition of {role} about {number}"
        arguments = (
            _argument(number, first, role, 1, side="for", base=chance.uniform(0.3, 0.8)),
            _argument(
                number,
                first + 1,
                role,
                1,
                side="for" if stance is Stance.SUPPORT else "against",
                base=chance.uniform(0.3, 0.8),
                condition=condition,
                red_line="line" if stance is Stance.OPPOSE and chance.random() < 0.5 else None,
            ),
        )
        tabled = [
            Condition(
                id=f"C{number}.{place + 1}",
                recommendation=f"R{number}",
                text=condition,
                role=role,
                argument=arguments[1].id,
            )
            for condition in (condition,)
            if condition
        ]
        speeches.append(_speech(number, 1, role, stance, arguments, conditions=tuple(tabled), chance=chance))
    return speeches


def _rebuttals(number: int, openings: list[Speech], chance: random.Random) -> list[Speech]:
    speeches: list[Speech] = []
    tabled = [condition for speech in openings for condition in speech.conditions]
    next_number = 2 * len(ROLES) + 1
    for opening in openings:
        others = [a for speech in openings if speech.role != opening.role for a in speech.arguments]
        arguments = []
        for _ in range(chance.choice([1, 2, 2])):
            target = chance.choice(others)
            relation = chance.choice(["rebut", "undercut", "support", "concede"])
            arguments.append(
                _argument(
                    number,
                    next_number,
                    opening.role,
                    2,
                    base=chance.uniform(0.3, 0.8),
                    target=Target.model_validate({"argument": target.id, "relation": relation}),
                )
            )
            next_number += 1
        moves = opening.stance is not Stance.SUPPORT and chance.random() < 0.5
        stance = Stance.SUPPORT if moves else opening.stance
        speeches.append(
            _speech(
                number,
                2,
                opening.role,
                stance,
                tuple(arguments),
                because=chance.choice(others).id if moves else None,
                votes=tuple(
                    ConditionVote(condition=condition.id, accepts=chance.random() < 0.75)
                    for condition in tabled
                    if condition.role != opening.role
                ),
                chance=chance,
            )
        )
    return speeches


def _argument(
    recommendation: int,
    number: int,
    role: str,
    round_: int,
    *,
    base: float,
    side: str | None = None,
    condition: str | None = None,
    red_line: str | None = None,
    target: Target | None = None,
) -> Argument:
    return Argument.model_validate(
        {
            "id": f"A{recommendation}.{number}",
            "role": role,
            "recommendation": f"R{recommendation}",
            "phase": "opening" if round_ == 1 else "rebuttal",
            "round": round_,
            "stance": Stance.SUPPORT,
            "scheme": SCHEMES[number % len(SCHEMES)],
            "side": side,
            "claim": f"What {role} says for the {number}th time about the cost of {recommendation}.",
            "grounds": (Ground(kind="span", id=f"S{number}", quote="a quote", status="exact"),),
            "targets": (target,) if target else (),
            "condition": condition,
            "red_line": red_line,
            "base": base,
        }
    )


def _speech(
    recommendation: int,
    round_: int,
    role: str,
    stance: Stance,
    arguments: tuple[Argument, ...],
    *,
    chance: random.Random,
    because: str | None = None,
    conditions: tuple[Condition, ...] = (),
    votes: tuple[ConditionVote, ...] = (),
) -> Speech:
    phase = "opening" if round_ == 1 else "rebuttal"
    return Speech(
        address=f"R{recommendation}/{phase}/{round_}/{role}",
        recommendation=f"R{recommendation}",
        phase=phase,
        round=round_,
        role=role,
        stance=stance,
        because=because,
        arguments=arguments,
        conditions=conditions,
        votes=votes,
        priority=chance.randint(0, 100),
    )


def milliseconds(job: Callable[[], object], repeats: int = 60) -> float:
    """The median processor time of one call."""
    job()
    spent: list[float] = []
    for _ in range(repeats):
        start = time.process_time_ns()
        job()
        spent.append((time.process_time_ns() - start) / 1e6)
    return statistics.median(spent)


def main() -> int:
    """Print the figures; 1 when the aim is missed."""
    said = made_up()
    arguments = [argument for speech in said.speeches for argument in speech.arguments]
    decisions = [ruling.decision for ruling in recompute(said).rulings]
    print(f"{len(said.recommendations)} recommendations, {len(arguments)} arguments, decisions {decisions}")
    jobs: dict[str, Callable[[], object]] = {
        "other weights": lambda: recompute(said, weights={"energy": 2.0}),
        "without an argument": lambda: recompute(said, without_arguments=[arguments[1].id]),
        "without a role": lambda: recompute(said, without_roles=["finance"]),
        "another rule": lambda: recompute(said, rule="strict"),
        "other weights, no pivots": lambda: recompute(said, weights={"energy": 2.0}, pivots=False),
    }
    figures = {name: milliseconds(job) for name, job in jobs.items()}
    for name, spent in figures.items():
        print(f"{name:26} {spent:6.2f} ms")
    return int(max(figures.values()) > AIM * 1000)


if __name__ == "__main__":
    sys.exit(main())
