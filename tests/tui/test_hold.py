import signal
import subprocess
import sys
from pathlib import Path

import pytest
import typer

from agents.backends.open import open_backend
from agents.debate.plan import DebatePlan
from agents.debate.turn import Answer, Backend, Prompt, TurnRequest
from agents.errors import ProviderError
from transcripts.export.markdown import strategy_markdown
from transcripts.log.session import Session, resume, start
from tui.hold import hold

Captured = pytest.CaptureFixture[str]


class Disturbed:
    """The embedded debaters, until the turn at `address`."""

    def __init__(self, plan: DebatePlan, address: str) -> None:
        self._backend: Backend = open_backend(plan)
        self._address = address

    def render(self, request: TurnRequest) -> Prompt:
        return self._backend.render(request)

    async def answer(self, request: TurnRequest, prompt: Prompt) -> Answer:
        if str(request.address) == self._address:
            self.disturb()
        return await self._backend.answer(request, prompt)

    def disturb(self) -> None:
        """Somebody presses Ctrl-C."""
        signal.raise_signal(signal.SIGINT)


class Deserted(Disturbed):
    def disturb(self) -> None:
        """The server is gone for good."""
        raise ProviderError("The server is gone.", "Try again later.")


def begun(plan: DebatePlan, folder: Path, kind: type[Disturbed]) -> Session:
    return start(plan, lambda plan: kind(plan, "R2/rebuttal/2/energy"), folder, document=strategy_markdown)


class TestInterrupted:
    def test_advice(self, plan: DebatePlan, tmp_path: Path, capsys: Captured) -> None:
        """Ctrl-C in the middle gives 130 and the way to go on; going on gives the whole result."""
        session = begun(plan, tmp_path, Disturbed)
        with pytest.raises(typer.Exit) as left:
            hold(session, as_json=True)

        out, err = capsys.readouterr()
        assert (130, "") == (left.value.exit_code, out)
        assert "jemaa resume last" in err

        hold(resume(session.path, open_backend, document=strategy_markdown), as_json=True)
        assert '"status": "finished"' in capsys.readouterr().out

    def test_provider(self, plan: DebatePlan, tmp_path: Path, capsys: Captured) -> None:
        """A provider that is gone ends the debate early; the error is told on, and going on is possible."""
        session = begun(plan, tmp_path, Deserted)
        with pytest.raises(ProviderError):
            hold(session, as_json=True)
        assert "" == capsys.readouterr().out

        hold(resume(session.path, open_backend, document=strategy_markdown), as_json=True)
        assert '"status": "finished"' in capsys.readouterr().out


def test_reader_that_leaves(tmp_path: Path) -> None:
    """A pipe that is closed early (head, less) is no error: code 0 and not a word."""
    code = "import sys; sys.path.insert(0, sys.argv.pop(1)); import jemaa; jemaa.main()"
    root = str(Path(__file__).parents[2])
    with subprocess.Popen(
        [sys.executable, "-c", code, root, "roles"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=tmp_path,
        pipesize=4096,
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        told = process.stderr.read()

    assert (0, b"") == (process.returncode, told)
