"""Another course of a recorded debate, in a file of its own."""

from collections.abc import Sequence
from pathlib import Path

from agents.debate.chair import Hold
from agents.debate.plan import DebatePlan
from agents.debate.presiding import Given, check_input
from agents.errors import InputError
from transcripts.log.contents import load
from transcripts.log.copying import turns_of
from transcripts.log.plan import read_plan
from transcripts.log.record import Parent
from transcripts.log.session import Document, OpenBackend, Session, start


def fork(
    parent: Path,
    open_backend: OpenBackend,
    folder: Path,
    *,
    plan: DebatePlan | None = None,
    at: str | None = None,
    retry_failed: bool = False,
    document: Document | None = None,
    inputs: Sequence[Given] = (),
) -> Session:
    """A new debate that copies every turn of `parent` whose address and request hold, and asks the rest.

    `plan` is what the new debate is defined by (default: the parent's plan); the turn `at` is asked anew even
    if it holds, and with `retry_failed` so is every turn that failed. What the chair put in the parent takes
    effect in the fork too, then `inputs`, each before its turn (see `transcripts.log.place`).

    Raises InputError when the parent has no turn `at` or an input names what the debate does not have, and
    whatever `start` raises.
    """
    given = load(parent)
    recorded = read_plan(given.header.plan, given.blobs, parent.name)
    if at is not None and at not in given.turns:
        raise InputError(
            f"Transcript {parent.name} has no turn at {at[:80]}.",
            f"Its turns are {', '.join(list(given.turns)[:4])}, … Show them with: jemaa show {parent.stem}",
        )

    for given_input in inputs:
        if not isinstance(given_input.act, Hold):
            check_input(plan or recorded, given_input.act)
    earlier = [record.given for record in given.chair.values() if not isinstance(record.act, Hold)]
    made = Parent(run=given.header.run, at=at, retry_failed=retry_failed)
    same_article = plan is None or plan.article.sha256 == recorded.article.sha256
    source = given.header.plan.source if same_article else None
    return start(
        plan or recorded,
        open_backend,
        folder,
        source=None if source is None else given.blobs.get(source),
        document=document,
        parent=made,
        copied=turns_of(given, made),
        inputs=(*earlier, *inputs),
    )
