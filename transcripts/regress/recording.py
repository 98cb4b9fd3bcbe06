"""Recordings: the transcripts that a suite's debates are replayed from."""

import shutil
from collections.abc import Iterable, Iterator
from contextlib import aclosing, suppress
from itertools import count
from pathlib import Path

from agents.backends.open import fitted
from agents.backends.speakers import without_folder
from agents.debate.plan import DebatePlan
from agents.errors import InputError, TranscriptError
from transcripts.log.contents import Contents, Turn, load
from transcripts.log.file import SUFFIX
from transcripts.log.record import Answered
from transcripts.log.session import OpenBackend, start
from transcripts.regress.case import Trial

UNFINISHED = ".unfinished"
LIVE = ".live"


def recording(folder: Path, trial: Trial) -> Path:
    """Where the recording of a debate lies, or would."""
    return folder / f"{trial.id}{SUFFIX}"


def alike(folder: Path, trial: Trial) -> list[Path]:
    """The recordings of the same case, seed and repeat under other conditions: what of them holds can be used."""
    stem = trial.id.rpartition("-")[0]
    return [path for path in recordings_in(folder) if path.stem.rpartition("-")[0] == stem]


def recordings_in(folder: Path) -> list[Path]:
    """The recordings in a folder, by name."""
    return sorted(folder.glob(f"*{SUFFIX}")) if folder.is_dir() else []


def as_recorded(plan: DebatePlan, recorded: Iterable[Contents]) -> DebatePlan:
    """The plan with the context of the first recording that has one, unless it sets its own.

    What a machine has room for is no condition of a debate.
    """
    contexts = [one.header.plan.context for one in recorded if one.header.plan.context]
    return plan if plan.context or not contexts else plan.model_copy(update={"context": contexts[0]})


async def record(trial: Trial, open_backend: OpenBackend, folder: Path) -> Path:
    """Hold a debate into its recording; turns that any earlier attempt has, with the same request, are copied.

    An attempt that is broken off stays in `.unfinished`, and the next one copies what it has.

    Raises what the session raises: ProviderError when a budget is spent, StorageError when the disk refuses.
    """
    final = recording(folder, trial)
    attempts = sorted((folder / UNFINISHED).glob(f"*/{final.name}"), key=_number, reverse=True)
    earlier = list(_readable([*attempts, final, *alike(folder, trial)]))
    plan = as_recorded(trial.plan, earlier)
    room = _hidden(folder / UNFINISHED)
    place = next(room / str(number) for number in count(1) if not (room / str(number) / final.name).exists())
    place.mkdir(exist_ok=True)
    await _hold(trial, plan if plan.context else fitted(plan), open_backend, place, _turns(earlier))
    (place / final.name).replace(final)
    for path in attempts:
        path.unlink(missing_ok=True)
    for number in room.iterdir():
        if number.is_dir() and not any(number.iterdir()):
            number.rmdir()
    if not [one for one in room.iterdir() if one.is_dir()]:
        shutil.rmtree(room)
    return final


async def live(trial: Trial, plan: DebatePlan, open_backend: OpenBackend, folder: Path) -> Path:
    """Hold a debate, asking every turn; its transcript takes the place of the last live one."""
    room = _hidden(folder / LIVE)
    path = recording(room, trial)
    path.unlink(missing_ok=True)
    await _hold(trial, plan, open_backend, room, {})
    return path


def adopt(folder: Path, path: Path) -> None:
    """Make the transcript of a live debate the recording."""
    if path.parent.name == LIVE:
        shutil.copyfile(path, folder / path.name)


def named(plan: DebatePlan) -> DebatePlan:
    """The plan with model files by their names alone: where they lay is nobody else's concern."""
    return plan.model_copy(
        update={
            "model": without_folder(plan.model),
            "role_models": {role: without_folder(model) for role, model in plan.role_models.items()},
            "fallbacks": tuple(map(without_folder, plan.fallbacks)),
        }
    )


async def _hold(
    trial: Trial, plan: DebatePlan, open_backend: OpenBackend, folder: Path, turns: dict[str, Turn]
) -> None:
    session = start(
        named(plan),
        lambda _: open_backend(plan),
        folder,
        source=trial.source,
        run_id=trial.id,
        copied=turns.get,
    )
    try:
        async with aclosing(session.events()) as events:
            async for _ in events:
                pass
    finally:
        session.close()


def _turns(recorded: Iterable[Contents]) -> dict[str, Turn]:
    """Every answered turn by address, of the first that has it."""
    found: dict[str, Turn] = {}
    for one in recorded:
        for address, turn in one.turns.items():
            if isinstance(turn.outcome, Answered):
                found.setdefault(address, turn)
    return found


def _readable(paths: Iterable[Path]) -> Iterator[Contents]:
    """What these transcripts hold, each once; damaged ones hold nothing that can be used."""
    for path in dict.fromkeys(paths):
        if path.exists():
            with suppress(TranscriptError):
                yield load(path)


def _hidden(folder: Path) -> Path:
    """A folder that git leaves out."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        (folder / ".gitignore").write_text("*\n", encoding="utf-8")
    except OSError as error:
        raise InputError(f"{folder} cannot be written: {error.strerror}.") from error
    return folder


def _number(path: Path) -> int:
    return int(path.parent.name) if path.parent.name.isdecimal() else 0
