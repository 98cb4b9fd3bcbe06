"""Where in a debate an input of the chair takes effect, from the address of any turn of that round."""

from agents.argument.model import CHAIR, QUESTION
from agents.debate.course import OPENING, Course, ruling_address
from agents.debate.plan import DebatePlan
from agents.debate.turn import Address
from agents.errors import InputError


def place(plan: DebatePlan, address: str) -> str:
    """The first turn of the round, or the ruling, that `address` belongs to; for an opening, of the round after it.

    An address may be cut short: `R2` is its ruling, `R2/rebuttal/2` that round. Raises InputError for one
    that names no such place in the debate.
    """
    name, phase, number = (*address.split("/"), "", "")[:3]
    if name not in {item.id for item in plan.recommendations}:
        known = ", ".join(item.id for item in plan.recommendations)
        raise InputError(f"{address[:60]!r} is on no recommendation of the debate.", f"It has {known}.")
    round_ = int(number) if number.isdigit() else OPENING + 1
    ruling = str(ruling_address(plan, name, Course()))
    if phase in {"", "ruling"}:
        return address if number.isdigit() and address.count("/") == 3 else ruling
    if phase not in {"opening", "rebuttal", QUESTION, CHAIR}:
        raise InputError(
            f"Nothing can be put before {address[:60]!r}.",
            f"Name a round or the ruling, for example {name}/rebuttal/2 or {name}/ruling.",
        )
    round_ = max(round_, OPENING + 1)
    if round_ > plan.rounds and phase != "rebuttal":
        return ruling if round_ == plan.rounds + 1 else ruling.replace(f"/{plan.rounds + 1}/", f"/{round_}/")
    return str(Address(recommendation=name, phase="rebuttal", round=round_, role=plan.charters[0].name))
