"""Holding one debate of a suite: argued anew, replayed from its recording, or asked."""

from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from agents.backends.open import fitted, open_backend
from agents.errors import StorageError, TapeMismatch, TranscriptError
from transcripts.log.contents import load
from transcripts.log.session import OpenBackend
from transcripts.regress import recording
from transcripts.regress.case import Case, Trial
from transcripts.regress.hold import Held, argue, replay
from transcripts.regress.report import Difference, Miss
from transcripts.regress.suite import Mode

Asking = Callable[[Case], OpenBackend]
"""How the debates of a case are asked in `record` and `live`."""


class Attempt(NamedTuple):
    """A debate that was held, or why it could not be; `path` is the transcript that it was held from."""

    trial: Trial
    held: Held | None
    missed: Miss | None
    path: Path | None


async def attempt(trial: Trial, mode: Mode, asking: Asking, folder: Path) -> Attempt:
    """Hold a debate; `folder` is that of the recordings. An offline one is argued anew in every mode.

    Raises what asking raises; a recording that does not hold is a miss and raises nothing.
    """
    case = trial.case
    if case.offline:
        return Attempt(trial, await argue(trial.plan, open_backend(trial.plan), trial.id), None, None)
    path = recording.recording(folder, trial)
    if mode == "live":
        path = await recording.live(trial, fitted(trial.plan), asking(case), folder)
    elif mode == "record" and not await _holds(trial, path):
        path = await recording.record(trial, asking(case), folder)
    elif not path.exists():
        path = next(iter(recording.alike(folder, trial)), path)
    if not path.exists():
        text = f"Nothing is recorded for {case.name}: {path.name} is not in {folder}."
        return Attempt(trial, None, Miss(address="", text=text), None)
    try:
        return Attempt(trial, await _replayed(trial, path), None, path)
    except StorageError:
        raise
    except TranscriptError as error:
        return Attempt(trial, None, _miss(error), path)


async def _holds(trial: Trial, path: Path) -> bool:
    """Whether there is a recording that answers everything that would be asked today."""
    try:
        await _replayed(trial, path)
    except TranscriptError:
        return False
    return True


async def _replayed(trial: Trial, path: Path) -> Held:
    recorded = load(path)
    plan = recording.as_recorded(recording.named(trial.plan), [recorded])
    return await replay(plan, open_backend(plan, ask=False, prompts=trial.case.prompts), recorded, path.stem)


def _miss(error: TranscriptError) -> Miss:
    if not isinstance(error, TapeMismatch):
        return Miss(address="", text=error.message)
    differences = tuple(
        Difference(part=part, recorded=was, requested=now) for part, was, now in error.differences
    )
    return Miss(address=error.address, text=error.message, differences=differences)
