"""`jemaa verify`: whether a transcript is what it says."""

import typer

from tui import settings
from tui.console import print_json, show
from tui.failure import NO
from tui.options import AsJson, Reference, Transcripts


def command(
    reference: Reference = "last", *, as_json: AsJson = False, transcripts: Transcripts = None
) -> None:
    """Check a transcript: chain, grounds, strengths, rulings, fidelity.

    Everything that was computed is computed again from what was said. Exit code 1 with any problem.
    """
    folder = settings.load(transcripts=transcripts).transcripts
    from transcripts.library.find import find

    path = find(reference, folder)
    from transcripts.library.verify import verify

    result = verify(path)
    if as_json:
        print_json(result.as_json())
    else:
        from tui.hold import note
        from tui.present.words import styled

        show(
            *(
                styled((problem.kind, "bold"), f" {problem.where}: {problem.text}")
                for problem in result.problems
            )
        )
        for remark in result.notes:
            note(remark)
        show(f"{path.name}: {'everything holds' if result.ok else f'{len(result.problems)} problems'}.")
    if not result.ok:
        raise typer.Exit(NO)
