from pathlib import Path

import pytest

from agents.errors import InputError, ProviderError, StorageError, TapeMismatch, TranscriptError
from tui.failure import exit_code
from tui.main import run


def failing(error: BaseException) -> int:
    def action() -> None:
        raise error

    return exit_code(action)


class TestExitCode:
    @pytest.mark.parametrize(
        "error, code",
        [
            (InputError("no such article"), 2),
            (TranscriptError("broken chain"), 2),
            (TapeMismatch("another request", address="R1/opening/1/energy"), 2),
            (StorageError("disk full"), 3),
            (ProviderError("server gone"), 3),
            (OSError(28, "No space left on device", "x.jsonl"), 3),
            (ZeroDivisionError("division by zero"), 3),
        ],
    )
    def test_by_kind(self, error: Exception, code: int, capsys: pytest.CaptureFixture[str]) -> None:
        """Who must act decides the code; nothing but standard error tells of it, without a traceback."""
        assert code == failing(error)

        out, err = capsys.readouterr()
        assert "" == out
        assert err.startswith("jemaa: ")
        assert "Traceback" not in err

    def test_result_is_the_code(self) -> None:
        """A command that ends with a number ends with that code, any other with 0."""
        assert 1 == exit_code(lambda: 1)
        assert 0 == exit_code(lambda: None)

    def test_hint_on_its_own_line(self, capsys: pytest.CaptureFixture[str]) -> None:
        """What went wrong is one line, what to do next another."""
        failing(InputError("Unknown role 'x'.", "Known roles: energy."))

        assert "jemaa: Unknown role 'x'.\n       Known roles: energy.\n" == capsys.readouterr().err

    def test_hostile_name(self, capsys: pytest.CaptureFixture[str]) -> None:
        """A file name cannot write escape sequences or further lines into the terminal."""
        failing(InputError("No file \x1b]0;owned\x07 \x1b[2Jx\ny."))

        assert "jemaa: No file x y.\n" == capsys.readouterr().err

    def test_defect_is_kept(self, capsys: pytest.CaptureFixture[str]) -> None:
        """The traceback of a defect lies in a file that the message names."""
        failing(ZeroDivisionError("division by zero"))

        path = capsys.readouterr().err.rpartition("Details: ")[2].strip()
        assert "Traceback" in Path(path).read_text(encoding="utf-8")


class TestUsage:
    def test_unknown_command(self, capsys: pytest.CaptureFixture[str]) -> None:
        """An unknown command is answered with those that exist."""
        assert 2 == run(["debat"])
        assert "Commands: debate, resume" in capsys.readouterr().err

    def test_unknown_option(self, capsys: pytest.CaptureFixture[str]) -> None:
        """An unknown option is answered with those of the command."""
        assert 2 == run(["doctor", "--colour"])
        assert "Options: --json, --transcripts." in capsys.readouterr().err

    def test_without_a_terminal(self, capsys: pytest.CaptureFixture[str]) -> None:
        """Without a command and without a terminal there is help, and code 2."""
        assert 2 == run([])
        out, err = capsys.readouterr()
        assert "" == out
        assert "debate" in err

    def test_version(self, capsys: pytest.CaptureFixture[str]) -> None:
        """The version is one line."""
        assert 0 == run(["--version"])
        assert capsys.readouterr().out.startswith("jemaa ")
