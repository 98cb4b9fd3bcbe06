"""Where the program begins: the bare command in a terminal paints at once, all else goes to the commands."""

from tui.console import in_terminal


def run(arguments: list[str]) -> int:
    """Run the app or a command; returns the exit code and never raises for what a person can cause."""
    if not arguments and in_terminal():
        return _at_home()
    from tui.main import run as run_command

    return run_command(arguments)


def _at_home() -> int:
    """The app, without what only commands need: the first picture must not wait for it."""
    from tui.app.main import open_home

    try:
        open_home()
    except Exception as error:  # noqa: BLE001  told as the commands tell theirs
        from tui.failure import exit_code

        failure = error

        def again() -> None:
            raise failure

        return exit_code(again)
    return 0
