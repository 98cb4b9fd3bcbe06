"""Golden transcripts: debates of the embedded debaters over the bundled brief, kept in the repository.

`make golden` (or `python -m tests.golden`) records anew those that no longer come out as they are kept.
"""

import asyncio
import json
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any, cast

from agents.article.read import bundled_brief, bundled_data
from agents.backends.open import open_backend
from agents.debate.chair import AnotherRound, Close, Question, Remark
from agents.debate.plan import DebatePlan, Language
from agents.debate.presiding import Given
from agents.roles.load import load_charters
from transcripts.export.markdown import strategy_markdown
from transcripts.log.session import start

FOLDER = Path(__file__).parents[1] / "transcripts" / "golden"
AGAIN = "If the change is meant, record it: make golden. Then look at: git diff --stat transcripts/golden"

STEERED = (
    Given(
        "R1/rebuttal/2/finance",
        Question(recommendation="R1", text="Que sait-on de l'électricité nécessaire ?", to=("energy",)),
    ),
    Given(
        "R1/rebuttal/2/finance",
        Remark(
            recommendation="R1", text="Le réseau électrique ne supportera pas cette charge.", side="against"
        ),
    ),
    Given("R2/rebuttal/2/finance", Close(recommendation="R2")),
    Given("R3/ruling/3/moderator", AnotherRound(recommendation="R3")),
)
"""What the chair does in the debate `brief-fr-chair`."""

DEBATES: dict[str, tuple[str, tuple[Given, ...]]] = {
    "brief-fr": ("fr", ()),
    "brief-en": ("en", ()),
    "brief-fr-chair": ("fr", STEERED),
}
"""Every golden debate: its language, and what the chair does."""

_OF_ONE_RUN = frozenset({"time", "run", "prev", "hash", "edition"})
"""Keys that differ between two recordings of the same debate."""


def record(name: str, folder: Path) -> Path:
    """Hold a golden debate and leave its transcript, with the strategy beside it, in `folder`."""
    language, inputs = DEBATES[name]
    brief = bundled_brief()
    plan = DebatePlan(
        article=brief,
        recommendations=brief.recommendations,
        charters=tuple(load_charters(None).values()),
        language=cast("Language", language),
    )
    session = start(
        plan,
        open_backend,
        folder,
        source=bundled_data(),
        document=strategy_markdown,
        run_id=name,
        inputs=inputs,
    )

    async def hold() -> None:
        async for _ in session.events():
            pass

    asyncio.run(hold())
    return session.path


def differences(kept: Path, fresh: Path) -> Iterator[str]:
    """The ids of records that are not the same in both, and the name of a document that is not."""
    was, now = _records(kept), _records(fresh)
    yield from sorted(name for name in {*was, *now} if was.get(name) != now.get(name))
    documents = [path.with_suffix(".md") for path in (kept, fresh)]
    if not documents[0].exists() or documents[0].read_bytes() != documents[1].read_bytes():
        yield documents[0].name


def _records(path: Path) -> dict[str, dict[str, Any]]:
    if not path.exists():
        return {}
    lines = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    return {
        line["id"]: {key: value for key, value in line.items() if key not in _OF_ONE_RUN} for line in lines
    }


def main() -> None:
    """Record anew what is out of date; what is not stays untouched."""
    FOLDER.mkdir(exist_ok=True)
    for name in DEBATES:
        with tempfile.TemporaryDirectory() as folder:
            fresh = record(name, Path(folder))
            changed = list(differences(FOLDER / fresh.name, fresh))
            if changed:
                for path in (fresh, fresh.with_suffix(".md")):
                    (FOLDER / path.name).write_bytes(path.read_bytes())
            sys.stdout.write(
                f"{name}: {f'recorded, {len(changed)} differences' if changed else 'as it was'}\n"
            )


if __name__ == "__main__":
    main()
